"""A column's definition: name, type and what follows them, as typed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from projects.design.vocabulary import Generation, KeyKind
from projects.importers.draft import Column
from projects.importers.sql_expressions import ENDS_TYPE, read_expression, read_type, tidy_default
from projects.importers.tokens import Cursor

NUMBERED_TYPES = frozenset({"serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"})


@dataclass(slots=True)
class ColumnRead:
    """A column, and what its definition says about its table."""

    column: Column
    keys: list[tuple[KeyKind, str]] = field(default_factory=list)
    # Constraint name, and the cursor where a table's constraint would go on: at CHECK or REFERENCES.
    constraints: list[tuple[str, Cursor]] = field(default_factory=list)
    unread: list[Cursor] = field(default_factory=list)


def read_column(cursor: Cursor) -> ColumnRead:
    read = ColumnRead(Column(cursor.name("column name")))
    column = read.column
    column.type = read_type(cursor)
    if column.type.lower() in NUMBERED_TYPES:
        column.generation = Generation.IDENTITY
        column.is_required = True
    name = ""
    while not cursor.is_done:
        if cursor.accept("CONSTRAINT"):
            name = cursor.name("constraint name")
            continue
        _read_one(cursor, read, name)
        name = ""
    column.default = tidy_default(column.default, column.type)
    if column.default.lower().startswith("nextval("):
        column.generation = Generation.IDENTITY
    return read


def _read_one(cursor: Cursor, read: ColumnRead, name: str) -> None:
    reader = READERS.get(cursor.word())
    start = cursor.position
    if reader is None or not reader(cursor, read, name):
        cursor.position = start
        cursor.skip_one()
        cursor.skip_to(ENDS_TYPE)
        read.unread.append(Cursor(cursor.source, cursor.tokens, start, cursor.position))


def _not(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    cursor.advance()
    if cursor.accept("NULL"):
        read.column.is_required = True
        if cursor.at("NO", "INHERIT"):
            cursor.advance(2)
        return True
    if cursor.accept("FOR", "REPLICATION"):
        return True
    return bool(cursor.accept_any("DEFERRABLE", "ENFORCED", "VALID", "VISIBLE"))


def _default(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    cursor.advance()
    cursor.accept("ON", "NULL")
    read.column.default = read_expression(cursor)
    return bool(read.column.default)


def _primary(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    cursor.advance()
    if not cursor.accept("KEY"):
        return False
    return _key(cursor, read, name)


def _key(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    """After PRIMARY KEY, or at the KEY that MySQL lets stand for it."""
    cursor.accept("KEY")
    read.keys.append((KeyKind.PRIMARY, name))
    read.column.is_required = True
    _skip_key_options(cursor)
    return True


def _unique(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    cursor.advance()
    cursor.accept_any("KEY", "INDEX")
    read.keys.append((KeyKind.UNIQUE, name))
    _skip_key_options(cursor)
    return True


def _skip_key_options(cursor: Cursor) -> None:
    while not cursor.is_done:
        if cursor.accept_any("ASC", "DESC", "CLUSTERED", "NONCLUSTERED", "DISTINCT", "NULLS"):
            continue
        if cursor.at("NOT", "DISTINCT"):
            cursor.advance(2)
        elif cursor.at("ON", "CONFLICT") or cursor.at("USING", "INDEX", "TABLESPACE"):
            cursor.advance(3)
        elif cursor.accept("USING", "INDEX"):
            if cursor.word() == "(":
                cursor.skip_one()
        elif cursor.at("WITH") and cursor.word(1) == "(":
            cursor.advance()
            cursor.skip_one()
        else:
            return


def _constraint(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    """CHECK (…) or REFERENCES …, to be read as a constraint of the table."""
    start = cursor.position
    if cursor.accept("REFERENCES"):
        cursor.path("table")
    else:
        cursor.advance()
    while not cursor.is_done:
        if cursor.accept("ON", "DELETE") or cursor.accept("ON", "UPDATE"):
            cursor.accept_any("SET", "NO")
            cursor.skip_one()
        elif cursor.at("NOT", "DEFERRABLE") or cursor.at("NOT", "ENFORCED") or cursor.at("NOT", "VALID"):
            cursor.advance(2)
        elif cursor.word() in ENDS_TYPE and cursor.word() not in ("DEFERRABLE", "INITIALLY"):
            break
        else:
            cursor.skip_one()
    read.constraints.append((name, Cursor(cursor.source, cursor.tokens, start, cursor.position)))
    return True


def _foreign(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    cursor.advance()
    return cursor.accept("KEY") and cursor.at("REFERENCES") and _constraint(cursor, read, name)


def _generated(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    cursor.advance()
    if not cursor.accept("ALWAYS") and not cursor.accept("BY", "DEFAULT"):
        return False
    cursor.accept("ON", "NULL")
    if not cursor.at("AS"):
        return False
    if cursor.word(1) == "IDENTITY":
        cursor.advance()
        return _identity(cursor, read, name)
    if cursor.word(1) == "ROW":
        cursor.advance(3)
        return True
    return _computed(cursor, read, name)


def _computed(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    cursor.advance()
    if cursor.word() == "(":
        read.column.default = cursor.group().unwrapped().text()
    else:
        start = cursor.position
        cursor.skip_to(frozenset({"PERSISTED", "STORED", "VIRTUAL", "NOT", "NULL"}))
        read.column.default = cursor.text(start, cursor.position)
    read.column.generation = Generation.COMPUTED
    cursor.accept_any("STORED", "VIRTUAL", "PERSISTED", "PERSISTENT")
    return bool(read.column.default)


def _identity(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    cursor.advance()
    if cursor.word() == "(":
        cursor.skip_one()
    read.column.generation = Generation.IDENTITY
    # What the database numbers is never empty.
    read.column.is_required = True
    return True


def _numbered(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    cursor.advance()
    read.column.generation = Generation.IDENTITY
    return True


def _collate(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    cursor.advance()
    cursor.accept("=")
    start = cursor.position
    cursor.path("collation")
    read.column.collation = cursor.text(start, cursor.position)
    return True


def _comment(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    cursor.advance()
    cursor.accept("=")
    read.column.description = cursor.string()
    return True


def _on(cursor: Cursor, read: ColumnRead, name: str) -> bool:
    start = cursor.position
    if not cursor.accept("ON", "UPDATE"):
        return cursor.accept("ON", "CONFLICT") and bool(cursor.name())
    cursor.skip_one()
    if cursor.word() == "(":
        cursor.skip_one()
    read.column.rule = cursor.text(start, cursor.position)
    return True


def _passed(words: int) -> "Reader":
    """What says nothing about the design, and how many words it has."""

    def read_past(cursor: Cursor, read: ColumnRead, name: str) -> bool:
        cursor.advance(words)
        if cursor.word() == "(":
            cursor.skip_one()
        return True

    return read_past


Reader = Callable[[Cursor, ColumnRead, str], bool]

READERS: dict[str, Reader] = {
    "NOT": _not,
    "DEFAULT": _default,
    "PRIMARY": _primary,
    "KEY": _key,
    "UNIQUE": _unique,
    "CHECK": _constraint,
    "REFERENCES": _constraint,
    "FOREIGN": _foreign,
    "GENERATED": _generated,
    "AS": _computed,
    "IDENTITY": _identity,
    "AUTO_INCREMENT": _numbered,
    "AUTOINCREMENT": _numbered,
    "COLLATE": _collate,
    "COMMENT": _comment,
    "ON": _on,
    **dict.fromkeys(("NULL", "VISIBLE", "INVISIBLE", "ENABLE", "DISABLE", "VALIDATE", "NOVALIDATE"), _passed(1)),
    **dict.fromkeys(("RELY", "NORELY", "SPARSE", "ROWGUIDCOL", "FIRST", "HIDDEN", "DEFERRABLE"), _passed(1)),
    **dict.fromkeys(("STORED", "VIRTUAL", "PERSISTED", "OPTIONS", "CLUSTERED", "NONCLUSTERED"), _passed(1)),
    **dict.fromkeys(("STORAGE", "COMPRESSION", "COLUMN_FORMAT", "AFTER", "SRID", "INITIALLY", "CHARSET"), _passed(2)),
    **dict.fromkeys(("MASKED", "ENCRYPTED"), _passed(2)),
    "ENGINE_ATTRIBUTE": _passed(2),
    "CHARACTER": _passed(3),
}
