"""Who is asked to review, by whom, and how they get off it again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from projects.models import Event, Feature, Membership, Revision, User
from reviews.models import Assignment, Decision, Notice
from reviews.rules.terms import Ended
from reviews.workflow.door import Refused
from reviews.workflow.reviewers import add_reviewer, ask_again, decline, remove_reviewer
from reviews.workflow.submit import Submission, submit, withdraw
from tests.factories import change_draft
from tests.reviews.cast import approve, give_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(feature: Feature, architect: User, second_reviewer: User, reviewer: User) -> Revision:
    """r1 in review; the decision of one reviewer is required, nobody else is asked."""
    change_draft(feature, architect)
    return submit(feature, Submission(asked={reviewer.pk: True}), actor=architect, now=timezone.now())


def add(revision: Revision, person: User, actor: User, *, is_required: bool = False) -> str:
    return add_reviewer(revision.feature, person.pk, is_required=is_required, actor=actor, now=timezone.now())


def remove(revision: Revision, person: User, actor: User, reason: str = "") -> str:
    return remove_reviewer(revision.feature, person.pk, actor=actor, now=timezone.now(), reason=reason)


def asked() -> set[str]:
    return set(Assignment.objects.filter(ended_at=None).values_list("reviewer__email", flat=True))


def test_owners_and_architects_ask(
    sent: Revision, architect: User, owner: User, second_reviewer: User, reviewer: User, viewer: User
) -> None:
    for person in (reviewer, viewer):
        with pytest.raises(PermissionDenied):
            add(sent, second_reviewer, person)
    assert add(sent, second_reviewer, architect) == "Sena Second is asked. Their decision is optional."
    assert add(sent, second_reviewer, owner, is_required=True) == "Sena Second is asked. Their decision is required."
    assert Notice.objects.filter(recipient=second_reviewer, is_turn=True, kind="asked").count() == 2
    with pytest.raises(Refused, match="is asked already"):
        add(sent, second_reviewer, owner, is_required=True)
    with pytest.raises(PermissionDenied, match="lets a required decision go"):
        add(sent, second_reviewer, architect)


def test_only_who_can_decide_is_asked(sent: Revision, architect: User, viewer: User, outsider: User) -> None:
    with pytest.raises(Refused, match="not in the project"):
        add(sent, outsider, architect)
    for person in (viewer, architect):
        with pytest.raises(Refused, match="cannot decide on r1"):
            add(sent, person, architect)
    withdraw(sent.feature, actor=architect, now=timezone.now())
    with pytest.raises(Refused, match="r1 is withdrawn, not in review"):
        add(sent, viewer, architect)


def test_a_required_reviewer_is_taken_off_by_an_owner_with_a_reason(
    sent: Revision, architect: User, owner: User, reviewer: User, second_reviewer: User
) -> None:
    for person in (architect, second_reviewer):
        with pytest.raises(PermissionDenied):
            remove(sent, reviewer, person, "On leave")
    with pytest.raises(Refused, match="Write the reason"):
        remove(sent, reviewer, owner)
    remove(sent, reviewer, owner, "On leave")
    assert asked() == set()
    assert Event.objects.get(verb="took off the review").reason == "On leave"
    with pytest.raises(Refused, match="not asked any more"):
        remove(sent, reviewer, owner, "On leave")
    add(sent, second_reviewer, architect)
    remove(sent, second_reviewer, architect)
    assert asked() == set()


def test_one_who_left_the_project_can_be_taken_off(sent: Revision, owner: User, reviewer: User) -> None:
    Membership.objects.filter(user=reviewer).delete()
    assert remove(sent, reviewer, owner, "They left") == "Rui Reviewer is off the review."


def test_who_is_asked_may_decline_unless_it_is_required(
    sent: Revision, architect: User, reviewer: User, second_reviewer: User
) -> None:
    with pytest.raises(Refused, match="Your decision is required"):
        decline(sent.feature, actor=reviewer, now=timezone.now())
    with pytest.raises(Refused, match="not asked"):
        decline(sent.feature, actor=second_reviewer, now=timezone.now())
    add(sent, second_reviewer, architect)
    decline(sent.feature, actor=second_reviewer, now=timezone.now(), reason="No time")
    assert asked() == {"reviewer@example.org"}
    assert Notice.objects.filter(recipient=architect, kind="unassigned", text__contains="No time").count() == 1


def test_asking_again_ends_the_sign_off(sent: Revision, architect: User, reviewer: User, viewer: User) -> None:
    give_all(sent, reviewer)
    approve(sent.feature, reviewer)
    for person in (reviewer, viewer):
        with pytest.raises(PermissionDenied):
            ask_again(sent.feature, reviewer.pk, actor=person, now=timezone.now())
    before = Assignment.objects.get(reviewer=reviewer).asked_at
    with pytest.raises(Refused, match="Write the reason"):
        ask_again(sent.feature, reviewer.pk, actor=architect, now=timezone.now())
    assert Decision.objects.get().ended == ""
    reason = "The store changed."
    said = ask_again(sent.feature, reviewer.pk, actor=architect, now=timezone.now(), reason=reason)
    assert said == "Rui Reviewer is asked again. Their sign-off counts no longer."
    assert (Decision.objects.get().ended, Decision.objects.get().ended_reason) == (Ended.ASKED_AGAIN, reason)
    assert Event.objects.get(verb="asked to review again").reason == reason
    assert Assignment.objects.get(reviewer=reviewer).asked_at > before
    assert Notice.objects.filter(recipient=reviewer, is_turn=True, kind="asked-again").exists()
