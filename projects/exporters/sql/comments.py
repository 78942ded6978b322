"""COMMENT ON, in the dialect that has it: what tables, fields, types, indexes and references are for."""

from collections.abc import Iterator

from projects.design.tree import Entity, Index
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.literals import text_literal
from projects.exporters.sql.references import DEFERRED, ForeignKey
from projects.exporters.sql.writing import Writing


def _comment(what: str, text: str) -> Iterator[str]:
    if text.strip():
        yield f"COMMENT ON {what} IS {text_literal(text.strip(), Dialect.POSTGRESQL)};"


def of_table(entity: Entity, writing: Writing) -> Iterator[str]:
    table = writing.table(entity)
    yield from _comment(f"TABLE {table}", entity.purpose)
    for each in entity.fields:
        yield from _comment(f"COLUMN {table}.{writing.column(each.uid)}", each.description)


def of_types(writing: Writing) -> Iterator[str]:
    for named in writing.design.types:
        if path := writing.type_paths.get(named.uid):
            what = "DOMAIN" if named.kind.value == "domain" else "TYPE"
            yield from _comment(f"{what} {writing.qualified(path)}", named.description)


def of_index(index: Index, name: str, entity: Entity, writing: Writing) -> Iterator[str]:
    namespace, _ = writing.paths[entity.uid]
    yield from _comment(f"INDEX {writing.qualified((namespace, name))}", index.purpose)


def of_reference(key: ForeignKey, writing: Writing) -> Iterator[str]:
    """Only a constraint with a name can be described."""
    words = key.link.description.replace(DEFERRED, "")
    if key.name:
        what = f"CONSTRAINT {writing.quoted(key.name)} ON {writing.table(key.child)}"
        yield from _comment(what, words)
