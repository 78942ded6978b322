"""Reads typed prose line by line into the few kinds of block that a document keeps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from projects.exporters.escaping import tidy
from projects.exporters.without_code import CODE_LEFT_OUT, DIAGRAM_LEFT_OUT

DEEPEST_LIST = 3

_FENCE = re.compile(r" {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$")
_QUOTE = re.compile(r"(?:\s*>)+")
_HEADING = re.compile(r"#{1,6}(?:\s+(.*?))?(?:\s+#+)?$")
_RULE = re.compile(r"(?:=+|(?:-\s*)+|(?:\*\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r"(?:[-*+•]|(\d{1,9})[.)])\s+(?=\S)")
_SPACES = re.compile(r"[ \t]+")


class Kind(Enum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    BULLET = "bullet"
    NUMBERED = "numbered"

    @property
    def is_item(self) -> bool:
        return self in (Kind.BULLET, Kind.NUMBERED)


@dataclass
class Block:
    """Lines that belong together; `depth` counts the items that a list item stands in."""

    kind: Kind
    lines: list[str]
    depth: int = 0


@dataclass
class _Reader:
    blocks: list[Block] = field(default_factory=list)
    is_open: bool = False
    # How far each list item around the current place is indented, with its kind.
    items: list[tuple[int, Kind]] = field(default_factory=list)

    def start(self, kind: Kind, line: str, depth: int = 0) -> None:
        self.blocks.append(Block(kind, [line], depth))
        self.is_open = kind is not Kind.HEADING
        if not kind.is_item:
            self.items = []

    def remark(self, line: str) -> None:
        if not self.blocks or self.blocks[-1].lines != [line]:
            self.start(Kind.PARAGRAPH, line)
        self.is_open = False

    def read(self, line: str) -> None:
        indent = len(line) - len(line.lstrip())
        text = _SPACES.sub(" ", line.strip())
        if not text or _RULE.match(text):
            self.is_open = False
        elif (item := _ITEM.match(text)) and self._may_start(item, indent):
            self._start_item(item, text, indent)
        elif quote := _QUOTE.match(text):
            self._read_quote(text[quote.end() :].strip())
        elif heading := _HEADING.match(text):
            if heading[1]:
                self.start(Kind.HEADING, heading[1])
        else:
            self._read_text(text, indent)

    def _read_text(self, text: str, indent: int) -> None:
        """A line goes on the block above it, or with an indent the list item above it."""
        last = self.blocks[-1] if self.blocks else None
        goes_on = self.is_open and last is not None and last.kind is not Kind.QUOTE
        if last and (goes_on or (last.kind.is_item and indent > 1)):
            last.lines.append(text)
        else:
            self.start(Kind.PARAGRAPH, text)

    def _read_quote(self, text: str) -> None:
        last = self.blocks[-1] if self.blocks else None
        if not last or last.kind is not Kind.QUOTE:
            self.start(Kind.QUOTE, text)
        else:
            last.lines.extend([text] if self.is_open else ["", text])
            self.is_open = True

    def _may_start(self, item: re.Match[str], indent: int) -> bool:
        """A number starts a list at 1; any number goes on with one. “2024. A year” is text."""
        if not item[1] or int(item[1]) <= 1:
            return True
        return any(kind is Kind.NUMBERED and abs(indent - at) < 2 for at, kind in self.items)

    def _start_item(self, item: re.Match[str], text: str, indent: int) -> None:
        while self.items and indent < self.items[-1][0] + 2:
            self.items.pop()
        kind = Kind.NUMBERED if item[1] else Kind.BULLET
        self.start(kind, text[item.end() :], min(len(self.items), DEEPEST_LIST - 1))
        self.items.append((indent, kind))


def blocks_of(text: str) -> list[Block]:
    reader = _Reader()
    for line in _without_fences(tidy(text).expandtabs(4).split("\n")):
        if line in (CODE_LEFT_OUT, DIAGRAM_LEFT_OUT):
            reader.remark(line)
        else:
            reader.read(line)
    return reader.blocks


def _without_fences(lines: list[str]) -> Iterator[str]:
    """The lines outside fenced blocks, with a remark in place of each. A fence that nobody closes is text."""
    last_fence = {
        fence[0].strip()[0]: at for at, line in enumerate(lines) if (fence := _FENCE.match(line)) and _is_bare(line)
    }
    inside = ""
    for at, line in enumerate(lines):
        fence = _FENCE.match(line)
        mark = line.strip()[0] if fence else ""
        if inside:
            if mark == inside and _is_bare(line):
                inside = ""
        elif fence and last_fence.get(mark, -1) > at:
            inside = mark
            yield DIAGRAM_LEFT_OUT if line.strip(" `~").lower() == "mermaid" else CODE_LEFT_OUT
        else:
            yield line


def _is_bare(fence_line: str) -> bool:
    return len(set(fence_line.strip())) == 1
