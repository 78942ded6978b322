"""The words of one statement, by sqlglot's tokenizer of its dialect, and a cursor to read them with.

Definitions are read from tokens and not from sqlglot's trees, because a design keeps types, defaults and conditions as
they were typed: the trees rewrite them (`character varying` to VARCHAR, `x::text` to CAST), hold as an opaque command
whatever their grammar does not know, and take three times as long.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sqlglot import Dialect as SqlglotDialect
from sqlglot.errors import TokenError
from sqlglot.tokens import TokenType

from projects.design.vocabulary import NAME_LENGTH
from projects.importers.dialects import Dialect

QUOTED = frozenset(
    {
        TokenType.IDENTIFIER,
        TokenType.STRING,
        TokenType.BYTE_STRING,
        TokenType.RAW_STRING,
        TokenType.NATIONAL_STRING,
        TokenType.HEREDOC_STRING,
        TokenType.UNICODE_STRING,
        TokenType.BIT_STRING,
        TokenType.HEX_STRING,
    }
)
OPENING = {"(": 1, "[": 1, ")": -1, "]": -1}
REPLACED = "\N{REPLACEMENT CHARACTER}"
WORD = re.compile(r"\S+")
# Where these stand, the source cannot be kept letter by letter.
UNTIDY = re.compile(r"\s\s|[\n\t\f\v]|--|/\*|#")
NO_SPACE_BEFORE = frozenset({",", ")", "]", ";"})


class NotTaken(Exception):
    """A statement or a part of one cannot become part of the design; the message is the reason, a sentence."""


class Token(NamedTuple):
    """`word` is in capitals and empty for what is quoted, so that a column named "check" is not a CHECK."""

    word: str
    text: str
    start: int
    end: int

    @property
    def is_quoted(self) -> bool:
        return not self.word

    @property
    def is_name(self) -> bool:
        """MySQL's names may begin with a digit; a number is none in any dialect."""
        return (self.word[0].isalnum() or self.word[0] in "_#@$") and not self.word.isdigit()


@lru_cache(maxsize=8)
def _tokenizer(dialect: Dialect) -> SqlglotDialect:
    return SqlglotDialect.get_or_raise(dialect.value)


def tokens_of(text: str, dialect: Dialect) -> list[Token]:
    if text[:6].upper() == "RENAME":
        # The tokenizer would take what follows as one piece. Any other word of six letters prevents that.
        text = f"CHANGE{text[6:]}"
    try:
        found = _tokenizer(dialect).tokenize(text)
    except TokenError:
        raise NotTaken("Its quotes do not pair up.") from None
    tokens: list[Token] = []
    for token in found:
        if token.token_type in QUOTED:
            tokens.append(Token("", token.text, token.start, token.end + 1))
        elif " " in token.text:
            # The tokenizer joins some pairs of words, like PRIMARY KEY.
            tokens.extend(_words(text, token.start, token.end + 1))
        else:
            tokens.append(Token(token.text.upper(), token.text, token.start, token.end + 1))
    return tokens


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for match in WORD.finditer(text, start, end):
        yield Token(match[0].upper(), match[0], match.start(), match.end())


def tidy_name(text: str) -> str:
    """A name that every later step can hold: one line, no control characters, no longer than names may be."""
    if text.isprintable() and len(text) <= NAME_LENGTH:
        return text
    plain = "".join(REPLACED if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return plain if len(plain) <= NAME_LENGTH else plain[: NAME_LENGTH - 1] + "…"


class Cursor:
    """Reads a run of tokens from left to right."""

    __slots__ = ("end", "position", "source", "start", "tokens")

    def __init__(self, source: str, tokens: list[Token], start: int = 0, end: int | None = None) -> None:
        self.source = source
        self.tokens = tokens
        self.start = start
        self.position = start
        self.end = len(tokens) if end is None else end

    @property
    def is_done(self) -> bool:
        return self.position >= self.end

    @property
    def offset(self) -> int:
        """Where in the source the run begins."""
        return self.tokens[self.start].start if self.start < self.end else len(self.source)

    def word(self, ahead: int = 0) -> str:
        position = self.position + ahead
        return self.tokens[position].word if position < self.end else ""

    def token(self) -> Token | None:
        return self.tokens[self.position] if self.position < self.end else None

    def at(self, first: str, *more: str) -> bool:
        # The first word decides nearly always, and this is asked ten times for each column.
        if self.position >= self.end or self.tokens[self.position].word != first:
            return False
        return all(self.word(ahead) == word for ahead, word in enumerate(more, start=1))

    def accept(self, first: str, *more: str) -> bool:
        found = self.at(first, *more)
        if found:
            self.position += 1 + len(more)
        return found

    def accept_any(self, *words: str) -> str:
        word = self.word()
        if word in words:
            self.position += 1
            return word
        return ""

    def advance(self, count: int = 1) -> None:
        self.position = min(self.position + count, self.end)

    def name(self, what: str = "name") -> str:
        token = self.token()
        if token is None or not (token.is_quoted or token.is_name):
            raise NotTaken(f"There is no {what} where one should stand.")
        self.position += 1
        text = tidy_name(token.text)
        if not text.strip():
            raise NotTaken(f"The {what} in it is empty.")
        return text

    def string(self) -> str:
        """The text of a literal; nothing for NULL."""
        token = self.token()
        self.advance()
        return token.text if token and token.is_quoted else ""

    def path(self, what: str = "name") -> tuple[str, ...]:
        """A name with what qualifies it, like ("public", "orders")."""
        names = [self.name(what)]
        while self.accept("."):
            names.append(self.name(what))
        return tuple(names)

    def group(self) -> "Cursor":
        """What stands in the brackets that begin here; the cursor goes behind them."""
        if self.word() not in ("(", "["):
            raise NotTaken("An opening bracket is missing.")
        inside = self.position + 1
        self.skip_one()
        return Cursor(self.source, self.tokens, inside, self.position - 1)

    def unwrapped(self) -> "Cursor":
        """The run without brackets around the whole of it; a dump adds one or two pairs."""
        inner = self
        for _ in range(3):
            if inner.word() != "(":
                break
            probe = Cursor(self.source, self.tokens, inner.start, inner.end)
            inside = probe.group()
            if not probe.is_done:
                break
            inner = inside
        return inner

    def skip_one(self) -> None:
        """Past one token, or past a whole group in brackets."""
        depth = 0
        while self.position < self.end:
            depth += OPENING.get(self.tokens[self.position].word, 0)
            self.position += 1
            if depth <= 0:
                return
        if depth:
            raise NotTaken("A bracket that opens in it is never closed.")

    def skip_to(self, words: frozenset[str]) -> None:
        """Forward to the first of these words outside of brackets."""
        while self.position < self.end and self.tokens[self.position].word not in words:
            self.skip_one()

    def elements(self) -> "list[Cursor]":
        """The rest, cut at its commas."""
        cuts = [self.position - 1]
        depth = 0
        for position in range(self.position, self.end):
            word = self.tokens[position].word
            if word in OPENING:
                depth += OPENING[word]
            elif word == "," and depth == 0:
                cuts.append(position)
        cuts.append(self.end)
        self.position = self.end
        return [Cursor(self.source, self.tokens, cut + 1, following) for cut, following in pairwise(cuts)]

    def text(self, start: int | None = None, end: int | None = None) -> str:
        """The source from one token to before another, on one line and without comments."""
        first = self.start if start is None else start
        last = self.end if end is None else end
        if first >= last:
            return ""
        source = self.source[self.tokens[first].start : self.tokens[last - 1].end]
        return source if not UNTIDY.search(source) else self._joined(first, last)

    def _joined(self, first: int, last: int) -> str:
        """Tokens as typed; whatever stood between two of them becomes one space."""
        pieces: list[str] = []
        behind = self.tokens[first].start
        for token in self.tokens[first:last]:
            has_gap = token.start > behind and token.word not in NO_SPACE_BEFORE
            if has_gap and pieces and pieces[-1] not in "([":
                pieces.append(" ")
            pieces.append(self.source[token.start : token.end])
            behind = token.end
        return "".join(pieces)

    def rest(self) -> str:
        return self.text(self.position, self.end)
