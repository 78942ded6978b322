"""The demonstration's reviews: one revision approved, another mended and in review again; loaded once."""

import pytest
from django.utils import timezone

from projects.access import features
from projects.design.vocabulary import DesignState, Severity
from projects.models import Entity, Event, Feature, Membership, Project, Revision
from projects.snapshot.current import current_design
from projects.snapshot.revisions import frozen
from projects.workflow import demonstration
from projects.workflow.events import broken_links
from projects.workflow.progress import findings_of
from reviews.models import ItemVerdict, Notice, Thread
from reviews.reading import facts_of
from reviews.rules.gate import gate
from reviews.workflow.demonstration import load_demonstration

pytestmark = pytest.mark.django_db


def load() -> None:
    load_demonstration(timezone.now())


def revisions(key: str) -> list[Revision]:
    return list(Revision.objects.filter(feature__key=key).select_related("feature__epic__project").order_by("number"))


def test_the_reviews_are_where_the_story_leaves_them() -> None:
    load()
    payments, (first, second) = revisions("payments"), revisions("refunds")
    assert [each.state for each in (*payments, first, second)] == [
        DesignState.APPROVED,
        DesignState.SUPERSEDED,
        DesignState.IN_REVIEW,
    ]
    assert payments[0].record["approved_by"] == ["Ren Takahashi", "Rosa Vidal"]
    assert [each.severity for each in findings_of(frozen(first))].count(Severity.ERROR) == 1
    assert Severity.ERROR not in [each.severity for each in findings_of(frozen(second))]
    verdicts = ItemVerdict.objects.filter(revision=second)
    assert verdicts.filter(carried_from__isnull=False).exists()
    assert verdicts.filter(carried_from=None, reviewer__name="Rosa Vidal").exists()
    threads = Thread.objects.filter(published_at__isnull=False).order_by("pk")
    assert [(each.is_blocking, each.resolved_at is not None, each.comments.count()) for each in threads] == [
        (True, True, 2),
        (False, False, 2),
    ]
    unmet = {each.key for each in gate(facts_of(second, timezone.now())) if not each.is_met}
    assert unmet == {"required-reviewers", "approvals", "objections", "items"}
    # What was signed is what the files say, and the draft is what is in review.
    for design, revision in zip(demonstration.designs(), (payments[0], first), strict=True):
        assert frozen(revision).design == design.with_values(policies=demonstration.handbook().policies)
    assert current_design(features().get(key="refunds")).digest == second.digest
    # All of it through the door, told in the inbox, and nothing of it mailed.
    assert broken_links(Project.objects.get()) == []
    assert Notice.objects.exists()
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_designs_get_their_reviews_once() -> None:
    """Also those that were loaded before there were reviews."""
    demonstration.load_demonstration(timezone.now())
    load()
    before = (Event.objects.count(), Revision.objects.count(), ItemVerdict.objects.count(), Notice.objects.count())
    assert before[1] == 3
    load()
    after = (Event.objects.count(), Revision.objects.count(), ItemVerdict.objects.count(), Notice.objects.count())
    assert after == before


@pytest.mark.parametrize("what", ["design", "people", "archived"])
def test_what_people_changed_stays_without_a_story(what: str) -> None:
    demonstration.load_demonstration(timezone.now())
    if what == "design":
        Entity.objects.filter(name="ledger_entries").delete()
        Feature.objects.filter(key="payments").update(archived_at=timezone.now())
    elif what == "people":
        Membership.objects.filter(user__name="Rosa Vidal").delete()
    else:
        Project.objects.update(is_archived=True)
    events = Event.objects.count()
    load()
    assert not Revision.objects.exists()
    assert Event.objects.count() == events
