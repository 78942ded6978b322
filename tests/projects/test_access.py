"""Who may see and do what, asked directly."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from projects.access import RIGHTS, Moved, Right, visit_epic, visit_feature, visit_project
from projects.design.vocabulary import Role
from projects.models import Feature, Project, ProjectAlias, User
from tests.factories import add_member, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "right"), [(role, right) for role in Role for right in Right])
def test_right_goes_with_the_role(role: Role, right: Right, project: Project) -> None:
    person = make_user()
    add_member(project, person, role)
    if role in RIGHTS[right]:
        assert visit_project(person, "payments", right).roles == {role}
    else:
        with pytest.raises(PermissionDenied, match="of this project"):
            visit_project(person, "payments", right)


def test_roles_add_up(project: Project) -> None:
    person = make_user()
    add_member(project, person, Role.VIEWER, Role.ARCHITECT)
    visit = visit_project(person, "payments", Right.EDIT)
    assert (visit.may_edit, visit.may_manage) == (True, False)


@pytest.mark.parametrize("right", list(Right))
def test_outsider_finds_nothing(right: Right, feature: Feature, outsider: User) -> None:
    with pytest.raises(Http404):
        visit_project(outsider, "payments", right)
    with pytest.raises(Http404):
        visit_epic(outsider, "payments", "billing", right)
    with pytest.raises(Http404):
        visit_feature(outsider, "payments", "billing", "refunds", right)


@pytest.mark.parametrize(
    "path", [("nope", "billing", "refunds"), ("payments", "nope", "r"), ("payments", "billing", "x")]
)
def test_what_is_not_there_is_not_found(path: tuple[str, str, str], feature: Feature, owner: User) -> None:
    with pytest.raises(Http404):
        visit_feature(owner, *path)


def test_archived_project_is_read_and_managed_but_not_edited(feature: Feature, owner: User) -> None:
    Project.objects.update(is_archived=True)
    visit = visit_feature(owner, "payments", "billing", "refunds")
    assert (visit.may(Right.READ), visit.may_edit, visit.may_manage) == (True, False, True)
    with pytest.raises(PermissionDenied, match="archived"):
        visit_feature(owner, "payments", "billing", "refunds", Right.EDIT)


def test_former_key_moves_members_and_not_outsiders(project: Project, owner: User, outsider: User) -> None:
    ProjectAlias.objects.create(project=project, key="former")
    with pytest.raises(Moved) as moved:
        visit_project(owner, "former")
    assert moved.value.keys == {"project": "payments"}
    with pytest.raises(Http404):
        visit_project(outsider, "former")
