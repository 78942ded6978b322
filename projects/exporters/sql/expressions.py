"""Checks, conditions, formulas and defaults as people typed them, made fit to stand in a statement or refused."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.errors import SqlglotError

from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.expression_tokens import NO_EXPRESSION, NotWritten, called, tokens_of
from projects.exporters.sql.functions import functions_of
from projects.exporters.sql.type_names import POSTGRESQL
from projects.exporters.sql.types import ColumnType

_REFUSED = (
    exp.Query,
    exp.Alias,
    exp.Aliases,
    exp.Star,
    exp.Placeholder,
    exp.Parameter,
    exp.SessionParameter,
    exp.Window,
    exp.Lambda,
    exp.Command,
    exp.Tuple,
    exp.PropertyEQ,
    exp.Kwarg,
    exp.AggFunc,
    exp.Distinct,
)

_LACKING: dict[Dialect, tuple[type[exp.Expression], ...]] = {
    Dialect.POSTGRESQL: (exp.Glob, exp.Xor),
    Dialect.MYSQL: (exp.Glob, exp.Any, exp.All, exp.Array, exp.ILike, exp.SimilarTo),
    Dialect.SQLITE: (
        exp.RegexpLike,
        exp.RegexpILike,
        exp.Any,
        exp.All,
        exp.Array,
        exp.ILike,
        exp.SimilarTo,
        exp.Interval,
        exp.Extract,
        exp.Xor,
    ),
}
_COLLATIONS = {
    Dialect.POSTGRESQL: re.compile("C|POSIX|default|ucs_basic"),
    Dialect.MYSQL: re.compile(r"(?:utf8(?:mb[34])?|ascii|latin1)_(?:\w+_)?(?:bin|ci|cs)|binary", re.ASCII),
    Dialect.SQLITE: re.compile("BINARY|NOCASE|RTRIM", re.IGNORECASE),
}
# Casts that name a thing of the server.
_LOOKED_UP = frozenset({"regclass", "regconfig"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an expression may name: how it is written, and what it holds."""

    written: str
    type: ColumnType


@dataclass(frozen=True)
class Scope:
    """What an expression may refer to: columns by their folded names, and the types of the design.

    `only_fixed` leaves out functions that give other values at other times, `table` is the columns' own table.
    """

    dialect: Dialect
    columns: Mapping[str, Column] = field(default_factory=dict)
    table: str = ""
    only_fixed: bool = False
    types: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Expression:
    """Text that is safe to write, its tree, and the folded names of the columns in it."""

    text: str
    tree: exp.Expression
    columns: tuple[str, ...]
    functions: tuple[str, ...]


def read(text: str, scope: Scope) -> Expression:
    """The expression in the scope's dialect, translated if it was typed in another one. Raises NotWritten."""
    try:
        return _in_dialect(text, scope)
    except NotWritten as refused:
        for other in Dialect:
            if other is not scope.dialect and (translated := _translated(text, other, scope.dialect)):
                try:
                    return _in_dialect(translated, scope)
                except NotWritten:
                    continue
        raise refused


def _in_dialect(text: str, scope: Scope) -> Expression:
    tokens = tokens_of(text, scope.dialect)
    functions = called(tokens)
    known = functions_of(scope.dialect, only_fixed=scope.only_fixed)
    if unknown := next((name for name in functions if name not in known), None):
        if unknown in functions_of(scope.dialect, only_fixed=False):
            raise NotWritten(f"{unknown}() may give another value at another time")
        raise NotWritten(f"{scope.dialect.label} is not known to have {unknown}()")
    tree = _tree(text, scope.dialect)
    _refuse_types(tree, scope)
    _refuse_lacking(tree, scope.dialect)
    columns = list(tree.find_all(exp.Column))
    pieces, behind = [], 0
    for start, end, written in sorted(_replacements(columns, scope)):
        pieces += [text[behind:start], written]
        behind = end
    names = tuple(dict.fromkeys(column.name.casefold() for column in columns))
    return Expression("".join([*pieces, text[behind:]]).strip(), tree, names, tuple(functions))


@lru_cache(maxsize=4096)
def _tree(text: str, dialect: Dialect) -> exp.Expression:
    """The tree of the expression; its positions count from the text's beginning."""
    try:
        statement = sqlglot.parse_one(f"SELECT ({text}\n)", read=dialect.value)
    except (SqlglotError, RecursionError, ValueError):
        raise NotWritten(NO_EXPRESSION) from None
    found = statement.expressions if isinstance(statement, exp.Select) else []
    if len(found) != 1 or not isinstance(found[0], exp.Paren):
        raise NotWritten(NO_EXPRESSION)
    tree = found[0].this
    if any(isinstance(node, _REFUSED) for node in tree.walk()):
        raise NotWritten(NO_EXPRESSION)
    if set(statement.args) - {key for key in statement.args if not statement.args[key]} - {"expressions", "kind"}:
        raise NotWritten(NO_EXPRESSION)
    return tree


OFFSET = len("SELECT (")


def _replacements(columns: list[exp.Column], scope: Scope) -> Iterator[tuple[int, int, str]]:
    for column in columns:
        known = scope.columns.get(column.name.casefold())
        if known is None:
            raise NotWritten(f"there is no field {column.name}")
        qualifier = column.args.get("table")
        if column.args.get("db") or (qualifier and qualifier.name.casefold() != scope.table.casefold()):
            raise NotWritten("it names another table")
        first, last = (qualifier or column.this).meta, column.this.meta
        if "start" not in first or "end" not in last:
            raise NotWritten(NO_EXPRESSION)
        if not _is_its_name(column, known, scope.dialect):
            yield first["start"] - OFFSET, last["end"] + 1 - OFFSET, known.written


def _is_its_name(column: exp.Column, known: Column, dialect: Dialect) -> bool:
    """Whether the column may stay as typed: by its name in quotes, or by one that needs none."""
    if column.args.get("table"):
        return False
    if column.this.quoted:
        mark = "`" if dialect is Dialect.MYSQL else '"'
        return f"{mark}{column.name.replace(mark, mark * 2)}{mark}" in (known.written, f"{mark}{known.written}{mark}")
    ignores_capitals = dialect is not Dialect.POSTGRESQL
    return column.name == known.written or (ignores_capitals and column.name.lower() == known.written.lower())


def _refuse_types(tree: exp.Expression, scope: Scope) -> None:
    """A cast goes to a type that every server has, or to one of the design's."""
    for node in tree.find_all(exp.DataType):
        if node.this is not exp.DataType.Type.USERDEFINED:
            continue
        name = str(node.args.get("kind") or "").casefold().removeprefix("public.").strip('"')
        if name not in scope.types and name not in POSTGRESQL and name not in _LOOKED_UP:
            raise NotWritten(f"there is no type {name or 'of that name'}")


def _refuse_lacking(tree: exp.Expression, dialect: Dialect) -> None:
    """What sqlglot reads in every dialect, but the server does not."""
    lacking = _LACKING[dialect]
    if found := next((node for node in tree.walk() if isinstance(node, lacking)), None):
        raise NotWritten(f"{dialect.label} does not have {found.key.upper()}")
    for node in tree.find_all(exp.Collate):
        if not _COLLATIONS[dialect].fullmatch(node.expression.name):
            raise NotWritten(f"{dialect.label} is not known to have the collation {node.expression.name}")


@lru_cache(maxsize=4096)
def _translated(text: str, source: Dialect, target: Dialect) -> str:
    """The same in the other dialect, or nothing if it is none of the source's."""
    try:
        tokens_of(text, source)
        tree = _tree(text, source)
        plain = tree.transform(_without_casts_of_texts).transform(_with_lists)
        return plain.sql(dialect=target.value, unsupported_level=ErrorLevel.RAISE)
    except (NotWritten, SqlglotError, RecursionError, ValueError):
        return ""


def _without_casts_of_texts(node: exp.Expression) -> exp.Expression:
    return node.this if isinstance(node, exp.Cast) and isinstance(node.this, exp.Literal) else node


def _with_lists(node: exp.Expression) -> exp.Expression:
    """PostgreSQL dumps `a IN (…)` as `a = ANY (ARRAY[…])`, which no other dialect knows."""
    if not isinstance(node, exp.EQ) or not isinstance(node.expression, exp.Any):
        return node
    array = node.expression.this.unnest()
    while isinstance(array, exp.Cast):
        array = array.this.unnest()
    return exp.In(this=node.this, expressions=array.expressions) if isinstance(array, exp.Array) else node
