"""Whatever stands in the fields of a design stays text in its documents."""

import re
from functools import cache
from html.parser import HTMLParser

import markdown as stock_markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.exporters import DATA_DESIGN
from projects.exporters.html import document_html
from projects.exporters.pdf import print_page
from tests.examples import at_most
from tests.projects.exporters.designs import APPROVED, DRAFT
from tests.projects.exporters.outline import headings, tables, without_diagrams
from tests.projects.exporters.sized_designs import design_full_of

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table><h1>Requirements</h1>",
    "</svg><iframe src='http://example.org'></iframe>",
    '"><a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1)) [y](data:text/html,x) <javascript:alert(1)>",
    "![x](http://example.org/x.png) [a]: http://example.org",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "# One\n## Two\n\nThree\n=====\n\n- four\n    - five",
    "```sql\nDROP TABLE refunds;\n```\n```\nopen",
    "CREATE TABLE refunds (id uuid);\nSELECT id FROM refunds",
    "a|b`c`d``e```",
    "`<script>`",
    "\\ \\| \\` \\",
    "{{ design }} {% load x %} ${x} $y$",
    "&lt;script&gt; &#60;b&#62; &amp;lt;",
    "\u202egnp\u2028next\u2029last\u2066x",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "👩‍👩‍👧‍👦 \U0001f1f3\U0001f1f1 e\u0301 \ufdfd",
    "1986. A year\n- a\n+ b\n* c\n> d\n\n> e",
    "](x) a](b) [a][b] [^1]",
    "Ends with a colon:",
    " ",
    "n" * 60,
    "\u0416" * 60,
    "\"quoted\" 'quoted' \u201cquoted\u201d",
    "wzxhzdk:0 klzzwxh:0001",
    "%PDF /JS (x) </style><style>@import url(http://example.org)</style>",
    "---\n***\n___\n===",
    "None",
]
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120) | st.lists(
    st.sampled_from([*HOSTILE, " ", "\n", "x"]), max_size=4
).map("".join)

PLAIN = DATA_DESIGN.markdown(design_full_of("plain"), APPROVED)
NAMED = re.compile(r"^(# Data Design: |### |#### ).*")


def shape(markdown: str) -> list[str]:
    """The levels of the headings, and the words of those that are ours."""
    plain = set(headings(PLAIN))
    return [heading if heading in plain else heading.split(" ")[0] for heading in headings(markdown)]


def plain_shape() -> list[str]:
    return [heading if "plain" not in heading else heading.split(" ")[0] for heading in headings(PLAIN)]


class Elements(HTMLParser):
    """Collects the elements, attributes and addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.headings: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "xlink:href")]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(tag)


FORBIDDEN = {"script", "img", "iframe", "object", "embed", "link", "style", "base", "form", "input", "foreignobject"}


@cache
def markdown_of(text: str) -> str:
    return DATA_DESIGN.markdown(design_full_of(text), APPROVED)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_outline_holds(text: str) -> None:
    assert shape(markdown_of(text)) == plain_shape()


@given(ANY_TEXT)
@settings(max_examples=at_most(40), deadline=None)
def test_the_outline_holds_for_any_text(text: str) -> None:
    markdown = DATA_DESIGN.markdown(design_full_of(text), APPROVED)
    assert [heading.split(" ")[0] for heading in headings(markdown)] == [
        heading.split(" ")[0] for heading in headings(PLAIN)
    ]
    assert all(len({len(row) for row in table}) == 1 for table in tables(markdown))
    assert len(markdown.splitlines()) == markdown.count("\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_rows_have_as_many_cells_as_their_heads(text: str) -> None:
    for table in tables(markdown_of(text)):
        assert {len(row) for row in table} == {len(table[0])}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_fence_and_no_statement_comes_of_it(text: str) -> None:
    markdown = markdown_of(text)
    assert re.findall(r"^\s*(?:```|~~~)(.*)", markdown, re.MULTILINE) == ["mermaid", ""]
    assert not re.search(r"^\s*(CREATE|SELECT|DROP|INSERT) ", without_diagrams(markdown), re.MULTILINE)


@pytest.mark.parametrize("text", HOSTILE)
def test_another_renderer_finds_no_markup_in_the_markdown(text: str) -> None:
    markdown = without_diagrams(markdown_of(text))
    page = Elements(stock_markdown.markdown(markdown, extensions=["tables"]))
    assert page.names & FORBIDDEN == set()
    assert all(address.startswith(("http://", "https://", "mailto:")) for address in page.addresses)


@pytest.mark.parametrize("diagrams", ["page", "print"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_element_comes_of_it_in_html(text: str, diagrams: str) -> None:
    html = document_html(design_full_of(text), APPROVED, diagrams=diagrams, entity_link=lambda entity: "/entity/")
    check_page(html, diagrams)


@given(ANY_TEXT)
@settings(max_examples=at_most(40), deadline=None)
def test_no_element_comes_of_any_text(text: str) -> None:
    html = document_html(design_full_of(text), DRAFT, diagrams="page", entity_link=lambda entity: "/entity/")
    check_page(html, "page")


@cache
def plain_page(diagrams: str) -> Elements:
    design = design_full_of("plain")
    return Elements(document_html(design, APPROVED, diagrams=diagrams, entity_link=lambda entity: "/entity/"))


def check_page(html: str, diagrams: str) -> None:
    page, plain = Elements(html), plain_page(diagrams)
    allowed = plain.names | {"a", "em", "strong", "code", "ul", "ol", "li", "blockquote", "p", "bdi"}
    assert page.names <= allowed
    assert page.names & FORBIDDEN == set()
    assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
    assert all(address.startswith(("http://", "https://", "mailto:", "#", "/entity/")) for address in page.addresses)
    assert page.headings == plain.headings


@pytest.mark.parametrize("text", HOSTILE)
def test_the_printed_page_has_one_head_and_no_style_of_its_own(text: str) -> None:
    page = Elements(print_page(design_full_of(text), APPROVED, DATA_DESIGN))
    assert page.names & FORBIDDEN == set()
    assert page.names >= {"title", "meta", "body"}


def test_a_name_from_right_to_left_does_not_turn_its_surroundings() -> None:
    html = document_html(design_full_of("שלום"), DRAFT, diagrams="page")
    assert "<code><bdi>שלום</bdi></code>" in html
    assert '<p dir="auto">שלום</p>' in html
