"""Text without spaces, printed: a renderer that finds no place to break it works for minutes."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.exporters import DATA_DESIGN
from projects.exporters.pdf import print_page
from projects.exporters.print_runs import LONGEST_RUN, with_breaks
from projects.exporters.project_documents import PROJECT_DOCUMENTS
from projects.exporters.project_html import project_html, project_sheets
from tests.examples import at_most
from tests.projects.exporters.designs import DRAFT
from tests.projects.exporters.full_handbook import full_handbook, included, project_of
from tests.projects.exporters.sized_designs import design_full_of

WITHIN_LINE = {"a", "bdi", "code", "em", "span", "strong"}
TEXTS = st.text(alphabet="x[*`_&<>\\\"' \n-\u0301\u200d漢\u05e9", max_size=30).flatmap(
    lambda unit: st.integers(1, 120).map(lambda times: unit * times)
)


class Runs(HTMLParser):
    """The longest stretch of text without a space on one line of a page, and all text of it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.longest = self._run = self._pictures = 0
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._pictures += tag == "svg"
        self._run = self._run if tag in WITHIN_LINE else 0

    def handle_endtag(self, tag: str) -> None:
        self._pictures -= tag == "svg"
        self._run = self._run if tag in WITHIN_LINE else 0

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._pictures:
            return
        for place, word in enumerate(re.split(r"[ \t\n\r\f]+", data)):
            self._run = len(word) + (0 if place else self._run)
            self.longest = max(self.longest, self._run)


def body(page: str) -> str:
    return page.partition("<body")[2].partition(">")[2]


@settings(max_examples=at_most(60), deadline=None)
@given(parts=st.lists(st.tuples(st.sampled_from(["", "p", "em", "code", "li"]), TEXTS), max_size=6))
def test_no_run_is_longer_and_the_text_stays(parts: list[tuple[str, str]]) -> None:
    page = "".join(f"<{tag}>{text}</{tag}>" if tag else text for tag, text in escaped(parts))
    runs = Runs(with_breaks(page))
    assert runs.longest <= LONGEST_RUN
    assert runs.text == Runs(page).text


def escaped(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(tag, text.replace("&", "&amp;").replace("<", "&lt;")) for tag, text in parts]


@pytest.mark.parametrize("unit", ["[", "x", "**x**", "`x`", "\\", "&"])
def test_a_feature_and_a_project_full_of_one_run_can_be_broken(unit: str) -> None:
    text = unit * (1500 // len(unit))
    assert Runs(body(print_page(design_full_of(text), DRAFT, DATA_DESIGN))).longest <= LONGEST_RUN
    handbook = full_handbook()
    handbook = handbook.model_copy(
        update={"entries": tuple(each.model_copy(update={"text": text}) for each in handbook.entries)}
    )
    project = project_of(included(design_full_of("a")), handbook=handbook)
    for document in PROJECT_DOCUMENTS:
        assert Runs(body(project_sheets(project, document))).longest <= LONGEST_RUN
        assert "<wbr>" not in project_html(project, document, pictures="page")


@pytest.mark.parametrize(
    "content",
    [
        f'<a href="https://example.org/{"x>" * 100}">here</a>',
        f"<svg><text>{'x' * 200}</text></svg>",
        "<p>" + "word " * 100 + "</p>",
        f"<p>{'x' * LONGEST_RUN}</p><p>{'x' * LONGEST_RUN}</p>",
    ],
)
def test_attributes_pictures_and_ordinary_words_are_left_alone(content: str) -> None:
    assert with_breaks(content) == content


def test_a_mark_stays_with_its_character() -> None:
    broken = with_breaks("<p>" + "e\u0301" * 100 + "👩\u200d💻" * 100 + "</p>")
    assert "<wbr>" in broken
    assert not re.search("<wbr>[\u0301\u200d]|\u200d<wbr>", broken)
