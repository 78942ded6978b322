"""What the readers of statements share: the schema so far, the statement at hand, and what could not be taken."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec

from projects.importers.dialects import Dialect
from projects.importers.schema import Schema
from projects.importers.source_text import Unreadable
from projects.importers.statements import Statement
from projects.importers.tokens import Cursor, NotTaken, tokens_of

MAX_SECONDS = 20
MAX_COPIES = 100_000
SHOWN_LENGTH = 200
LINE_END = re.compile(r"\n")
WHITE = re.compile(r"\s+")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A statement, or a part of one, that did not become part of the design."""

    line: int
    reason: str
    statement: str


def shown(text: str) -> str:
    """The beginning of a statement, as a message can hold it."""
    start = WHITE.sub(" ", text[: 4 * SHOWN_LENGTH]).strip()
    plain = "".join(letter if letter.isprintable() else " " for letter in start)
    return plain if len(plain) <= SHOWN_LENGTH else plain[: SHOWN_LENGTH - 1] + "…"


@dataclass(slots=True)
class Reading:
    dialect: Dialect
    schema: Schema
    clock: Callable[[], float]
    started: float
    statement: Statement = field(default_factory=lambda: Statement("", 1))
    left_out: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    copied: int = 0
    _line_ends: list[int] = field(default_factory=list)
    _line_ends_of: str = ""

    def check_time(self) -> None:
        if self.clock() - self.started > MAX_SECONDS:
            raise Unreadable(
                f"Reading this file took longer than {MAX_SECONDS} seconds, at line {self.statement.line}. "
                "Bring the definitions without the rows of data, or in several files."
            )

    def count_copies(self, count: int) -> None:
        """Tables that take one another's columns can grow far beyond the file that says so."""
        self.copied += count
        if self.copied > MAX_COPIES:
            raise Unreadable(f"The tables of this file copy more than {MAX_COPIES:,} columns from one another.")

    def cursor(self) -> Cursor:
        return Cursor(self.statement.text, tokens_of(self.statement.text, self.dialect))

    def leave_out(self, part: Cursor, reason: str) -> None:
        if self._line_ends_of is not part.source:
            self._line_ends_of = part.source
            self._line_ends = [match.start() for match in LINE_END.finditer(part.source)]
        line = self.statement.line + bisect_left(self._line_ends, part.offset)
        last = part.tokens[part.end - 1].end if part.start < part.end else part.offset
        self.left_out.append(Skipped(line, reason, shown(part.source[part.offset : last])))

    def take(
        self, part: Cursor, reader: Callable[Concatenate[Cursor, P], object], *also: P.args, **named: P.kwargs
    ) -> bool:
        """Run a reader over a part; one that it cannot take is listed, and the rest goes on."""
        self.check_time()
        try:
            reader(part, *also, **named)
        except NotTaken as reason:
            self.leave_out(part, str(reason))
            return False
        return True
