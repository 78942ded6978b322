"""CREATE TYPE and CREATE DOMAIN: types with names of their own."""

from projects.design.vocabulary import TypeKind
from projects.importers.draft import DraftType
from projects.importers.sql_expressions import read_expression, read_type
from projects.importers.sql_kinds import PERMISSION
from projects.importers.sql_reading import Reading
from projects.importers.tokens import Cursor, NotTaken


def create_type(cursor: Cursor, reading: Reading) -> None:
    cursor.advance(2)
    name = reading.schema.name(cursor.path("type name"))
    if cursor.accept("AS", "ENUM"):
        found = DraftType(name, TypeKind.ENUM, values=_values(cursor.group()))
    elif cursor.accept("FROM"):
        found = _domain(cursor, DraftType(name, TypeKind.DOMAIN))
    elif cursor.at("AS", "("):
        cursor.advance()
        attributes = [element.text() for element in cursor.group().elements()]
        found = DraftType(name, TypeKind.COMPOSITE, values=[text for text in attributes if text])
    else:
        raise NotTaken("Only enumerations, composites and domains are taken as types.")
    _add(found, reading)


def create_domain(cursor: Cursor, reading: Reading) -> None:
    cursor.advance(2)
    name = reading.schema.name(cursor.path("domain name"))
    cursor.accept("AS")
    _add(_domain(cursor, DraftType(name, TypeKind.DOMAIN)), reading)


def alter_type(cursor: Cursor, reading: Reading) -> None:
    """ALTER TYPE … ADD VALUE; nothing else that it can do reaches a design."""
    cursor.advance(2)
    name = reading.schema.name(cursor.path("type name"))
    if cursor.at("OWNER"):
        raise NotTaken(PERMISSION)
    if not cursor.accept("ADD", "VALUE"):
        raise NotTaken("Of changes to types only new values are taken.")
    cursor.accept("IF", "NOT", "EXISTS")
    found = reading.schema.types.get(name.key)
    if found is None or found.kind is not TypeKind.ENUM:
        raise NotTaken(f"This file creates no enumeration {name.full}.")
    value = cursor.string()
    place = len(found.values)
    if side := cursor.accept_any("BEFORE", "AFTER"):
        neighbour = cursor.string()
        if neighbour in found.values:
            place = found.values.index(neighbour) + (side == "AFTER")
    if value not in found.values:
        found.values.insert(place, value)


def _add(found: DraftType, reading: Reading) -> None:
    if found.name.key in reading.schema.types:
        raise NotTaken(f"There is a type {found.name.full} already; capitals do not make a difference.")
    reading.schema.types[found.name.key] = found


def _values(cursor: Cursor) -> list[str]:
    return [element.string() for element in cursor.elements() if not element.is_done]


def _domain(cursor: Cursor, domain: DraftType) -> DraftType:
    domain.base = read_type(cursor)
    rules: list[str] = []
    while not cursor.is_done:
        if cursor.accept("CONSTRAINT"):
            cursor.name("constraint name")
        elif cursor.accept("CHECK"):
            rules.append(cursor.group().unwrapped().text())
        elif cursor.accept("NOT", "NULL"):
            rules.append("NOT NULL")
        elif cursor.accept("DEFAULT"):
            rules.append(f"DEFAULT {read_expression(cursor)}")
        elif cursor.accept("COLLATE"):
            domain.base = f"{domain.base} COLLATE {cursor.name('collation')}"
        else:
            cursor.skip_one()
    domain.rule = "\n".join(rules)
    return domain
