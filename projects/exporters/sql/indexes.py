"""CREATE INDEX: method, parts in order with their direction, uniqueness and condition."""

import re
from functools import partial
from uuid import UUID

from sqlglot import exp

from projects.design.field_types import Family
from projects.design.tree import Entity, Index, IndexPart
from projects.design.vocabulary import Direction, IndexMethod
from projects.exporters.sql.agreement import is_condition, refuse_disagreement
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.expression_tokens import NotWritten
from projects.exporters.sql.expressions import read
from projects.exporters.sql.index_methods import (
    FROM_EXTENSION,
    OPERATOR_CLASSES,
    accepts,
    default_class,
    is_ordered,
    words_of_method,
)
from projects.exporters.sql.literals import comment_line
from projects.exporters.sql.names import fitted
from projects.exporters.sql.writing import Writing

# What may follow a column's name in a part: a length, a collation, an operator class.
PART = re.compile(
    r"(?P<name>\"(?:[^\"]|\"\")+\"|`(?:[^`]|``)+`|[^\W\d]\w*)\s*(?:\(\s*(?P<length>\d{1,4})\s*\))?"
    r"(?:\s*COLLATE\s+(?:\"(?P<quoted>\w+)\"|(?P<plain>\w+)))?(?:\s*(?P<schema>public\.)?(?P<class>\w+_ops))?",
    re.IGNORECASE,
)
COLLATIONS = {
    Dialect.POSTGRESQL: frozenset({"C", "POSIX", "default", "ucs_basic"}),
    Dialect.SQLITE: frozenset({"BINARY", "NOCASE", "RTRIM", "binary", "nocase", "rtrim"}),
    Dialect.MYSQL: frozenset[str](),
}


def index_name(index: Index, entity: Entity, writing: Writing) -> str:
    """MySQL's indexes have names of their table, the others' names of the namespace, beside the tables'."""
    namespace, table = writing.paths[entity.uid]
    scope = f"{namespace}.{table}.keys" if writing.dialect is Dialect.MYSQL else namespace.casefold()
    name = writing.taken.unlike(scope, index.name, partial(fitted, dialect=writing.dialect))
    if name != index.name:
        writing.note(f"The index {index.name} is written as {name}: its name is taken, or not one of the dialect's.")
    return name


def create_index(index: Index, entity: Entity, writing: Writing) -> tuple[list[str], str]:
    """The statement and the index's name, or a comment that says why there is none."""
    try:
        return _statement(index, entity, writing)
    except NotWritten as reason:
        writing.note(f"The index {index.name} of {entity.full_name} is not written: {reason}.")
        return [comment_line(f"Not written, because {reason}: the index {index.name} of {entity.full_name}")], ""


def _statement(index: Index, entity: Entity, writing: Writing) -> tuple[list[str], str]:
    method = _method(index, writing)
    parts = [_part(part, method, entity, writing) for part in index.parts]
    if not parts:
        raise NotWritten("it has no parts")
    if writing.dialect is Dialect.MYSQL:
        parts = list(dict.fromkeys(parts))
    where = _where(index, entity, writing)
    before, using = words_of_method(method, writing.dialect)
    if method in (IndexMethod.HASH, IndexMethod.SPGIST) and len(parts) > 1:
        raise NotWritten(f"an index of the method {method.label} has one part")
    kind = "UNIQUE " if index.is_unique else before
    name = index_name(index, entity, writing)
    on = f"ON {writing.table(entity)}{using} ({', '.join(parts)}){where}"
    return [f"CREATE {kind}INDEX {writing.quoted(name)} {on};"], name


def _method(index: Index, writing: Writing) -> IndexMethod:
    """The index's own method, if the dialect has it."""
    method = index.method
    if index.is_unique and method is not IndexMethod.BTREE:
        writing.note(f"The index {index.name} is written as a btree: only that can be unique.")
        return IndexMethod.BTREE
    if writing.dialect is Dialect.SQLITE and method is not IndexMethod.BTREE:
        raise NotWritten(f"SQLite has no indexes of the method {method.label}")
    known = (IndexMethod.BTREE, IndexMethod.HASH, IndexMethod.TEXT, IndexMethod.GEOSPATIAL)
    if writing.dialect is Dialect.MYSQL and method not in known:
        raise NotWritten(f"MySQL has no indexes of the method {method.label}")
    return method


def _part(part: IndexPart, method: IndexMethod, entity: Entity, writing: Writing) -> str:
    if part.field is None:
        text = _expression(part.expression, method, entity, writing)
    else:
        text = _column(part.field, part.expression, method, writing)
    has_order = method is IndexMethod.BTREE
    if part.direction is Direction.DESCENDING and not has_order:
        writing.note(f"An index of the method {method.label} has no direction.")
    return f"{text} DESC" if part.direction is Direction.DESCENDING and has_order else text


def _column(uid: UUID, expression: str, method: IndexMethod, writing: Writing) -> str:
    type_, text = writing.column_types[uid], writing.column(uid)
    match = PART.fullmatch(expression.strip()) if expression else None
    if expression and not match:
        raise NotWritten(f"“{expression}” is no part of an index")
    operator_class = (match["class"] or "").lower() if match else ""
    if operator_class and (writing.dialect is not Dialect.POSTGRESQL or operator_class not in OPERATOR_CLASSES):
        raise NotWritten(f"{writing.dialect.label} is not known to have {operator_class}")
    if writing.dialect is Dialect.POSTGRESQL and not operator_class:
        if method is IndexMethod.TEXT:
            return _searched(text, type_.family)
        operator_class = default_class(method, type_)
        if not operator_class and not accepts(method, type_):
            raise NotWritten(f"an index of the method {method.label} does not hold {type_.text}")
    if operator_class in FROM_EXTENSION:
        writing.extensions.add(FROM_EXTENSION[operator_class])
    if method is IndexMethod.BTREE and not operator_class and not is_ordered(type_, writing.dialect):
        raise NotWritten(f"values of type {type_.text} have no order")
    schema = (match["schema"] or "") if match else ""
    text = _as_typed(match, uid, writing) + _length(match, writing) + _collation(match, writing)
    return f"{text} {schema}{operator_class}" if operator_class else text


def _as_typed(match: re.Match[str] | None, uid: UUID, writing: Writing) -> str:
    """The column by its name, in quotes if that is how it was typed."""
    written = writing.column(uid)
    mark = "`" if writing.dialect is Dialect.MYSQL else '"'
    return match["name"] if match and match["name"] == f"{mark}{written}{mark}" else written


def _searched(text: str, family: Family) -> str:
    if family not in (Family.TEXT, Family.SEARCH):
        raise NotWritten("only texts are searched")
    return text if family is Family.SEARCH else f"to_tsvector('simple', {text})"


def _length(match: re.Match[str] | None, writing: Writing) -> str:
    if not match or not match["length"]:
        return ""
    if writing.dialect is not Dialect.MYSQL:
        writing.note("Lengths of index parts are left out: only MySQL has them.")
        return ""
    return f"({int(match['length'])})"


def _collation(match: re.Match[str] | None, writing: Writing) -> str:
    name = (match["quoted"] or match["plain"]) if match else None
    if not name:
        return ""
    if name not in COLLATIONS[writing.dialect]:
        raise NotWritten(f"{writing.dialect.label} is not known to have the collation {name}")
    return f' COLLATE "{name}"' if writing.dialect is Dialect.POSTGRESQL else f" COLLATE {name}"


def _expression(text: str, method: IndexMethod, entity: Entity, writing: Writing) -> str:
    if writing.dialect is Dialect.MYSQL and method is not IndexMethod.BTREE:
        raise NotWritten("it indexes an expression")
    scope = writing.scope(entity, only_fixed=True)
    expression = read(text, scope)
    refuse_disagreement(expression, scope)
    if not expression.columns:
        raise NotWritten(f"“{text}” names no field")
    if isinstance(expression.tree, exp.Column):
        name = expression.columns[0]
        uid = next(each.uid for each in entity.fields if each.name.casefold() == name)
        return _column(uid, "", method, writing)
    plain = writing.used(expression)
    return plain if plain.startswith("(") and plain.endswith(")") and _is_whole(plain) else f"({plain})"


def _is_whole(text: str) -> bool:
    """Whether the first bracket closes at the end."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place == len(text) - 1
    return False


def _where(index: Index, entity: Entity, writing: Writing) -> str:
    if not index.condition.strip():
        return ""
    if writing.dialect is Dialect.MYSQL:
        raise NotWritten("MySQL has no indexes over a part of the rows")
    scope = writing.scope(entity, only_fixed=True)
    expression = read(index.condition, scope)
    refuse_disagreement(expression, scope)
    if not is_condition(expression.tree, scope):
        raise NotWritten("its condition is none")
    return f" WHERE {writing.used(expression)}"
