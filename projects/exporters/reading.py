"""The text of a source as HTML to read beside the form: in parts of a readable size, the words searched for marked.

Markdown keeps its headings, tables and code; its prose goes through the one sanitiser. Everything else is plain text.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.utils.safestring import SafeString, mark_safe

from projects.exporters.prose_html import line_html, prose_html
from projects.exporters.without_code import CODE_LEFT_OUT, DIAGRAM_LEFT_OUT

PART_CHARACTERS = 40_000
PART_BLOCKS = 400
BLOCK_CHARACTERS = 6_000
WORDS_AT_MOST = 8
AROUND_A_HIT = 70
MARKDOWN = "text/markdown"
PDF = "application/pdf"
PAGE_END = "\f"

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(\S.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,9}[.)])\s")
_RULE = re.compile(r"[\s|:-]+")
_BARS = re.compile(r"\||:?-{2,}:?")
_MARKS = re.compile(r"[*_`]+")
_TAG_OR_ENTITY = re.compile(r"(<[^>]*>|&[#\w]+;)")
_SPACE = re.compile(r"\s+")
# What a selection on the page has no more: marks, the numbers of lists, the rules of tables, the targets of links.
_NOT_COMPARED = re.compile(r"(?m:^[ \t]*\d{1,9}[.)]\s)|\]\([^\s()]{0,500}\)|[\s*_`#|>\\\[\]-]+")


class Kind(Enum):
    HEADING = "heading"
    PROSE = "prose"
    TABLE = "table"
    CODE = "code"
    PLAIN = "plain"


@dataclass(frozen=True)
class Block:
    """A piece of a text; `place` is the nearest heading, the page or the line that it stands at."""

    kind: Kind
    text: str
    place: str
    level: int = 0


@dataclass(frozen=True)
class Hit:
    """A block with all words that were searched for, by its number; the text around the first word, and that word."""

    block: int
    place: str
    before: str
    word: str
    after: str


def blocks_of(text: str, media_type: str) -> tuple[Block, ...]:
    if media_type == PDF:
        return tuple(_pages(text))
    return tuple(_markdown(text) if media_type == MARKDOWN else _plain(text))


def _pages(text: str) -> Iterator[Block]:
    for number, page in enumerate(text.split(PAGE_END), 1):
        place = f"Page {number}"
        yield Block(Kind.HEADING, place, place, 1)
        yield from (Block(Kind.PLAIN, piece, place) for piece in _pieces(page.strip("\n").split("\n")))


def _plain(text: str) -> Iterator[Block]:
    started, lines = 1, list[str]()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            started = started if lines else number
            lines.append(line)
            continue
        yield from (Block(Kind.PLAIN, piece, f"Line {started}") for piece in _pieces(lines))
        lines = []


def _pieces(lines: list[str]) -> Iterator[str]:
    """The lines as one text, or as several where that would be long."""
    text = "\n".join(lines)
    for start in range(0, len(text), BLOCK_CHARACTERS):
        yield text[start : start + BLOCK_CHARACTERS]


@dataclass
class _MarkdownReader:
    """Lines of Markdown on their way into blocks."""

    place: str = ""
    kind: Kind = Kind.PROSE
    started: int = 1
    fence: str = ""
    has_gap: bool = False
    lines: list[str] = field(default_factory=list)

    def read(self, line: str, number: int) -> Iterator[Block]:
        fence, heading = _FENCE.match(line), _HEADING.match(line.rstrip())
        if self.fence:
            ends = fence and line.strip().startswith(self.fence)
            yield from self.end() if ends else self.add(Kind.CODE, line, number)
            self.fence = "" if ends else self.fence
        elif fence:
            yield from self.end()
            self.fence = fence[1]
        elif heading:
            yield from self.end()
            words = heading[2].rstrip("#").rstrip() or heading[2]
            self.place = _bare(words)[:120]
            yield Block(Kind.HEADING, words, self.place, len(heading[1]))
        elif line.strip():
            yield from self.add(Kind.TABLE if line.lstrip().startswith("|") else Kind.PROSE, line, number)
        else:
            self.has_gap = True

    def add(self, kind: Kind, line: str, number: int) -> Iterator[Block]:
        # The items of a list stay together, since a list that began anew would count anew.
        is_apart = self.has_gap and not (self.lines and _ITEM.match(self.lines[0]) and _ITEM.match(line))
        if kind is not self.kind or (is_apart and kind is not Kind.CODE):
            yield from self.end()
        self.started = self.started if self.lines else number
        self.kind, self.has_gap = kind, False
        self.lines.append(line)

    def end(self) -> Iterator[Block]:
        place = self.place or f"Line {self.started}"
        yield from (Block(self.kind, piece, place) for piece in _pieces(self.lines))
        self.lines, self.has_gap = [], False


def _markdown(text: str) -> Iterator[Block]:
    reader = _MarkdownReader()
    for number, line in enumerate(text.split("\n"), 1):
        yield from reader.read(line, number)
    yield from reader.end()


def _bare(text: str) -> str:
    return _SPACE.sub(" ", _MARKS.sub("", text)).strip()


def parts_of(blocks: Sequence[Block]) -> tuple[range, ...]:
    """The numbers of the blocks of each part."""
    parts, first, size = [], 0, 0
    for number, block in enumerate(blocks):
        is_full = size + len(block.text) > PART_CHARACTERS or number - first >= PART_BLOCKS
        if size and is_full:
            parts.append(range(first, number))
            first, size = number, 0
        size += len(block.text)
    return (*parts, range(first, len(blocks)))


def words_of(query: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(query.casefold().split()))[:WORDS_AT_MOST]


def hits_in(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[Hit]:
    """The blocks in which all the words stand, in any order."""
    for number, block in enumerate(blocks):
        folded = block.text.casefold()
        if words and all(word in folded for word in words):
            yield _hit(number, block, words[0])


def _hit(number: int, block: Block, word: str) -> Hit:
    text = _in_a_line(block)
    # Folding may change lengths, so the word is looked for without it.
    found = re.search(re.escape(word), text, re.IGNORECASE)
    start, end = found.span() if found else (0, 0)
    before, after = text[max(start - AROUND_A_HIT, 0) : start], text[end : end + AROUND_A_HIT]
    return Hit(
        number,
        block.place,
        f"…{before}" if start > AROUND_A_HIT else before,
        text[start:end],
        f"{after}…" if end + AROUND_A_HIT < len(text) else after,
    )


def _in_a_line(block: Block) -> str:
    if block.kind in (Kind.CODE, Kind.PLAIN):
        return _SPACE.sub(" ", block.text).strip()
    return _bare(_BARS.sub(" ", block.text) if block.kind is Kind.TABLE else block.text)


def part_html(blocks: Sequence[Block], part: range, words: Sequence[str] = (), current: int = -1) -> SafeString:
    """The blocks of one part; `current` is the block of the hit that was chosen."""
    written = []
    for number in part:
        block = blocks[number]
        is_hit = bool(words) and all(word in block.text.casefold() for word in words)
        inner = _marked(_written(block), words) if is_hit else _written(block)
        chosen = ' id="hit" data-hit' if number == current else ""
        written.append(f'<div class="source-block" data-place="{html.escape(block.place)}"{chosen}>{inner}</div>')
    return mark_safe("\n".join(written))


def _written(block: Block) -> str:
    if block.kind is Kind.HEADING:
        tag, look = f"h{min(block.level + 3, 6)}", f"source-heading source-heading-{block.level}"
        return f'<{tag} class="{look}" dir="auto">{_line(block.text)}</{tag}>'
    if block.kind is Kind.TABLE:
        return _table(block.text)
    if block.kind is Kind.PROSE:
        written = prose_html(block.text)
        return _verbatim(block.text, "plain") if _leaves_out(written) else written
    return _verbatim(block.text, block.kind.value)


def _leaves_out(written: str) -> bool:
    """Whether the sanitiser took something for code, which documents leave out; here all of it is shown."""
    return CODE_LEFT_OUT in written or DIAGRAM_LEFT_OUT in written


def _verbatim(text: str, kind: str) -> str:
    return f'<p class="source-{kind}" dir="auto">{html.escape(text, quote=False)}</p>'


def _line(text: str) -> str:
    written = line_html(text)
    return html.escape(text, quote=False) if _leaves_out(written) else written


def _table(text: str) -> str:
    rows = [_cells(line) for line in text.split("\n") if not _RULE.fullmatch(line)]
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{_line(cell)}</th>' for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{_line(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:])
    table = f'<table dir="auto"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="source-table">{table}</div>'


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _marked(written: str, words: Sequence[str]) -> str:
    """The words marked in the text between the tags."""
    escaped = sorted((re.escape(html.escape(word, quote=False)) for word in words), key=len, reverse=True)
    pattern = re.compile("|".join(escaped), re.IGNORECASE)
    pieces = _TAG_OR_ENTITY.split(written)
    # The tags and entities are every second piece.
    pieces[::2] = [pattern.sub(lambda match: f"<mark>{match[0]}</mark>", piece) for piece in pieces[::2]]
    return "".join(pieces)


def place_of(blocks: Sequence[Block], quote: str) -> str | None:
    """Where these words stand, however they are broken into lines and marked up; None if they do not."""
    wanted = _NOT_COMPARED.sub("", quote).casefold()
    if not wanted:
        return None
    folded = [_NOT_COMPARED.sub("", block.text).casefold() for block in blocks]
    found = "".join(folded).find(wanted)
    if found < 0:
        return None
    for block, text in zip(blocks, folded, strict=True):
        if found < len(text):
            return block.place
        found -= len(text)
    return None
