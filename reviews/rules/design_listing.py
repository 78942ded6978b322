"""A whole design as a list to read: its sections, the things in each with their facts, and what those hold.

The design is listed as it was typed; what it inherits from policies stands with the policies, and in its documents.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from projects.design.diff.labels import plural
from projects.design.diff.shape import held_by, part_of
from projects.design.diff.words import kind_words
from projects.design.digest import SECTIONS
from projects.design.tree import Design, Node, Thing
from reviews.rules.fact_words import SECTION_TITLES, Fact, FactWords


@dataclass(frozen=True)
class ListedThing:
    """`uid` is None for what only its section is about; `held` are the groups of what it holds: fields, keys."""

    uid: UUID | None
    path: str
    kind: str
    facts: tuple[Fact, ...]
    held: tuple["ListedGroup", ...] = ()


@dataclass(frozen=True)
class ListedGroup:
    """Things of one sort, like the entities, under the name of the list that holds them."""

    title: str
    things: tuple[ListedThing, ...]


@dataclass(frozen=True)
class ListedRecord:
    """What a design says once in a section, like its migration strategy; `part` is where it stands in the design."""

    part: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class ListedSection:
    name: str
    title: str
    records: tuple[ListedRecord, ...]
    groups: tuple[ListedGroup, ...]

    @property
    def is_empty(self) -> bool:
        return not self.records and not self.groups


def listing(design: Design) -> tuple[ListedSection, ...]:
    """Every section in the order of `digest.SECTIONS`; what says nothing is left out.

    Descriptions are listed with what they describe.
    """
    words = FactWords(design)
    return tuple(_section(words, name) for name, parts in SECTIONS.items() if parts)


def _section(words: FactWords, name: str) -> ListedSection:
    parts = [(part, part_of(words.design, part)) for part in SECTIONS[name]]
    records = (ListedRecord(part, words.facts(node)) for part, node in parts if isinstance(node, Node))
    groups = (_group(words, part.rpartition(".")[2], things) for part, things in parts if isinstance(things, tuple))
    return ListedSection(
        name,
        SECTION_TITLES[name],
        tuple(each for each in records if each.facts),
        tuple(each for each in groups if each.things),
    )


def _group(words: FactWords, name: str, things: tuple[Thing, ...]) -> ListedGroup:
    title = plural(name)
    return ListedGroup(f"{title[:1].upper()}{title[1:]}", tuple(_thing(words, each) for each in things))


def _thing(words: FactWords, thing: Thing) -> ListedThing:
    known = thing.uid if words.thing(thing.uid) else None
    return ListedThing(known, words.path(thing), kind_words(thing), words.facts(thing), tuple(_held(words, thing)))


def _held(words: FactWords, thing: Thing) -> Iterator[ListedGroup]:
    for name in held_by(type(thing)):
        if held := getattr(thing, name):
            yield _group(words, name, held)
