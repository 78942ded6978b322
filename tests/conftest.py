"""The cast: owner, architect, reviewer, viewer, outsider, and nobody signed in, around one project."""

import os
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import settings as hypothesis_settings

from projects.design.vocabulary import Role
from projects.models import Feature, Project, User
from tests.examples import IN_THE_QUICK_RUN
from tests.factories import add_member, make_feature, make_project, make_user

# Wall time says nothing on a shared machine; what is bounded, tests bound themselves.
hypothesis_settings.register_profile("full", deadline=None)
hypothesis_settings.register_profile("quick", deadline=None, max_examples=IN_THE_QUICK_RUN)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "full"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only", action="store_true", help="leave out the tests that ask for no database: they ran on SQLite"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--database-only"):
        return
    uses = {"db", "transactional_db", "live_server"}
    kept = [
        item for item in items if uses & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db")
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


@pytest.fixture(autouse=True)
def no_cache_of_other_tests() -> None:
    """Rows of another test had the same keys."""
    cache.clear()


CAST = ("owner", "architect", "reviewer", "viewer", "outsider", "nobody")


@pytest.fixture
def owner(db: None) -> User:
    return make_user("owner@example.org", "Olu Owner")


@pytest.fixture
def architect(db: None) -> User:
    return make_user("architect@example.org", "Ada Architect")


@pytest.fixture
def reviewer(db: None) -> User:
    return make_user("reviewer@example.org", "Rui Reviewer")


@pytest.fixture
def viewer(db: None) -> User:
    return make_user("viewer@example.org", "Vera Viewer")


@pytest.fixture
def outsider(db: None) -> User:
    return make_user("outsider@example.org", "Otto Outsider")


@pytest.fixture
def project(owner: User, architect: User, reviewer: User, viewer: User) -> Project:
    return make_project(
        "payments", "Payments platform", owner=owner, architect=architect, reviewer=reviewer, viewer=viewer
    )


@pytest.fixture
def feature(project: Project) -> Feature:
    return make_feature("payments/billing/refunds")


@pytest.fixture
def second_reviewer(project: Project) -> User:
    """One more who may approve: two of them are needed, and an owner may have edited."""
    person = make_user("second@example.org", "Sena Second")
    add_member(project, person, Role.REVIEWER)
    return person


@pytest.fixture
def client_of(owner: User, architect: User, reviewer: User, viewer: User, outsider: User) -> Callable[[str], Client]:
    """A browser in which the member of the cast with this name is signed in."""
    people = {"owner": owner, "architect": architect, "reviewer": reviewer, "viewer": viewer, "outsider": outsider}

    def open_browser(name: str) -> Client:
        client = Client()
        if name in people:
            client.force_login(people[name])
        return client

    return open_browser


@pytest.fixture
def owner_client(client_of: Callable[[str], Client]) -> Client:
    return client_of("owner")


@pytest.fixture
def architect_client(client_of: Callable[[str], Client]) -> Client:
    return client_of("architect")


@pytest.fixture
def reviewer_client(client_of: Callable[[str], Client]) -> Client:
    return client_of("reviewer")


@pytest.fixture
def viewer_client(client_of: Callable[[str], Client]) -> Client:
    return client_of("viewer")


@pytest.fixture
def outsider_client(client_of: Callable[[str], Client]) -> Client:
    return client_of("outsider")


@pytest.fixture
def nobody_client(client_of: Callable[[str], Client]) -> Client:
    return client_of("nobody")
