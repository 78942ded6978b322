"""The databases of a project: their list, the page of each with its environments, and the one that is primary."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from projects.models import DatabaseProfile, Environment, Event, Project
from projects.snapshot.handbook import take_handbook
from tests.factories import make_project
from tests.pages import form_values

pytestmark = pytest.mark.django_db
LIST = "/projects/payments/handbook/databases/"
NEW = f"{LIST}new/"
HOSTILE = '<script>alert("1")</script>'
SECRET = "postgres://app:Tr0ub4dor3xK9@db.internal:5432/orders"


def address(profile: DatabaseProfile, verb: str = "") -> str:
    return f"{LIST}{profile.uid}/{verb}"


def add(project: Project, system: str, **values: Any) -> DatabaseProfile:
    place = DatabaseProfile.objects.filter(project=project).count() + 1
    return DatabaseProfile.objects.create(project=project, position=1024 * place, system=system, **values)


def opened(client: Client, url: str) -> dict[str, Any]:
    return form_values(client.get(url).content.decode())


def primary() -> list[str]:
    return list(DatabaseProfile.objects.filter(is_primary=True).values_list("system", flat=True))


@pytest.mark.parametrize(
    ("verb", "codes"), [("", (422, 403, 403, 403, 404, 302)), ("delete/", (302, 403, 403, 403, 404, 302))]
)
def test_who_may_change_a_database(verb: str, codes: tuple[int, ...], project: Project, client_of: Callable) -> None:
    profile = add(project, "PostgreSQL")
    who = ("owner", "architect", "reviewer", "viewer", "outsider", "nobody")
    found = [client_of(name).post(address(profile, verb), {"system": ""}).status_code for name in reversed(who)]
    assert tuple(reversed(found)) == codes


def test_members_read_a_database_and_outsiders_do_not(project: Project, client_of: Callable) -> None:
    profile = add(project, HOSTILE, hosting="Frankfurt")
    text = client_of("viewer").get(address(profile)).content.decode()
    assert "Frankfurt" in text
    assert HOSTILE not in text
    assert "<textarea" not in text
    assert client_of("outsider").get(address(profile)).status_code == 404
    assert client_of("viewer").get(NEW).status_code == 403
    assert HOSTILE not in client_of("viewer").get(LIST).content.decode()


def test_first_database_is_primary_and_has_its_environments(project: Project, owner_client: Client) -> None:
    sent = opened(owner_client, NEW) | {"system": "PostgreSQL", "system_version": "16.4", "pool_maximum": "20"}
    sent |= {"environments-row": ["new-2"], "environments-new-2-name": "production"}
    answer = owner_client.post(NEW, sent)
    profile = take_handbook(project).policies.databases[0]
    assert answer.headers["Location"] == f"{LIST}{profile.uid}/"
    assert (profile.full_name, profile.is_primary, profile.pool_maximum) == ("PostgreSQL 16.4", True, "20")
    assert [each.name for each in profile.environments] == ["production"]
    event = Event.objects.get()
    assert (event.verb, event.kind, event.label) == ("added", "database profile", "PostgreSQL 16.4")
    assert event.changes["production"] == ["", "production"]
    assert event.changes["Primary database"] == ["", "PostgreSQL 16.4"]


def test_marking_another_unmarks_the_first(project: Project, owner_client: Client) -> None:
    first, second = add(project, "PostgreSQL", is_primary=True), add(project, "Redis")
    sent = opened(owner_client, address(second)) | {"is_primary": "on"}
    assert owner_client.post(address(second), sent).status_code == 302
    assert primary() == ["Redis"]
    assert Event.objects.get().changes == {"Primary database": ["PostgreSQL", "Redis"]}
    first.refresh_from_db()
    assert first.version == 2


def test_primary_database_cannot_be_unmarked(project: Project, owner_client: Client) -> None:
    first, _ = add(project, "PostgreSQL", is_primary=True), add(project, "Redis")
    sent = opened(owner_client, address(first))
    del sent["is_primary"]
    answer = owner_client.post(address(first), sent)
    assert answer.status_code == 422
    assert "Mark another one, and this one no longer is." in answer.content.decode()
    assert primary() == ["PostgreSQL"]


def test_deleting_the_primary_one_makes_the_next_primary(project: Project, owner_client: Client) -> None:
    first, _ = add(project, "PostgreSQL", is_primary=True, hosting="Frankfurt"), add(project, "Redis")
    Environment.objects.create(project=project, profile=first, name="production")
    owner_client.post(address(first, "delete/"), {"version": "1"})
    assert primary() == ["Redis"]
    assert not Environment.objects.exists()
    changes = Event.objects.get().changes
    assert (changes["Hosting"], changes["Environments"]) == (["Frankfurt", ""], ["production", ""])


def test_database_that_changed_is_not_deleted_unseen(project: Project, owner_client: Client) -> None:
    profile = add(project, "PostgreSQL", version=3)
    answer = owner_client.post(address(profile, "delete/"), {"version": "2"}, follow=True)
    assert "Not deleted: somebody changed it" in answer.content.decode()
    assert DatabaseProfile.objects.exists()


def test_environment_that_somebody_added_is_not_deleted_unseen(project: Project, owner_client: Client) -> None:
    profile = add(project, "PostgreSQL", is_primary=True)
    asked = opened(owner_client, address(profile, "delete/"))
    sent = opened(owner_client, address(profile)) | {"environments-row": "new-1"}
    owner_client.post(address(profile), sent | {"environments-new-1-name": "production"})
    answer = owner_client.post(address(profile, "delete/"), asked, follow=True)
    assert "Not deleted: somebody changed it" in answer.content.decode()
    assert Environment.objects.get().name == "production"
    # What is said twice changes nothing, and raises no version.
    before = DatabaseProfile.objects.get().version
    owner_client.post(address(profile), opened(owner_client, address(profile)))
    assert (before, DatabaseProfile.objects.get().version) == (2, 2)


def test_page_asks_before_deleting_and_names_what_goes_along(project: Project, owner_client: Client) -> None:
    profile = add(project, "PostgreSQL", is_primary=True)
    Environment.objects.create(project=project, profile=profile, name=HOSTILE, connection="db.internal")
    assert address(profile, "delete/") in owner_client.get(LIST).content.decode()
    answer = owner_client.get(address(profile, "delete/"))
    text = answer.content.decode()
    assert "One environment goes with it:" in text
    assert "db.internal" in text
    assert HOSTILE not in text
    assert DatabaseProfile.objects.exists()
    assert owner_client.post(address(profile, "delete/"), form_values(text)).status_code == 302
    assert not DatabaseProfile.objects.exists()


@pytest.mark.parametrize(("who", "code"), [("architect", 403), ("viewer", 403), ("outsider", 404)])
def test_who_is_asked_before_deleting(who: str, code: int, project: Project, client_of: Callable) -> None:
    assert client_of(who).get(address(add(project, "PostgreSQL"), "delete/")).status_code == code


def test_archived_project_has_no_page_of_a_new_database(project: Project, owner_client: Client) -> None:
    profile = add(project, "PostgreSQL")
    Project.objects.update(is_archived=True)
    for page in (NEW, address(profile, "delete/")):
        answer = owner_client.get(page)
        assert answer.status_code == 403
        assert "This project is archived." in answer.content.decode()


def test_page_that_is_sent_twice_adds_its_environments_once(project: Project, owner_client: Client) -> None:
    profile, other = add(project, "PostgreSQL", is_primary=True), add(project, "Redis")
    sent = opened(owner_client, address(profile)) | {"act": "environments add"}
    values = form_values(owner_client.post(address(profile), sent).content.decode())
    values[f"environments-{values['environments-row'][0]}-name"] = "production"
    for _ in range(2):
        assert owner_client.post(address(profile), values).status_code == 302
    assert Environment.objects.get().uid.hex == values["environments-row"][0]
    # A uid that another database's environment has is not taken from it.
    rows = {name: value for name, value in values.items() if name.startswith("environments-")}
    assert owner_client.post(address(other), opened(owner_client, address(other)) | rows).status_code == 302
    assert [each.environments.count() for each in (profile, other)] == [1, 1]


def test_new_database_that_is_sent_twice_is_added_once(project: Project, owner_client: Client) -> None:
    new = "/projects/payments/handbook/databases/new/"
    values = form_values(owner_client.get(new).content.decode()) | {"system": "PostgreSQL"}
    answers = [owner_client.post(new, values) for _ in range(2)]
    saved = DatabaseProfile.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [address(saved)] * 2
    assert Event.objects.count() == 1


def test_databases_are_ordered(project: Project, owner_client: Client) -> None:
    _, second = add(project, "PostgreSQL", is_primary=True), add(project, "Redis")
    for _ in range(2):
        owner_client.post(address(second, "move/"), {"to": "up"})
    assert [each.system for each in take_handbook(project).policies.databases] == ["Redis", "PostgreSQL"]
    assert Event.objects.get().changes == {"Order": ["PostgreSQL, Redis", "Redis, PostgreSQL"]}


def test_database_that_is_not_there_is_not_moved_unsaid(project: Project, owner_client: Client) -> None:
    gone, foreign = uuid4(), add(make_project("ledger"), "Redis").uid
    add(project, "PostgreSQL", is_primary=True)
    for uid in (gone, foreign):
        answer = owner_client.post(f"{LIST}{uid}/move/", {"to": "up"}, follow=True)
        assert "Somebody else deleted it already." in answer.content.decode()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("environments-new-1-connection", SECRET, "id_environments-new-1-connection"),
        ("hosting", f"see {SECRET}", "id_hosting"),
        ("pool_maximum", "many", "is not read as a number"),
        ("pool_maximum", "2", "The pool holds at most fewer"),
        ("pool_idle_timeout", "a bit", "is not read as a length of time"),
        ("system", "", "id_system"),
    ],
)
def test_wrong_values_are_refused_and_kept(
    field: str, value: str, said: str, project: Project, owner_client: Client
) -> None:
    sent = opened(owner_client, NEW) | {"system": "PostgreSQL", "pool_minimum": "5", "pool_maximum": "20"}
    sent |= {"environments-row": "new-1", "environments-new-1-name": "production", field: value}
    answer = owner_client.post(NEW, sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert form_values(answer.content.decode())[field] == value
    assert not DatabaseProfile.objects.exists()


def test_stale_database_shows_both_and_writes_nothing(project: Project, owner_client: Client) -> None:
    profile = add(project, "PostgreSQL", is_primary=True, hosting="Frankfurt")
    sent = opened(owner_client, address(profile)) | {"hosting": "Dublin"}
    sent |= {"environments-row": ["new-1"], "environments-new-1-name": "production"}
    DatabaseProfile.objects.update(hosting="Madrid", version=2)
    answer = owner_client.post(address(profile), sent)
    assert answer.status_code == 409
    assert "Madrid" in answer.content.decode()
    assert not Environment.objects.exists()
    done = owner_client.post(address(profile), form_values(answer.content.decode()) | {"choice-hosting": "mine"})
    assert done.status_code == 302
    assert (DatabaseProfile.objects.get().hosting, Environment.objects.get().name) == ("Dublin", "production")


def test_database_that_somebody_deleted_can_be_added_again(project: Project, owner_client: Client) -> None:
    profile = add(project, "PostgreSQL", is_primary=True)
    Environment.objects.create(project=project, profile=profile, name="production", uid=uuid4())
    sent = opened(owner_client, address(profile)) | {"hosting": "Dublin"}
    profile.delete()
    answer = owner_client.post(address(profile), sent)
    assert answer.status_code == 409
    assert "Somebody deleted this database" in answer.content.decode()
    assert owner_client.post(NEW, form_values(answer.content.decode())).status_code == 302
    assert (DatabaseProfile.objects.get().hosting, Environment.objects.get().name) == ("Dublin", "production")


def test_page_of_a_database_that_is_not_there(project: Project, owner_client: Client) -> None:
    assert owner_client.get(f"{LIST}{uuid4()}/").status_code == 404
