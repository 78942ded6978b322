"""Step 3: the diagram and what it shows, structure by structure."""

from collections.abc import Iterator

from projects.design.tree import Design, NamedType
from projects.design.vocabulary import StoreKind, TypeKind
from projects.diagrams.mermaid import er_diagrams
from projects.exporters.blocks import (
    Block,
    Code,
    Diagram,
    Heading,
    Inline,
    Paragraph,
    Table,
    Typed,
    joined,
    not_applicable,
    not_specified,
    note,
)
from projects.exporters.data_design.entities import entity_blocks
from projects.exporters.data_design.relationships import relations_of
from projects.exporters.escaping import one_line
from projects.exporters.in_words import condition_in_words

STRUCTURES = (
    (StoreKind.DOCUMENT, "Collections", "document store"),
    (StoreKind.KEY_VALUE, "Key Spaces", "key-value store"),
    (StoreKind.FILE, "File Layouts", "file storage"),
    (StoreKind.TIME_SERIES, "Time Series", "time-series database"),
    (StoreKind.VECTOR, "Vector Collections", "vector database"),
    (StoreKind.GRAPH, "Graphs", "graph database"),
    (StoreKind.SEARCH, "Search Indexes", "search index"),
    (StoreKind.CACHE, "Caches", "cache"),
)


def data_model(design: Design) -> Iterator[Block]:
    yield Heading(2, "Data Model")
    yield Heading(3, "Entity Relationship Diagram")
    yield from _diagram(design)
    yield Heading(3, "Entities")
    yield from _entities(design)
    for kind, title, words in STRUCTURES:
        yield Heading(3, title)
        yield _absent(design, kind, words)


def _diagram(design: Design) -> Iterator[Block]:
    if not design.entities:
        # The name of the diagram stays, for readers and tools that look for it.
        yield Paragraph("Not specified yet. The erDiagram is drawn as soon as there is an entity.", style="missing")
        return
    yield Diagram(tuple((diagram.title, diagram.text) for diagram in er_diagrams(design)))
    yield note(_caption(design))


def _caption(design: Design) -> str:
    entities, relationships = len(design.entities), len(design.relationships)
    said = f"{_counted(entities, 'entity', 'entities')}, {_counted(relationships, 'relationship', 'relationships')}."
    if len(design.own_entities) < entities:
        said += " A dashed outline marks an entity reused from another feature."
    return said


def _counted(number: int, one: str, many: str) -> str:
    return f"{number or 'No'} {one if number == 1 else many}"


def _entities(design: Design) -> Iterator[Block]:
    if design.types:
        yield Table("named-types", ("Named type", "Kind", "Definition", "Description"), _type_rows(design.types))
    if not design.entities:
        yield _absent(design, StoreKind.RELATIONAL, "relational database")
    relations = relations_of(design)
    for entity in design.entities:
        yield from entity_blocks(design, entity, relations)


def _type_rows(types: tuple[NamedType, ...]) -> tuple[tuple[Inline, ...], ...]:
    return tuple(
        (Code(_full_name(named)), named.kind.label, _definition(named), Typed(named.description)) for named in types
    )


def _full_name(named: NamedType) -> str:
    return f"{named.namespace}.{named.name}" if named.namespace else named.name


def _definition(named: NamedType) -> Inline:
    parts: list[Inline] = []
    if named.base.strip():
        parts.append(Code(named.base))
    if named.values:
        separator = "; " if named.kind is TypeKind.COMPOSITE else ", "
        parts.append(joined([one_line(value) for value in named.values], separator))
    if named.rule.strip():
        parts.append(condition_in_words(named.rule))
    return joined(parts, "; ") if parts else "Not specified yet."


def _absent(design: Design, kind: StoreKind, words: str) -> Block:
    """A structure of which there is none: nobody knows yet without stores, or the stores chosen have no use for it."""
    if not design.stores or any(store.kind is kind for store in design.stores):
        return not_specified()
    return not_applicable(f"no {words} is chosen.")
