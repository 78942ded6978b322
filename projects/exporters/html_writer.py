"""Blocks as HTML, for the preview on a page, for a file of its own and for printing."""

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import singledispatchmethod

from projects.diagrams.graph import Graph
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
    has_text,
)
from projects.exporters.escaping import file_name, one_line, tidy
from projects.exporters.graph_figure import page_picture
from projects.exporters.prose_html import line_html, prose_html, text_html

_LINES_IN_PIECE = 12


def heading_id(name: str) -> str:
    """The id of a heading's element, for links to it; where two would have the same, the later ones are numbered."""
    return f"document-{file_name(name)}"


def inline_html(inline: Inline) -> str:
    if isinstance(inline, str):
        return text_html(inline)
    if isinstance(inline, tuple):
        return "".join(inline_html(part) for part in inline)
    if isinstance(inline, Code):
        return f"<code>{text_html(one_line(inline.text))}</code>"
    if isinstance(inline, Typed):
        return line_html(inline.text, keeps_code=inline.keeps_code)
    return f"<strong>{text_html(inline.text)}</strong>"


@dataclass
class HtmlWriter:
    """Writes the blocks of one document; `draw` gives the picture in place of the entity diagram's Mermaid text, and
    `picture` that of a graph, for which it gets a name that no other picture on the page has.

    `headings` are those met so far, each as its level, the id of its element and its text.
    """

    draw: Callable[[], str]
    picture: Callable[[Graph, str], str] = page_picture
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def contents(self) -> str:
        """Links to the headings of the second level written so far, in two columns."""
        links = [
            f'<li><a href="#{identifier}"><span>{text_html(text)}</span></a></li>'
            for level, identifier, text in self.headings
            if level == 2
        ]
        half = (len(links) + 1) // 2
        columns = "".join(f"<ol>{''.join(column)}</ol>" for column in (links[:half], links[half:]))
        return f'<nav class="document-contents" aria-label="Contents">{columns}</nav>\n'

    def write(self, blocks: Iterable[Block]) -> str:
        return "\n".join(self._write(block) for block in blocks)

    @singledispatchmethod
    def _write(self, block: Block) -> str:
        raise TypeError(f"no HTML is known for {type(block).__name__}")

    @_write.register
    def _title(self, block: Title) -> str:
        kind = f'<span class="document-kind">{text_html(block.document)}<span>: </span></span>'
        state = ""
        if block.state:
            said = text_html(block.status or block.state.label)
            state = f'<p class="document-state" data-state="{block.state.value}">{said}</p>'
        return f'<header class="document-title"><h1>{kind}{text_html(block.subject)}</h1>{state}</header>'

    @_write.register
    def _heading(self, block: Heading) -> str:
        identifier = self._new_id(f"document-{block.thing}" if block.thing else heading_id(block.text))
        self.headings.append((block.level, identifier, block.text))
        text = inline_html(Code(block.text)) if block.is_name else text_html(block.text)
        return f'<h{block.level} id="{identifier}">{text}</h{block.level}>'

    @_write.register
    def _paragraph(self, block: Paragraph) -> str:
        style = f' class="document-{block.style}"' if block.style else ""
        return f"<p{style}>{inline_html(block.text)}</p>"

    @_write.register
    def _prose(self, block: Prose) -> str:
        prose = (
            prose_html(block.text, keeps_code=block.keeps_code) or f'<p class="document-missing">{NOT_SPECIFIED}</p>'
        )
        if not block.label:
            return prose
        label = f"<strong>{text_html(block.label)}:</strong>"
        if not prose.startswith("<p"):
            return f"<p>{label}</p>{prose}"
        start, end, rest = prose.partition(">")
        return f"{start}{end}{label} {rest}"

    @_write.register
    def _facts(self, block: Facts) -> str:
        """Two pairs in a row; the last one has a row for itself if it is left over."""
        pairs = [(text_html(name), inline_html(value)) for name, value in zip(block.names, block.values, strict=True)]
        half = len(pairs) // 2
        rows = [_fact(*first) + _fact(*second) for first, second in zip(pairs[:half], pairs[half:], strict=False)]
        if len(pairs) % 2:
            name, value = pairs[-1]
            rows.append(f'<th scope="row">{name}</th><td colspan="3">{value}</td>')
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f'<table class="document-facts"><tbody>{body}</tbody></table>'

    @_write.register
    def _table(self, block: Table) -> str:
        classes = [' class="number"' if place in block.numeric else "" for place in range(len(block.columns))]
        head = "".join(
            f'<th scope="col"{style}>{html.escape(column)}</th>'
            for column, style in zip(block.columns, classes, strict=True)
        )
        rows = "".join(
            "<tr>"
            + "".join(f"<td{style}>{inline_html(cell)}</td>" for cell, style in zip(row, classes, strict=True))
            + "</tr>"
            for row in block.rows
        )
        return (
            f'<table class="document-table {block.kind}-table">'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )

    @_write.register
    def _bullets(self, block: Bullets) -> str:
        return "<ul>" + "".join(f"<li>{inline_html(item)}</li>" for item in block.items) + "</ul>"

    @_write.register
    def _checklist(self, block: Checklist) -> str:
        items = "".join(_check_item(item) for item in block.items)
        return f'<p class="document-label">{text_html(block.title)}</p><ul class="document-checklist">{items}</ul>'

    @_write.register
    def _diagram(self, block: Diagram) -> str:
        return self.draw()

    @_write.register
    def _picture(self, block: Picture) -> str:
        """Each graph with what it shows in sentences: an arrow between two names can be read, but not heard."""
        return "\n".join(self.picture(graph, self._new_id("document-graph")) for graph in block.graphs)

    @_write.register
    def _code_block(self, block: CodeBlock) -> str:
        """The text in pieces: for each line of one, the PDF renderer looks at all that follows in it."""
        lines = tidy(block.text).strip("\n").split("\n")
        starts = range(0, len(lines), _LINES_IN_PIECE)
        pieces = ["\n".join(lines[start : start + _LINES_IN_PIECE]) for start in starts]
        code = "".join(f"<code>{html.escape(piece)}\n</code>" for piece in pieces)
        # It is scrolled where it is too wide, so the keyboard must reach it.
        return f'<pre class="document-code" tabindex="0">{code}</pre>'

    def _new_id(self, wanted: str) -> str:
        identifier = wanted
        count = 1
        while identifier in self._ids:
            count += 1
            identifier = f"{wanted}-{count}"
        self._ids.add(identifier)
        return identifier


def _fact(name: str, value: str) -> str:
    return f'<th scope="row">{name}</th><td>{value}</td>'


def _check_item(item: CheckItem) -> str:
    passed = " data-passed" if item.is_passed else ""
    note = (
        f'<span class="document-item-note"><span>; </span>{inline_html(item.note)}</span>'
        if has_text(item.note)
        else ""
    )
    return (
        f"<li{passed}>{text_html(item.text)}<span>: </span>"
        f'<span class="document-verdict">{text_html(item.verdict)}</span>{note}</li>'
    )
