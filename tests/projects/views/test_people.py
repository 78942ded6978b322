"""The people's page: members, their roles, removal."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from projects.access import roles_of
from projects.design.vocabulary import Role
from projects.models import Project, User
from tests.factories import add_member, make_user

pytestmark = pytest.mark.django_db
URL = "/projects/payments/people/"


def test_every_member_stands_there_once_with_all_roles(project: Project, viewer: User, reviewer_client: Client) -> None:
    add_member(project, viewer, Role.REVIEWER)
    members = reviewer_client.get(URL).context["members"]
    assert [(each.user.name, each.in_words) for each in members] == [
        ("Ada Architect", "Architect"),
        ("Olu Owner", "Owner"),
        ("Rui Reviewer", "Reviewer"),
        ("Vera Viewer", "Reviewer, Viewer"),
    ]


def test_only_owners_get_the_forms(project: Project, viewer: User, owner_client: Client, viewer_client: Client) -> None:
    form = reverse("member-roles", args=["payments", viewer.pk])
    assert form in owner_client.get(URL).content.decode()
    assert form not in viewer_client.get(URL).content.decode()


def test_roles_are_changed_by_what_was_ticked_and_unticked(
    project: Project, viewer: User, owner_client: Client
) -> None:
    add_member(project, viewer, Role.ARCHITECT)  # by somebody else, after the form was opened
    owner_client.post(f"{URL}{viewer.pk}/", {"before": ["viewer"], "roles": ["reviewer"]})
    assert roles_of(viewer, project) == {Role.ARCHITECT, Role.REVIEWER}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"before": ["owner"], "roles": ["viewer"]}, "only owner"),
        ({"before": ["owner"]}, "no role left"),
        ({"before": ["owner"], "roles": ["king"]}, "choose from the roles"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    values: dict[str, list[str]], said: str, project: Project, owner: User, owner_client: Client
) -> None:
    page = owner_client.post(f"{URL}{owner.pk}/", values, follow=True)
    assert said in page.content.decode()
    assert roles_of(owner, project) == {Role.OWNER}


def test_removed_person_is_outside_at_once(
    project: Project, viewer: User, owner_client: Client, viewer_client: Client
) -> None:
    owner_client.post(f"{URL}{viewer.pk}/remove/")
    assert viewer_client.get(URL).status_code == 404


def test_owner_who_leaves_comes_to_the_list(
    project: Project, owner: User, architect: User, owner_client: Client
) -> None:
    add_member(project, architect, Role.OWNER)
    assert owner_client.post(f"{URL}{owner.pk}/remove/").headers["Location"] == "/projects/"


@pytest.mark.parametrize("person", ["0", "9" * 25])
def test_somebody_else_is_not_found(person: str, project: Project, owner_client: Client) -> None:
    assert owner_client.post(f"{URL}{person}/remove/").status_code == 404


def test_stranger_of_the_site_is_not_found_as_a_member(project: Project, outsider: User, owner_client: Client) -> None:
    assert owner_client.post(f"{URL}{outsider.pk}/", {"roles": ["viewer"]}).status_code == 404


@pytest.mark.parametrize("number", [2, 60])
def test_page_takes_as_many_queries_for_few_as_for_many(
    number: int, project: Project, owner_client: Client, django_assert_max_num_queries: Callable
) -> None:
    for _each in range(number):
        add_member(project, make_user(), Role.VIEWER, Role.REVIEWER)
    with django_assert_max_num_queries(7):
        owner_client.get(URL)


def test_names_are_shown_as_text(project: Project, viewer: User, owner_client: Client) -> None:
    User.objects.filter(pk=viewer.pk).update(name="<script>alert(1)</script>")
    assert "<script>alert" not in owner_client.get(URL).content.decode()
