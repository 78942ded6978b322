"""Cuts SQL text into its statements, each with the line it starts on, in time linear in the text.

It knows what hides a semicolon (quotes, comments, dollar quotes, bodies of routines) and what stands for one (GO, `/`,
DELIMITER, a CREATE at the start of a line). It never raises: what stays open runs to the end and says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from projects.importers.dialects import Dialect
from projects.importers.statement_grammar import CLIENT_COMMAND, NESTS_COMMENTS, Mode, blank, event, mode_of

DELIMITER = re.compile(r"DELIMITER[ \t]++(\S++)[^\n]*+", re.IGNORECASE)
COPY_FROM_STDIN = re.compile(r"COPY\b.*\bFROM\s+STDIN\b", re.IGNORECASE | re.DOTALL)
COPY_END = re.compile(r"^\\\.[ \t]*$", re.MULTILINE)
COMMENT_EDGE = re.compile(r"/\*|\*/")
# MySQL runs what stands in /*! … */; its closing mark is the only */ that no plain comment takes with it.
EXECUTABLE_COMMENT = re.compile(
    r"""(?P<kept>'(?:[^'\\]++|\\.)*+'|"(?:[^"\\]++|\\.)*+"|`[^`]*+`|--(?=\s)[^\n]*+|\#[^\n]*+|/\*(?!M?!).*?\*/)"""
    r"""|/\*M?!\d*\\-.*?\*/|/\*M?!\d*|\*/""",
    re.DOTALL,
)
NOT_LINE_END = re.compile(r"[^\n]")
# The events that begin and end something that holds others.
DEEPER = ("open", "begin")
HIGHER = ("close", "finish")


class Kind(Enum):
    SQL = auto()
    CLIENT_COMMAND = auto()
    # A quote or a comment that starts in it never ends.
    UNFINISHED = auto()


@dataclass(frozen=True, slots=True)
class Statement:
    text: str
    line: int
    kind: Kind = Kind.SQL


def split(text: str, dialect: Dialect) -> Iterator[Statement]:
    if dialect is Dialect.MYSQL and ("/*!" in text or "/*M!" in text):
        text = EXECUTABLE_COMMENT.sub(_without_marks, text)
    return _Splitter(text, dialect).statements()


def _without_marks(match: re.Match[str]) -> str:
    """Blanks of the same length, so that every line keeps its number."""
    return match[0] if match["kept"] else NOT_LINE_END.sub(" ", match[0])


class _Splitter:
    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self.delimiter = ";"
        self.line = 1
        self.counted = 0
        self.knows_routines = True
        self.has_copy_ends = True

    def statements(self) -> Iterator[Statement]:
        position = self._start_after(0)
        while position < len(self.text):
            line = self._line_at(position)
            if self.dialect is Dialect.MYSQL and (change := DELIMITER.match(self.text, position)):
                self.delimiter = change[1]
                end = change.end()
            elif command := CLIENT_COMMAND[self.dialect].match(self.text, position):
                yield Statement(command[0].rstrip(), line, Kind.CLIENT_COMMAND)
                end = command.end()
            else:
                stop, end, kind = self._end_of(position)
                yield Statement(self.text[position:stop].rstrip(), line, kind)
            position = self._start_after(end)

    def _line_at(self, position: int) -> int:
        self.line += self.text.count("\n", self.counted, position)
        self.counted = position
        return self.line

    def _start_after(self, position: int) -> int:
        pattern = blank(self.dialect, self.delimiter)
        while True:
            match = pattern.match(self.text, position)
            position = match.end() if match else position
            if not self.text.startswith("/*", position):
                return position
            position = self._after_comment(position)

    def _after_comment(self, position: int) -> int:
        """Where a block comment ends; the text's end and one more, if it does not."""
        depth = 0
        for edge in COMMENT_EDGE.finditer(self.text, position):
            # A plain comment of the other dialects ends at the first mark.
            depth += (1 if depth == 0 or self.dialect in NESTS_COMMENTS else 0) if edge[0] == "/*" else -1
            if depth == 0:
                return edge.end()
        return len(self.text) + 1

    def _end_of(self, start: int) -> tuple[int, int, Kind]:
        """Where the statement stops, where to go on, and what it is."""
        mode = mode_of(self.text, start, self.dialect, self.delimiter)
        if mode is not Mode.ROUTINE or self.knows_routines:
            stop, end, kind = self._scan(start, mode)
            if mode is not Mode.ROUTINE or kind is not Kind.UNFINISHED:
                return self._with_rows(start, stop, end, kind)
            # BEGIN and END do not pair up as this reads them: better no bodies at all than the rest of the file as one.
            self.knows_routines = False
        return self._scan(start, Mode.PLAIN)

    def _scan(self, start: int, mode: Mode) -> tuple[int, int, Kind]:
        pattern = event(self.dialect, self.delimiter, mode)
        position, depth = start, 0
        while match := pattern.match(self.text, position):
            name = match.lastgroup
            # At the end of the text no event matched: only a dollar quote's tag may have.
            if name in (None, "tag"):
                break
            at, position = match.span(name)
            if name in ("comment", "unclosed"):
                position = self._after_comment(at) if name == "comment" else len(self.text) + 1
                if position > len(self.text):
                    return len(self.text), len(self.text), Kind.UNFINISHED
            elif name in DEEPER or (name == "case" and depth):
                depth += 1
            elif name in HIGHER:
                depth = max(depth - 1, 0)
            elif _ends(name, depth, mode):
                return at, at if name == "command" else position, Kind.SQL
        is_open = mode is Mode.ROUTINE and depth > 0
        return len(self.text), len(self.text), Kind.UNFINISHED if is_open else Kind.SQL

    def _with_rows(self, start: int, stop: int, end: int, kind: Kind) -> tuple[int, int, Kind]:
        """The same, and past the rows that follow COPY … FROM stdin."""
        is_copy = self.dialect is Dialect.POSTGRES and COPY_FROM_STDIN.match(self.text, start, stop)
        if not is_copy or not self.has_copy_ends:
            return stop, end, kind
        last = COPY_END.search(self.text, end)
        self.has_copy_ends = last is not None
        return stop, last.end() if last else end, kind


def _ends(name: str, depth: int, mode: Mode) -> bool:
    if name == "new" or (name == "end" and mode is Mode.ROUTINE):
        return depth == 0
    return name in ("end", "create", "separator", "command")
