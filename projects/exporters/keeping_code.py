"""For the documents that may hold code: nothing of what people typed is left out for looking like it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from projects.exporters.blocks import (
    Block,
    Bullets,
    Code,
    CodeBlock,
    Facts,
    Inline,
    Paragraph,
    Prose,
    Table,
    Typed,
    joined,
)
from projects.exporters.with_code import prose_with_code

_FENCES = ("```", "~~~")


def keeping_code(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Prose):
            yield from prose_with_code(block.text, block.label) if block.text.strip() else (block,)
        elif isinstance(block, Paragraph):
            yield replace(block, text=_kept(block.text))
        elif isinstance(block, Bullets):
            yield replace(block, items=_all_kept(block.items))
        elif isinstance(block, Facts):
            yield replace(block, values=_all_kept(block.values))
        elif isinstance(block, Table):
            yield replace(block, rows=tuple(_all_kept(row) for row in block.rows))
        else:
            yield block


def _all_kept(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(_kept(inline) for inline in inlines)


def _kept(inline: Inline) -> Inline:
    if isinstance(inline, tuple):
        return _all_kept(inline)
    return _with_code(inline.text) if isinstance(inline, Typed) else inline


def _with_code(text: str) -> Inline:
    """The prose on one line; a block of code in it becomes a span."""
    if not any(fence in text for fence in _FENCES):
        return Typed(text, keeps_code=True)
    pieces: list[Inline] = []
    for piece in prose_with_code(text):
        if isinstance(piece, Prose):
            pieces.append(Typed(piece.text, keeps_code=True))
        elif isinstance(piece, CodeBlock):
            pieces.append(Code(piece.text))
    return joined(pieces, " ")
