"""ALTER TABLE: each of its actions applied to the table read so far."""

from collections.abc import Callable, Iterator

from projects.design.vocabulary import KeyKind
from projects.importers.draft import Name, Table
from projects.importers.sql_alter_columns import (
    STORAGE,
    alter_column,
    change_column,
    modify_column,
    set_default_by_constraint,
)
from projects.importers.sql_columns import read_column
from projects.importers.sql_constraints import add_column, is_constraint, read_constraints
from projects.importers.sql_copies import inherit
from projects.importers.sql_kinds import PERMISSION
from projects.importers.sql_reading import Reading
from projects.importers.tokens import Cursor, NotTaken

# What an action begins with, where that says nothing about the design.
IGNORED = {
    "OWNER": PERMISSION,
    "ENABLE": STORAGE,
    "DISABLE": STORAGE,
    "FORCE": STORAGE,
    "CLUSTER": STORAGE,
    "SET": STORAGE,
    "RESET": STORAGE,
    "REPLICA": STORAGE,
    "VALIDATE": STORAGE,
    "CHECK": STORAGE,
    "NOCHECK": STORAGE,
    "ENGINE": STORAGE,
    "AUTO_INCREMENT": STORAGE,
    "CONVERT": STORAGE,
    "DEFAULT": STORAGE,
    "CHARACTER": STORAGE,
    "ORDER": STORAGE,
    "ROW_FORMAT": STORAGE,
    "PARTITION": STORAGE,
    "DETACH": STORAGE,
    "MOVE": STORAGE,
    "LOCK": STORAGE,
    "ALGORITHM": STORAGE,
}


def alter_table(cursor: Cursor, reading: Reading) -> Table:
    """Apply what can be applied. Actions that cannot are listed, unless there is no other: then the statement is."""
    cursor.advance(2)
    cursor.accept("IF", "EXISTS")
    cursor.accept("ONLY")
    name = reading.schema.name(cursor.path("table name"))
    cursor.accept("*")
    actions = list(_actions(cursor))
    if not actions:
        raise NotTaken("It changes nothing.")
    wanted = [(verb, action) for verb, action in actions if verb not in IGNORED]
    if not wanted:
        # A view or a sequence is given its owner by ALTER TABLE too, so before the table is looked for.
        raise NotTaken(IGNORED[actions[0][0]])
    table = reading.schema.table(name)
    before = len(reading.left_out)
    applied = [reading.take(action, _apply, verb, table, reading) for verb, action in wanted]
    if not any(applied):
        reason = reading.left_out[before].reason
        del reading.left_out[before:]
        raise NotTaken(reason)
    return table


def _actions(cursor: Cursor) -> Iterator[tuple[str, Cursor]]:
    """Each action behind its verb. One without goes on with the last, as Oracle and SQL Server write it."""
    if cursor.accept("WITH"):
        cursor.accept_any("CHECK", "NOCHECK")
    verb = ""
    for action in cursor.elements():
        if action.accept("SET", "SCHEMA"):
            verb = "SET SCHEMA"
        elif action.word() in ACTIONS or _is_ignored(action):
            verb = action.word()
            action.advance()
        if verb in ("ADD", "MODIFY"):
            action.accept("COLUMN")
        if verb in ("ADD", "MODIFY") and action.at("("):
            yield from ((verb, element) for element in action.group().elements())
        else:
            yield verb, action


def _is_ignored(action: Cursor) -> bool:
    word, following = action.word(), action.word(1)
    if word == "CHECK":
        return following == "CONSTRAINT"
    return word in IGNORED


def _apply(cursor: Cursor, verb: str, table: Table, reading: Reading) -> None:
    if verb not in ACTIONS:
        raise NotTaken("This change was not understood.")
    ACTIONS[verb](cursor, table, reading)


def _add(cursor: Cursor, table: Table, reading: Reading) -> None:
    if cursor.at("PARTITION"):
        raise NotTaken(STORAGE)
    cursor.accept("IF", "NOT", "EXISTS")
    if cursor.at("DEFAULT") or (cursor.at("CONSTRAINT") and cursor.word(2) == "DEFAULT"):
        set_default_by_constraint(cursor, table)
    elif is_constraint(cursor, reading.dialect):
        read_constraints(cursor, table, reading)
    else:
        add_column(read_column(cursor), table, reading)


def _drop(cursor: Cursor, table: Table, reading: Reading) -> None:
    if cursor.accept("PRIMARY", "KEY"):
        table.keys = [key for key in table.keys if key.kind is not KeyKind.PRIMARY]
        return
    what = cursor.accept_any("COLUMN", "CONSTRAINT", "INDEX", "KEY", "FOREIGN", "CHECK")
    cursor.accept("KEY")
    cursor.accept("IF", "EXISTS")
    name = cursor.name()
    if what in ("CONSTRAINT", "FOREIGN", "CHECK"):
        _drop_constraint(table, name)
    elif what in ("INDEX", "KEY") and name.casefold() in table.indexes:
        reading.schema.drop_index(table, name.casefold())
    elif what in ("INDEX", "KEY"):
        _drop_constraint(table, name)
    else:
        table.drop_column(table.column(name))


def _drop_constraint(table: Table, name: str) -> None:
    folded = name.casefold()
    before = len(table.keys) + len(table.references) + len(table.conditions)
    table.keys = [key for key in table.keys if key.name.casefold() != folded]
    table.references = [each for each in table.references if each.name.casefold() != folded]
    table.conditions = [each for each in table.conditions if each.name.casefold() != folded]
    if len(table.keys) + len(table.references) + len(table.conditions) == before:
        raise NotTaken(f"{table.name.full} has no constraint {name} in this file.")


def _rename(cursor: Cursor, table: Table, reading: Reading) -> None:
    if cursor.accept_any("CONSTRAINT", "INDEX", "KEY"):
        raise NotTaken("The names of constraints and indexes are taken from where they are created.")
    if cursor.accept_any("TO", "AS"):
        name = reading.schema.name(cursor.path("table name"))
        reading.schema.rename_table(table, name)
        return
    cursor.accept("COLUMN")
    column = table.column(cursor.name("column name"))
    if not cursor.accept("TO"):
        raise NotTaken("It does not say what the new name is.")
    reading.schema.rename_column(table, column, cursor.name("column name"))


def _set_schema(cursor: Cursor, table: Table, reading: Reading) -> None:
    namespace = reading.schema.plain_namespace(cursor.name("schema"))
    reading.schema.rename_table(table, Name(namespace, table.name.name))


def _attach(cursor: Cursor, table: Table, reading: Reading) -> None:
    if not cursor.accept("PARTITION"):
        raise NotTaken(STORAGE)
    reading.schema.table(reading.schema.name(cursor.path("table name"))).partition_of = table.name


def _comment(cursor: Cursor, table: Table, reading: Reading) -> None:
    cursor.accept("=")
    table.purpose = cursor.string()


ACTIONS: dict[str, Callable[[Cursor, Table, Reading], None]] = {
    "ADD": _add,
    "DROP": _drop,
    "ALTER": alter_column,
    "MODIFY": modify_column,
    "CHANGE": change_column,
    "RENAME": _rename,
    "ATTACH": _attach,
    "INHERIT": inherit,
    "SET SCHEMA": _set_schema,
    "COMMENT": _comment,
}
