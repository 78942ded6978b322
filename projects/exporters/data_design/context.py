"""Step 1: what surrounds the data, as the contracts and the backend design name it."""

from collections.abc import Iterator

from projects.design.tree import Conventions, Demand, Design, Endpoint, Entity, ValidationRule
from projects.design.vocabulary import LetterCase, TableNumber
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Bullets,
    Code,
    Inline,
    Paragraph,
    Prose,
    Table,
    Typed,
    joined,
    label,
    named,
    typed,
)
from projects.exporters.data_design.naming import source_name
from projects.exporters.escaping import one_line

_CASES = {
    LetterCase.SNAKE: "in snake_case",
    LetterCase.CAMEL: "in camelCase",
    LetterCase.PASCAL: "in PascalCase",
    LetterCase.ANY: "in any letter case",
}
_NUMBERS = {TableNumber.PLURAL: "plural and ", TableNumber.SINGULAR: "singular and ", TableNumber.ANY: ""}


def project_context(design: Design) -> Iterator[Block]:
    yield Prose(design.requirements.project_context)
    yield from _reused(design)
    yield naming_rules(design.conventions)
    if design.conventions.notes.strip():
        yield Prose(design.conventions.notes)
    if design.components:
        yield label("Components that work with the data")
        yield Bullets(tuple(named(each.name, Typed(each.description)) for each in design.components))
    if design.endpoints:
        yield label("Endpoints of the backend design")
        rows = tuple(_endpoint(design, endpoint) for endpoint in design.endpoints)
        yield Table("endpoints", ("Endpoint", "Description", "Served by"), rows)
    if design.demands:
        yield label("What the contracts and the backend design ask for")
        rows = tuple(_demand(design, demand) for demand in design.demands)
        yield Table("demands", ("Kind", "Requirement", "Source", "Answered by"), rows)


def _reused(design: Design) -> Iterator[Block]:
    reused = [entity for entity in design.entities if entity.reused_from]
    if reused:
        yield Paragraph(("Reused from other features: ", joined([_with_owner(entity) for entity in reused]), "."))


def _with_owner(entity: Entity) -> Inline:
    return Code(entity.full_name), " of ", Code(entity.reused_from)


def naming_rules(conventions: Conventions) -> Paragraph:
    """The naming rules as sentences; those that a project leaves empty are not said."""
    number, table_case = _NUMBERS[conventions.table_number], _CASES[conventions.table_case]
    said: list[Inline] = [f"Tables are {number}{table_case}, fields {_CASES[conventions.field_case]}."]
    rules = (
        ("Primary keys are named", conventions.primary_key_name),
        ("Foreign keys follow", conventions.foreign_key_pattern),
        ("Timestamps end in", conventions.timestamp_suffix),
        ("Booleans begin with", conventions.boolean_prefixes),
        ("Indexes follow", conventions.index_pattern),
        ("Standard fields are", conventions.standard_fields),
        ("Deleted rows are marked by", conventions.soft_delete_field),
    )
    said += [(f"{words} ", _names(names), ".") for words, names in rules if names.strip()]
    if conventions.purge_after.strip():
        said.append(("They are purged after ", Typed(conventions.purge_after), "."))
    return Paragraph(joined(said, " "))


def _names(names: str) -> Inline:
    return joined([Code(name.strip()) for name in names.split(",") if name.strip()])


def _endpoint(design: Design, endpoint: Endpoint) -> tuple[Inline, ...]:
    queries = {query.uid: query.name for query in design.queries}
    served = queries[endpoint.query] if endpoint.query else NOT_SPECIFIED
    return Code(endpoint.name), typed(endpoint.description), served


def _demand(design: Design, demand: Demand) -> tuple[Inline, ...]:
    source = next((source_name(source) for source in design.sources if source.uid == demand.source), NOT_SPECIFIED)
    return demand.kind.label, Typed(demand.text), source, _answers(design, demand)


def _answers(design: Design, demand: Demand) -> Inline:
    rules = [_rule(design, rule) for rule in design.validation_rules if rule.demand == demand.uid]
    caches = [f"cache {one_line(cache.name)}" for cache in design.caches if cache.demand == demand.uid]
    return joined([*rules, *caches]) or NOT_SPECIFIED


def _rule(design: Design, rule: ValidationRule) -> Inline:
    if rule.field:
        return ("rule on ", Code(design.path_of_field(rule.field)))
    if rule.entity:
        return ("rule on ", Code(design.entity_by_uid[rule.entity].full_name))
    return f"{rule.level.label.lower()} rule"
