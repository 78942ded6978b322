"""The schema, generated from the data model: statements for tables, an example for each collection."""

from collections.abc import Iterator

from projects.design.tree import Design
from projects.design.vocabulary import StoreKind, StructureKind
from projects.exporters.blocks import (
    Block,
    Bullets,
    Code,
    CodeBlock,
    Heading,
    Typed,
    label,
    not_applicable,
    not_specified,
)
from projects.exporters.example_json import example_json
from projects.exporters.sql import ddl


def schema_design(design: Design) -> Iterator[Block]:
    yield Heading(2, "Database Schema Design")
    yield Heading(3, "Primary Database Schema")
    yield from _tables(design)
    yield Heading(3, "Document Structure")
    yield from _collections(design)


def _tables(design: Design) -> Iterator[Block]:
    if not design.own_tables:
        yield _absent(design, StoreKind.RELATIONAL, "relational database")
        return
    written = ddl(design)
    yield CodeBlock("sql", written.text)
    if written.notes:
        yield label("What the statements leave open")
        yield Bullets(tuple(Typed(note) for note in written.notes))


def _collections(design: Design) -> Iterator[Block]:
    collections = [entity for entity in design.of_kind(StructureKind.COLLECTION) if not entity.reused_from]
    if not collections:
        yield _absent(design, StoreKind.DOCUMENT, "document store")
    for collection in collections:
        yield label(Code(collection.full_name))
        yield CodeBlock("json", example_json(design, collection))


def _absent(design: Design, kind: StoreKind, words: str) -> Block:
    if not design.stores or any(store.kind is kind for store in design.stores):
        return not_specified()
    return not_applicable(f"no {words} is chosen.")
