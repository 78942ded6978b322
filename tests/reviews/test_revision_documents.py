"""The documents of a revision: kept as they were made, marked until it is approved, refused if they were changed."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from projects.exporters.archive import FORMATS
from projects.exporters.pdf import print_page
from projects.exporters.project_html import project_sheets
from projects.models import Feature, HandbookEntry, MigrationPolicy, Project, Revision, RevisionDocument, User
from projects.workflow import jobs
from projects.workflow.project_door import managing
from projects.workflow.revision_documents import keep_documents
from tests.conftest import CAST
from tests.factories import NOON, change_draft, make_entity
from tests.reviews.cast import approve, give_all, submit_next

pytestmark = pytest.mark.django_db
BASE = "/projects/payments/billing/refunds/"
HOSTILE = "Rui | <script>alert(1)</script> `x` *R*"
DOCUMENTS = ("data-design", "data-consistency")


def sign(revision: Revision, *people: User) -> Revision:
    for person in people:
        give_all(revision, person)
        approve(revision.feature, person)
    revision.refresh_from_db()
    return revision


@pytest.fixture(autouse=True)
def _prints_quickly(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF takes a second: except in the tests that read one, its page of HTML stands for it."""
    if "printed" not in request.fixturenames:
        monkeypatch.setitem(FORMATS, "pdf", lambda *said: print_page(*said).encode())
        monkeypatch.setattr(jobs, "project_pdf", lambda *said: project_sheets(*said).encode())


@pytest.fixture
def in_review(feature: Feature, architect: User, second_reviewer: User) -> Revision:
    make_entity(feature, "refunds", "id uuid", "status text")
    return submit_next(feature, architect)


@pytest.fixture
def approved(in_review: Revision, reviewer: User, second_reviewer: User) -> Revision:
    return sign(in_review, reviewer, second_reviewer)


def got(client: Client, page: str, revision: int = 1) -> bytes:
    answer = client.get(f"{BASE}revisions/{revision}/{page}")
    assert answer.status_code == 200, answer.status_code
    return answer.content


@pytest.fixture
def printed(viewer_client: Client) -> Callable[[str], str]:
    """The text of a document's PDF, all pages of it."""

    def read(slug: str) -> str:
        pages = PdfReader(io.BytesIO(got(viewer_client, f"documents/{slug}.pdf"))).pages
        return "\n".join(page.extract_text() for page in pages)

    return read


def test_the_draft_mark_stands_on_what_is_not_approved(
    in_review: Revision, viewer_client: Client, printed: Callable[[str], str]
) -> None:
    for slug in DOCUMENTS:
        assert "DRAFT" in printed(slug)
        assert "Draft · In review" in got(viewer_client, f"documents/{slug}.html").decode()
        assert "| r1 | In review |" in got(viewer_client, f"documents/{slug}.md").decode()


def test_an_approved_revision_has_no_draft_mark_and_its_manifest(
    approved: Revision, viewer_client: Client, printed: Callable[[str], str]
) -> None:
    meaning = f"approve it as the design to build from.” Content digest `{approved.digest}`"
    for slug in DOCUMENTS:
        text, markdown = printed(slug), got(viewer_client, f"documents/{slug}.md").decode()
        html = got(viewer_client, f"documents/{slug}.html").decode().split("</style>")[1]
        assert "draft" not in f"{text} {html}".lower()
        assert "| r1 | Approved | Ada Architect | Rui Reviewer, Sena Second |" in markdown
        assert markdown.count(meaning) == 2
        assert f"| `{approved.digest}` |" in markdown
        for said in ("Rui Reviewer (Reviewer): Approved r1, ", "UTC", approved.digest):
            assert said in text.replace("\n", " ")


def test_the_checklist_is_ticked_with_what_reviewers_say(approved: Revision, viewer_client: Client) -> None:
    markdown = got(viewer_client, "documents/data-design.md").decode()
    assert markdown.count("- [x] ") == 27
    assert "- [x] Relationships documented: Passed; Rui Reviewer: Pass; Sena Second: Pass" in markdown


def test_names_and_comments_stay_text(in_review: Revision, reviewer: User, viewer_client: Client) -> None:
    record = in_review.record | {
        "sign_offs": [
            {
                "reviewer": HOSTILE,
                "decision": "Changes requested",
                "revision": 1,
                "decided_at": "2026-11-20T10:00:00Z",
                "comment": HOSTILE,
                "digest": in_review.digest,
                "ended": f"dismissed by {HOSTILE} on 2026-11-20 11:00 UTC: {HOSTILE}",
            }
        ]
    }
    Revision.objects.filter(pk=in_review.pk).update(record=record)
    markdown = got(viewer_client, "documents/data-design.md").decode()
    assert "<script" not in markdown
    assert b"<script" not in got(viewer_client, "documents/data-consistency.html")
    rows = [line for line in markdown.splitlines() if line.startswith("| Rui")]
    assert [row.replace("\\|", "").count("|") for row in rows] == [6]


def test_neither_draft_nor_policy_changes_the_documents(
    approved: Revision, project: Project, owner: User, architect: User, viewer_client: Client
) -> None:
    pages = [f"documents/{slug}.{form}" for slug in DOCUMENTS for form in ("md", "html", "pdf")]
    pages += ["documents.zip", "design.json"]
    before = [got(viewer_client, page) for page in pages]
    make_entity(approved.feature, "disputes", "id uuid")
    change_draft(approved.feature, architect)
    with managing(project, actor=owner, now=NOON) as door:
        MigrationPolicy.objects.create(project=project, tool="Flyway 10")
        HandbookEntry.objects.create(project=project, key="philosophy", text="Events add up.")
        door.record("changed", "policy", "Migration policy")
    assert [got(viewer_client, page) for page in pages] == before
    assert b"disputes" in viewer_client.get(f"{BASE}documents/data-design.md").content


def test_what_was_made_is_kept(approved: Revision, viewer_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_documents(approved.pk, timezone.now())
    assert RevisionDocument.objects.filter(revision=approved).count() == 6

    def broken(*_: object) -> bytes:
        raise AssertionError("made a second time")

    for form in ("md", "html", "pdf"):
        monkeypatch.setitem(FORMATS, form, broken)
    assert got(viewer_client, "documents/data-design.md") == got(viewer_client, "documents/data-design.md")
    assert got(viewer_client, "documents.zip")


def test_each_transition_makes_them_anew_and_drops_those_before_the_approval(
    in_review: Revision, reviewer: User, second_reviewer: User, architect: User
) -> None:
    def records() -> list[str]:
        keep_documents(in_review.pk, timezone.now())
        rows = RevisionDocument.objects.filter(revision=in_review).order_by("pk")
        return list(dict.fromkeys(rows.values_list("record_digest", flat=True)))

    first = records()
    sign(in_review, reviewer)
    second = records()
    sign(in_review, second_reviewer)
    third = records()
    assert (len(first), len(second), len(third)) == (1, 1, 1)
    assert first != second != third
    sign(submit_next(in_review.feature, architect), reviewer, second_reviewer)
    superseded = records()
    assert superseded[0] == third[0]
    assert len(superseded) == 2


def test_a_superseded_revision_says_by_which(
    approved: Revision, architect: User, reviewer: User, second_reviewer: User, viewer_client: Client
) -> None:
    for _ in range(2):
        sign(submit_next(approved.feature, architect), reviewer, second_reviewer)
    assert b"| r1 | Approved, superseded by r2 |" in got(viewer_client, "documents/data-design.md")
    assert b"| r3 | Approved |" in got(viewer_client, "documents/data-design.md", 3)


def test_the_archive_holds_the_text_that_was_signed(approved: Revision, viewer_client: Client) -> None:
    with zipfile.ZipFile(io.BytesIO(got(viewer_client, "documents.zip"))) as archive:
        folder = "docs/plan/billing/refunds/"
        names = (
            "03-data-design.md",
            "03-data-design.pdf",
            "data-consistency.md",
            "data-consistency.pdf",
            "design.json",
        )
        assert sorted(archive.namelist()) == [folder + name for name in names]
        assert archive.read(f"{folder}design.json").decode() == approved.text
    assert got(viewer_client, "design.json").decode() == approved.text


@pytest.mark.parametrize(
    "page", ["documents/data-design.md", "documents/data-design.pdf", "documents.zip", "design.json"]
)
def test_a_text_that_was_changed_is_refused(page: str, approved: Revision, viewer_client: Client) -> None:
    keep_documents(approved.pk, timezone.now())
    Revision.objects.filter(pk=approved.pk).update(text=approved.text.replace("status", "statue"))
    answer = viewer_client.get(f"{BASE}revisions/1/{page}")
    assert answer.status_code == 409
    assert "r1 was changed in the database after it was submitted" in answer.content.decode()


def test_a_text_that_was_changed_with_its_digest_does_not_count_as_signed(
    approved: Revision, viewer_client: Client
) -> None:
    Revision.objects.filter(pk=approved.pk).update(digest="0" * 64, text="")
    assert viewer_client.get(f"{BASE}revisions/1/documents/data-design.md").status_code == 409


def test_a_kept_document_that_was_changed_is_refused(approved: Revision, viewer_client: Client) -> None:
    keep_documents(approved.pk, timezone.now())
    RevisionDocument.objects.filter(slug="data-design", form="md").update(content=b"# Approved")
    assert viewer_client.get(f"{BASE}revisions/1/documents/data-design.md").status_code == 409


def test_a_project_does_not_print_a_revision_that_was_changed(approved: Revision, viewer_client: Client) -> None:
    Revision.objects.filter(pk=approved.pk).update(text="{}")
    for page in ("documents/", "documents/database.md", "documents.zip"):
        assert viewer_client.get(f"/projects/payments/{page}").status_code == 409


def test_a_project_holds_the_approved_revision(approved: Revision, architect: User, viewer_client: Client) -> None:
    make_entity(approved.feature, "disputes", "id uuid")
    change_draft(approved.feature, architect)
    with zipfile.ZipFile(io.BytesIO(viewer_client.get("/projects/payments/documents.zip").content)) as archive:
        assert b"`billing/refunds` r1" in archive.read("DATABASE.md")
        assert b"disputes" not in archive.read("DATABASE.md")
        design = archive.read("docs/plan/billing/refunds/03-data-design.md")
        pdf = archive.read("docs/plan/billing/refunds/03-data-design.pdf")
    assert (design, pdf) == (
        got(viewer_client, "documents/data-design.md"),
        got(viewer_client, "documents/data-design.pdf"),
    )
    page = viewer_client.get("/projects/payments/documents/").content.decode()
    assert f"{BASE}revisions/1/" in page


@pytest.mark.parametrize("name", CAST)
def test_members_download_and_others_do_not(name: str, in_review: Revision, client_of: Callable[[str], Client]) -> None:
    wanted = {"outsider": 404, "nobody": 302}.get(name, 200)
    for page in ("documents/data-design.md", "documents/data-design.html", "design.json"):
        assert client_of(name).get(f"{BASE}revisions/1/{page}").status_code == wanted


@pytest.mark.parametrize("page", ["revisions/2/documents/data-design.md", "revisions/1/documents/nothing.md"])
def test_what_is_not_there_is_not_found(page: str, in_review: Revision, viewer_client: Client) -> None:
    assert viewer_client.get(BASE + page).status_code == 404
