"""Prose that people type keeps its plain Markdown and loses what would break a document."""

import re

import markdown
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from projects.exporters.prose import markdown_line, markdown_prose
from projects.exporters.prose_html import prose_html
from tests.cost import ends
from tests.examples import at_most

LEFT_OUT = "(Code left out: this document has prose and tables only.)"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("One line.\nNext line.", "One line.\nNext line."),
        ("a *b* __c__ ***d***", "a *b* **c** ***d***"),
        ("2 * 3 * 4", r"2 \* 3 \* 4"),
        ("snake_case and _emphasis_", "snake_case and *emphasis*"),
        ("see `a|b` and ``c`d``", r"see a\|b and ``c`d``"),
        ("an open ` tick", r"an open \` tick"),
        ("# Heading\ntext", "**Heading:**\n\ntext"),
        ("Heading\n=======\ntext", "Heading\n\ntext"),
        ("**Note**", "**Note:**"),
        ("**Done.**", "**Done.**"),
        ("Reasons:\n* one\n+ two\n    - deep", "Reasons:\n\n- one\n- two\n  - deep"),
        ("1. one\n3) two\n   - deep", "1. one\n2. two\n   - deep"),
        ("2024. A year", r"2024\. A year"),
        ("> a\n> b\n\n> c", "> a\n> b\n>\n> c"),
        ("> > > deep", "> deep"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("    indented", "indented"),
        ("| a | b |\n|---|---|", "\\| a \\| b \\|\n\\|---\\|---\\|"),
        ("<b>bold</b> &amp; <!-- c -->", "&lt;b>bold&lt;/b> &amp;amp; &lt;!-- c -->"),
        ("costs $5 and $6", "costs &#36;5 and &#36;6"),
        ("", ""),
        (" \n\n ", ""),
    ],
)
def test_prose_is_written_in_few_constructs(typed: str, written: str) -> None:
    assert markdown_prose(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("[site](https://a.b/c)", "[site](https://a.b/c)"),
        ("[site](HTTPS://a.b/c_(d))", "[site](https://a.b/c_%28d%29)"),
        ("see https://a.b/c, please", "see <https://a.b/c>, please"),
        ("<me@a.b> or you@a.b", "<me@a.b> or <you@a.b>"),
        ("[here](https://a.b)", "here (<https://a.b>)"),
        ("[PRD](../prd.md)", "PRD (`../prd.md`)"),
        ("[x](javascript:alert)", "x (`javascript:alert`)"),
        ("[x](file:///etc/passwd)", "x (`file:///etc/passwd`)"),
        ("![plan](https://a.b/p.png)", "[plan](https://a.b/p.png)"),
        ("![plan](p.png)", "plan (`p.png`)"),
        ("[a]: https://a.b", r"\[a]: <https://a.b>"),
        ("[a][b] and [^1]", r"\[a]\[b] and \[^1]"),
        ("a](b)", r"a]\(b)"),
    ],
)
def test_links_lead_to_addresses_and_images_are_never_shown(typed: str, written: str) -> None:
    assert markdown_prose(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Before\n```sql\nSELECT 1\n```\nafter", f"Before\n\n{LEFT_OUT}\n\nafter"),
        ("~~~\nx\n~~~\n~~~\ny\n~~~", LEFT_OUT),
        ("```mermaid\ngraph TD\n```", "(Diagram left out: this document draws its own.)"),
        ("``` open", r"\`\`\` open"),
        ("CREATE TABLE refunds (id uuid);", LEFT_OUT),
        ("It is read so:\nSELECT id\nFROM refunds WHERE id = 1", f"It is read so: {LEFT_OUT}"),
        ("- op.create_table('x')", f"- {LEFT_OUT}"),
        ("Select the refunds from the list.", "Select the refunds from the list."),
    ],
)
def test_code_is_left_out_with_a_remark(typed: str, written: str) -> None:
    assert markdown_prose(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a\n\nb", "a b"),
        ("Reasons:\n- one\n- two\n\nend", "Reasons: one; two end"),
        ("# Head\ntext | more", r"Head: text \| more"),
        ("**a** `b`", "**a** `b`"),
    ],
)
def test_prose_fits_on_one_line(typed: str, written: str) -> None:
    assert markdown_line(typed) == written


MARKUP = [
    "*",
    "**",
    "_",
    "`",
    "```",
    "~~~",
    "[",
    "](",
    ")",
    "![",
    "<",
    "<b>",
    "&lt;",
    "|",
    "\\",
    "{{",
    "$",
    "---",
    "===",
]
STARTS = ["# ", "- ", "+ ", "1. ", "> ", "\t", "    ", "\n", "\n\n"]
PIECES = st.sampled_from(["a", "Word ", " ", "http://a.b", "me@a.b", "ש", "👩‍👧", *MARKUP, *STARTS])


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=at_most(300), deadline=None)
def test_no_word_that_somebody_typed_is_lost(text: str) -> None:
    assume("```" not in text and "~~~" not in text)
    shown = re.sub(r"<[^>]*>", "", prose_html(text))
    assert shown.count("Word") == text.count("Word")


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
@settings(max_examples=at_most(300), deadline=None)
def test_only_few_elements_come_of_any_prose(text: str) -> None:
    elements = set(re.findall(r"<(\w+)", prose_html(text)))
    assert elements <= {"p", "ul", "ol", "li", "blockquote", "strong", "em", "code", "a"}


PATHOLOGICAL = [
    *("[", "*", "_", "`", "<", ">", "\\", "|", "&", "!", "#", "{{", "![", "[](", "[a](b", "[a](http://b) ", "* ", "- "),
    *("_a", "*a*", "**a** ", "***a", "` ", "`a` ", "1. ", "> ", "- a\n", "a\n\n", "<b>", "a@b.c ", "http://a ", "www."),
    *(
        "#\n",
        "> a\n\n",
        "```\n~~~~\n",
        "SELECT \n",
        "create table a ",
        "x*y_",
        "*_`[<>](\\",
        "&lt;",
        "@a",
        "((((",
        "::(",
    ),
]


@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_hostile_prose_comes_to_an_end(piece: str) -> None:
    """Five times what fits into a field: what takes two seconds for that, by its square, takes a minute for this."""
    with ends():
        prose_html.__wrapped__((piece * 110_000)[:110_000])


@given(st.lists(PIECES, min_size=5, max_size=40), st.integers(800, 3200))
@settings(max_examples=at_most(40), deadline=None)
def test_any_prose_that_is_repeated_comes_to_an_end(pieces: list[str], times: int) -> None:
    with ends():
        prose_html.__wrapped__(("".join(pieces) * times)[:40_000])


@pytest.mark.parametrize(
    ("comparison", "written"), [("> 0", "&gt; 0"), (">= requested_at", "&gt;= requested_at"), (" > 0 and < 9", None)]
)
def test_a_comparison_on_one_line_is_no_quote(comparison: str, written: str | None) -> None:
    line = markdown_line(comparison)
    assert markdown.markdown(f"Rule: {line}") == f"<p>Rule: {written or '&gt; 0 and &lt; 9'}</p>"
    assert "<blockquote>" not in markdown.markdown(line)
