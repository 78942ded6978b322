"""What a pass of an item of the checklist rests on, in a few words: how much was looked at and found in order."""

from collections.abc import Callable

from projects.checks.questions.access import frequent_reads
from projects.design.inheritance import Standing, spoken_of
from projects.design.tree import Design
from projects.design.vocabulary import Frequency

SERVED = (Frequency.HIGH, Frequency.MEDIUM)


def passed_because(design: Design, number: int) -> str:
    """A line on what was looked at; empty where there is nothing to count."""
    said = RESTS_ON.get(number)
    return said(design) if said else ""


def followed_because(design: Design) -> str:
    """Which policies are followed, and from which the design departs with a reason."""
    kinds = {Standing.FOLLOWS: "Followed", Standing.DEPARTS: "Departed from, with the reason"}
    names = {kind: [each.policy.label for each in spoken_of(design) if each.standing is kind] for kind in kinds}
    return " ".join(f"{words}: {', '.join(names[kind])}." for kind, words in kinds.items() if names[kind])


def _counted(number: int, one: str, several: str, rest: str = "") -> str:
    return f"{number} {one if number == 1 else several}{rest}." if number else ""


def _stores(design: Design) -> str:
    return _counted(len(design.stores), "store", "stores", ", rationale 4 of 4")


def _structures(design: Design) -> str:
    number = len(design.own_entities) + len(design.key_spaces) + len(design.file_layouts)
    elements = _counted(len(design.data_elements), "data element has a home", "data elements have a home")
    return " ".join(filter(None, (_counted(number, "structure", "structures"), elements)))


def _fields(design: Design) -> str:
    return _counted(sum(len(each.fields) for each in design.own_entities), "field", "fields", ", all typed")


def _names(design: Design) -> str:
    own = design.own_entities
    number = len(own) + sum(len(each.fields) for each in own) + len(design.indexes)
    return _counted(number, "name looked at", "names looked at")


def _served(design: Design) -> str:
    number = sum(query.frequency in SERVED for query in design.queries)
    of = " of High or Medium frequency, served by indexes"
    return _counted(number, "operation", "operations", of) or "No operation is of High or Medium frequency."


def _caches(design: Design) -> str:
    reads = sum(1 for _ in frequent_reads(design))
    if not design.caches and not reads:
        return "No read is of High frequency, and there is no cache."
    caches = _counted(len(design.caches), "cache", "caches")
    return " ".join(filter(None, (_counted(reads, "frequent read decided", "frequent reads decided"), caches)))


def _dto_fields(design: Design, rest: str) -> str:
    return _counted(sum(len(dto.fields) for dto in design.dtos), "DTO field", "DTO fields", rest)


def _prose(design: Design) -> str:
    return "Nothing like it in the prose."


RESTS_ON: dict[int, Callable[[Design], str]] = {
    1: _stores,
    2: _structures,
    3: _fields,
    4: lambda design: _counted(len(design.relationships), "relationship", "relationships"),
    5: lambda design: _counted(len(design.queries), "operation", "operations", ", each with its frequency"),
    6: lambda design: _counted(len(design.indexes), "index", "indexes", ", each with a purpose"),
    7: lambda design: "Setup, versions and rollback are answered.",
    8: lambda design: _counted(len(design.volumes), "volume stated", "volumes stated"),
    9: lambda design: _counted(len(design.stores), "store has a plan", "stores have a plan"),
    10: lambda design: _dto_fields(design, ", all mapped"),
    11: _prose,
    12: _prose,
    13: _prose,
    14: _prose,
    15: lambda design: "Mermaid takes the diagram.",
    16: followed_because,
    17: _names,
    18: lambda design: _counted(
        sum(len(dto.fields) for dto in design.dtos), "DTO field compared", "DTO fields compared"
    ),
    19: lambda design: _counted(len(design.endpoints), "endpoint served", "endpoints served"),
    20: lambda design: _counted(len(design.own_tables), "table", "tables", ", each with its key"),
    21: lambda design: _counted(len(design.relationships), "relationship", "relationships", ", types and targets fit"),
    22: lambda design: _counted(sum(len(each.checks) for each in design.own_entities), "check", "checks"),
    24: _served,
    25: lambda design: _counted(len(design.volumes), "volume agrees", "volumes agree"),
    26: lambda design: _counted(len(design.volumes), "volume looked at", "volumes looked at"),
    27: _caches,
}
