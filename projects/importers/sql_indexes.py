"""CREATE INDEX, the KEY and INDEX lines of MySQL's tables, and the parts that keys and indexes are made of."""

import itertools

from projects.design.vocabulary import Direction, IndexMethod, KeyKind
from projects.importers.dialects import Dialect
from projects.importers.draft import DraftIndex, Key, Part, Table
from projects.importers.sql_reading import Reading
from projects.importers.tokens import Cursor, NotTaken, tidy_name

METHODS = {
    "BTREE": IndexMethod.BTREE,
    "RTREE": IndexMethod.GEOSPATIAL,
    "HASH": IndexMethod.HASH,
    "GIN": IndexMethod.GIN,
    "GIST": IndexMethod.GIST,
    "SPGIST": IndexMethod.SPGIST,
    "BRIN": IndexMethod.BRIN,
    "FULLTEXT": IndexMethod.TEXT,
    "SPATIAL": IndexMethod.GEOSPATIAL,
    "HNSW": IndexMethod.VECTOR,
    "IVFFLAT": IndexMethod.VECTOR,
    "VECTOR": IndexMethod.VECTOR,
}
# SQL Server's and Oracle's kinds, all of them trees to a design.
OTHER_KINDS = ("CLUSTERED", "NONCLUSTERED", "BITMAP", "COLUMNSTORE", "XML", "PRIMARY")


def create_index(cursor: Cursor, reading: Reading) -> Table:
    cursor.advance()
    index = DraftIndex("", [])
    while not cursor.accept("INDEX"):
        word = cursor.word()
        index.is_unique |= word == "UNIQUE"
        index.method = METHODS.get(word, index.method)
        if word not in ("UNIQUE", *METHODS, *OTHER_KINDS):
            raise NotTaken("This kind of index is not known to the importer.")
        cursor.advance()
    cursor.accept("CONCURRENTLY")
    cursor.accept("IF", "NOT", "EXISTS")
    if not cursor.at("ON"):
        index.name = cursor.path("index name")[-1]
    _read_method(cursor, index)
    if not cursor.accept("ON"):
        raise NotTaken("It does not say which table the index is on.")
    cursor.accept("ONLY")
    table = reading.schema.table(reading.schema.name(cursor.path("table name")))
    read_index(cursor, index, table, reading)
    return table


def read_inline_index(cursor: Cursor, table: Table, reading: Reading) -> None:
    """KEY, INDEX, FULLTEXT KEY or SPATIAL INDEX inside a table's definition."""
    index = DraftIndex("", [])
    index.method = METHODS.get(cursor.accept_any("FULLTEXT", "SPATIAL", "VECTOR"), index.method)
    cursor.accept_any("KEY", "INDEX")
    cursor.accept("IF", "NOT", "EXISTS")
    if not cursor.at("(") and not cursor.at("USING"):
        index.name = cursor.name("index name")
    index.is_unique |= bool(cursor.accept("UNIQUE"))
    cursor.accept_any(*OTHER_KINDS)
    read_index(cursor, index, table, reading)


def read_index(cursor: Cursor, index: DraftIndex, table: Table, reading: Reading) -> None:
    """From the method or the brackets on."""
    _read_method(cursor, index)
    index.parts = read_parts(cursor.group(), table, reading.dialect)
    _read_options(cursor, index)
    index.name = index.name or _usual_name(index, table)
    reading.schema.add_index(table, index)


def _read_method(cursor: Cursor, index: DraftIndex) -> None:
    if not cursor.accept("USING"):
        return
    name = cursor.name("method")
    if name.upper() in METHODS:
        index.method = METHODS[name.upper()]
    else:
        index.remarks.append(f"Uses the method {name}.")


def _read_options(cursor: Cursor, index: DraftIndex) -> None:
    while not cursor.is_done:
        if cursor.accept("INCLUDE"):
            index.remarks.append(f"Includes {cursor.group().text()}.")
        elif cursor.accept("NULLS", "NOT", "DISTINCT"):
            index.remarks.append("Nulls count as equal.")
        elif cursor.accept("WHERE"):
            rest = Cursor(cursor.source, cursor.tokens, cursor.position, cursor.end)
            index.condition = rest.unwrapped().text()
            return
        elif cursor.at("USING"):
            _read_method(cursor, index)
        elif cursor.accept("COMMENT"):
            cursor.accept("=")
            index.remarks.append(cursor.string())
        elif cursor.accept("WITH", "PARSER"):
            index.remarks.append(f"Uses the parser {cursor.name('parser')}.")
        else:
            cursor.skip_one()


def read_parts(cursor: Cursor, table: Table, dialect: Dialect) -> list[Part]:
    parts = [_part(element, table, dialect) for element in cursor.elements() if not element.is_done]
    if not parts:
        raise NotTaken("It names no columns.")
    return parts


def _part(cursor: Cursor, table: Table, dialect: Dialect) -> Part:
    start, end = cursor.start, cursor.end
    tail = [token.word for token in cursor.tokens[max(start + 1, end - 3) : end]]
    if tail[-2:] in (["NULLS", "FIRST"], ["NULLS", "LAST"]):
        end -= 2
        tail = tail[:-2]
    direction = Direction.DESCENDING if tail[-1:] == ["DESC"] else Direction.ASCENDING
    if tail[-1:] in (["DESC"], ["ASC"]):
        end -= 1
    name = tidy_name(cursor.tokens[start].text)
    if end - start == 1:
        return Part(table.column(name), "", direction)
    column = table.columns.get(name.casefold())
    if column is None or not _is_plain(cursor, start):
        column = None
    return Part(column, cursor.text(start, end), direction)


def _is_plain(cursor: Cursor, start: int) -> bool:
    """A column with its prefix length, collation or operator class behind it."""
    following = cursor.tokens[start + 1]
    if following.word == "(":
        return cursor.tokens[start + 2].word.isdigit()
    return following.is_quoted or following.word[0].isalpha()


def _usual_name(index: DraftIndex, table: Table) -> str:
    """What PostgreSQL would call it, in any dialect: no two of a table are alike."""
    names = [part.column.name if part.column else "expr" for part in index.parts]
    base = "_".join([table.name.name, *names])[:100] + "_idx"
    numbers = itertools.count(len(table.indexes))
    candidates = itertools.chain([base], (f"{base}{number}" for number in numbers))
    return next(name for name in candidates if name.casefold() not in table.indexes)


def as_key(parts: list[Part], kind: KeyKind, name: str) -> Key | None:
    """A key over the columns of these parts, or None if one of them is an expression."""
    columns = [part.column for part in parts if part.column]
    if len(columns) < len(parts):
        return None
    return Key(kind, name, list(dict.fromkeys(columns)))
