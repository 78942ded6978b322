"""The page of a review for every role and in every state, whatever its sections hold."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.access import features
from projects.models import Feature, Project, Revision, User
from reviews.models import Comment, DraftVerdict, ItemVerdict, Thread
from reviews.rules.terms import Verdict
from reviews.workflow.decide import request_changes
from reviews.workflow.submit import Submission, submit, withdraw
from tests.factories import change_draft
from tests.reviews.cast import approve, give_all

pytestmark = pytest.mark.django_db
REVISIONS = "/projects/payments/billing/refunds/revisions/"
VIEWS = ["changes", "checklist", "threads", "approval", "document", "design", "nonsense"]


@pytest.fixture
def first(feature: Feature, architect: User, second_reviewer: User) -> Revision:
    change_draft(feature, architect)
    return send(feature, architect)


def send(feature: Feature, architect: User, message: str = "") -> Revision:
    return submit(feature, Submission(message), actor=architect, now=timezone.now())


def page(client: Client, number: int = 1, view: str = "") -> str:
    return client.get(f"{REVISIONS}{number}/", {"view": view} if view else {}).text


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("architect", 200), ("reviewer", 200), ("viewer", 200), ("outsider", 404), ("nobody", 302)],
)
@pytest.mark.parametrize("address", [REVISIONS, f"{REVISIONS}1/"])
def test_members_read(first: Revision, client_of: Callable[[str], Client], who: str, status: int, address: str) -> None:
    assert client_of(who).get(address).status_code == status


def test_a_revision_that_is_not_there_is_not_found(first: Revision, viewer_client: Client) -> None:
    assert viewer_client.get(f"{REVISIONS}2/").status_code == 404


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_has_its_address(first: Revision, viewer_client: Client, view: str) -> None:
    shown = page(viewer_client, view=view)
    chosen = view if view != "nonsense" else "changes"
    assert f'data-view="{chosen}"' in shown
    assert f'id="review-{chosen}"' in shown
    assert shown.count('<h1 class="feature-name">') == 1


def test_the_head_says_what_it_is(
    feature: Feature, architect: User, second_reviewer: User, viewer_client: Client
) -> None:
    Feature.objects.update(title="Refunds | <script>")
    change_draft(feature, architect)
    revision = send(features().get(pk=feature.pk), architect, "Mind the <b>ledger</b>")
    shown = page(viewer_client)
    assert "Refunds | &lt;script&gt;" in shown
    assert "Mind the &lt;b&gt;ledger&lt;/b&gt;" in shown
    assert "Ada Architect" in shown
    assert " ".join(revision.digest[place : place + 4] for place in range(0, 16, 4)) in shown


def test_only_who_may_is_led_to_withdrawing(first: Revision, architect_client: Client, reviewer_client: Client) -> None:
    assert f"{REVISIONS}1/withdraw/" in page(architect_client)
    assert f"{REVISIONS}1/withdraw/" not in page(reviewer_client)


def test_a_superseded_revision_leads_to_the_newest(
    first: Revision, feature: Feature, architect: User, viewer_client: Client
) -> None:
    change_draft(feature, architect)
    send(feature, architect)
    assert "r1 is superseded" in page(viewer_client)
    assert f'href="{REVISIONS}2/"' in page(viewer_client)
    assert "is superseded" not in page(viewer_client, 2)


def test_a_withdrawn_revision_says_so(
    first: Revision, feature: Feature, architect: User, architect_client: Client, viewer_client: Client
) -> None:
    withdraw(feature, actor=architect, now=timezone.now())
    assert "r1 was withdrawn" in page(viewer_client)
    assert "/refunds/submit/" not in page(viewer_client)
    assert "/refunds/submit/" in page(architect_client)


def test_the_approved_revision_stays_in_force_beside_a_newer_one(
    first: Revision, feature: Feature, architect: User, reviewer: User, second_reviewer: User, viewer_client: Client
) -> None:
    sign(first, reviewer, second_reviewer)
    change_draft(feature, architect)
    second = send(feature, architect)
    assert "r1 is the approved revision in force. The newest, r2, is in review." in page(viewer_client)
    sign(second, reviewer, second_reviewer)
    assert "r1 was approved, and superseded by r2." in page(viewer_client)


def sign(revision: Revision, *people: User) -> None:
    for person in people:
        give_all(revision, person)
        approve(revision.feature, person)


def test_the_draft_that_went_on_is_told_of(
    first: Revision, feature: Feature, architect: User, viewer_client: Client
) -> None:
    assert "The draft has changed" not in page(viewer_client)
    change_draft(feature, architect)
    change_draft(feature, architect)
    assert "The draft has changed since r1: 2 changes." in page(viewer_client)


@pytest.mark.parametrize("what", ["project", "feature"])
def test_what_is_archived_says_so(first: Revision, owner_client: Client, what: str) -> None:
    if what == "project":
        Project.objects.update(is_archived=True)
    else:
        Feature.objects.update(archived_at=timezone.now())
    assert f"This {what} is archived" in page(owner_client)
    assert f"{REVISIONS}1/withdraw/" not in page(owner_client)


@pytest.mark.parametrize("view", ["changes", "design"])
def test_queries_do_not_grow_with_what_is_said(
    first: Revision, reviewer: User, second_reviewer: User, reviewer_client: Client, view: str
) -> None:
    give_all(first, reviewer)
    talk(first, reviewer, 3)
    few = queries(reviewer_client, view)
    give_all(first, second_reviewer, Verdict.NOT_APPLICABLE)
    give_all(first, reviewer)
    talk(first, second_reviewer, 27)
    assert ItemVerdict.objects.count() == 81
    assert queries(reviewer_client, view) == few


def queries(client: Client, view: str) -> int:
    page(client, view=view)
    with CaptureQueriesContext(connection) as captured:
        page(client, view=view)
    return len(captured)


def talk(revision: Revision, person: User, number: int) -> None:
    """So many published threads, each with two comments, of two people."""
    now = timezone.now()
    for place in range(number):
        thread = Thread.objects.create(
            feature=revision.feature,
            revision=revision,
            anchor_section="data-model",
            anchor_path="Data model",
            item=place % 27 + 1,
            is_blocking=bool(place % 2),
            opened_by=person,
            opened_by_name=person.display_name,
            created_at=now,
            published_at=now,
        )
        for author in (person, revision.submitted_by):
            Comment.objects.create(
                uid=uuid4(),
                thread=thread,
                author=author,
                author_name=author.display_name,
                text="So it is.",
                created_at=now,
                published_at=now,
            )


def test_counts_beside_the_checklist_follow_each_verdict(
    first: Revision, reviewer: User, reviewer_client: Client
) -> None:
    DraftVerdict.objects.create(
        revision=first, reviewer=reviewer, item=1, verdict=Verdict.PASS, saved_at=timezone.now()
    )
    shown = reviewer_client.get(f"{REVISIONS}1/progress/", headers={"HX-Request": "true"}).text
    for place, count in (("place-checklist", "you 1/27"), ("tab-checklist", "you 1/27"), ("place-group-1", "1/10")):
        assert f'id="{place}" hx-swap-oob="true">{count}</span>' in shown
        assert f'id="{place}"' in page(reviewer_client)


def test_requested_changes_are_said_first_with_the_way_to_the_draft(
    first: Revision, feature: Feature, architect: User, reviewer: User, architect_client: Client, viewer_client: Client
) -> None:
    def banner(client: Client) -> str:
        return page(client).split("review-middle", 1)[1].split('id="review-changes"', 1)[0]

    draft, submitting = 'href="/projects/payments/billing/refunds/"', "/refunds/submit/"
    assert "asks for changes" not in banner(architect_client)
    request_changes(feature, actor=reviewer, now=timezone.now(), comment="Mend <the> key\nand the index")
    assert "Rui Reviewer asks for changes to r1." in banner(viewer_client)
    assert "Mend &lt;the&gt; key<br>and the index" in banner(viewer_client)
    assert draft not in banner(viewer_client)
    assert draft in banner(architect_client)
    assert "still the same as r1" in banner(architect_client)
    assert submitting not in banner(architect_client)
    change_draft(feature, architect)
    assert submitting in banner(architect_client)
    assert submitting not in banner(viewer_client)
