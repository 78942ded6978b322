"""DROP and RENAME of what the file has created before: migrations and SQLite's way to change a table do this."""

from projects.importers.dialects import Dialect
from projects.importers.sql_kinds import NOTHING_TO_DROP
from projects.importers.sql_reading import Reading
from projects.importers.tokens import Cursor, NotTaken


def drop_tables(cursor: Cursor, reading: Reading) -> None:
    cursor.skip_to(frozenset({"TABLE"}))
    cursor.advance()
    cursor.accept("IF", "EXISTS")
    is_cascade = any(token.word == "CASCADE" for token in cursor.tokens)
    names = [reading.schema.name(element.path("table name")) for element in cursor.elements()]
    tables = [table for name in names if (table := reading.schema.find(name))]
    if not tables:
        raise NotTaken(NOTHING_TO_DROP)
    for table in {table.name.key: table for table in tables}.values():
        reading.schema.drop_table(table)
        if is_cascade and reading.dialect is not Dialect.MYSQL:
            reading.schema.drop_references_to(table)


def drop_indexes(cursor: Cursor, reading: Reading) -> None:
    cursor.advance(2)
    cursor.accept("CONCURRENTLY")
    cursor.accept("IF", "EXISTS")
    path = cursor.path("index name")
    if cursor.accept("ON"):
        table = reading.schema.find(reading.schema.name(cursor.path("table name")))
    else:
        table = reading.schema.table_with_index(reading.schema.name(path))
    if table is None or path[-1].casefold() not in table.indexes:
        raise NotTaken(NOTHING_TO_DROP)
    reading.schema.drop_index(table, path[-1].casefold())


def drop_type(cursor: Cursor, reading: Reading) -> None:
    cursor.advance(2)
    cursor.accept("IF", "EXISTS")
    name = reading.schema.name(cursor.path("type name"))
    if reading.schema.types.pop(name.key, None) is None:
        raise NotTaken(NOTHING_TO_DROP)


def rename_tables(cursor: Cursor, reading: Reading) -> None:
    """MySQL's RENAME TABLE a TO b, c TO d."""
    cursor.advance(2)
    for element in cursor.elements():
        table = reading.schema.table(reading.schema.name(element.path("table name")))
        if not element.accept("TO"):
            raise NotTaken("It does not say what the new name is.")
        reading.schema.rename_table(table, reading.schema.name(element.path("table name")))
