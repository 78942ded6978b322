"""A document as HTML: the same content as its Markdown, with pictures for its diagrams."""

import re
from collections import Counter
from html import unescape

import pytest

from projects.exporters import DATA_DESIGN
from projects.exporters.html import document_html, document_page
from projects.exporters.print_diagram import print_diagram
from projects.exporters.prose_html import line_html, prose_html
from tests.projects.exporters.designs import APPROVED, DRAFT, empty_design, rich_design, uid
from tests.projects.exporters.outline import without_diagrams
from tests.projects.exporters.sized_designs import sized_design


@pytest.fixture(scope="module")
def page() -> str:
    return document_html(
        rich_design(), APPROVED, diagrams="page", entity_link=lambda entity: f"/data-model/{entity.uid}/"
    )


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def test_the_preview_says_what_the_markdown_says(page: str) -> None:
    markdown = without_diagrams(DATA_DESIGN.markdown(rich_design(), APPROVED))
    shown = re.sub(r"<(figure|details).*?</\1>|<p class=\"document-state\".*?</p>", "", page, flags=re.DOTALL)
    shown = unescape(re.sub(r"<[^>]*>", " ", shown))
    assert words(shown) == words(markdown)


def test_the_picture_leads_to_each_entity(page: str) -> None:
    figure = re.search(r"<figure.*?</figure>", page, re.DOTALL)[0]
    assert f'href="/data-model/{uid("refunds")}/"' in figure
    assert figure.count("<a ") == 4


def test_the_picture_is_told_in_words(page: str) -> None:
    words_of_it = re.search(r"<details>.*?</details>", page, re.DOTALL)[0]
    assert "refund_lines.refund_id refers to refunds" in words_of_it


def test_headings_can_be_linked_to(page: str) -> None:
    identifiers = re.findall(r'<h[2-4] id="([^"]+)"', page)
    assert len(set(identifiers)) == len(identifiers)
    assert {"document-data-model", f"document-{uid('refunds')}"} <= set(identifiers)


def test_a_page_needs_no_inline_style(page: str) -> None:
    assert " style=" not in page
    assert "<style" not in page


def test_cells_of_a_head_say_that_they_are_heads(page: str) -> None:
    assert '<th scope="col">Field</th>' in page
    assert '<th scope="row">Project</th>' in page


def test_print_begins_with_the_contents() -> None:
    printed = document_html(rich_design(), DRAFT, diagrams="print")
    assert '<a href="#document-sign-off"><span>Sign-off</span></a>' in printed
    assert "<details>" not in printed


def test_the_file_needs_no_other() -> None:
    page = document_page(rich_design(), DRAFT)
    assert page.startswith("<!doctype html>")
    assert "<link" not in page
    assert ".document-table" in page


def test_an_empty_design_has_no_picture() -> None:
    assert "<svg" not in document_html(empty_design(), DRAFT, diagrams="page")


@pytest.mark.parametrize(("entities", "sheet"), [(3, "column"), (12, "landscape"), (40, "large"), (200, "large")])
def test_a_picture_gets_the_paper_it_needs(entities: int, sheet: str) -> None:
    assert f'class="document-diagram on-{sheet}"' in print_diagram(sized_design(entities))


@pytest.mark.parametrize("entities", [1, 12, 60, 300])
def test_a_picture_fits_on_its_paper(entities: int) -> None:
    size = re.search(r' width="([\d.]+)pt" height="([\d.]+)pt"', print_diagram(sized_design(entities)))
    assert float(size[1]) <= 1088
    assert float(size[2]) <= 630


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("R&D < 5", "<p>R&amp;D &lt; 5</p>"),
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("`<b>` \\*", "<p><code>&lt;b&gt;</code> *</p>"),
        ("![x](http://a.b/c.png)", '<p><a href="http://a.b/c.png" rel="noopener noreferrer">x</a></p>'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("\u0002wzxhzdk:0\u0003", "<p>wzxhzdk:0</p>"),
        ("", ""),
    ],
)
def test_prose_is_rendered(typed: str, html: str) -> None:
    assert prose_html(typed) == html


@pytest.mark.parametrize(("typed", "html"), [("- a\n- b", "a; b"), ("# a", "a:"), ("1. a", "a"), ("*a*", "<em>a</em>")])
def test_a_line_of_prose_stands_in_no_paragraph(typed: str, html: str) -> None:
    assert line_html(typed) == html
