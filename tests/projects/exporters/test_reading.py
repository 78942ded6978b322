"""The text of a source as it is read beside the form: in blocks with their places, searched, quoted, harmless."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.exporters.reading import (
    PART_BLOCKS,
    PART_CHARACTERS,
    Kind,
    blocks_of,
    hits_in,
    part_html,
    parts_of,
    place_of,
    words_of,
)
from tests.examples import at_most

MARKDOWN = """Before any heading.

# Refunds

Kept for *ten*
years.

1. first

2. second

| Fact | Today |
|---|---|
| Rows | 12 |

## Calls ##
```sql
SELECT 1

FROM refunds
```
SELECT * FROM refunds WHERE status = 'open';

See [the cases](https://example.org/a).
"""


def test_markdown_keeps_headings_lists_tables_and_code_with_their_places() -> None:
    blocks = blocks_of(MARKDOWN, "text/markdown")
    assert [(block.kind, block.place, block.text.split("\n")[0]) for block in blocks] == [
        (Kind.PROSE, "Line 1", "Before any heading."),
        (Kind.HEADING, "Refunds", "Refunds"),
        (Kind.PROSE, "Refunds", "Kept for *ten*"),
        (Kind.PROSE, "Refunds", "1. first"),
        (Kind.TABLE, "Refunds", "| Fact | Today |"),
        (Kind.HEADING, "Calls", "Calls"),
        (Kind.CODE, "Calls", "SELECT 1"),
        (Kind.PROSE, "Calls", "SELECT * FROM refunds WHERE status = 'open';"),
        (Kind.PROSE, "Calls", "See [the cases](https://example.org/a)."),
    ]


def test_nothing_is_left_out_as_code_and_lists_go_on_counting() -> None:
    blocks = blocks_of(MARKDOWN, "text/markdown")
    shown = part_html(blocks, range(len(blocks)))
    assert "SELECT * FROM refunds WHERE status = 'open';" in shown
    assert "<li>first</li>\n<li>second</li>" in shown
    assert "<td>Rows</td><td>12</td>" in shown


def test_plain_text_is_placed_by_line_and_a_pdf_by_page() -> None:
    assert [block.place for block in blocks_of("\na\nb\n\nc", "text/plain")] == ["Line 2", "Line 5"]
    places = [block.place for block in blocks_of("one\ftwo", "application/pdf")]
    assert places == ["Page 1", "Page 1", "Page 2", "Page 2"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Kept for ten years.", "Refunds"),
        ("kept  for\nTEN", "Refunds"),
        ("first second Fact Today", "Refunds"),
        ("See the cases.", "Calls"),
        ("Never said", None),
        (" *_ ", None),
    ],
)
def test_a_quote_is_found_however_it_is_broken_and_marked_up(words: str, place: str | None) -> None:
    assert place_of(blocks_of(MARKDOWN, "text/markdown"), words) == place


def test_hits_have_all_the_words_in_any_order_with_the_text_around_the_first() -> None:
    hits = list(hits_in(blocks_of(MARKDOWN, "text/markdown"), words_of("YEARS kept")))
    assert [(hit.place, hit.before, hit.word, hit.after) for hit in hits] == [
        ("Refunds", "Kept for ten ", "years", ".")
    ]


def test_marks_stand_in_the_text_and_not_in_tags_or_entities() -> None:
    blocks = blocks_of("a & p <p> https://p.test", "text/markdown")
    assert "<mark>" not in part_html(blocks, range(1), words_of("p amp"))
    shown = part_html(blocks, range(1), words_of("p"))
    assert "&amp;" in shown
    assert "&lt;<mark>p</mark>&gt;" in shown
    assert 'href="https://p.test"' in shown


def test_parts_hold_every_block_once_and_are_bounded() -> None:
    blocks = blocks_of("\n\n".join("word " * 200 for _ in range(300)) + "\n# h" * 900, "text/markdown")
    parts = parts_of(blocks)
    assert [number for part in parts for number in part] == list(range(len(blocks)))
    assert max(len(part) for part in parts) <= PART_BLOCKS
    assert max(sum(len(blocks[number].text) for number in part) for part in parts) <= PART_CHARACTERS


@settings(max_examples=at_most(60))
@given(
    st.text(alphabet="ab<>&\"'`*_#|-~ \n\u202e1.)[](:/javascriptonload=", max_size=200),
    st.text(alphabet="ab<>&`|\u0130\u00df ", max_size=6),
    st.sampled_from(("text/markdown", "text/plain", "application/pdf")),
)
def test_whatever_stands_in_a_source_no_markup_of_it_comes_through(text: str, query: str, media_type: str) -> None:
    blocks = blocks_of(text, media_type)
    shown = part_html(blocks, range(len(blocks)), words_of(query), 0)
    tags = set(re.findall(r"</?([^\s>/]*)", shown))
    assert tags <= {
        *("div", "p", "ul", "ol", "li", "blockquote", "strong", "em", "code", "a", "mark"),
        *("h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
    }
    assert not re.search(r'href="(?!https?:|mailto:)', shown)
    letters = re.sub(r"<[^>]*>", "", shown)
    if media_type == "text/plain":
        assert "".join(html.unescape(letters).split()) == "".join(text.split())


def test_a_heading_of_many_spaces_does_not_keep_anybody_waiting() -> None:
    """A pattern that tries each way to divide the spaces would not end."""
    blocks = blocks_of("# a" + " " * 15_000 + "b ##", "text/markdown")
    assert [each.kind for each in blocks] == [Kind.HEADING]
