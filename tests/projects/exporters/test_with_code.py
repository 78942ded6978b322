"""Fenced blocks of what people type are code in the documents that may hold some; all else stays prose."""

import pytest

from projects.exporters.blocks import CodeBlock, Paragraph, Prose
from projects.exporters.markdown_writer import write_markdown
from projects.exporters.with_code import prose_with_code
from tests.cost import calls_in


def markdown(text: str, name: str = "") -> str:
    return write_markdown(prose_with_code(text, name)).removesuffix("\n")


def test_prose_and_code_alternate() -> None:
    found = list(prose_with_code("One:\n\n```sql\nSELECT 1;\n```\nTwo.", "Label"))
    assert [type(block) for block in found] == [Prose, CodeBlock, Prose]
    assert markdown("One:\n\n```sql\nSELECT 1;\n```\nTwo.", "Label") == (
        "**Label:** One:\n\n```sql\nSELECT 1;\n```\n\nTwo."
    )


def test_a_label_stands_before_code_that_comes_first() -> None:
    found = list(prose_with_code("```\nx\n```", "Label"))
    assert [type(block) for block in found] == [Paragraph, CodeBlock]


@pytest.mark.parametrize(
    ("typed", "written"),
    [("", "text"), ("SQL", "sql"), ("c++", "c++"), ("mermaid", "text"), ('" onclick="x', "text"), ("1x", "text")],
)
def test_the_language_is_a_word_and_diagrams_are_text(typed: str, written: str) -> None:
    assert markdown(f"~~~{typed}\nx\n~~~") == f"```{written}\nx\n```"


def test_code_in_prose_is_not_taken_out() -> None:
    assert markdown("Call `Order.objects.get(pk=1)` once.") == "Call `Order.objects.get(pk=1)` once."


def test_a_fence_that_nobody_closes_is_text() -> None:
    assert not [block for block in prose_with_code("```\nopen") if isinstance(block, CodeBlock)]


def test_a_fence_in_the_code_ends_nothing_around_it() -> None:
    assert markdown("~~~\n```\nx\n~~~") == "````text\n```\nx\n````"


@pytest.mark.parametrize("line", ["```\n", "~~~a\n", "```a\n```\n"])
def test_many_fences_cost_no_more_than_as_many_lines(line: str) -> None:
    def calls_for(length: int) -> int:
        return calls_in(lambda: list(prose_with_code(line * (length // len(line)))))

    assert calls_for(20_000) < 15 * calls_for(2_000)
