"""Writes the entity relationship diagram as Mermaid text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from projects.design.tree import Design, Entity, EntityField
from projects.diagrams.areas import Area, Weight, areas_of
from projects.diagrams.links import Link, Node, key_marks, links_of, missing_parents
from projects.diagrams.mermaid_words import identifier, quoted, type_word, unique
from projects.diagrams.relational import relational_part

# Mermaid refuses texts above 50,000 characters and pictures above 500 lines.
WHOLE = Weight(characters=48_000, lines=480)
AREA = Weight(characters=40_000, lines=450)

# No single entity may fill an area: beyond this its last fields or lines are counted instead.
ENTITY_CHARACTERS = 12_000
LINKS_CHARACTERS = 20_000
LINKS_LINES = 400

ALIAS_LENGTH = 80
COMMENT_LENGTH = 80
LABEL_LENGTH = 60

MERMAID_MARKS = {"UQ": "UK"}


@dataclass(frozen=True)
class MermaidDiagram:
    title: str
    text: str


def er_diagrams(design: Design) -> tuple[MermaidDiagram, ...]:
    """One diagram of the whole design; if Mermaid would refuse it, overviews of names and one for each subject area."""
    design = relational_part(design)
    if not design.entities:
        return ()
    writer = Writer(design)
    whole = writer.whole()
    if fits(whole, WHOLE):
        return (MermaidDiagram("Entity relationships", whole),)
    overviews = writer.overviews()
    numbered = len(overviews) > 1
    return (
        *(
            MermaidDiagram(f"Overview, part {number} of {len(overviews)}" if numbered else "Overview", text)
            for number, text in enumerate(overviews, 1)
        ),
        *(MermaidDiagram(area.title, writer.area(area)) for area in writer.areas()),
    )


def fits(text: str, most: Weight) -> bool:
    # Mermaid counts as JavaScript does, in units of UTF-16.
    return len(text.encode("utf-16-le")) // 2 <= most.characters and text.count(" : ") <= most.lines


@dataclass(frozen=True)
class Writer:
    design: Design

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return links_of(self.design)

    @cached_property
    def marks(self) -> dict[UUID, tuple[str, ...]]:
        return key_marks(self.design)

    @cached_property
    def titles(self) -> dict[Node, str]:
        missing = {parent: f"{parent.name} (missing)" for parent in missing_parents(self.links)}
        return {entity.uid: entity.full_name for entity in self.design.entities} | missing

    @cached_property
    def identifiers(self) -> dict[Node, str]:
        return dict(zip(self.titles, unique(identifier(t, "entity") for t in self.titles.values()), strict=True))

    @cached_property
    def fields(self) -> dict[UUID, list[str]]:
        return {entity.uid: list(self._field_lines(entity)) for entity in self.design.entities}

    @cached_property
    def links_by_child(self) -> dict[UUID, list[Link]]:
        found: dict[UUID, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.child, []).append(link)
        return found

    def whole(self) -> str:
        blocks = [line for entity in self.design.entities for line in self.entity_lines(entity)]
        return _text([*blocks, *self._missing(self.links), *map(self.link_line, self.links)])

    def area(self, area: Area) -> str:
        """The entities of an area with their fields, and by name only the parents that they have elsewhere."""
        inside = {entity.uid for entity in area.entities}
        blocks: list[str] = []
        lines: list[str] = []
        strangers: dict[Node, None] = {}
        for entity in area.entities:
            blocks += self.entity_lines(entity, ENTITY_CHARACTERS)
            links, dropped = self._bounded_links(entity)
            lines += map(self.link_line, links)
            strangers |= dict.fromkeys(link.parent for link in links if link.parent not in inside)
            if dropped:
                lines.append(f"%% and {dropped} more relationships of {self.identifiers[entity.uid]}")
        return _text([*blocks, *map(self.name_line, strangers), *lines])

    def areas(self) -> tuple[Area, ...]:
        return areas_of(self.design, self.links, self._weight, AREA)

    def overviews(self) -> list[str]:
        """Every entity by name, and one line for each pair that is related; in as many parts as it takes."""
        entities = self.design.entities
        for count in range(1, len(entities) + 1):
            size = -(-len(entities) // count)
            parts = [self._overview(entities[start : start + size]) for start in range(0, len(entities), size)]
            if all(fits(part, WHOLE) for part in parts):
                return parts
        return parts

    def _overview(self, entities: tuple[Entity, ...]) -> str:
        nodes: dict[Node, None] = dict.fromkeys(entity.uid for entity in entities)
        pairs: dict[tuple[Node, UUID], Link] = {}
        for entity in entities:
            for link in self._bounded_links(entity)[0]:
                pairs.setdefault((link.parent, link.child), link)
        nodes |= dict.fromkeys(parent for parent, _ in pairs)
        return _text([*map(self.name_line, nodes), *map(self.link_line, pairs.values())])

    def _weight(self, entity: Entity) -> Weight:
        links, _ = self._bounded_links(entity)
        lines = [*self.entity_lines(entity, ENTITY_CHARACTERS), *map(self._link_with_parent, links)]
        return Weight(sum(len(line.encode("utf-16-le")) // 2 + 5 for line in lines), len(links))

    def _bounded_links(self, entity: Entity) -> tuple[list[Link], int]:
        links = self.links_by_child.get(entity.uid, [])
        used, taken = 0, 0
        for link in links[:LINKS_LINES]:
            used += len(self._link_with_parent(link))
            if used > LINKS_CHARACTERS:
                break
            taken += 1
        return links[:taken], len(links) - taken

    def _link_with_parent(self, link: Link) -> str:
        return f"{self.name_line(link.parent)}\n  {self.link_line(link)}"

    def _missing(self, links: Iterable[Link]) -> list[str]:
        return [self.name_line(parent) for parent in missing_parents(tuple(links))]

    def name_line(self, node: Node) -> str:
        # With its name in quotes even where that says the same: a line that ends in a bare word can join the next.
        return f"{self.identifiers[node]}[{quoted(self.titles[node], ALIAS_LENGTH)}]"

    def entity_lines(self, entity: Entity, limit: int | None = None) -> list[str]:
        if not entity.fields:
            return [self.name_line(entity.uid)]
        own = self.identifiers[entity.uid]
        heading = own if own == entity.full_name and own == own.strip("_") else self.name_line(entity.uid)
        lines = self.fields[entity.uid]
        if limit and sum(map(len, lines)) > limit:
            lines = _shortened(lines, limit)
        return [f"{heading} {{", *lines, "}"]

    def _field_lines(self, entity: Entity) -> Iterator[str]:
        names = unique(identifier(field.name, "field") for field in entity.fields)
        for field, name in zip(entity.fields, names, strict=True):
            kind = type_word(field.type)
            keys = ", ".join(MERMAID_MARKS.get(mark, mark) for mark in self.marks.get(field.uid, ()))
            parts = [kind, name, keys, _comment(field, name, kind)]
            yield "  " + " ".join(part for part in parts if part)

    def link_line(self, link: Link) -> str:
        parent, child = self.identifiers[link.parent], self.identifiers[link.child]
        ends = f"{link.parent_end.on_left}--{link.child_end.on_right}"
        return f"{parent} {ends} {child} : {quoted(link.label, LABEL_LENGTH)}"


def _comment(field: EntityField, name: str, kind: str) -> str:
    """What was typed, where the form that Mermaid accepts says it differently."""
    typed = [text for text, shown in ((field.name, name), (field.type, kind)) if text and text != shown]
    return quoted(" ".join(typed), COMMENT_LENGTH) if typed else ""


def _shortened(lines: list[str], limit: int) -> list[str]:
    used = 0
    for place, line in enumerate(lines):
        used += len(line)
        if used > limit:
            return [*lines[:place], f'  further fields "and {len(lines) - place} more"']
    return lines


def _text(lines: Iterable[str]) -> str:
    return "\n  ".join(["erDiagram", *lines]) + "\n"
