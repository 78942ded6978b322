"""Columns that a table takes from another one: LIKE and INHERITS."""

from dataclasses import replace

from projects.importers.dialects import Dialect
from projects.importers.draft import Column, DraftIndex, Key, Table
from projects.importers.sql_reading import Reading
from projects.importers.tokens import Cursor


def copy_like(cursor: Cursor, table: Table, reading: Reading) -> None:
    cursor.accept("LIKE")
    source = reading.schema.table(reading.schema.name(cursor.path("table name")))
    # MySQL copies all but the foreign keys; PostgreSQL what is named.
    included = {token.word for token in cursor.tokens[cursor.position : cursor.end]}
    if reading.dialect is Dialect.MYSQL:
        included = {"ALL"}
    reading.count_copies(len(source.columns) + len(source.keys) + len(source.indexes))
    copies = {column: replace(column) for column in source.columns.values()}
    for column in copies.values():
        if not included & {"ALL", "DEFAULTS", "IDENTITY", "GENERATED"}:
            column.default, column.generation = "", None
        table.add_column(column)
    if included & {"ALL", "CONSTRAINTS"}:
        table.conditions.extend(replace(condition) for condition in source.conditions)
    if included & {"ALL", "INDEXES"}:
        _copy_indexes(source, table, copies, reading)


def _copy_indexes(source: Table, table: Table, copies: dict[Column, Column], reading: Reading) -> None:
    for key in source.keys:
        table.add_key(Key(key.kind, "", [copies[column] for column in key.columns]))
    for index in source.indexes.values():
        parts = [replace(part, column=copies[part.column] if part.column else None) for part in index.parts]
        name = index.name if reading.schema.names_indexes_by_table else f"{table.name.name}_{index.name}"
        reading.schema.add_index(table, DraftIndex(name, parts, index.method, index.is_unique, index.condition))


def inherit(cursor: Cursor, table: Table, reading: Reading) -> None:
    """INHERITS (…): the parents' columns are the table's too, but it does not define them."""
    for element in cursor.elements():
        parent = reading.schema.table(reading.schema.name(element.path("table name")))
        reading.count_copies(len(parent.columns))
        taken = 0
        for column in parent.columns.values():
            if column.name.casefold() not in table.columns:
                table.add_column(replace(column, is_inherited=True))
                taken += 1
        reading.notes.append(
            f"{table.name.full} inherits {taken} columns from {parent.name.full}: they are shown in both and "
            "counted once."
        )
