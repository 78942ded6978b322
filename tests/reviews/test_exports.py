"""The record of a revision's review, as Markdown and JSON."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.models import Feature, Membership, Revision, User
from reviews.models import Comment, DraftVerdict, ItemVerdict, Thread, VerdictDismissal, Waiver
from reviews.rules.terms import Verdict
from reviews.workflow.decide import approve, request_changes
from reviews.workflow.reviewers import add_reviewer
from reviews.workflow.submit import Submission, submit
from tests.factories import change_draft
from tests.reviews.cast import give_all

pytestmark = pytest.mark.django_db
REVISION = "/projects/payments/billing/refunds/revisions/1/"
HOSTILE = "<script>alert(1)</script> | `x` [a](b) {{ y }}"


@pytest.fixture
def revision(feature: Feature, architect: User, second_reviewer: User) -> Revision:
    change_draft(feature, architect)
    return submit(feature, Submission(f"First {HOSTILE}"), actor=architect, now=timezone.now())


def open_thread(revision: Revision, person: User, text: str, *, is_published: bool = True) -> Thread:
    now = timezone.now()
    published_at = now if is_published else None
    thread = Thread.objects.create(
        feature=revision.feature,
        revision=revision,
        anchor_section="storage",
        anchor_path=f"Storage {HOSTILE}",
        is_blocking=True,
        opened_by=person,
        opened_by_name=person.display_name,
        created_at=now,
        published_at=published_at,
    )
    Comment.objects.create(
        thread=thread,
        author=person,
        author_name=person.display_name,
        text=text,
        created_at=now,
        published_at=published_at,
    )
    return thread


def waive(revision: Revision, person: User) -> None:
    Waiver.objects.create(
        feature=revision.feature,
        item=9,
        expires_on=date(2027, 1, 31),
        reason="Until the vendor answers",
        by=person,
        by_name=person.display_name,
        at=timezone.now(),
    )


@pytest.fixture
def discussed(revision: Revision, reviewer: User, second_reviewer: User, owner: User) -> Revision:
    now = timezone.now()
    given = ItemVerdict.objects.create(
        revision=revision,
        item=3,
        reviewer=reviewer,
        reviewer_name="Rui Reviewer",
        verdict=Verdict.FAIL,
        comment=f"No index {HOSTILE}",
        given_at=now,
    )
    VerdictDismissal.objects.create(verdict=given, by=owner, by_name="Olu Owner", reason="Moved to Q2", at=now)
    DraftVerdict.objects.create(
        revision=revision, reviewer=reviewer, item=4, verdict="pass", comment="SECRET", saved_at=now
    )
    open_thread(revision, reviewer, "Which store holds it?")
    open_thread(revision, reviewer, "SECRET", is_published=False)
    waive(revision, owner)
    request_changes(revision.feature, actor=second_reviewer, now=now, comment="Name the store")
    return revision


def test_json_has_all_that_was_published(discussed: Revision, viewer_client: Client) -> None:
    answer = viewer_client.get(f"{REVISION}record.json")
    record = json.loads(answer.content)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="refunds-r1-review.json"'
    assert "SECRET" not in answer.content.decode()
    manifest = record["revision"]
    assert (manifest["digest"], manifest["is_intact"]) == (discussed.digest, True)
    assert (manifest["contributors"], manifest["submitted_by"]) == (["Ada Architect"], "Ada Architect")
    verdict = record["verdicts"][0]
    assert (verdict["item"], verdict["verdict"], verdict["dismissal"]["reason"]) == (3, "fail", "Moved to Q2")
    assert [(each["state"], len(each["comments"])) for each in record["threads"]] == [("open", 1)]
    assert [(each["item"], each["expires_on"]) for each in record["waivers"]] == [(9, "2027-01-31")]
    decision = record["decisions"][0]
    assert (decision["reviewer"], decision["decision"], decision["ending"]) == ("Sena Second", "request-changes", None)
    assert [each["verb"] for each in record["events"]] == ["submitted", "requested changes of"]
    assert {each["key"] for each in record["gate"]} >= {"head", "approvals", "items", "threads"}


def test_markdown_says_the_same_and_stays_text(discussed: Revision, viewer_client: Client) -> None:
    text = viewer_client.get(f"{REVISION}record.md").content.decode()
    assert text.startswith("# Review record: Refunds r1\n")
    for said in (
        *(discussed.digest, "Moved to Q2", "Which store holds it?", "Until the vendor answers", "Name the store"),
        *("Changes requested r1", "Fail", "requested changes of r1"),
    ):
        assert said in text
    assert "SECRET" not in text
    assert "<script>" not in text.replace("`<script>", "")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)


def test_a_signed_revision_shows_its_manifest(
    revision: Revision, reviewer: User, second_reviewer: User, owner_client: Client
) -> None:
    for person in (reviewer, second_reviewer):
        give_all(revision, person)
        approve(revision.feature, actor=person, now=timezone.now(), comment="Sound")
    text = owner_client.get(f"{REVISION}record.md").content.decode()
    assert text.count(f"Content digest `{revision.digest}`") == 3
    assert "**Rui Reviewer** (Reviewer): Approved r1, " in text
    assert "I have reviewed this revision" in text


def test_what_was_approved_stays_as_it_was_signed_whoever_is_renamed_or_leaves(
    revision: Revision, reviewer: User, second_reviewer: User, owner_client: Client
) -> None:
    assert json.loads(owner_client.get(f"{REVISION}record.json").content)["approval"] is None
    by = {"actor": revision.submitted_by, "now": timezone.now()}
    add_reviewer(revision.feature, reviewer.pk, is_required=True, **by)
    for person in (reviewer, second_reviewer):
        give_all(revision, person)
        approve(revision.feature, actor=person, now=timezone.now())
        User.objects.filter(pk=reviewer.pk).update(name="Somebody Else")
    Membership.objects.filter(user__in=[reviewer, second_reviewer]).delete()
    record = json.loads(owner_client.get(f"{REVISION}record.json").content)
    assert record["gate"] == []
    assert record["approval"]["by"] == ["Rui Reviewer", "Sena Second"]
    assert {each["state"] for each in record["items"]} == {"passed"}
    revision.refresh_from_db()
    assert revision.record["approved_by"] == ["Rui Reviewer", "Sena Second"]
    assert [each["reviewer"] for each in revision.record["sign_offs"]] == ["Rui Reviewer", "Sena Second"]
    assert "Rui Reviewer: Pass" in revision.record["items"][0]["note"]
    text = owner_client.get(f"{REVISION}record.md").text
    assert " UTC by Rui Reviewer, Sena Second." in text
    page = owner_client.get(REVISION).text
    assert " UTC by Rui Reviewer, Sena Second." in page
    assert "<strong><bdi>Rui Reviewer</bdi></strong>" in page
    for shown in (text, page):
        assert "Somebody Else" not in shown
        assert "Cannot be met" not in shown
        assert "What approval needs" not in shown
    assert "does not count" not in page
    assert "2 needed" not in page


def test_a_record_is_of_its_revision(
    discussed: Revision, architect: User, owner: User, reviewer: User, owner_client: Client
) -> None:
    """What was said of r2 is not in the record of r1; what stands from r1 is in that of r2."""
    change_draft(discussed.feature, architect)
    second = submit(discussed.feature, Submission(), actor=architect, now=timezone.now() + timedelta(seconds=1))
    open_thread(second, reviewer, "Said later")
    first = json.loads(owner_client.get(f"{REVISION}record.json").content)
    assert len(first["threads"]) == 1
    assert {each["digest"] for each in first["events"]} == {discussed.digest}
    later = json.loads(owner_client.get(REVISION.replace("/1/", "/2/") + "record.json").content)
    assert [each["revision"] for each in later["decisions"]] == [1]
    assert later["events"][0]["changes"]["State"] == ["Changes requested", "In review"]
    assert len(later["threads"]) == 2


def test_queries_do_not_grow_with_what_was_said(discussed: Revision, reviewer: User, owner_client: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        owner_client.get(f"{REVISION}record.md")
    give_all(discussed, reviewer)
    for number in range(5):
        open_thread(discussed, reviewer, f"Question {number}")
    with CaptureQueriesContext(connection) as many:
        owner_client.get(f"{REVISION}record.md")
    assert len(many) == len(few)


@pytest.mark.parametrize("form", ["md", "json"])
@pytest.mark.parametrize(
    ("name", "status"),
    [("owner", 200), ("architect", 200), ("reviewer", 200), ("viewer", 200), ("outsider", 404), ("nobody", 302)],
)
def test_members_read_it(
    form: str, name: str, status: int, revision: Revision, client_of: Callable[[str], Client]
) -> None:
    assert client_of(name).get(f"{REVISION}record.{form}").status_code == status
    assert client_of("owner").get(f"{REVISION.replace('/1/', '/7/')}record.{form}").status_code == 404
