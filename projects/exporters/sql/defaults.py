"""The default of a column: an expression as typed, or a typed value in quotes."""

import re

from sqlglot import exp

from projects.design.field_types import Family
from projects.exporters.sql.agreement import Kind, agree, fits, kind_of, refuse_disagreement
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.expression_tokens import NotWritten
from projects.exporters.sql.expressions import Expression, Scope, read
from projects.exporters.sql.literals import text_literal
from projects.exporters.sql.types import ColumnType
from projects.exporters.sql.writing import Writing

# A word that people type for a value and do not put into quotes.
BARE_VALUE = re.compile(r"[\w.+:/@#-]+")
# SQLite reads it as a text where no column has the name.
DOUBLE_QUOTED = re.compile(r'"(?P<text>[^"]*)"')
TRUTH = {"1": "true", "0": "false"}
NO_VALUE = "it is no value of the field's type"


def default_of(typed: str, type_: ColumnType, writing: Writing) -> str:
    """What follows the word DEFAULT. Raises NotWritten."""
    text = typed.strip()
    if writing.dialect is Dialect.POSTGRESQL and type_.family is Family.BOOLEAN and text in TRUTH:
        return TRUTH[text]
    if writing.dialect is Dialect.SQLITE and (quoted := DOUBLE_QUOTED.fullmatch(text)):
        text = text_literal(quoted["text"], writing.dialect)
    scope = Scope(writing.dialect, types=writing.type_words)
    try:
        expression = read(text, scope)
        _refuse_other_type(expression, type_, scope)
    except NotWritten as reason:
        if _is_bare_value(text, type_):
            return _in_place(text_literal(text, writing.dialect), type_, writing.dialect, is_literal=True)
        raise reason
    is_literal = _is_literal(expression.tree)
    return _in_place(writing.used(expression), type_, writing.dialect, is_literal=is_literal)


def _is_bare_value(text: str, type_: ColumnType) -> bool:
    if type_.values or type_.holds.values:
        return fits(text, type_)
    is_word = bool(BARE_VALUE.fullmatch(text)) or text in ("{}", "[]")
    if type_.family is Family.TEXT:
        return is_word
    # Numbers and truths need no quotes, so what is left of them is none.
    return is_word and type_.family not in (Family.INTEGER, Family.DECIMAL, Family.FLOAT) and fits(text, type_)


def _refuse_other_type(expression: Expression, type_: ColumnType, scope: Scope) -> None:
    refuse_disagreement(expression, scope)
    given, wanted = kind_of(expression.tree, scope), Kind(type_.family, type_)
    if isinstance(expression.tree, exp.Null):
        return
    if given.text is not None:
        is_wrong = not fits(given.text, type_) and (scope.dialect is not Dialect.SQLITE or bool(type_.values))
    elif type_.family is Family.ENUM:
        is_wrong = given.family is not None
    else:
        is_strict = scope.dialect is Dialect.POSTGRESQL and type_.family is not Family.TEXT
        is_wrong = is_strict and not agree(given, wanted)
    if is_wrong:
        raise NotWritten(NO_VALUE)


def _is_literal(tree: exp.Expression) -> bool:
    plain = tree.this if isinstance(tree, exp.Neg) else tree
    return isinstance(plain, exp.Literal | exp.Boolean | exp.Null)


def _in_place(text: str, type_: ColumnType, dialect: Dialect, *, is_literal: bool) -> str:
    """In brackets where the dialect wants them around all but literals and the current time."""
    if dialect is Dialect.POSTGRESQL:
        return text
    lowered = text.lower()
    if dialect is Dialect.MYSQL:
        is_time = type_.family is Family.TIMESTAMP and re.fullmatch(r"(?:now|current_timestamp)(?:\(\d?\))?", lowered)
        if is_time:
            return _exact(type_)
        has_none = type_.family in (Family.JSON, Family.BINARY, Family.GEOMETRY) or "text" in type_.text.lower()
        is_plain = is_literal and not has_none
    else:
        is_plain = is_literal or lowered in ("current_timestamp", "current_date", "current_time")
    return text if is_plain or _is_bracketed(text) else f"({text})"


def _exact(type_: ColumnType) -> str:
    """MySQL wants the default's fraction of seconds to be the column's."""
    digits = type_.holds.length
    return f"CURRENT_TIMESTAMP({digits})" if digits else "CURRENT_TIMESTAMP"


def _is_bracketed(text: str) -> bool:
    """Whether one pair of brackets goes around the whole."""
    if not text.startswith("("):
        return False
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place == len(text) - 1
    return False
    return False
