"""Submitting freezes the draft; withdrawing takes it back; verdicts come along where they hold."""

import pytest
from django.utils import timezone

from projects.design.vocabulary import DesignState
from projects.models import Event, Feature, Revision, User
from projects.workflow.events import broken_links
from reviews.workflow.door import Refused
from reviews.workflow.submit import Submission, submit, withdraw
from tests.factories import change_draft
from tests.reviews.cast import approve, give_all

pytestmark = pytest.mark.django_db


def send(feature: Feature, architect: User, **said: object) -> Revision:
    return submit(feature, Submission(**said), actor=architect, now=timezone.now())


def test_what_is_empty_cannot_be_submitted_and_one_fact_is_enough(
    feature: Feature, architect: User, second_reviewer: User
) -> None:
    with pytest.raises(Refused, match="nothing to review yet"):
        send(feature, architect)
    change_draft(feature, architect)
    assert send(feature, architect).number == 1


def test_a_submission_freezes_the_draft(feature: Feature, architect: User, second_reviewer: User) -> None:
    change_draft(feature, architect)
    revision = send(feature, architect, message="First try")
    assert (revision.number, revision.state) == (1, DesignState.IN_REVIEW)
    assert revision.contributors == {str(architect.pk): "Ada Architect"}
    change_draft(feature, architect)
    assert Revision.objects.get(pk=revision.pk).text == revision.text
    assert send(feature, architect).digest != revision.digest
    assert Revision.objects.get(pk=revision.pk).state == DesignState.SUPERSEDED


def test_the_same_cannot_be_submitted_twice(feature: Feature, architect: User, second_reviewer: User) -> None:
    change_draft(feature, architect)
    send(feature, architect)
    with pytest.raises(Refused, match="Nothing changed since r1"):
        send(feature, architect)


def test_a_withdrawn_revision_is_put_in_review_again(feature: Feature, architect: User, second_reviewer: User) -> None:
    change_draft(feature, architect)
    first = send(feature, architect)
    withdraw(feature, actor=architect, now=timezone.now(), reason="Too early")
    assert Revision.objects.get(pk=first.pk).state == DesignState.WITHDRAWN
    again = send(feature, architect)
    assert (again.pk, again.state) == (first.pk, DesignState.IN_REVIEW)


def test_who_is_missing_is_named(feature: Feature, architect: User) -> None:
    """Owner and reviewer could sign; once the owner edits, one person is too few."""
    owner = User.objects.get(email="owner@example.org")
    change_draft(feature, owner)
    with pytest.raises(Refused, match=r"Approval needs 2 people.*there is 1.*role Reviewer"):
        send(feature, architect)


def test_two_signatures_approve(feature: Feature, architect: User, reviewer: User, second_reviewer: User) -> None:
    change_draft(feature, architect)
    revision = send(feature, architect)
    for person in (reviewer, second_reviewer):
        give_all(revision, person)
        approve(feature, person)
    revision.refresh_from_db()
    assert revision.state == DesignState.APPROVED
    assert revision.record["approved_by"] == ["Rui Reviewer", "Sena Second"]
    assert Event.objects.filter(feature=feature, verb="approved", revision=1, digest=revision.digest).count() == 1
    assert not broken_links(feature.epic.project)
