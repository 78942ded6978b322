"""The two doors to HTML: typed prose for any page, and a whole document for preview, for a file and for printing."""

from collections.abc import Callable, Iterable
from html import escape
from itertools import takewhile
from pathlib import Path
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

from projects.design.review_record import ReviewRecord
from projects.design.tree import Design, Entity
from projects.diagrams.svg import draw
from projects.diagrams.words import describe
from projects.exporters import DATA_DESIGN
from projects.exporters.blocks import Block, Heading
from projects.exporters.document import Document
from projects.exporters.graph_figure import page_picture, print_picture
from projects.exporters.html_writer import HtmlWriter
from projects.exporters.print_diagram import print_diagram
from projects.exporters.prose_html import prose_html, text_html

__all__ = ["article", "document_html", "document_page", "file_page", "page_writer", "prose_html", "style_sheet"]

STYLES = Path(__file__).parents[2] / "static" / "css"
STYLE_SHEETS = (STYLES / "document.css", STYLES / "document-print.css")


def document_html(
    design: Design,
    record: ReviewRecord,
    *,
    diagrams: Literal["page", "print"],
    entity_link: Callable[[Entity], str] | None = None,
    document: Document = DATA_DESIGN,
) -> SafeString:
    """The document's content, the same as in Markdown, with pictures for its diagrams.

    On a page the picture takes its colours from the style sheet and leads to each entity's `entity_link`; for print it
    has colours of its own, and the contents come first.
    """
    is_print = diagrams == "print"
    writer = HtmlWriter(
        draw=lambda: print_diagram(design) if is_print else _page_diagram(design, entity_link),
        picture=print_picture if is_print else page_picture,
    )
    return article(document.blocks(design, record), writer, with_contents=is_print)


def page_writer(design: Design, entity_link: Callable[[Entity], str] | None = None) -> HtmlWriter:
    """A writer of parts of a document for a page, with pictures that lead to each entity's `entity_link`."""
    return HtmlWriter(draw=lambda: _page_diagram(design, entity_link), picture=page_picture)


def article(blocks: Iterable[Block], writer: HtmlWriter, *, with_contents: bool) -> SafeString:
    """The blocks as one element, the contents after what stands above the first heading of the outline."""
    everything = list(blocks)
    above = list(takewhile(lambda block: not isinstance(block, Heading), everything))
    head, body = writer.write(above), writer.write(everything[len(above) :])
    contents = writer.contents() if with_contents else ""
    return mark_safe(f'<article class="document">\n{head}\n{contents}{body}\n</article>')


def document_page(design: Design, record: ReviewRecord, document: Document = DATA_DESIGN) -> str:
    """The document as one file that needs no other: its style sheet stands in it."""
    title = f"{document.title}: {design.identity.feature_title or design.identity.feature_key}"
    return file_page(title, document_html(design, record, diagrams="print", document=document))


def file_page(title: str, content: str) -> str:
    """A whole page of HTML that needs nothing else."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>\n{style_sheet()}</style>\n</head>\n'
        f'<body class="document-file">\n{content}\n</body>\n</html>\n'
    )


def style_sheet() -> str:
    """How a document looks on a screen."""
    return STYLE_SHEETS[0].read_text(encoding="utf-8")


def _page_diagram(design: Design, entity_link: Callable[[Entity], str] | None) -> str:
    sentences = "".join(f"<li>{text_html(sentence)}</li>" for sentence in describe(design).split("\n"))
    return (
        f'<figure class="document-diagram">{draw(design, link=entity_link)}</figure>'
        f"<details><summary>The diagram in words</summary><ul>{sentences}</ul></details>"
    )
