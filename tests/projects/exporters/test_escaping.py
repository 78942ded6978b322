"""Text stays text in the language it goes into."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.exporters.escaping import (
    file_name,
    markdown_code,
    markdown_heading,
    markdown_line_start,
    markdown_text,
    one_line,
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain words, 100 % safe", "plain words, 100 % safe"),
        ("refund_lines", "refund_lines"),
        ("_private_", r"\_private\_"),
        ("a | b", r"a \| b"),
        ("*a* `b` [c](d)", r"\*a\* \`b\` \[c]\(d)"),
        ("<script>", "&lt;script>"),
        ("Low (< 10/s)", "Low (< 10/s)"),
        ("R&D &lt;", "R&D &amp;lt;"),
        ("{{ site }}", "&#123;{ site }}"),
        ("https://a.b", "https:&#47;/a.b"),
        ("me@a.b", "me&#64;a.b"),
        ("two\nlines\tand  spaces ", "two lines and spaces"),
        ("\u202egnp.exe", "gnp.exe"),
    ],
)
def test_text_is_written_so_that_no_markup_comes_of_it(text: str, written: str) -> None:
    assert markdown_text(text) == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("refunds", "`refunds`"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a ``"),
        ("a``b`c", "```a``b`c```"),
        ("<script>", "`<script>`"),
        ("שלום", "`שלום`"),
        ("a|b", r"a\|b"),
        ("a](b)", r"a]\(b)"),
        ("", ""),
    ],
)
def test_an_identifier_is_a_code_span_that_its_own_backticks_cannot_end(name: str, written: str) -> None:
    assert markdown_code(name) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Refunds", "Refunds"),
        ("Refunds!", "Refunds&#33;"),
        ("C#", "C&#35;"),
        ("A #", "A &#35;"),
        ("&amp;", "&amp&#59;"),
        ("Why?", "Why?"),
    ],
)
def test_a_heading_ends_in_no_punctuation_that_linters_refuse(text: str, written: str) -> None:
    assert markdown_heading(text) == written


@pytest.mark.parametrize("start", ["# a", "- a", "+ a", "> a", "1. a", "2) a", "~~~", "===", "---", "#a"])
def test_a_line_starts_no_block(start: str) -> None:
    assert "\\" in markdown_line_start(start)


@pytest.mark.parametrize("start", ["-5 degrees", "1.5 million", "a - b", "**bold**", ""])
def test_a_line_that_starts_no_block_stays_as_it_is(start: str) -> None:
    assert markdown_line_start(start) == start


@given(st.text())
def test_a_text_on_one_line_has_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@given(st.text())
def test_a_file_name_is_safe_whatever_it_is_made_from(text: str) -> None:
    name = file_name(text)
    assert 1 <= len(name) <= 64
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_file_name_keeps_the_letters_of_accented_words() -> None:
    assert file_name("Rückerstattung: Teil 2") == "ruckerstattung-teil-2"
