"""Step 3: the diagram and what it shows, and the structures of every other kind of store."""

from collections.abc import Callable, Iterator

from projects.design.tree import Design, Entity
from projects.design.vocabulary import StoreKind, StructureKind
from projects.diagrams.mermaid import er_diagrams
from projects.exporters.blocks import (
    Block,
    Diagram,
    Heading,
    Paragraph,
    not_applicable,
    not_specified,
    note,
)
from projects.exporters.data_design.entities import table_blocks
from projects.exporters.data_design.graphs import graph_blocks
from projects.exporters.data_design.key_spaces import caches, file_layouts, key_spaces
from projects.exporters.data_design.named_types import named_types
from projects.exporters.data_design.relationships import Relations, relations_of
from projects.exporters.data_design.structures import (
    collection_blocks,
    measurement_blocks,
    search_blocks,
    vector_blocks,
)

Writer = Callable[[Design, Entity, Relations], Iterator[Block]]

_ABSENT = {
    StoreKind.RELATIONAL: "no relational database is chosen.",
    StoreKind.DOCUMENT: "no document store is chosen.",
    StoreKind.KEY_VALUE: "no key-value store is chosen.",
    StoreKind.FILE: "no file storage is chosen.",
    StoreKind.TIME_SERIES: "no time-series database is chosen.",
    StoreKind.VECTOR: "no vector database is chosen.",
    StoreKind.GRAPH: "no graph database is chosen.",
    StoreKind.SEARCH: "no search index is chosen.",
    StoreKind.CACHE: "no cache is chosen.",
}


def data_model(design: Design) -> Iterator[Block]:
    relations = relations_of(design)
    yield Heading(2, "Data Model")
    yield Heading(3, "Entity Relationship Diagram")
    yield from _diagram(design)
    yield Heading(3, "Entities")
    if design.types:
        yield named_types(design.types)
    yield from _entities(design, relations, StoreKind.RELATIONAL, table_blocks, StructureKind.TABLE)
    yield Heading(3, "Collections")
    yield from _entities(design, relations, StoreKind.DOCUMENT, collection_blocks, StructureKind.COLLECTION)
    yield Heading(3, "Key Spaces")
    yield key_spaces(design) if design.key_spaces else _absent(design, StoreKind.KEY_VALUE)
    yield Heading(3, "File Layouts")
    yield file_layouts(design) if design.file_layouts else _absent(design, StoreKind.FILE)
    yield Heading(3, "Time Series")
    yield from _entities(design, relations, StoreKind.TIME_SERIES, measurement_blocks, StructureKind.MEASUREMENT)
    yield Heading(3, "Vector Collections")
    yield from _entities(design, relations, StoreKind.VECTOR, vector_blocks, StructureKind.VECTORS)
    yield Heading(3, "Graphs")
    yield from _entities(design, relations, StoreKind.GRAPH, graph_blocks, StructureKind.NODE, StructureKind.EDGE)
    yield Heading(3, "Search Indexes")
    yield from _entities(design, relations, StoreKind.SEARCH, search_blocks, StructureKind.SEARCH)
    yield Heading(3, "Caches")
    yield from _caches(design)


def _diagram(design: Design) -> Iterator[Block]:
    if not design.tables:
        # The name of the diagram stays, for readers and tools that look for it.
        if design.stores and not _is_chosen(design, StoreKind.RELATIONAL):
            yield not_applicable("no relational database is chosen, so there is no erDiagram to draw.")
        else:
            yield Paragraph("Not specified yet. The erDiagram is drawn as soon as there is a table.", style="missing")
        return
    yield Diagram(tuple((diagram.title, diagram.text) for diagram in er_diagrams(design)))
    yield note(_caption(design))


def _caption(design: Design) -> str:
    entities = {entity.uid for entity in design.tables}
    relationships = [
        line for line in design.relationships if line.child in entities and (not line.parent or line.parent in entities)
    ]
    said = (
        f"{_counted(len(entities), 'entity', 'entities')}, "
        f"{_counted(len(relationships), 'relationship', 'relationships')}."
    )
    if len(design.own_tables) < len(entities):
        said += " A dashed outline marks an entity reused from another feature."
    return said


def _counted(number: int, one: str, many: str) -> str:
    return f"{number or 'No'} {one if number == 1 else many}"


def _entities(
    design: Design, relations: Relations, store: StoreKind, write: Writer, *kinds: StructureKind
) -> Iterator[Block]:
    entities = design.of_kind(*kinds)
    if not entities:
        yield _absent(design, store)
    for entity in entities:
        yield from write(design, entity, relations)


def _caches(design: Design) -> Iterator[Block]:
    if not design.caches:
        yield _absent(design, StoreKind.CACHE)
        return
    yield caches(design)
    yield note("Places, lifetimes and invalidation stand under Optimization Strategies.")


def _absent(design: Design, kind: StoreKind) -> Block:
    """A structure of which there is none: nobody knows yet without stores, or the stores chosen have no use for it."""
    if not design.stores or _is_chosen(design, kind):
        return not_specified()
    return not_applicable(_ABSENT[kind])


def _is_chosen(design: Design, kind: StoreKind) -> bool:
    return any(store.kind is kind for store in design.stores)
