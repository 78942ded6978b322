"""Documents of a project as HTML, as PDF and as a tree."""

import io
import re
from collections import Counter
from datetime import UTC, datetime
from html import unescape

import pytest
from pypdf import PdfReader

from projects.design.review_record import ReviewRecord
from projects.exporters.archive import project_tree
from projects.exporters.project_documents import PROJECT_DOCUMENT_BY_SLUG, PROJECT_DOCUMENTS
from projects.exporters.project_html import project_html, project_page, project_pdf, project_sheets
from tests.projects.exporters.designs import APPROVED, rich_design
from tests.projects.exporters.full_handbook import included, project_of
from tests.projects.exporters.outline import without_diagrams
from tests.projects.exporters.sized_designs import sized_design

DRAFT = ReviewRecord(authors=("Bo", "Ada"), changed_at=datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
APPROVED_PROJECT = project_of(included(rich_design(), APPROVED))
DRAFT_PROJECT = project_of(included(rich_design(), APPROVED), included(sized_design(2), DRAFT))
DATABASE = PROJECT_DOCUMENT_BY_SLUG["database"]
SPEC = PROJECT_DOCUMENT_BY_SLUG["codebase-spec"]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize("document", PROJECT_DOCUMENTS, ids=lambda document: document.slug)
def test_the_page_says_what_the_markdown_says(document) -> None:
    page = project_html(APPROVED_PROJECT, document, pictures="page")
    shown = re.sub(r"<(figure|details|style).*?</\1>", "", page, flags=re.DOTALL)
    shown = unescape(re.sub(r"<[^>]*>", " ", shown))
    markdown = re.sub(r"^`{3,}\w*$", "", without_diagrams(document.markdown(APPROVED_PROJECT)), flags=re.MULTILINE)
    assert words(shown) == words(unescape(markdown))


@pytest.mark.parametrize(("project", "is_marked"), [(APPROVED_PROJECT, False), (DRAFT_PROJECT, True)])
def test_it_is_marked_as_a_draft_as_long_as_a_feature_in_it_is_one(project, is_marked: bool) -> None:
    assert ('data-state="draft"' in project_html(project, SPEC, pictures="page")) is is_marked
    assert ("· Draft</p>" in project_sheets(project, SPEC)) is is_marked


def test_equal_input_gives_equal_bytes_and_every_page_says_where_it_belongs() -> None:
    pdf = project_pdf(DRAFT_PROJECT, SPEC)
    assert project_pdf(DRAFT_PROJECT, SPEC) == pdf
    reader = PdfReader(io.BytesIO(pdf))
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert f"{SPEC.title} · Draft" in text
        assert "docs/specs/codebase_spec.md" in text
        assert f"Page {number} of {len(reader.pages)}" in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title.startswith(f"{SPEC.title}: ")
    assert reader.metadata.author == "Ada, Architect (A2), Architect (AR), Bo"
    assert reader.metadata.subject.startswith("Draft, content digest ")
    assert reader.metadata.creation_date == APPROVED.changed_at


def test_the_file_needs_no_other_and_begins_with_its_contents() -> None:
    page = project_page(APPROVED_PROJECT, DATABASE)
    assert page.startswith("<!doctype html>")
    assert "<link" not in page
    assert '<a href="#document-migrations"><span>Migrations</span></a>' in page


def test_the_tree_holds_the_documents_of_the_project_and_of_its_features() -> None:
    files = project_tree(APPROVED_PROJECT, ("md", "html"))
    folder = "docs/plan/billing/refunds/"
    names = ("03-data-design.md", "03-data-design.html", "data-consistency.md", "data-consistency.html", "design.json")
    own = {f"{document.path.removesuffix('.md')}.{end}" for document in PROJECT_DOCUMENTS for end in ("md", "html")}
    assert set(files) == own | {folder + name for name in names}
    with pytest.raises(ValueError, match="no document is made as docx"):
        project_tree(APPROVED_PROJECT, ("docx",))
