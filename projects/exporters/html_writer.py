"""Blocks as HTML, for the preview on a page, for a file of its own and for printing."""

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import singledispatchmethod

from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Bullets,
    Checklist,
    Code,
    Diagram,
    Facts,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Table,
    Title,
    Typed,
)
from projects.exporters.escaping import file_name, one_line
from projects.exporters.prose_html import line_html, prose_html, text_html


def inline_html(inline: Inline) -> str:
    if isinstance(inline, str):
        return text_html(inline)
    if isinstance(inline, tuple):
        return "".join(inline_html(part) for part in inline)
    if isinstance(inline, Code):
        return f"<code>{text_html(one_line(inline.text))}</code>"
    if isinstance(inline, Typed):
        return line_html(inline.text)
    return f"<strong>{text_html(inline.text)}</strong>"


@dataclass
class HtmlWriter:
    """Writes the blocks of one document; `draw` gives the picture in place of the diagram's Mermaid text.

    `sections` are the headings of the second level met so far, each as the id of its element and its text.
    """

    draw: Callable[[], str]
    sections: list[tuple[str, str]] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def contents(self) -> str:
        """Links to the sections written so far, in two columns."""
        links = [
            f'<li><a href="#{identifier}"><span>{text_html(text)}</span></a></li>' for identifier, text in self.sections
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
        state = f'<p class="document-state" data-state="{block.state.value}">{block.state.label}</p>'
        return f'<header class="document-title"><h1>{kind}{text_html(block.subject)}</h1>{state}</header>'

    @_write.register
    def _heading(self, block: Heading) -> str:
        identifier = self._new_id(str(block.thing) if block.thing else file_name(block.text))
        if block.level == 2:
            self.sections.append((identifier, block.text))
        text = inline_html(Code(block.text)) if block.is_name else text_html(block.text)
        return f'<h{block.level} id="{identifier}">{text}</h{block.level}>'

    @_write.register
    def _paragraph(self, block: Paragraph) -> str:
        style = f' class="document-{block.style}"' if block.style else ""
        return f"<p{style}>{inline_html(block.text)}</p>"

    @_write.register
    def _prose(self, block: Prose) -> str:
        prose = prose_html(block.text) or f'<p class="document-missing">{NOT_SPECIFIED}</p>'
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
        items = "".join(
            f"<li{' data-passed' if item.is_passed else ''}>{text_html(item.text)}<span>: </span>"
            f'<span class="document-verdict">{text_html(item.verdict)}</span></li>'
            for item in block.items
        )
        return f'<p class="document-label">{text_html(block.title)}</p><ul class="document-checklist">{items}</ul>'

    @_write.register
    def _diagram(self, block: Diagram) -> str:
        return self.draw()

    def _new_id(self, name: str) -> str:
        identifier = wanted = f"document-{name}"
        count = 1
        while identifier in self._ids:
            count += 1
            identifier = f"{wanted}-{count}"
        self._ids.add(identifier)
        return identifier


def _fact(name: str, value: str) -> str:
    return f'<th scope="row">{name}</th><td>{value}</td>'
