"""CREATE TABLE: its columns and constraints, element by element, so that one bad element costs no more than itself."""

from projects.design.vocabulary import Generation
from projects.importers.dialects import Dialect
from projects.importers.draft import Name, Table
from projects.importers.sql_columns import read_column
from projects.importers.sql_constraints import add_column, is_constraint, read_constraints
from projects.importers.sql_copies import copy_like, inherit
from projects.importers.sql_reading import Reading
from projects.importers.tokens import Cursor, NotTaken

TEMPORARY = "A temporary table is not part of a design."
FROM_QUERY = "It takes its columns from a query."


def create_table(cursor: Cursor, reading: Reading) -> Table:
    cursor.advance()
    replaces = cursor.accept("OR", "REPLACE")
    while not cursor.accept("TABLE"):
        if cursor.accept_any("TEMP", "TEMPORARY"):
            raise NotTaken(TEMPORARY)
        if cursor.is_done:
            raise NotTaken("It does not say what it creates.")
        cursor.advance()
    cursor.accept("IF", "NOT", "EXISTS")
    table = Table(reading.schema.name(cursor.path("table name")), reading.statement.line)
    if reading.dialect is Dialect.TSQL and table.name.name.startswith("#"):
        raise NotTaken(TEMPORARY)
    _refuse_second(table.name, reading, replaces)
    _read_content(cursor, table, reading)
    reading.schema.add_table(table)
    return table


def _refuse_second(name: Name, reading: Reading, replaces: bool) -> None:
    earlier = reading.schema.tables.get(name.key)
    if earlier and replaces:
        reading.schema.drop_table(earlier)
    elif earlier:
        raise NotTaken(f"Line {earlier.line} creates {earlier.name.full} already; capitals do not make a difference.")


def _read_content(cursor: Cursor, table: Table, reading: Reading) -> None:
    if cursor.accept("PARTITION", "OF"):
        table.partition_of = reading.schema.table(reading.schema.name(cursor.path("table name"))).name
    elif cursor.at("LIKE"):
        copy_like(cursor, table, reading)
    elif cursor.at("("):
        body = cursor.group()
        if body.word() in ("SELECT", "WITH"):
            raise NotTaken(FROM_QUERY)
        has_rowid = _read_options(cursor, table, reading)
        _read_elements(body, table, reading)
        if has_rowid and reading.dialect is Dialect.SQLITE:
            _number_rowid(table)
    elif cursor.at("OF"):
        raise NotTaken("It takes its columns from a type.")
    else:
        raise NotTaken(FROM_QUERY if cursor.word() in ("AS", "SELECT") else "It defines no columns.")


def _read_options(cursor: Cursor, table: Table, reading: Reading) -> bool:
    """What follows the brackets; says whether SQLite gives the table a rowid."""
    has_rowid = True
    while not cursor.is_done and not cursor.at("AS"):
        if cursor.accept("INHERITS"):
            inherit(cursor.group(), table, reading)
        elif cursor.accept("COMMENT"):
            cursor.accept("=")
            table.purpose = cursor.string()
        elif cursor.accept("COLLATE"):
            cursor.accept("=")
            table.collation = cursor.name("collation")
        elif cursor.accept("WITHOUT", "ROWID"):
            has_rowid = False
        else:
            cursor.skip_one()
    return has_rowid


def _read_elements(body: Cursor, table: Table, reading: Reading) -> None:
    """Columns first: a constraint may stand before the column that it names."""
    elements = [element for element in body.elements() if not element.is_done]
    columns = [element for element in elements if not is_constraint(element, reading.dialect)]
    inherited = len(table.columns)
    for element in columns:
        reading.take(element, _read_column, table, reading)
    if columns and len(table.columns) == inherited:
        raise NotTaken("None of its columns was understood.")
    for element in elements:
        if is_constraint(element, reading.dialect):
            reading.take(element, read_constraints, table, reading)


def _read_column(cursor: Cursor, table: Table, reading: Reading) -> None:
    if cursor.at("LIKE"):
        copy_like(cursor, table, reading)
        return
    read = read_column(cursor)
    if read.column.collation.casefold() == table.collation.casefold():
        read.column.collation = ""
    add_column(read, table, reading)


def _number_rowid(table: Table) -> None:
    """An INTEGER PRIMARY KEY is the row's number, unless it is a key of another table."""
    key = table.primary_key
    if key is None or len(key.columns) != 1:
        return
    column = key.columns[0]
    is_reference = any(column in reference.columns for reference in table.references)
    if column.type.upper() == "INTEGER" and not is_reference:
        column.generation = Generation.IDENTITY
