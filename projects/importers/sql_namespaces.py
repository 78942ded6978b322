"""Statements that decide which namespace the names after them are in."""

import re

from projects.importers.dialects import Dialect
from projects.importers.sql_reading import Reading
from projects.importers.tokens import Cursor, NotTaken, tidy_name

NO_NAMESPACE = ("pg_catalog", '"$user"', "$user", "pg_temp", "extensions")


def use(cursor: Cursor, reading: Reading) -> None:
    cursor.advance()
    if reading.dialect is not Dialect.MYSQL:
        raise NotTaken("Another database of the server makes no difference to a design.")
    reading.schema.search_path = (cursor.name("database"), "")


def set_search_path(cursor: Cursor, reading: Reading) -> None:
    """SET search_path TO a, b: new tables go to the first."""
    cursor.advance(2)
    if not cursor.accept_any("TO", "="):
        raise NotTaken("It does not say what to set.")
    reading.schema.search_path = _path([element.text() for element in cursor.elements()], reading)


SET_CONFIG = re.compile(
    r"SELECT\s+(?:pg_catalog\.)?set_config\s*\(\s*'search_path'\s*,\s*'(?P<path>[^']*)'", re.IGNORECASE
)


def set_config(text: str, reading: Reading) -> bool:
    """SELECT set_config('search_path', …), as pg_dump writes it."""
    match = SET_CONFIG.match(text)
    if match:
        reading.schema.search_path = _path(match["path"].split(","), reading)
    return bool(match)


def _path(names: list[str], reading: Reading) -> tuple[str, ...]:
    plain = (tidy_name(name.strip().strip("\"'")) for name in names if name.strip() not in NO_NAMESPACE)
    namespaces = [reading.schema.plain_namespace(name) for name in plain]
    return (*(namespace for namespace in namespaces if namespace != "$user"), "")
