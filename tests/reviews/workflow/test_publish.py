"""One batch: one transaction, one event, one notice to each person."""

import pytest
from django.test import Client
from django.utils import timezone

from projects.models import Event, Feature, Revision, User
from reviews.models import Assignment, DraftVerdict, ItemVerdict, Notice, Thread
from reviews.rules.anchors import Anchor
from reviews.rules.items import item_state
from reviews.rules.terms import ItemState, Verdict
from reviews.workflow.door import Refused
from reviews.workflow.publish import publish
from reviews.workflow.threads import Opening, open_thread
from tests.reviews.judging import draft, facts_at, in_review, judge

pytestmark = pytest.mark.django_db
PASS, FAIL, NONE, NA = Verdict.PASS, Verdict.FAIL, Verdict.NONE, Verdict.NOT_APPLICABLE


@pytest.fixture
def revision(feature: Feature, architect: User, second_reviewer: User) -> Revision:
    return in_review(feature, architect)


def send(revision: Revision, person: User) -> str:
    return publish(revision.feature, actor=person, now=timezone.now())


def test_drafts_are_published_as_one_batch(
    revision: Revision, architect: User, reviewer: User, second_reviewer: User
) -> None:
    draft(revision, second_reviewer, 1, PASS)
    draft(revision, reviewer, 6, PASS)
    draft(revision, reviewer, 7, FAIL, "No rollback.")
    Notice.objects.all().delete()
    assert send(revision, reviewer) == "Published: 2 verdicts, 1 fail."
    assert list(ItemVerdict.objects.values_list("item", "verdict", "reviewer_name")) == [
        (6, PASS, "Rui Reviewer"),
        (7, FAIL, "Rui Reviewer"),
    ]
    assert DraftVerdict.objects.get().reviewer == second_reviewer
    event = Event.objects.get(verb="published")
    assert event.changes == {
        "6. Indexes designed": ["No verdict", "Pass"],
        "7. Migration strategy defined": ["No verdict", "Fail: No rollback."],
    }
    assert (event.revision, event.digest) == (1, revision.digest)
    told = Notice.objects.get(recipient=architect)
    assert told.is_turn
    assert not Notice.objects.filter(is_turn=True).exclude(recipient=architect).exists()
    assert told.text == "Rui Reviewer reviewed Refunds r1: 2 verdicts, 1 fail."
    assert not Notice.objects.filter(recipient=reviewer).exists()


def test_what_lacks_its_reason_holds_back_the_batch(revision: Revision, reviewer: User) -> None:
    draft(revision, reviewer, 1, PASS)
    draft(revision, reviewer, 6, FAIL)
    draft(revision, reviewer, 7, NA)
    draft(revision, reviewer, 8, NONE, "I wonder.")
    with pytest.raises(Refused, match=r"6\. Indexes designed: A fail needs a comment.*7\. .*reason.*8\. .*verdict"):
        send(revision, reviewer)
    assert DraftVerdict.objects.count() == 4
    assert not ItemVerdict.objects.exists()


def test_nothing_is_published_twice(revision: Revision, reviewer: User) -> None:
    judge(revision, reviewer, 6, PASS)
    DraftVerdict.objects.create(revision=revision, reviewer=reviewer, item=6, verdict=PASS, saved_at=timezone.now())
    with pytest.raises(Refused, match="There is nothing to publish"):
        send(revision, reviewer)
    assert ItemVerdict.objects.count() == 1


def test_saying_a_carried_verdict_again_confirms_it(revision: Revision, architect: User, reviewer: User) -> None:
    judge(revision, reviewer, 7, PASS)
    later = in_review(revision.feature, architect)
    DraftVerdict.objects.create(revision=later, reviewer=reviewer, item=7, verdict=PASS, saved_at=timezone.now())
    send(later, reviewer)
    (verdict,) = facts_at(later).verdicts
    assert (verdict.carried_from, verdict.is_confirmed) == (1, True)


def test_who_was_not_asked_takes_part_as_an_optional_reviewer(revision: Revision, reviewer: User) -> None:
    judge(revision, reviewer, 6, PASS)
    judge(revision, reviewer, 7, PASS)
    assert [(row.reviewer, row.is_required) for row in Assignment.objects.all()] == [(reviewer, False)]


def test_verdicts_of_who_wrote_since_count_no_more_and_stay_drafts(revision: Revision, reviewer: User) -> None:
    judge(revision, reviewer, 6, PASS)
    draft(revision, reviewer, 7, PASS)
    Revision.objects.update(contributors={str(reviewer.pk): "Rui"})
    assert item_state(facts_at(revision), 6) is ItemState.OPEN
    with pytest.raises(Refused, match="You changed this design"):
        send(revision, reviewer)
    assert DraftVerdict.objects.exists()


def test_comments_go_out_with_the_verdicts(revision: Revision, architect: User, reviewer: User) -> None:
    opening = Opening(Anchor(item=6), "Which one serves the list?", is_blocking=True)
    open_thread(revision.feature, opening, actor=reviewer, now=timezone.now())
    draft(revision, reviewer, 6, PASS)
    Notice.objects.all().delete()
    assert send(revision, reviewer) == "Published: 1 verdict, 1 comment, 1 blocking thread."
    assert Thread.objects.get().published_at
    assert Event.objects.get(verb="published").changes["Comments"] == ["", "1"]
    assert Notice.objects.get(recipient=architect).is_turn


def test_passes_are_nobodys_turn(revision: Revision, architect: User, reviewer: User) -> None:
    Notice.objects.all().delete()
    judge(revision, reviewer, 6, PASS)
    assert not Notice.objects.get(recipient=architect).is_turn


def test_comments_drafted_on_an_earlier_revision_are_published(
    revision: Revision, architect: User, reviewer: User, reviewer_client: Client
) -> None:
    open_thread(revision.feature, Opening(Anchor(item=6), "KEEPME"), actor=reviewer, now=timezone.now())
    in_review(revision.feature, architect)
    assert "KEEPME" in reviewer_client.get("/projects/payments/billing/refunds/revisions/2/").text
    assert send(revision, reviewer) == "Published: 1 comment."
    assert Thread.objects.get().published_at


def test_a_batch_that_lacks_a_reason_keeps_the_comments_too(revision: Revision, reviewer: User) -> None:
    opening = Opening(Anchor(item=6), "Which one serves the list?")
    open_thread(revision.feature, opening, actor=reviewer, now=timezone.now())
    draft(revision, reviewer, 6, FAIL)
    with pytest.raises(Refused):
        send(revision, reviewer)
    assert not Thread.objects.filter(published_at__isnull=False).exists()
