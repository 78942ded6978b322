"""My work: what waits for me and why, my drafts, what was decided; in a number of queries that does not grow."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.access import features
from projects.design.vocabulary import Role
from projects.models import Feature, Project, Revision, User
from projects.snapshot.current import current_design
from reviews.models import Decision, ItemVerdict, Thread, Waiver
from reviews.reading import facts_of
from reviews.reading_turns import in_review, open_reviews
from reviews.rules.terms import DecisionKind, Ended, Verdict
from reviews.workflow.submit import Submission, submit, withdraw
from tests.factories import add_member, change_draft, make_feature
from tests.reviews.cast import give_all

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def send(feature: Feature, architect: User, *asked: User, at: datetime | None = None) -> Revision:
    change_draft(feature, architect)
    return submit(feature, Submission(asked={each.pk: False for each in asked}), actor=architect, now=at or NOW)


def say(revision: Revision, person: User, kind: DecisionKind, **details: object) -> Decision:
    values = {"reviewer_name": person.display_name, "roles": "Reviewer", "digest": revision.digest, "decided_at": NOW}
    return Decision.objects.create(revision=revision, reviewer=person, kind=kind, **values | details)


def open_thread(revision: Revision, person: User, **details: object) -> Thread:
    values = {"opened_by": person, "opened_by_name": person.display_name, "created_at": NOW, "published_at": NOW}
    about = {"anchor_section": "policy", "anchor_path": "refunds.amount", "is_blocking": True}
    return Thread.objects.create(feature=revision.feature, revision=revision, **about | values | details)


@pytest.fixture
def page_of(client_of: Callable[[str], Client]) -> Callable[[str], str]:
    return lambda who: client_of(who).get("/work/").content.decode()


def test_who_is_asked_sees_why_and_since_when(
    feature: Feature, architect: User, reviewer: User, second_reviewer: User, page_of: Callable[[str], str]
) -> None:
    send(feature, architect, reviewer, second_reviewer, at=NOW - timedelta(days=3))
    page = page_of("reviewer")
    assert "You are asked to review r1: 27 items wait for your verdict." in page
    assert "3 days</time>" in page
    assert "/projects/payments/billing/refunds/revisions/1/?view=checklist#review-checklist" in page
    for other in ("owner", "architect", "viewer"):
        assert "No review waits for you." in page_of(other)
    outside = page_of("outsider")
    assert "You are in no project yet" in outside
    assert "Refunds" not in outside


def test_drafts_of_features_that_one_owns_are_listed(
    feature: Feature, architect: User, reviewer: User, second_reviewer: User, page_of: Callable[[str], str]
) -> None:
    assert "Never submitted." not in page_of("architect")
    Feature.objects.update(owner=architect)
    assert "Never submitted." in page_of("architect")
    send(feature, architect)
    assert "Every feature that you own was submitted" in page_of("architect")
    change_draft(feature, architect)
    assert "The draft was changed since r1." in page_of("architect")
    assert "The draft was changed since r1." not in page_of("reviewer")
    withdraw(feature, actor=architect, now=NOW)
    assert "r1 was withdrawn." in page_of("architect")


def test_decisions_of_two_weeks_are_listed_to_members(
    feature: Feature, architect: User, reviewer: User, second_reviewer: User, page_of: Callable[[str], str]
) -> None:
    revision = send(feature, architect)
    say(revision, reviewer, DecisionKind.REQUEST_CHANGES, comment="<b>Amounts</b>")
    revoked = {"ended": Ended.REVOKED, "ended_at": NOW, "ended_by_name": "Sena Second", "ended_reason": "Too soon"}
    say(revision, second_reviewer, DecisionKind.APPROVE, **revoked)
    page = page_of("viewer")
    assert "&lt;b&gt;Amounts&lt;/b&gt;" in page
    assert "Sign-off revoked" in page
    assert "Too soon" in page
    Revision.objects.update(approved_at=NOW, record={"approved_by": ["Sena Second"]}, state="approved")
    assert "badge-approved" in page_of("viewer")
    long_ago = NOW - timedelta(days=15)
    Decision.objects.update(decided_at=long_ago, ended_at=long_ago)
    Revision.objects.update(approved_at=long_ago)
    assert "Nothing was approved, sent back or revoked" in page_of("viewer")


def test_what_is_archived_waits_for_nobody(
    feature: Feature, architect: User, reviewer: User, second_reviewer: User, page_of: Callable[[str], str]
) -> None:
    send(feature, architect, reviewer)
    Project.objects.update(is_archived=True)
    assert "No review waits for you." in page_of("reviewer")
    Project.objects.update(is_archived=False)
    Feature.objects.update(archived_at=NOW)
    assert "No review waits for you." in page_of("reviewer")


def rich(number: int, architect: User, reviewer: User, second: User) -> Revision:
    """A second revision in review, with something of each kind said of it."""
    feature = make_feature(f"payments/billing/feature-{number}")
    Feature.objects.filter(pk=feature.pk).update(owner=architect)
    first = send(feature, architect, reviewer, at=NOW - timedelta(days=2))
    give_all(first, reviewer, Verdict.FAIL)
    say(first, second, DecisionKind.REQUEST_CHANGES)
    revision = send(feature, architect, reviewer, second)
    open_thread(revision, reviewer)
    open_thread(first, second, addressed_at=NOW)
    open_thread(first, second, published_at=None)
    Waiver.objects.create(
        feature=feature, item=3, expires_on=NOW.date(), reason="r", by=reviewer, by_name="Rui", at=NOW
    )
    current_design(features().get(pk=feature.pk))
    return revision


def test_reading_many_says_the_same_as_reading_one(
    project: Project, architect: User, reviewer: User, second_reviewer: User
) -> None:
    for number in range(2):
        rich(number, architect, reviewer, second_reviewer)
    reviews = open_reviews(in_review(), NOW)
    assert len(reviews) == 2
    assert ItemVerdict.objects.filter(carried_from__isnull=False).exists()
    for each in reviews:
        alone = Revision.objects.select_related("feature__epic__project").get(pk=each.revision.pk)
        assert each.facts == facts_of(alone, NOW)


def test_queries_do_not_grow_with_the_reviews(
    project: Project, architect: User, reviewer: User, second_reviewer: User, client_of: Callable[[str], Client]
) -> None:
    add_member(project, architect, Role.REVIEWER)
    browser = client_of("architect")
    rich(0, architect, reviewer, second_reviewer)
    with CaptureQueriesContext(connection) as few:
        browser.get("/work/")
    for number in range(1, 5):
        rich(number, architect, reviewer, second_reviewer)
    with CaptureQueriesContext(connection) as many:
        page = browser.get("/work/").content.decode()
    assert len(few) == len(many)
    assert page.count("1 blocking thread is open: refunds.amount.") == 5
    assert not [each["sql"] for each in many if '"projects_revision"."text"' in each["sql"]]
