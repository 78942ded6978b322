"""Who may open and do what: one table over the whole cast, with a line for every address of this part."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from projects.design.vocabulary import Role
from projects.models import Feature, Project, User
from projects.urls import urlpatterns
from projects.workflow.people import invite
from tests.conftest import CAST
from tests.factories import NOON

# What a GET answers to owner, architect, reviewer, viewer, outsider and nobody.
MEMBERS_READ = (200, 200, 200, 200, 404, 302)
ARCHITECTS_EDIT = (200, 200, 403, 403, 404, 302)
OWNERS_MANAGE = (200, 403, 403, 403, 404, 302)
EVERYBODY = (200, 200, 200, 200, 200, 302)
ONLY_POSTED = ONLY_READ = (405, 405, 405, 405, 405, 302)

PAGES = {
    "home": (302, 302, 302, 302, 302, 302),
    "profile": EVERYBODY,
    "projects": EVERYBODY,
    "project-new": EVERYBODY,
    "search": EVERYBODY,
    "project": MEMBERS_READ,
    "project-side": (302, 302, 302, 302, 404, 302),
    "project-search": MEMBERS_READ,
    "project-people": MEMBERS_READ,
    "project-history": MEMBERS_READ,
    "project-settings": MEMBERS_READ,
    "epic": (302, 302, 302, 302, 404, 302),
    "epic-new": ARCHITECTS_EDIT,
    "epic-edit": ARCHITECTS_EDIT,
    "feature-new": ARCHITECTS_EDIT,
    "feature-edit": ARCHITECTS_EDIT,
    "invitation-new": OWNERS_MANAGE,
    "member-roles": ONLY_POSTED,
    "member-remove": ONLY_POSTED,
    "invitation-withdraw": ONLY_POSTED,
    "project-archive": ONLY_POSTED,
    "project-restore": ONLY_POSTED,
}
# What an empty POST answers: 422 is a form with errors, so the person got past the door.
POSTS = {
    "profile": (422, 422, 422, 422, 422, 302),
    "project-new": (422, 422, 422, 422, 422, 302),
    "project-settings": (422, 403, 403, 403, 404, 302),
    "epic-new": (422, 422, 403, 403, 404, 302),
    "epic-edit": (422, 422, 403, 403, 404, 302),
    "feature-new": (422, 422, 403, 403, 404, 302),
    "feature-edit": (422, 422, 403, 403, 404, 302),
    "invitation-new": (422, 403, 403, 403, 404, 302),
    "member-roles": (302, 403, 403, 403, 404, 302),
    "member-remove": (302, 403, 403, 403, 404, 302),
    "invitation-withdraw": (302, 403, 403, 403, 404, 302),
    "project-archive": (302, 403, 403, 403, 404, 302),
    "project-restore": (302, 403, 403, 403, 404, 302),
    "projects": (405, 405, 405, 405, 405, 302),
    "search": ONLY_READ,
    "project": ONLY_READ,
    "project-side": ONLY_READ,
    "project-search": ONLY_READ,
    "project-people": (405, 405, 405, 405, 405, 302),
    "project-history": (405, 405, 405, 405, 405, 302),
    "epic": (405, 405, 405, 405, 405, 302),
    "home": (405, 405, 405, 405, 405, 302),
}
# The link of an invitation is its own right to be opened; tests/projects/views/test_invitations.py has its rules.
OPEN_TO_LINK_HOLDERS = {"invitation", "invitation-again"}
CHANGES_THE_CAST = {"member-remove"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(project: Project, feature: Feature, owner: User, viewer: User) -> Callable[[str], str]:
    invitation, _ = invite(project, role=Role.VIEWER, actor=owner, now=NOON)
    keys = {
        "project": project.key,
        "epic": feature.epic.key,
        "feature": feature.key,
        "person": viewer.pk,
        "invitation": invitation.pk,
    }

    def of(name: str) -> str:
        parts = next(pattern.pattern.converters for pattern in urlpatterns if pattern.name == name)
        return reverse(name, kwargs={part: keys[part] for part in parts})

    return of


def lines(table: dict[str, tuple[int, ...]]) -> list[tuple[str, str, int]]:
    return [(name, person, status) for name, row in table.items() for person, status in zip(CAST, row, strict=True)]


@pytest.mark.parametrize(("name", "person", "status"), lines(PAGES))
def test_page_opens_for_those_who_may_see_it(
    name: str, person: str, status: int, address: Callable[[str], str], client_of: Callable[[str], Client]
) -> None:
    assert client_of(person).get(address(name)).status_code == status


@pytest.mark.parametrize(("name", "person", "status"), lines(POSTS))
def test_form_is_taken_from_those_who_may_send_it(
    name: str, person: str, status: int, address: Callable[[str], str], client_of: Callable[[str], Client]
) -> None:
    assert client_of(person).post(address(name)).status_code == status


@pytest.mark.parametrize("name", [*PAGES])
def test_nobody_is_led_to_sign_in(name: str, address: Callable[[str], str], nobody_client: Client) -> None:
    assert nobody_client.get(address(name)).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", sorted({"epic-new", "epic-edit", "feature-new", "feature-edit"}))
def test_archived_project_cannot_be_edited_even_by_its_owner(
    name: str, address: Callable[[str], str], project: Project, owner_client: Client
) -> None:
    Project.objects.update(is_archived=True)
    answer = owner_client.get(address(name))
    assert (answer.status_code, "archived" in answer.content.decode()) == (403, True)


@pytest.mark.parametrize("name", ["project-settings", "invitation-new"])
def test_archived_project_takes_no_changes_from_its_owner(
    name: str, address: Callable[[str], str], project: Project, owner_client: Client
) -> None:
    Project.objects.update(is_archived=True)
    valid = {"title": "Other", "key": "other", "role": "viewer"}
    assert owner_client.post(address(name), valid).status_code == 403


def test_every_address_of_this_part_has_its_line() -> None:
    own = {pattern.name for pattern in urlpatterns if pattern.callback.__module__ in MODULES}
    assert own == set(PAGES) | OPEN_TO_LINK_HOLDERS == set(POSTS) | OPEN_TO_LINK_HOLDERS


MODULES = {
    f"projects.views.{name}"
    for name in (
        *("projects", "project_features", "people", "epics", "features", "account", "project_history", "invitations"),
        "search",
    )
}
