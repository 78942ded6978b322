"""Blocks as Markdown: the text of every exported document."""

import re
from collections.abc import Iterable, Sequence
from functools import singledispatch

from projects.diagrams.graph_mermaid import graph_text
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Bullets,
    CheckItem,
    Checklist,
    Code,
    CodeBlock,
    Diagram,
    Facts,
    Heading,
    Inline,
    Paragraph,
    Picture,
    Prose,
    Table,
    Title,
    Typed,
)
from projects.exporters.escaping import (
    escape_markdown,
    markdown_code,
    markdown_heading,
    markdown_line_start,
    single_spaced,
    tidy,
)
from projects.exporters.prose import markdown_line, markdown_prose

_STARTS_NO_PARAGRAPH = ("- ", "1. ", "> ")


def write_markdown(blocks: Iterable[Block]) -> str:
    """The document, each block apart from the next by an empty line, with one line feed at its end."""
    return "\n\n".join(_write(block) for block in blocks) + "\n"


def inline_markdown(inline: Inline) -> str:
    if isinstance(inline, str):
        return escape_markdown(single_spaced(inline))
    if isinstance(inline, tuple):
        return "".join(inline_markdown(part) for part in inline)
    if isinstance(inline, Code):
        return markdown_code(inline.text)
    if isinstance(inline, Typed):
        return markdown_line(inline.text, keeps_code=inline.keeps_code)
    return f"**{escape_markdown(single_spaced(inline.text))}**"


@singledispatch
def _write(block: Block) -> str:
    raise TypeError(f"no Markdown is known for {type(block).__name__}")


@_write.register
def _title(block: Title) -> str:
    return f"# {markdown_heading(f'{block.document}: {block.subject}')}"


@_write.register
def _heading(block: Heading) -> str:
    return f"{'#' * block.level} {markdown_heading(block.text)}"


@_write.register
def _paragraph(block: Paragraph) -> str:
    return markdown_line_start(inline_markdown(block.text).strip())


@_write.register
def _prose(block: Prose) -> str:
    prose = markdown_prose(block.text, keeps_code=block.keeps_code) or NOT_SPECIFIED
    if not block.label:
        return prose
    gap = "\n\n" if prose.startswith(_STARTS_NO_PARAGRAPH) else " "
    return f"**{escape_markdown(single_spaced(block.label))}:**{gap}{prose}"


@_write.register
def _facts(block: Facts) -> str:
    return _table(Table("facts", block.names, (block.values,)))


@_write.register
def _table(block: Table) -> str:
    rules = ("---:" if place in block.numeric else "---" for place in range(len(block.columns)))
    rows = (block.columns, *block.rows)
    cells = [[_cell(cell) for cell in row] for row in rows]
    cells.insert(1, list(rules))
    return "\n".join("|" + "".join(f" {cell} |" if cell else " |" for cell in row) for row in cells)


def _cell(cell: Inline) -> str:
    written = inline_markdown(cell).strip()
    # A bare None looks like a value that a program forgot to fill in.
    return "None." if written == "None" else written


@_write.register
def _bullets(block: Bullets) -> str:
    return "\n".join(f"- {markdown_line_start(inline_markdown(item).strip())}" for item in block.items)


@_write.register
def _checklist(block: Checklist) -> str:
    return f"**{block.title}:**\n\n" + "\n".join(_check_item(item) for item in block.items)


def _check_item(item: CheckItem) -> str:
    tick = "x" if item.is_passed else " "
    note = inline_markdown(item.note).strip()
    written = f"- [{tick}] {escape_markdown(item.text)}: {escape_markdown(single_spaced(item.verdict))}"
    return f"{written}; {note}" if note else written


@_write.register
def _diagram(block: Diagram) -> str:
    return _titled_diagrams(block.parts)


@_write.register
def _picture(block: Picture) -> str:
    return _titled_diagrams([(graph.title, graph_text(graph)) for graph in block.graphs])


def _titled_diagrams(parts: Sequence[tuple[str, str]]) -> str:
    written = []
    for title, text in parts:
        if len(parts) > 1:
            written.append(markdown_line_start(f"{escape_markdown(single_spaced(title))}:"))
        written.append(_fenced("mermaid", text.strip()))
    return "\n\n".join(written)


@_write.register
def _code_block(block: CodeBlock) -> str:
    lines = (line.expandtabs(4).rstrip() for line in tidy(block.text).strip("\n").split("\n"))
    return _fenced(block.language, "\n".join(lines))


def _fenced(language: str, text: str) -> str:
    """The text in a fence that is longer than any in it."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
