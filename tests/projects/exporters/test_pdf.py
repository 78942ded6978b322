"""The PDF: what a reader, a screen reader and a viewer find in it."""

import io

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from projects.exporters.pdf import document_pdf
from tests.projects.exporters.designs import APPROVED, DRAFT, empty_design, rich_design
from tests.projects.exporters.outline import OUTLINE
from tests.projects.exporters.sized_designs import sized_design


@pytest.fixture(scope="module")
def approved() -> bytes:
    return document_pdf(rich_design(), APPROVED)


@pytest.fixture(scope="module")
def reader(approved: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(approved))


@pytest.fixture(scope="module")
def texts(reader: PdfReader) -> list[str]:
    return [page.extract_text() for page in reader.pages]


def titles(outline: list[Destination | list]) -> list[str]:
    return [name for item in outline for name in (titles(item) if isinstance(item, list) else [item.title])]


def test_equal_input_gives_equal_bytes(approved: bytes) -> None:
    assert document_pdf(rich_design(), APPROVED) == approved


def test_it_is_tagged_and_says_its_language(reader: PdfReader) -> None:
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en"
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]


def test_its_metadata_name_it(reader: PdfReader) -> None:
    assert reader.metadata.title == "Data Design: Refunds"
    assert reader.metadata.author == "Architect (AR), Architect (A2)"
    assert reader.metadata.keywords == "storefront, billing, refunds, data design"
    assert reader.metadata.subject.startswith("Approved, content digest ")
    assert reader.metadata.creation_date.isoformat() == "2026-11-24T09:48:00+00:00"


def test_it_says_that_it_is_pdf_ua(reader: PdfReader) -> None:
    assert b'pdfuaid:part="1"' in reader.trailer["/Root"]["/Metadata"].get_data()


def test_its_bookmarks_are_the_outline(reader: PdfReader) -> None:
    wanted = [heading.lstrip("# ") for heading in OUTLINE if "{" not in heading]
    found = titles(reader.outline)
    assert [title for title in found if title in wanted] == wanted
    assert {"refunds", "PostgreSQL 16"} <= set(found)


def test_each_page_says_where_it_belongs(texts: list[str]) -> None:
    for number, text in enumerate(texts, 1):
        assert "Payments platform · Billing · Refunds" in text
        assert "Data Design · r4 · Approved 24 Nov 2026" in text
        assert "billing/refunds · 03-data-design.md" in text
        assert f"Page {number} of {len(texts)}" in text


def test_the_contents_stand_on_the_first_page_with_page_numbers(texts: list[str]) -> None:
    pages = {"Requirements": 1, "Sign-off": len(texts)}
    lines = [line.strip() for line in texts[0].splitlines()]
    for section, page in pages.items():
        at = lines.index(section) if section in lines else -1
        found = next((line for line in lines if line.startswith(section) and line.endswith(str(page))), "")
        assert found or lines[at + 1] == str(page)


def test_a_draft_is_marked_on_every_page() -> None:
    pages = PdfReader(io.BytesIO(document_pdf(rich_design(), DRAFT))).pages
    assert all("Data Design · Draft" in page.extract_text() for page in pages)


def test_it_holds_the_facts_and_the_picture(texts: list[str]) -> None:
    text = "\n".join(texts)
    assert "amount_minor is greater than 0" in text
    assert "PKid" in text.replace(" ", "").replace("\n", "")
    assert "Not applicable: no document store is chosen." in text


def test_its_figure_has_an_alternative(reader: PdfReader) -> None:
    figures = structure(reader, "/Figure")
    assert [figure["/Alt"] for figure in figures] == [
        "Entity relationship diagram of Refunds. 4 entities, 4 relationships: "
        "payments, refunds, refund_lines, books.ledger_entries."
    ]


def structure(reader: PdfReader, kind: str) -> list[dict]:
    """Every structure element of a kind."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting.extend(element)
        elif isinstance(element, dict):
            found += [element] if element.get("/S") == kind else []
            waiting += [element["/K"]] if "/K" in element else []
    return found


@pytest.mark.parametrize("kind", ["/H1", "/H2", "/H3", "/H4", "/Table", "/TH", "/TD", "/L", "/LI", "/P", "/Link"])
def test_its_structure_has_every_kind_of_element(reader: PdfReader, kind: str) -> None:
    assert structure(reader, kind)


def test_its_links_stay_inside(reader: PdfReader) -> None:
    annotations = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert annotations
    assert not [note for note in annotations if "/URI" in note.get("/A", {})]


def test_head_rows_are_repeated() -> None:
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(document_pdf(sized_design(6), DRAFT))).pages]
    head = [text for text in texts if "Kind On Rule" in " ".join(text.split())]
    assert len(head) > 1


def test_a_wide_picture_lies_on_a_wide_page() -> None:
    pages = PdfReader(io.BytesIO(document_pdf(sized_design(12), DRAFT))).pages
    wide = [page for page in pages if page.mediabox.width > page.mediabox.height]
    assert len(wide) == 1
    assert "Entity Relationship Diagram" in wide[0].extract_text()


def test_an_empty_design_is_printed_too() -> None:
    text = PdfReader(io.BytesIO(document_pdf(empty_design(), DRAFT))).pages[0].extract_text()
    assert "Not specified yet." in text
