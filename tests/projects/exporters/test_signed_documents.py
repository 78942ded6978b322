"""What documents say of a review: the mark of drafts, who approved, and how decisions ended."""

from datetime import UTC, datetime

import pytest

from projects.design.review_record import ReviewRecord, SignOffLine
from projects.design.vocabulary import DesignState
from projects.exporters import DATA_CONSISTENCY, DATA_DESIGN, DOCUMENTS
from projects.exporters.document import Document
from projects.exporters.html import document_html
from projects.exporters.pdf import print_page
from tests.projects.exporters.designs import APPROVED, empty_design

SIGNED = APPROVED.sign_offs[0]


def record(**changes: object) -> ReviewRecord:
    return APPROVED.with_values(**changes)


@pytest.mark.parametrize("state", DesignState)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_draft_mark_stands_exactly_on_what_is_not_approved(state: DesignState, document: Document) -> None:
    said = record(state=state, revision=None if state is DesignState.DRAFT else 4)
    is_draft = state is not DesignState.APPROVED
    printed = print_page(empty_design(), said, document)
    assert ('<p class="draft-mark" aria-hidden="true">DRAFT</p>' in printed) is is_draft
    shown = document_html(empty_design(), said, diagrams="page", document=document)
    assert (f'data-state="{state.value}">Draft' in shown) is is_draft


@pytest.mark.parametrize(
    ("changes", "head"),
    [
        ({"state": DesignState.DRAFT, "revision": None}, "Data Design · Draft"),
        ({"state": DesignState.IN_REVIEW}, "Data Design · r4 · Draft · In review"),
        ({}, "Data Design · r4 · Approved 24 Nov 2026"),
        ({"superseded_by": 5}, "Data Design · r4 · Approved, superseded by r5"),
    ],
)
def test_the_head_of_each_sheet_says_the_state(changes: dict[str, object], head: str) -> None:
    page = print_page(empty_design(), record(**changes), DATA_DESIGN)
    assert f'<p class="running head-right">{head}</p>' in page


def test_who_approved_their_own_design_is_marked() -> None:
    alone = SIGNED.with_values(is_self_approval=True)
    text = DATA_DESIGN.markdown(empty_design(), record(approved_by=(alone.reviewer,), sign_offs=(alone,)))
    assert "| Reviewer (RV) (self-approved) |" in text
    assert "Approved r4, 2026-11-24 09:31 UTC, self-approved." in text


@pytest.mark.parametrize("document", DOCUMENTS)
def test_both_documents_hold_the_same_manifest(document: Document) -> None:
    text = document.markdown(empty_design(), APPROVED)
    assert "| Reviewer (R2) | Changes requested (ended) | r3 | 2026-11-20 11:05 |" in text
    assert "It stands no longer: cleared by Reviewer (R2) on 2026-11-24 09:40 UTC: The types agree now." in text
    assert "| Item 27 | 2027-03-31 | Owner (OO) | 2026-11-24 09:20 | Measured first, decided in r5. |" in text


def test_times_are_printed_in_utc() -> None:
    at = datetime.fromisoformat("2026-11-24T01:31:00+02:00")
    line = SignOffLine(reviewer="R", decision="Approved", revision=4, decided_at=at)
    assert at.astimezone(UTC).day == 23
    assert "| R | Approved | r4 | 2026-11-23 23:31 | |" in DATA_CONSISTENCY.markdown(
        empty_design(), record(sign_offs=(line,))
    )


def test_a_draft_of_the_second_document_has_no_manifest() -> None:
    text = DATA_CONSISTENCY.markdown(empty_design(), ReviewRecord())
    assert "Reviewer" not in text.split("\n## ", 1)[0]


def test_what_is_signed_is_the_digest_that_is_printed() -> None:
    digest = "ab" * 32
    for document in DOCUMENTS:
        assert f"| `{digest}` |" in document.markdown(empty_design(), record(digest=digest))
        assert f"content digest {digest}" in print_page(empty_design(), record(digest=digest), document)
