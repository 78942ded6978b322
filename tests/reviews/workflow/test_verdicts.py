"""Verdicts are drafts until they are published; carried ones are confirmed, fails dismissed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from projects.design.vocabulary import Role
from projects.models import Event, Feature, Membership, Revision, User
from projects.workflow.events import broken_links
from reviews.models import DraftVerdict, ItemVerdict, Notice
from reviews.reading_drafts import unsent_drafts
from reviews.rules.items import item_state
from reviews.rules.terms import ItemState, Verdict
from reviews.workflow.door import Form, Outdated, Refused
from reviews.workflow.verdicts import confirm_carried, dismiss_fail, drop_draft
from tests.reviews.judging import draft, facts_at, in_review, judge

pytestmark = pytest.mark.django_db
PASS, FAIL, NONE, NA = Verdict.PASS, Verdict.FAIL, Verdict.NONE, Verdict.NOT_APPLICABLE


@pytest.fixture
def revision(feature: Feature, architect: User, second_reviewer: User) -> Revision:
    return in_review(feature, architect)


def test_a_draft_is_seen_by_nobody_and_changes_nothing(revision: Revision, reviewer: User) -> None:
    before = Event.objects.count()
    draft(revision, reviewer, 6, FAIL)
    kept = draft(revision, reviewer, 6, FAIL, "  No index for the list.  ")
    assert (kept.verdict, kept.comment) == (FAIL, "No index for the list.")
    assert DraftVerdict.objects.count() == 1
    assert item_state(facts_at(revision), 6) is ItemState.OPEN
    assert Event.objects.count() == before


def test_a_draft_that_says_nothing_new_is_no_draft(revision: Revision, reviewer: User) -> None:
    judge(revision, reviewer, 6, PASS)
    draft(revision, reviewer, 6, FAIL, "Hm.")
    assert draft(revision, reviewer, 6, PASS) is None
    draft(revision, reviewer, 7, PASS)
    drop_draft(revision.feature, 7, actor=reviewer, now=timezone.now())
    assert not DraftVerdict.objects.exists()


def test_a_published_verdict_is_taken_back(revision: Revision, reviewer: User) -> None:
    judge(revision, reviewer, 6, FAIL, "No.")
    judge(revision, reviewer, 6, NONE)
    assert item_state(facts_at(revision), 6) is ItemState.OPEN
    assert [row.verdict for row in ItemVerdict.objects.order_by("pk")] == [FAIL, NONE]


@pytest.mark.parametrize("role", ["viewer", "architect"])
def test_who_neither_reviews_nor_owns_gives_no_verdicts(
    revision: Revision, viewer: User, architect: User, role: str
) -> None:
    with pytest.raises(PermissionDenied, match="Only reviewers and owners"):
        draft(revision, {"viewer": viewer, "architect": architect}[role], 6, PASS)


def test_a_contributor_gives_no_verdicts(revision: Revision, architect: User) -> None:
    Membership.objects.create(project=revision.feature.epic.project, user=architect, role=Role.REVIEWER)
    with pytest.raises(Refused, match="You changed this design since it was last approved, so r1 is judged by others"):
        draft(revision, architect, 6, PASS)


def test_an_older_revision_takes_none(revision: Revision, architect: User, reviewer: User) -> None:
    in_review(revision.feature, architect)
    with pytest.raises(Outdated):
        draft(revision, reviewer, 6, PASS)


def test_carried_verdicts_are_confirmed_at_once_or_one_by_one(
    revision: Revision, architect: User, reviewer: User
) -> None:
    # Item 7 reads the migration, item 9 the backup; only components change.
    for item in (7, 9, 20):
        judge(revision, reviewer, item, PASS)
    judge(revision, reviewer, 6, FAIL, "No index.")
    later = in_review(revision.feature, architect)
    carried = facts_at(later).verdicts
    assert [(each.item, each.carried_from, each.is_own) for each in carried] == [
        (item, 1, False) for item in (6, 7, 9, 20)
    ]
    form = Form(later.number, later.digest)
    draft(later, reviewer, 20, FAIL, "On second thoughts.")
    confirm_carried(later.feature, [7], actor=reviewer, now=timezone.now(), form=form)
    assert [each.item for each in facts_at(later).verdicts if each.is_own] == [7]
    said = confirm_carried(later.feature, None, actor=reviewer, now=timezone.now(), form=form)
    assert said == "1 carried verdict is confirmed."
    confirmed = [each for each in facts_at(later).verdicts if each.is_confirmed]
    assert [(each.item, each.carried_from) for each in confirmed] == [(7, 1), (9, 1)]
    with pytest.raises(Refused, match="no carried verdict of yours"):
        confirm_carried(later.feature, None, actor=reviewer, now=timezone.now(), form=form)
    assert Event.objects.get(verb="confirmed", changes__has_key="7. Migration strategy defined").revision == 2


def test_what_was_drafted_and_overtaken_is_not_confirmed_with_the_rest(
    revision: Revision, architect: User, reviewer: User
) -> None:
    for item in (7, 9):
        judge(revision, reviewer, item, PASS)
    draft(in_review(revision.feature, architect), reviewer, 9, FAIL, "KEEPME")
    in_review(revision.feature, architect)
    latest = in_review(revision.feature, architect)
    by = {"actor": reviewer, "now": timezone.now(), "form": Form(latest.number, latest.digest)}
    assert confirm_carried(latest.feature, None, **by) == (
        "1 carried verdict is confirmed. Item 9 is left: you drafted something on an earlier revision and did not "
        "publish it. Look at it there."
    )
    assert unsent_drafts([latest], reviewer.pk)[latest.pk][9].comment == "KEEPME"
    with pytest.raises(Refused, match="Item 9 is left"):
        confirm_carried(latest.feature, None, **by)
    confirm_carried(latest.feature, [9], **by)
    assert not unsent_drafts([latest], reviewer.pk)[latest.pk]


def test_nobody_confirms_what_another_said(
    revision: Revision, architect: User, reviewer: User, second_reviewer: User
) -> None:
    judge(revision, reviewer, 7, PASS)
    later = in_review(revision.feature, architect)
    with pytest.raises(Refused):
        confirm_carried(later.feature, None, actor=second_reviewer, now=timezone.now())


def test_an_owner_dismisses_a_fail_with_a_reason(
    revision: Revision, owner: User, reviewer: User, second_reviewer: User
) -> None:
    judge(revision, reviewer, 6, FAIL, "No index.")
    failed = ItemVerdict.objects.get().pk
    now = timezone.now()
    with pytest.raises(PermissionDenied, match="Only an owner"):
        dismiss_fail(revision.feature, failed, "No.", actor=second_reviewer, now=now)
    with pytest.raises(Refused, match="Write why the fail is dismissed"):
        dismiss_fail(revision.feature, failed, "  ", actor=owner, now=now)
    dismiss_fail(revision.feature, failed, "Ten rows need no index.", actor=owner, now=now)
    assert item_state(facts_at(revision), 6) is ItemState.OPEN
    assert facts_at(revision).verdicts[0].dismissed == "Ten rows need no index."
    assert "dismissed your fail of item 6" in Notice.objects.get(recipient=reviewer, kind="dismissed").text
    assert Event.objects.get(verb="dismissed a fail").reason == "Ten rows need no index."
    assert not broken_links(revision.feature.epic.project)
    with pytest.raises(Refused, match="does not stand any more"):
        dismiss_fail(revision.feature, failed, "Again.", actor=owner, now=now)


def test_an_owner_who_wrote_the_design_dismisses_nothing(
    feature: Feature, owner: User, reviewer: User, second_reviewer: User
) -> None:
    revision = in_review(feature, owner)
    judge(revision, reviewer, 6, FAIL, "No index.")
    with pytest.raises(Refused, match="You changed this design"):
        dismiss_fail(feature, ItemVerdict.objects.get().pk, "Mine.", actor=owner, now=timezone.now())
