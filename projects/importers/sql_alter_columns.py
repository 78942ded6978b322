"""The actions of ALTER TABLE that change one column."""

from collections.abc import Callable

from projects.design.vocabulary import Generation
from projects.importers.draft import Column, Key, Table
from projects.importers.sql_columns import read_column
from projects.importers.sql_expressions import read_expression, read_type, tidy_default
from projects.importers.sql_reading import Reading
from projects.importers.tokens import Cursor, NotTaken

STORAGE = "How a table is stored or run is not part of a design."


def alter_column(cursor: Cursor, table: Table, reading: Reading) -> None:
    """ALTER [COLUMN] name, and one of the changes below or, in SQL Server, a new definition."""
    if cursor.at("INDEX") or cursor.at("CONSTRAINT"):
        raise NotTaken(STORAGE)
    cursor.accept("COLUMN")
    column = table.column(cursor.name("column name"))
    for words, change in CHANGES:
        if cursor.accept(*words):
            change(column, cursor)
            return
    if cursor.word() in ("SET", "RESET"):
        raise NotTaken(STORAGE)
    _redefine(column, _back_at_name(cursor), table, reading)


def modify_column(cursor: Cursor, table: Table, reading: Reading) -> None:
    cursor.accept("IF", "EXISTS")
    column = table.column(cursor.name("column name"))
    _redefine(column, _back_at_name(cursor), table, reading)


def change_column(cursor: Cursor, table: Table, reading: Reading) -> None:
    """MySQL: CHANGE old_name new_name type …"""
    cursor.accept("COLUMN")
    cursor.accept("IF", "EXISTS")
    _redefine(table.column(cursor.name("column name")), cursor, table, reading)


def set_default_by_constraint(cursor: Cursor, table: Table) -> None:
    """SQL Server: ADD CONSTRAINT name DEFAULT (value) FOR column."""
    cursor.skip_to(frozenset({"DEFAULT"}))
    cursor.advance()
    start = cursor.position
    cursor.skip_to(frozenset({"FOR"}))
    value = cursor.text(start, cursor.position)
    cursor.advance()
    table.column(cursor.name("column name")).default = value


def _back_at_name(cursor: Cursor) -> Cursor:
    """Set back by the column's name, which begins its definition."""
    return Cursor(cursor.source, cursor.tokens, cursor.position - 1, cursor.end)


def _redefine(column: Column, cursor: Cursor, table: Table, reading: Reading) -> None:
    """A whole new definition takes the old one's place; keys stay, because they are the table's."""
    read = read_column(cursor)
    new = read.column
    if new.name.casefold() != column.name.casefold():
        reading.schema.rename_column(table, column, new.name)
    primary = table.primary_key
    # Oracle may name only what changes.
    column.type = new.type or column.type
    column.is_required = new.is_required or (primary is not None and column in primary.columns)
    column.default, column.generation, column.rule = new.default, new.generation, new.rule
    column.description = new.description or column.description
    column.collation = new.collation
    for kind, name in read.keys:
        table.add_key(Key(kind, name, [column]))


def _set_default(column: Column, cursor: Cursor) -> None:
    column.default = tidy_default(read_expression(cursor), column.type)
    if column.default.lower().startswith("nextval("):
        column.generation = Generation.IDENTITY


def _drop_default(column: Column, cursor: Cursor) -> None:
    column.default, column.generation = "", None


def _require(column: Column, cursor: Cursor) -> None:
    column.is_required = True


def _allow_null(column: Column, cursor: Cursor) -> None:
    column.is_required = False


def _number(column: Column, cursor: Cursor) -> None:
    column.generation = Generation.IDENTITY


def _stop_generating(column: Column, cursor: Cursor) -> None:
    column.generation = None


def _set_type(column: Column, cursor: Cursor) -> None:
    start = cursor.position
    cursor.skip_to(frozenset({"USING"}))
    column.type = read_type(Cursor(cursor.source, cursor.tokens, start, cursor.position))


CHANGES: tuple[tuple[tuple[str, ...], Callable[[Column, Cursor], None]], ...] = (
    (("SET", "DEFAULT"), _set_default),
    (("DROP", "DEFAULT"), _drop_default),
    (("SET", "NOT", "NULL"), _require),
    (("DROP", "NOT", "NULL"), _allow_null),
    (("ADD", "GENERATED"), _number),
    (("DROP", "IDENTITY"), _stop_generating),
    (("DROP", "EXPRESSION"), _stop_generating),
    (("SET", "DATA", "TYPE"), _set_type),
    (("TYPE",), _set_type),
)
