"""Waivers: who gives them, until when they hold, and what makes them fall."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from projects.checks.finding import Finding
from projects.design.vocabulary import DesignState, Severity
from projects.models import Entity, Event, Feature, Revision, User
from projects.snapshot.revisions import frozen
from projects.workflow.editing import editing
from reviews.models import Notice, Waiver
from reviews.reading import facts_of
from reviews.rules.facts import FindingFact
from reviews.rules.findings import frozen_findings
from reviews.rules.gate import gate
from reviews.rules.items import item_state
from reviews.rules.terms import ItemState, RequirementState, Verdict
from reviews.workflow.door import Refused
from reviews.workflow.submit import Submission, submit
from reviews.workflow.waivers import ItemWaiver, end_waiver, waive_finding, waive_item
from tests.factories import change_draft, make_entity
from tests.reviews.cast import approve, give_all, submit_next

pytestmark = pytest.mark.django_db
DAYS = 30


@pytest.fixture
def sent(feature: Feature, architect: User, second_reviewer: User) -> Revision:
    """r1 in review, by the architect; its one entity lacks a primary key, which is an error."""
    make_entity(feature, "orders", "name text")
    return submit_next(feature, architect)


def waive(
    revision: Revision, person: User, item: int = 6, days: int = DAYS, reason: str = "A pilot of ten users."
) -> str:
    now = timezone.now()
    waiver = ItemWaiver(item, now.date() + timedelta(days=days), reason)
    return waive_item(revision.feature, waiver, actor=person, now=now)


def finding(revision: Revision, severity: Severity) -> FindingFact:
    found = facts_of(Revision.objects.get(pk=revision.pk), timezone.now()).findings
    return next(each for each in found if each.severity is severity)


def waive_it(revision: Revision, found: FindingFact, person: User) -> str:
    reason = "Loaded once, then dropped."
    return waive_finding(revision.feature, found.subject, reason=reason, actor=person, now=timezone.now())


def test_a_waiver_of_an_item_holds_for_later_revisions_until_its_day(
    sent: Revision, owner: User, architect: User, reviewer: User
) -> None:
    give_all(sent, reviewer, Verdict.FAIL)
    assert waive(sent, owner).startswith("Item 6 is waived until ")
    second = submit_next(sent.feature, architect)
    now = timezone.now()
    for days, state in ((0, ItemState.WAIVED), (DAYS, ItemState.WAIVED), (DAYS + 1, ItemState.FAILED)):
        facts = facts_of(second, now + timedelta(days=days))
        assert item_state(facts, 6) is state
    assert Notice.objects.filter(recipient=reviewer, kind="waived").count() == 1
    assert Event.objects.get(verb="waived").reason == "A pilot of ten users."


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_it_ends_in_time(sent: Revision, owner: User, days: int) -> None:
    with pytest.raises(Refused, match="A waiver ends on a day after today and within a year"):
        waive(sent, owner, days=days)


def test_who_waives_items(sent: Revision, owner: User, architect: User, reviewer: User, viewer: User) -> None:
    for person in (architect, reviewer, viewer):
        with pytest.raises(PermissionDenied):
            waive(sent, person)
    with pytest.raises(Refused, match="Write the reason"):
        waive(sent, owner, reason="")
    change_draft(sent.feature, owner)
    second = submit(sent.feature, Submission(), actor=architect, now=timezone.now())
    with pytest.raises(Refused, match="Only an owner who did not change r2 waives items"):
        waive(second, owner)


def test_one_waiver_at_a_time_and_again_after_it_expired(sent: Revision, owner: User) -> None:
    waive(sent, owner)
    with pytest.raises(Refused, match="waived already"):
        waive(sent, owner)
    Waiver.objects.update(expires_on=timezone.now().date() - timedelta(days=1))
    waive(sent, owner)
    assert Waiver.objects.filter(ended_at=None).count() == 1
    assert Waiver.objects.get(ended_at__isnull=False).ended_reason == "Expired"


def test_what_was_approved_with_a_waiver_stays_approved(
    sent: Revision, owner: User, architect: User, reviewer: User, second_reviewer: User
) -> None:
    """Also its record, when that is written anew after the waiver was over."""
    waive_it(sent, finding(sent, Severity.ERROR), owner)
    waive(sent, owner)
    for person in (reviewer, second_reviewer):
        give_all(sent, person)
        approve(sent.feature, person)
    sent.refresh_from_db()
    assert sent.state == DesignState.APPROVED
    for waiver in Waiver.objects.all():
        end_waiver(sent.feature, waiver.uid, reason="No pilot any more", actor=owner, now=timezone.now())
    sent.refresh_from_db()
    assert sent.state == DesignState.APPROVED
    assert [line["what"] for line in sent.record["waivers"]][:1] == ["Item 6"]
    assert facts_of(sent, timezone.now() + timedelta(days=400)).waiver_by_item.keys() == {6}


def test_errors_are_waived_by_owners_and_warnings_by_architects_too(
    sent: Revision, owner: User, architect: User, reviewer: User, viewer: User
) -> None:
    error, other = finding(sent, Severity.ERROR), finding(sent, Severity.WARNING)
    for person in (architect, reviewer, viewer):
        with pytest.raises(PermissionDenied):
            waive_it(sent, error, person)
    for person in (reviewer, viewer):
        with pytest.raises(PermissionDenied):
            waive_it(sent, other, person)
    waive_it(sent, other, architect)
    waive_it(sent, error, owner)
    with pytest.raises(Refused, match="waived already"):
        waive_it(sent, error, owner)
    waiver = Waiver.objects.get(rule=error.rule)
    with pytest.raises(PermissionDenied, match="Only an owner of this project ends"):
        end_waiver(sent.feature, waiver.uid, reason="No", actor=architect, now=timezone.now())
    assert finding(sent, Severity.ERROR).waiver is not None
    end_waiver(sent.feature, waiver.uid, reason="No", actor=owner, now=timezone.now())
    with pytest.raises(Refused, match="ended in the meantime"):
        end_waiver(sent.feature, waiver.uid, reason="No", actor=owner, now=timezone.now())
    assert finding(sent, Severity.ERROR).waiver is None


def test_the_waiver_of_an_error_that_is_gone_is_ended_by_owners(sent: Revision, owner: User, architect: User) -> None:
    waive_it(sent, finding(sent, Severity.ERROR), owner)
    with editing(sent.feature, actor=architect, now=timezone.now()) as door:
        entity = Entity.objects.get(feature=sent.feature)
        entity.purpose = "What people ordered"
        door.update(entity, version=entity.version, changes={"Purpose": ["", entity.purpose]})
    submit(sent.feature, Submission(), actor=architect, now=timezone.now())
    uid = Waiver.objects.get().uid
    with pytest.raises(PermissionDenied, match="Only an owner of this project ends"):
        end_waiver(sent.feature, uid, reason="Over", actor=architect, now=timezone.now())
    assert end_waiver(sent.feature, uid, reason="Over", actor=owner, now=timezone.now()) == "The waiver is ended."


def test_a_waiver_of_advice_does_not_cover_the_same_as_an_error(sent: Revision) -> None:
    said = [Finding("DM-1", each, None, "orders", "No key.", "Add one.", "data-model") for each in Severity]
    assert len({each["subject"] for each in frozen_findings(frozen(sent).design, said)}) == len(Severity)


def test_a_waived_finding_falls_when_its_thing_changes(sent: Revision, owner: User, architect: User) -> None:
    errors = [each for each in facts_of(sent, timezone.now()).findings if each.severity is Severity.ERROR]
    for each in errors:
        waive_it(sent, each, owner)
    assert requirement(sent) is RequirementState.OVERRIDDEN
    second = submit_next(sent.feature, architect)
    assert requirement(second) is RequirementState.OVERRIDDEN
    with editing(sent.feature, actor=architect, now=timezone.now()) as door:
        entity = Entity.objects.get(feature=sent.feature)
        entity.purpose = "What people ordered"
        door.update(entity, version=entity.version, changes={"Purpose": ["", entity.purpose]})
    third = submit(sent.feature, Submission(), actor=architect, now=timezone.now())
    assert requirement(third) is RequirementState.UNSATISFIED


def requirement(revision: Revision) -> RequirementState:
    found = gate(facts_of(Revision.objects.get(pk=revision.pk), timezone.now()))
    return next(each.state for each in found if each.key == "findings")
