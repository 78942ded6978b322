"""What a table's definition says besides its columns: keys, foreign keys, checks, and MySQL's indexes."""

from projects.design.vocabulary import Generation, KeyKind, ReferentialAction
from projects.importers.dialects import Dialect
from projects.importers.draft import Column, Condition, DraftIndex, Key, Reference, Table
from projects.importers.sql_columns import ColumnRead
from projects.importers.sql_indexes import as_key, read_index, read_inline_index, read_parts
from projects.importers.sql_reading import Reading
from projects.importers.tokens import Cursor, NotTaken, tidy_name

KINDS = frozenset({"PRIMARY", "UNIQUE", "FOREIGN", "CHECK"})
STARTS_CONSTRAINT = KINDS | {"CONSTRAINT"}
ACTIONS = {
    ("NO", "ACTION"): ReferentialAction.NO_ACTION,
    ("RESTRICT",): ReferentialAction.RESTRICT,
    ("CASCADE",): ReferentialAction.CASCADE,
    ("SET", "NULL"): ReferentialAction.SET_NULL,
    ("SET", "DEFAULT"): ReferentialAction.SET_DEFAULT,
}


def is_constraint(cursor: Cursor, dialect: Dialect) -> bool:
    """Whether an element of a table is something else than a column."""
    word, following = cursor.word(), cursor.word(1)
    if word == "CONSTRAINT" or (word, following) in (("PRIMARY", "KEY"), ("FOREIGN", "KEY"), ("CHECK", "(")):
        return True
    if word == "UNIQUE" or (word, following) in (("NOT", "NULL"), ("PERIOD", "FOR")):
        return True
    if word == "EXCLUDE":
        return following in ("USING", "(")
    return is_inline_index(cursor, dialect)


def is_inline_index(cursor: Cursor, dialect: Dialect) -> bool:
    """Only MySQL and SQL Server have these, and elsewhere a column may be called key."""
    if dialect is Dialect.TSQL:
        return cursor.at("INDEX")
    is_vector = cursor.word() == "VECTOR" and cursor.word(1) in ("KEY", "INDEX")
    return dialect is Dialect.MYSQL and (is_vector or cursor.word() in ("KEY", "INDEX", "FULLTEXT", "SPATIAL"))


def read_constraints(cursor: Cursor, table: Table, reading: Reading) -> None:
    """One constraint, or several: SQLite needs no comma between them."""
    while not cursor.is_done:
        _read_constraint(cursor, table, reading)
        cursor.skip_to(STARTS_CONSTRAINT)


def _read_constraint(cursor: Cursor, table: Table, reading: Reading) -> None:
    name = _constraint_name(cursor)
    if cursor.accept("PRIMARY", "KEY"):
        _read_key(cursor, table, reading, KeyKind.PRIMARY, name)
    elif cursor.accept("UNIQUE"):
        _read_key(cursor, table, reading, KeyKind.UNIQUE, name)
    elif cursor.accept("FOREIGN", "KEY"):
        _read_foreign_key(cursor, table, reading, name)
    elif cursor.at("CHECK"):
        read_check(cursor, table, name)
    elif cursor.accept("NOT", "NULL"):
        table.column(cursor.name("column name")).is_required = True
    elif cursor.at("EXCLUDE"):
        table.conditions.append(Condition(name, cursor.rest(), is_exclusion=True))
        cursor.position = cursor.end
    elif is_inline_index(cursor, reading.dialect):
        read_inline_index(cursor, table, reading)
    else:
        raise NotTaken("This constraint was not understood.")


def _constraint_name(cursor: Cursor) -> str:
    if not cursor.accept("CONSTRAINT"):
        return ""
    cursor.accept("IF", "NOT", "EXISTS")
    # MySQL lets CONSTRAINT stand without a name.
    return "" if cursor.word() in KINDS else cursor.name("constraint name")


def _read_key(cursor: Cursor, table: Table, reading: Reading, kind: KeyKind, name: str) -> None:
    if cursor.accept("USING", "INDEX"):
        table.add_key(_key_of_index(cursor.name("index name"), table, reading, kind, name))
        return
    index = DraftIndex(name, [], is_unique=True)
    cursor.accept_any("KEY", "INDEX")
    _read_key_head(cursor, index)
    start = cursor.position
    group = cursor.group()
    _read_autoincrement(group, table)
    parts = read_parts(group, table, reading.dialect)
    if key := as_key(parts, kind, name or index.name):
        table.add_key(key)
        if any(part.expression for part in parts):
            reading.leave_out(group, "A key is made of whole columns: prefixes and collations were left out.")
    elif kind is KeyKind.PRIMARY:
        raise NotTaken("A primary key is made of columns.")
    else:
        # An expression is unique as an index, not as a key.
        cursor.position = start
        read_index(cursor, index, table, reading)


def _read_key_head(cursor: Cursor, index: DraftIndex) -> None:
    """What may stand between UNIQUE and the brackets."""
    while not cursor.is_done and not cursor.at("("):
        if cursor.accept("NULLS", "NOT", "DISTINCT"):
            index.remarks.append("Nulls count as equal.")
        elif cursor.accept("USING"):
            cursor.name("method")
        elif not cursor.accept("NULLS", "DISTINCT") and not cursor.accept_any("CLUSTERED", "NONCLUSTERED"):
            own_name = cursor.name("index name")
            index.name = index.name or own_name


def _read_autoincrement(group: Cursor, table: Table) -> None:
    """SQLite lets AUTOINCREMENT stand in the key's brackets."""
    if group.end > group.start and group.tokens[group.end - 1].word == "AUTOINCREMENT":
        group.end -= 1
        table.column(tidy_name(group.tokens[group.start].text)).generation = Generation.IDENTITY


def _key_of_index(index_name: str, table: Table, reading: Reading, kind: KeyKind, name: str) -> Key:
    """The constraint takes the index over, so the index is no longer one by itself."""
    index = table.indexes.get(index_name.casefold())
    key = as_key(index.parts, kind, name or index_name) if index else None
    if not key:
        raise NotTaken(f"There is no index {index_name} on columns of {table.name.full}.")
    reading.schema.drop_index(table, index_name.casefold())
    return key


def read_check(cursor: Cursor, table: Table, name: str) -> None:
    cursor.advance()
    expression = cursor.group().unwrapped().text()
    if not expression:
        raise NotTaken("The check is empty.")
    table.conditions.append(Condition(name, expression))


def _read_foreign_key(cursor: Cursor, table: Table, reading: Reading, name: str) -> None:
    cursor.accept("IF", "NOT", "EXISTS")
    index_name = "" if cursor.at("(") else cursor.name("index name")
    parts = read_parts(cursor.group(), table, reading.dialect)
    columns = [part.column for part in parts if part.column]
    if len(columns) < len(parts):
        raise NotTaken("A foreign key is made of columns.")
    read_reference(cursor, columns, table, reading, name or index_name)


def read_reference(cursor: Cursor, columns: list[Column], table: Table, reading: Reading, name: str = "") -> None:
    """REFERENCES and what follows it."""
    if not cursor.accept("REFERENCES"):
        raise NotTaken("It does not say what it references.")
    reference = Reference(name, columns, reading.schema.name(cursor.path("table name")))
    if cursor.at("("):
        reference.parent_columns = tuple(element.name("column name") for element in cursor.group().elements())
        if len(reference.parent_columns) != len(columns):
            raise NotTaken("It does not reference as many columns as it has.")
    _read_reference_options(cursor, reference)
    table.references.append(reference)


def _read_reference_options(cursor: Cursor, reference: Reference) -> None:
    while not cursor.is_done and cursor.word() not in STARTS_CONSTRAINT:
        if cursor.accept("ON", "DELETE"):
            reference.on_delete = _action(cursor)
        elif cursor.accept("ON", "UPDATE"):
            reference.on_update = _action(cursor)
        elif cursor.accept("INITIALLY", "DEFERRED"):
            reference.description = "Checked at the end of the transaction."
        else:
            cursor.skip_one()


def _action(cursor: Cursor) -> ReferentialAction:
    for words, action in ACTIONS.items():
        if cursor.accept(*words):
            return action
    raise NotTaken(f"The action {cursor.word() or 'after ON'} is not known.")


def add_column(read: ColumnRead, table: Table, reading: Reading) -> None:
    """A column just read, and what its definition says about the table."""
    column = read.column
    table.add_column(column)
    for part in read.unread:
        reading.leave_out(part, "This part of the column's definition was not understood.")
    for name, part in read.constraints:
        reading.take(part, _read_of_column, column, table, reading, name)
    # Last, because a second primary key is refused.
    for kind, name in read.keys:
        table.add_key(Key(kind, name, [column]))


def _read_of_column(cursor: Cursor, column: Column, table: Table, reading: Reading, name: str) -> None:
    if cursor.at("CHECK"):
        read_check(cursor, table, name)
    else:
        read_reference(cursor, [column], table, reading, name)
