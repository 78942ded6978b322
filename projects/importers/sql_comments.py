"""COMMENT ON: what is said of tables, columns, indexes, types and foreign keys."""

from projects.importers.draft import Table
from projects.importers.sql_reading import Reading
from projects.importers.tokens import Cursor, NotTaken

NO_PLACE = "It describes something that a design does not hold."


def comment_on(cursor: Cursor, reading: Reading) -> Table | None:
    cursor.advance(2)
    what = cursor.word()
    cursor.advance()
    if what not in ("TABLE", "COLUMN", "INDEX", "TYPE", "DOMAIN", "CONSTRAINT"):
        raise NotTaken(NO_PLACE)
    path = cursor.path()
    on = cursor.path("table name") if cursor.accept("ON") else ()
    if not cursor.accept("IS"):
        raise NotTaken("It does not say what the comment is.")
    return _describe(what, path, on, cursor.string(), reading)


def _describe(what: str, path: tuple[str, ...], on: tuple[str, ...], text: str, reading: Reading) -> Table | None:
    schema = reading.schema
    if what == "TABLE":
        table = schema.table(schema.name(path))
        table.purpose = text
        return table
    if what == "COLUMN" and len(path) > 1:
        table = schema.table(schema.name(path[:-1]))
        table.column(path[-1]).description = text
        return table
    if what == "CONSTRAINT" and on:
        return _describe_constraint(schema.table(schema.name(on)), path[-1], text)
    if what == "INDEX":
        indexed = schema.table_with_index(schema.name(path))
        if indexed is None:
            raise NotTaken(f"This file creates no index {path[-1]}.")
        indexed.indexes[path[-1].casefold()].remarks.insert(0, text)
        return indexed
    described = schema.types.get(schema.name(path).key)
    if described is None:
        raise NotTaken(f"This file creates no type {path[-1]}.")
    described.description = text
    return None


def _describe_constraint(table: Table, name: str, text: str) -> Table:
    reference = next((each for each in table.references if each.name.casefold() == name.casefold()), None)
    if reference is None:
        raise NotTaken("Of constraints only foreign keys have a description.")
    reference.description = " ".join(part for part in (text, reference.description) if part)
    return table
