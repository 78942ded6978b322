"""Takes an expression apart without trust: whatever could end it, hide behind it or be read otherwise is refused.

What passes has balanced brackets, closed quotes without escapes, no comments, no parameters and no semicolons, so that
a server reads the same tokens as this does.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from projects.checks.words import word_set
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.functions import BEFORE_BRACKETS

DEEPEST_BRACKETS = 20
MOST_TOKENS = 1500


class NotWritten(Exception):
    """A typed text cannot stand in a statement; the message ends a sentence: “… is not written: {message}.”"""


NO_EXPRESSION = "it is no expression of this dialect"
_OPERATORS = {
    Dialect.POSTGRESQL: r"!~~\*|!~~|!~\*|~~\*|->>|#>>|<=|>=|<>|!=|\|\||~~|!~|~\*|@>|<@|&&|@@|->|[-=<>+*/%~&|^]",
    Dialect.MYSQL: r"<=>|->>|<=|>=|<>|!=|\|\||&&|<<|>>|->|[-=<>+*/%&|^~!]",
    Dialect.SQLITE: r"->>|<=|>=|<>|!=|==|\|\||<<|>>|->|[-=<>+*/%&|~]",
}
_TEXTS = {
    Dialect.POSTGRESQL: r"'(?:[^']|'')*'",
    Dialect.MYSQL: r"'(?:[^'\\]|'')*'|\"(?:[^\"\\]|\"\")*\"",
    Dialect.SQLITE: r"'(?:[^']|'')*'",
}
_QUOTED = {
    Dialect.POSTGRESQL: r'"(?:[^"]|"")+"',
    Dialect.MYSQL: r"`(?:[^`]|``)+`",
    Dialect.SQLITE: r'"(?:[^"]|"")+"|`(?:[^`]|``)+`',
}
_BRACKETS = {Dialect.POSTGRESQL: r"(?P<open>[(\[])|(?P<close>[)\]])"}
_ROUND = r"(?P<open>\()|(?P<close>\))"
_CAST = {Dialect.POSTGRESQL: r"(?P<cast>::)|"}
_PATTERNS = {
    dialect: re.compile(
        rf"(?P<space>\s+)|(?P<mark>--|/\*)|(?P<text>{_TEXTS[dialect]})|(?P<quoted>{_QUOTED[dialect]})"
        rf"|(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.]))|(?P<name>[^\W\d]\w*)|{_CAST.get(dialect, '')}"
        rf"(?P<operator>{_OPERATORS[dialect]})|{_BRACKETS.get(dialect, _ROUND)}|(?P<comma>,)|(?P<dot>\.)|(?P<other>.)",
        re.DOTALL,
    )
    for dialect in Dialect
}
_REFUSED = frozenset({"mark", "other"})
_PARTNER = {")": "(", "]": "["}
_HEXADECIMAL = re.compile(r"'[0-9A-Fa-f]*'")
_STATEMENT_WORDS = word_set(
    "select insert update delete drop create alter grant union intersect except values table exists with over"
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        return self.text.lower() if self.kind == "name" else ""


def tokens_of(text: str, dialect: Dialect) -> list[Token]:
    tokens: list[Token] = []
    brackets: list[str] = []
    for match in _PATTERNS[dialect].finditer(text):
        kind = match.lastgroup or "other"
        if kind in _REFUSED or len(tokens) > MOST_TOKENS or len(brackets) > DEEPEST_BRACKETS:
            raise NotWritten(NO_EXPRESSION)
        if kind == "open":
            brackets.append(match[0])
        elif kind == "close" and (not brackets or brackets.pop() != _PARTNER[match[0]]):
            raise NotWritten(NO_EXPRESSION)
        if kind != "space":
            tokens.append(Token(kind, match[0], match.start()))
    if brackets or not tokens:
        raise NotWritten(NO_EXPRESSION)
    _refuse_odd_neighbours(tokens)
    return tokens


def _refuse_odd_neighbours(tokens: list[Token]) -> None:
    """A letter right before a quote changes how the quote is read, as in E'…'; only x'0f' is harmless."""
    for token, following in pairwise(tokens):
        is_adjacent = token.kind in ("name", "number") and following.kind in ("text", "quoted")
        if is_adjacent and token.start + len(token.text) == following.start:
            is_hexadecimal = token.word in ("x", "b") and _HEXADECIMAL.fullmatch(following.text)
            if not is_hexadecimal:
                raise NotWritten(NO_EXPRESSION)
    if any(token.word in _STATEMENT_WORDS for token in tokens):
        raise NotWritten(NO_EXPRESSION)


def called(tokens: list[Token]) -> list[str]:
    """The names that brackets follow, in small letters, types behind :: left out."""
    found = []
    for place, (token, following) in enumerate(pairwise(tokens)):
        before = tokens[place - 1] if place else None
        is_type = before is not None and (before.kind == "cast" or before.word in ("as", "character", "double"))
        if token.word and following.text == "(" and token.word not in BEFORE_BRACKETS and not is_type:
            found.append(token.word)
        elif token.kind == "quoted" and following.text == "(":
            found.append(token.text)
    return found
