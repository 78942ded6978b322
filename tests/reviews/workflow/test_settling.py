"""A change of who belongs to the project settles what is in review there."""

import pytest
from django.utils import timezone

from projects.design.vocabulary import DesignState, Role
from projects.models import Event, Feature, Revision, User
from projects.workflow.events import broken_links
from projects.workflow.people import accept_invitation, change_roles, invite, remove_member
from projects.workflow.projects import archive_project, bring_back_project
from reviews.workflow.archive import archive, bring_back
from reviews.workflow.decide import approve
from reviews.workflow.submit import Submission, submit
from tests.factories import change_draft
from tests.reviews.cast import give_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(feature: Feature, architect: User, owner: User, reviewer: User, second_reviewer: User) -> Revision:
    """r1 signed by two, of whom one is a mere architect by now: their sign-off does not count."""
    change_draft(feature, architect)
    revision = submit(feature, Submission(), actor=architect, now=timezone.now())
    for person in (second_reviewer, reviewer):
        give_all(revision, person)
        approve(feature, actor=person, now=timezone.now())
        if person == second_reviewer:
            give(revision, person, Role.ARCHITECT, Role.REVIEWER, owner)
    assert state(revision) == DesignState.IN_REVIEW
    return revision


def give(revision: Revision, person: User, role: Role, instead_of: Role, actor: User | None) -> None:
    project = revision.feature.epic.project
    change_roles(project, person, add=[role], remove=[instead_of], actor=actor, now=timezone.now())


def state(revision: Revision) -> str:
    revision.refresh_from_db()
    return revision.state


@pytest.mark.parametrize("by_command", [False, True])
def test_a_role_given_back_opens_the_gate(by_command: bool, sent: Revision, owner: User, second_reviewer: User) -> None:
    give(sent, second_reviewer, Role.REVIEWER, Role.ARCHITECT, None if by_command else owner)
    assert state(sent) == DesignState.APPROVED
    assert Event.objects.get(verb="approved").actor == (None if by_command else owner)
    assert sent.record["approved_by"] == ["Rui Reviewer", "Sena Second"]
    assert not broken_links(sent.feature.epic.project)


def test_who_comes_back_by_an_invitation_opens_the_gate(sent: Revision, owner: User, second_reviewer: User) -> None:
    project, now = sent.feature.epic.project, timezone.now()
    remove_member(project, second_reviewer, actor=owner, now=now)
    assert state(sent) == DesignState.IN_REVIEW
    invitation, _ = invite(project, role=Role.REVIEWER, actor=owner, now=now)
    accept_invitation(invitation, user=second_reviewer, now=now)
    assert state(sent) == DesignState.APPROVED
    assert not broken_links(project)


@pytest.mark.parametrize("what", ["feature", "project"])
def test_what_is_archived_rests_until_it_is_back(what: str, sent: Revision, owner: User, second_reviewer: User) -> None:
    project, now = sent.feature.epic.project, timezone.now()
    if what == "feature":
        archive(sent.feature, actor=owner, now=now)
    else:
        archive_project(project, actor=owner, now=now)
    give(sent, second_reviewer, Role.REVIEWER, Role.ARCHITECT, owner)
    assert state(sent) == DesignState.IN_REVIEW
    if what == "feature":
        bring_back(sent.feature, actor=owner, now=now)
    else:
        bring_back_project(project, actor=owner, now=now)
    assert state(sent) == DesignState.APPROVED
    assert not broken_links(project)
