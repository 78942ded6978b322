"""Who belongs to a project: roles given and taken, the last owner, invitations and their end."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from projects.access import roles_of
from projects.design.vocabulary import Role
from projects.models import Event, Invitation, Membership, Project, User
from projects.workflow.events import broken_links
from projects.workflow.people import (
    INVITATION_LASTS,
    PeopleRefused,
    accept_invitation,
    change_roles,
    invite,
    refusal_of,
    remove_member,
    token_digest,
    withdraw_invitation,
)
from projects.workflow.projects import archive_project
from tests.factories import NOON, make_user

pytestmark = pytest.mark.django_db


def test_person_holds_several_roles(project: Project, owner: User, viewer: User) -> None:
    change_roles(project, viewer, add={Role.REVIEWER, Role.ARCHITECT}, remove={Role.VIEWER}, actor=owner, now=NOON)
    assert roles_of(viewer, project) == {Role.ARCHITECT, Role.REVIEWER}
    assert Event.objects.get().changes == {"Roles": ["Viewer", "Architect, Reviewer"]}


def test_two_owners_who_change_one_person_do_not_undo_each_other(project: Project, owner: User, viewer: User) -> None:
    change_roles(project, viewer, add={Role.REVIEWER}, remove=set(), actor=owner, now=NOON)
    change_roles(project, viewer, add={Role.ARCHITECT}, remove=set(), actor=owner, now=NOON)
    assert roles_of(viewer, project) == {Role.VIEWER, Role.REVIEWER, Role.ARCHITECT}


def test_change_that_changes_nothing_is_not_recorded(project: Project, owner: User, viewer: User) -> None:
    change_roles(project, viewer, add={Role.VIEWER}, remove={Role.OWNER}, actor=owner, now=NOON)
    assert not Event.objects.exists()


def test_last_owner_keeps_the_role(project: Project, owner: User) -> None:
    with pytest.raises(PeopleRefused, match="only owner"):
        change_roles(project, owner, add={Role.VIEWER}, remove={Role.OWNER}, actor=owner, now=NOON)
    assert roles_of(owner, project) == {Role.OWNER}


def test_last_owner_is_not_removed(project: Project, owner: User) -> None:
    with pytest.raises(PeopleRefused, match="only owner"):
        remove_member(project, owner, actor=owner, now=NOON)


def test_owner_may_go_when_there_is_another(project: Project, owner: User, architect: User) -> None:
    change_roles(project, architect, add={Role.OWNER}, remove=set(), actor=owner, now=NOON)
    remove_member(project, owner, actor=owner, now=NOON)
    assert roles_of(owner, project) == frozenset()
    assert broken_links(project) == []


def test_nobody_stays_without_a_role(project: Project, owner: User, viewer: User) -> None:
    with pytest.raises(PeopleRefused, match="no role left"):
        change_roles(project, viewer, add=set(), remove={Role.VIEWER}, actor=owner, now=NOON)


def test_roles_of_somebody_who_was_removed_are_not_changed(project: Project, owner: User, viewer: User) -> None:
    remove_member(project, viewer, actor=owner, now=NOON)
    with pytest.raises(PeopleRefused, match="not a member"):
        change_roles(project, viewer, add={Role.OWNER}, remove=set(), actor=owner, now=NOON)


@pytest.mark.parametrize("actor", ["architect", "reviewer", "viewer", "outsider"])
def test_only_owners_manage_people(actor: str, project: Project, viewer: User, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(actor)
    with pytest.raises(PermissionDenied):
        change_roles(project, viewer, add={Role.OWNER}, remove=set(), actor=person, now=NOON)
    with pytest.raises(PermissionDenied):
        remove_member(project, viewer, actor=person, now=NOON)
    with pytest.raises(PermissionDenied):
        invite(project, role=Role.VIEWER, actor=person, now=NOON)


def test_only_the_digest_of_a_token_is_kept(project: Project, owner: User) -> None:
    invitation, token = invite(project, role=Role.VIEWER, actor=owner, now=NOON)
    stored = Invitation.objects.values().get()
    assert token not in map(str, stored.values())
    assert (invitation.token_digest, len(token) >= 43) == (token_digest(token), True)


def test_accepting_makes_a_member_and_again_is_harmless(project: Project, owner: User, outsider: User) -> None:
    invitation, _ = invite(project, role=Role.REVIEWER, actor=owner, now=NOON)
    for _again in range(2):
        accept_invitation(invitation, user=outsider, now=NOON)
    assert roles_of(outsider, project) == {Role.REVIEWER}
    assert list(Event.objects.order_by("sequence").values_list("verb", flat=True)) == ["invited", "joined"]


def test_member_who_accepts_gains_the_role(project: Project, owner: User, viewer: User) -> None:
    invitation, _ = invite(project, role=Role.REVIEWER, actor=owner, now=NOON)
    accept_invitation(invitation, user=viewer, now=NOON)
    assert roles_of(viewer, project) == {Role.VIEWER, Role.REVIEWER}


def test_invitation_serves_one_person(project: Project, owner: User, outsider: User) -> None:
    invitation, _ = invite(project, role=Role.VIEWER, actor=owner, now=NOON)
    accept_invitation(invitation, user=outsider, now=NOON)
    with pytest.raises(PeopleRefused, match="used already"):
        accept_invitation(invitation, user=make_user(), now=NOON)


def test_used_invitation_does_not_bring_a_removed_person_back(project: Project, owner: User, outsider: User) -> None:
    invitation, _ = invite(project, role=Role.VIEWER, actor=owner, now=NOON)
    accept_invitation(invitation, user=outsider, now=NOON)
    remove_member(project, outsider, actor=owner, now=NOON)
    with pytest.raises(PeopleRefused, match="used already"):
        accept_invitation(invitation, user=outsider, now=NOON)


@pytest.mark.parametrize(("after", "is_open"), [(timedelta(seconds=-1), True), (timedelta(0), False)])
def test_invitation_expires(after: timedelta, is_open: bool, project: Project, owner: User, outsider: User) -> None:
    invitation, _ = invite(project, role=Role.VIEWER, actor=owner, now=NOON)
    refusal = refusal_of(invitation, outsider, NOON + INVITATION_LASTS + after)
    assert ("has expired" not in refusal) is is_open


def test_withdrawn_invitation_is_refused(project: Project, owner: User, outsider: User) -> None:
    invitation, _ = invite(project, role=Role.VIEWER, actor=owner, now=NOON)
    withdraw_invitation(invitation, actor=owner, now=NOON)
    with pytest.raises(PeopleRefused, match="withdrawn"):
        accept_invitation(invitation, user=outsider, now=NOON)


@pytest.mark.parametrize(("address", "is_right"), [("OUTSIDER@example.org", True), ("other@example.org", False)])
def test_invitation_for_an_address_serves_only_its_owner(
    address: str, is_right: bool, project: Project, owner: User, outsider: User
) -> None:
    invitation, _ = invite(project, role=Role.VIEWER, email=address, actor=owner, now=NOON)
    assert (refusal_of(invitation, outsider, NOON) == "") is is_right


@pytest.mark.parametrize("how", ["removed", "no longer owner"])
def test_links_of_a_former_owner_open_nothing(
    how: str, project: Project, owner: User, architect: User, outsider: User
) -> None:
    change_roles(project, architect, add={Role.OWNER}, remove=set(), actor=owner, now=NOON)
    invitation, _ = invite(project, role=Role.OWNER, actor=architect, now=NOON)
    if how == "removed":
        remove_member(project, architect, actor=owner, now=NOON)
    else:
        change_roles(project, architect, add=set(), remove={Role.OWNER}, actor=owner, now=NOON)
    with pytest.raises(PeopleRefused, match="withdrawn"):
        accept_invitation(invitation, user=outsider, now=NOON)


def test_archived_project_takes_nobody_in_but_lets_people_go(
    project: Project, owner: User, viewer: User, outsider: User
) -> None:
    invitation, _ = invite(project, role=Role.VIEWER, actor=owner, now=NOON)
    archive_project(project, actor=owner, now=NOON)
    with pytest.raises(PeopleRefused, match="archived"):
        accept_invitation(invitation, user=outsider, now=NOON)
    remove_member(project, viewer, actor=owner, now=NOON)
    assert not Membership.objects.filter(user=viewer).exists()
