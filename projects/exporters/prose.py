"""Prose that people type, as Markdown that cannot break the document around it.

What comes out uses few constructs, each written in one way: paragraphs, quotes, bullet and numbered lists, emphasis,
code spans and links. Everything else stays as text. So the outline holds whatever somebody types, linters agree with
it, and the Markdown renderer never meets the input that makes it slow.
"""

import re
from functools import lru_cache

from projects.exporters.escaping import markdown_line_start
from projects.exporters.inline import markdown_inline
from projects.exporters.prose_blocks import Block, Kind, blocks_of
from projects.exporters.without_code import without_code

_HEADING_ENDS = (".", ",", ";", ":", "!", "?", "。", "，", "；", "：", "！", "？")
_EMPHASIS = re.compile(r"(\*{1,3})((?:[^*\\]|\\.)+)\1")


class _Markers:
    """What stands before each list item: a hyphen or the next number, under the text of the item it belongs to."""

    def __init__(self, indent: int | None) -> None:
        self.indent = indent
        self.open: list[tuple[Kind, int, str]] = []

    def before(self, item: Block) -> tuple[str, str]:
        """The marker with its indent, and the indent of the item's other lines."""
        depth = min(item.depth, len(self.open))
        number = 1
        if depth < len(self.open) and self.open[depth][0] is item.kind:
            number = self.open[depth][1] + 1
        marker = f"{number}. " if item.kind is Kind.NUMBERED else "- "
        indent = "".join(" " * (self.indent or len(above)) for _, _, above in self.open[:depth])
        self.open[depth:] = [(item.kind, number, marker)]
        return indent + marker, indent + " " * len(marker)

    def continues(self, before: Block, block: Block) -> bool:
        """Whether the block is the next item of a list, or of one inside it; if not, the lists end here."""
        goes_on = before.kind.is_item and block.kind.is_item
        same = goes_on and (block.depth >= len(self.open) or self.open[block.depth][0] is block.kind)
        if not goes_on:
            self.open = []
        return same


@lru_cache(maxsize=4096)
def markdown_prose(text: str, *, list_indent: int | None = None, keeps_code: bool = False) -> str:
    """The prose as blocks of Markdown, without a line feed at the end.

    An item inside another is indented as far as that one's text, or by `list_indent` for readers that count spaces.
    What looks like code stands there as text if it is kept, and fenced blocks are left out in any case.
    """
    written: list[str] = []
    markers = _Markers(list_indent)
    before: Block | None = None
    for block in blocks_of(text):
        if before and not markers.continues(before, block):
            written.append("")
        text_of_block = "\n".join(block.lines)
        written.append(_written(block, text_of_block if keeps_code else without_code(text_of_block), markers))
        before = block
    return "\n".join(written)


@lru_cache(maxsize=8192)
def markdown_line(text: str, *, keeps_code: bool = False) -> str:
    """The prose on one line, for a table cell or beside a label."""
    if "\n" not in text.strip() and text.lstrip().startswith(">"):
        # A comparison, like `> 0`: a quote of one line says nothing more than its words.
        quote = text.strip()
        return markdown_line_start(markdown_inline(quote if keeps_code else without_code(quote)))
    parts: list[str] = []
    before: Block | None = None
    for block in blocks_of(text):
        if before:
            parts.append("; " if before.kind.is_item and block.kind.is_item else " ")
        text_of_block = "\n".join(block.lines)
        line = " ".join((text_of_block if keeps_code else without_code(text_of_block)).split("\n"))
        parts.append(f"{line}:" if block.kind is Kind.HEADING and not line.endswith(_HEADING_ENDS) else line)
        before = block
    return markdown_inline("".join(parts))


def _written(block: Block, text: str, markers: _Markers) -> str:
    if block.kind is Kind.HEADING:
        return _strong(text)
    if block.kind is Kind.QUOTE:
        return _quoted(text)
    lines = [markdown_line_start(line) for line in markdown_inline(text).split("\n")]
    if block.kind.is_item:
        first, others = markers.before(block)
        return first + f"\n{others}".join(lines)
    return _not_a_heading("\n".join(lines))


def _strong(text: str) -> str:
    """A typed heading: it would stand in the document's outline, so it becomes a line in bold."""
    line = markdown_inline(text.replace("*", ""))
    return f"**{line}**" if line.endswith(_HEADING_ENDS) else f"**{line}:**"


def _quoted(text: str) -> str:
    paragraphs = [markdown_inline(part) for part in text.split("\n\n")]
    lines = [markdown_line_start(line) for line in "\n\n".join(paragraphs).split("\n")]
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def _not_a_heading(paragraph: str) -> str:
    """The paragraph, with a colon if all of it is emphasised, since that reads as a heading without being one."""
    emphasis = _EMPHASIS.fullmatch(paragraph)
    if not emphasis or emphasis[2].endswith(_HEADING_ENDS):
        return paragraph
    return f"{emphasis[1]}{emphasis[2]}:{emphasis[1]}"
