"""What a project asks of its reviews: owners say it, and open reviews keep what held."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from projects.models import Event, Feature, Project, User
from projects.workflow.project_door import StaleCard
from reviews.models import Review, ReviewPolicy
from reviews.workflow.review_policy import change_policy
from reviews.workflow.submit import Submission, submit
from tests.factories import change_draft, make_project, make_user

pytestmark = pytest.mark.django_db


def change(
    project: Project, person: User, number: int | None, *, is_solo: bool = False, loaded: dict[str, str] | None = None
) -> ReviewPolicy:
    values = {"required_approvals": number, "is_solo": is_solo}
    return change_policy(project, values, loaded=loaded, actor=person, now=timezone.now())


def test_open_reviews_keep_what_held(feature: Feature, owner: User, architect: User, second_reviewer: User) -> None:
    project = feature.epic.project
    change_draft(feature, architect)
    submit(feature, Submission(), actor=architect, now=timezone.now())
    assert change(project, owner, 3).required_approvals == 3
    assert Review.objects.get().required_approvals == 2
    event = Event.objects.get(label="Reviews")
    assert (event.verb, event.changes) == ("changed", {"Approvals needed": ["", "3"]})
    change(project, owner, 3)
    assert Event.objects.filter(label="Reviews").count() == 1


def test_only_owners_change_it(project: Project, architect: User, reviewer: User, viewer: User, outsider: User) -> None:
    for person in (architect, reviewer, viewer, outsider):
        with pytest.raises(PermissionDenied):
            change(project, person, 1)


def test_solo_mode_is_for_one_person(project: Project, owner: User) -> None:
    with pytest.raises(ValidationError, match="Solo mode is for a project of one person, and 4 are in this one"):
        change(project, owner, None, is_solo=True)
    alone = make_user()
    assert change(make_project("alone", owner=alone), alone, None, is_solo=True).is_solo


def test_two_owners_at_once(project: Project, owner: User) -> None:
    empty = {"required_approvals": "", "is_solo": "False"}
    policy = change(project, owner, 3, loaded=empty)
    with pytest.raises(StaleCard) as stale:
        change(project, owner, 1, loaded=empty)
    assert stale.value.saved == {"required_approvals": 3, "is_solo": False}
    change(project, owner, None, loaded={"required_approvals": "3", "is_solo": "False"})
    policy.refresh_from_db()
    assert (policy.required_approvals, policy.version) == (None, 2)


@pytest.mark.parametrize("number", [0, 10])
def test_a_number_that_nobody_can_mean_is_refused(project: Project, owner: User, number: int) -> None:
    with pytest.raises(ValidationError):
        change(project, owner, number)
