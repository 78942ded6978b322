"""Whether the values of an expression agree with one another and with a column: PostgreSQL insists on it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlglot import exp

from projects.design.field_types import Family, FieldType, parse
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.expression_tokens import NotWritten
from projects.exporters.sql.expressions import Expression, Scope
from projects.exporters.sql.functions import TIMES, functions_of
from projects.exporters.sql.types import ColumnType

NUMBERS = frozenset({Family.INTEGER, Family.DECIMAL, Family.FLOAT})
MOMENTS = frozenset({Family.DATE, Family.TIMESTAMP})
_WORDS_FOR_BOOLEAN = frozenset({"true", "false", "t", "f", "yes", "no", "y", "n", "on", "off", "1", "0"})
_DAY = r"(?P<day>\d{4}-\d\d-\d\d)"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?"
_FITTING: dict[Family, re.Pattern[str]] = {
    **dict.fromkeys((Family.DECIMAL, Family.FLOAT), re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?")),
    Family.INTEGER: re.compile(r"[+-]?\d{1,9}"),
    Family.MONEY: re.compile(r"[+-]?\d{1,12}(?:\.\d{1,4})?"),
    Family.DATE: re.compile(rf"{_DAY}|infinity|-infinity|epoch|now|today"),
    Family.TIME: re.compile(_CLOCK),
    Family.TIMESTAMP: re.compile(rf"{_DAY}(?:[T ]{_CLOCK})?|infinity|-infinity|epoch|now|today"),
    Family.INTERVAL: re.compile(r"-?\d{1,6} (?:second|minute|hour|day|week|month|year)s?|\d{1,4}:[0-5]\d(?::[0-5]\d)?"),
    Family.NETWORK: re.compile(r"\d{1,2}(?:\.\d{1,2}){3}(?:/(?:[0-9]|[12]\d|3[0-2]))?|::1?"),
    Family.BINARY: re.compile(r"(?:\\x(?:[0-9a-fA-F]{2})*)|[\w ]*", re.ASCII),
}
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod)
_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ)
_PATTERNS = (exp.Like, exp.ILike, exp.RegexpLike, exp.RegexpILike, exp.SimilarTo)
_CONDITIONS = (*_COMPARISONS, *_PATTERNS, exp.Is, exp.In, exp.Between, exp.Boolean, exp.Null)
_ON_TEXT = (exp.Lower, exp.Upper, exp.Trim, exp.Length)


def fits(text: str, type_: ColumnType) -> bool:
    """Whether the text, between quotes, is a value of the type."""
    holds = type_.holds
    if holds.is_array:
        return bool(re.fullmatch(r"\{(?:\w+(?:,\w+)*)?\}", text)) if holds.family is Family.TEXT else text == "{}"
    if type_.values or holds.values:
        return text in (type_.values or holds.values)
    if holds.family is Family.TEXT:
        return True
    if holds.family is Family.BOOLEAN:
        return text.lower() in _WORDS_FOR_BOOLEAN
    if holds.family in (Family.UUID, Family.JSON):
        return _parses(text, holds.family)
    pattern = _FITTING.get(holds.family)
    match = pattern.fullmatch(text) if pattern else None
    return match is not None and _is_day(match.groupdict().get("day"))


def _is_day(text: str | None) -> bool:
    try:
        return text is None or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _parses(text: str, family: Family) -> bool:
    try:
        if family is Family.JSON:
            json.loads(text)
        return family is Family.JSON or str(UUID(text)) == text.lower()
    except (ValueError, RecursionError):
        return False


@dataclass(frozen=True)
class Kind:
    """What a part of an expression gives: a column's type, a family, or a literal text that can still be anything."""

    family: Family | None = None
    type: ColumnType | None = None
    text: str | None = None


ANY = Kind()


def kind_of(node: exp.Expr, scope: Scope) -> Kind:
    if isinstance(node, exp.Paren | exp.Neg):
        return kind_of(node.this, scope)
    if isinstance(node, exp.Literal):
        return Kind(text=node.name) if node.is_string else Kind(Family.DECIMAL)
    if isinstance(node, exp.Column):
        type_ = scope.columns[node.name.casefold()].type
        return Kind(type_.family, type_)
    if isinstance(node, exp.Cast):
        return _kind_of_cast(node)
    if isinstance(node, _ARITHMETIC):
        sides = {kind_of(side, scope).family for side in (node.this, node.expression)}
        return Kind(Family.DECIMAL) if sides <= NUMBERS else ANY
    return _kind_of_other(node, scope)


def _kind_of_other(node: exp.Expr, scope: Scope) -> Kind:
    if isinstance(node, exp.Null):
        return ANY
    if isinstance(node, exp.DPipe | exp.Concat):
        return Kind(Family.TEXT)
    if isinstance(node, (*_CONDITIONS, exp.And, exp.Or, exp.Not)):
        return Kind(Family.BOOLEAN)
    return Kind(_given_by(node, scope.dialect))


def _kind_of_cast(node: exp.Cast) -> Kind:
    if node.to.find(exp.Array) or node.to.this in (exp.DataType.Type.ARRAY, exp.DataType.Type.USERDEFINED):
        return ANY
    holds = parse(node.to.sql(dialect=Dialect.POSTGRESQL.value))
    return Kind(holds.family) if holds and holds.family is not Family.OTHER else ANY


def _given_by(node: exp.Expr, dialect: Dialect) -> Family | None:
    """What a function gives, by the name that it has in the dialect."""
    if isinstance(node, exp.CurrentDate):
        return Family.DATE
    if isinstance(node, exp.CurrentTimestamp | exp.Localtimestamp):
        return Family.TIMESTAMP
    if not isinstance(node, exp.Func):
        return None
    name = node.name if isinstance(node, exp.Anonymous) else node.sql(dialect=dialect.value).partition("(")[0]
    lowered = name.lower()
    return TIMES.get(lowered) or functions_of(dialect, only_fixed=False).get(lowered)


def agree(one: Kind, other: Kind) -> bool:
    if one.text is not None or other.text is not None:
        text, kind = (one.text, other) if one.text is not None else (other.text, one)
        if kind.text is not None or text is None or kind.family is None:
            return True
        if kind.type is None and kind.family not in _FITTING:
            return True
        return fits(text, kind.type or ColumnType("", FieldType("", kind.family)))
    if one.family is None or other.family is None or one.family == other.family:
        return one.family is not Family.ENUM or one.type is None or other.type is None or one.type == other.type
    return any({one.family, other.family} <= group for group in (NUMBERS, MOMENTS))


def refuse_disagreement(expression: Expression, scope: Scope) -> None:
    """Raises NotWritten where PostgreSQL has no operator for what stands on both sides of one."""
    if scope.dialect is not Dialect.POSTGRESQL:
        return
    for node in expression.tree.walk():
        if any(not agree(kind_of(one, scope), kind_of(other, scope)) for one, other in _pairs(node)):
            raise NotWritten("it compares values of different types")
        if isinstance(node, (*_PATTERNS, *_ON_TEXT)) and kind_of(node.this, scope).family not in (Family.TEXT, None):
            raise NotWritten("it reads a text where there is none")
        if isinstance(node, _ARITHMETIC) and _is_text_in(node, scope):
            raise NotWritten("it calculates with something else than numbers")
        if scope.only_fixed and _may_change(node, scope):
            raise NotWritten("it may give another value in another session")


def _may_change(node: exp.Expr, scope: Scope) -> bool:
    """Other values than texts are turned into text by the session's settings, and words by its language."""
    if isinstance(node, exp.DPipe):
        return any(kind_of(side, scope).family not in (Family.TEXT, None) for side in (node.this, node.expression))
    return isinstance(node, exp.Anonymous) and node.name.lower() == "to_tsvector" and len(node.expressions) < 2


def _pairs(node: exp.Expr) -> Iterator[tuple[exp.Expr, exp.Expr]]:
    if isinstance(node, _COMPARISONS) and not isinstance(node.expression, exp.Any | exp.All):
        yield node.this, node.expression
    elif isinstance(node, exp.Between):
        yield from ((node.this, node.args[side]) for side in ("low", "high"))
    elif isinstance(node, exp.In):
        yield from ((node.this, value) for value in node.expressions)


def _is_text_in(node: exp.Expr, scope: Scope) -> bool:
    odd = {Family.TEXT, Family.BOOLEAN, Family.UUID, Family.JSON, Family.ENUM, Family.BINARY}
    return any(kind_of(side, scope).family in odd for side in (node.this, node.expression))


def is_condition(node: exp.Expr, scope: Scope) -> bool:
    """Whether the expression is true or false; a number is neither in PostgreSQL."""
    if isinstance(node, exp.Paren | exp.Not):
        return is_condition(node.this, scope)
    if isinstance(node, exp.And | exp.Or | exp.Xor):
        return all(is_condition(side, scope) for side in node.flatten(unnest=False))
    if isinstance(node, _CONDITIONS):
        return not isinstance(node, exp.Null)
    kind = kind_of(node, scope)
    if kind.family is Family.BOOLEAN:
        return True
    # Operators like @> give true or false, and functions that nobody knows here may.
    return kind.family is None and isinstance(node, exp.Binary) and not isinstance(node, (*_ARITHMETIC, exp.DPipe))
