"""A person's own settings."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from projects.models import Event, Project, User

pytestmark = pytest.mark.django_db


def test_profile_is_saved(outsider: User, outsider_client: Client) -> None:
    values = {"name": "Otto  O.", "theme": "dark", "time_zone": "Europe/Zurich"}
    answer = outsider_client.post("/profile/", values, follow=True)
    outsider.refresh_from_db()
    assert (outsider.name, outsider.theme, outsider.time_zone) == ("Otto O.", "dark", "Europe/Zurich")
    assert not outsider.has_shortcuts
    assert 'data-theme="dark"' in answer.content.decode()
    assert 'data-shortcuts="off"' in answer.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"time_zone": "Mars/Base"}, {"theme": "pink"}, {"name": "n" * 129}, {"time_zone": "../../etc/passwd"}]
)
def test_wrong_values_are_explained_and_kept(wrong: dict[str, str], outsider: User, outsider_client: Client) -> None:
    values = {"name": "Kept name", "theme": "", "time_zone": "UTC"} | wrong
    answer = outsider_client.post("/profile/", values)
    assert answer.status_code == 422
    outsider.refresh_from_db()
    assert (outsider.time_zone, outsider.name) == ("UTC", "Otto Outsider")


def test_which_news_are_mailed_is_a_choice(outsider: User, outsider_client: Client) -> None:
    """A form that does not ask leaves it as it is."""
    values = {"name": "Otto", "time_zone": "UTC"}
    for sent, kept in (({"mail_when": "my-turn"}, "my-turn"), ({}, "my-turn"), ({"mail_when": "never"}, "never")):
        assert outsider_client.post("/profile/", values | sent).status_code == 302
        assert User.objects.get(pk=outsider.pk).mail_when == kept
    assert outsider_client.post("/profile/", values | {"mail_when": "hourly"}).status_code == 422
    assert "Only when it is my turn" in outsider_client.get("/profile/").content.decode()


def test_profile_leads_to_password_and_addresses(outsider_client: Client) -> None:
    page = outsider_client.get("/profile/").content.decode()
    assert "/accounts/password/change/" in page
    assert "/accounts/email/" in page


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("UTC", "yesterday 23:30"), ("Pacific/Auckland", "today 12:30"), ("Gone/Away", "yesterday 23:30")],
)
def test_times_are_shown_in_the_readers_zone(
    zone: str, shown: str, project: Project, owner: User, owner_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.filter(pk=owner.pk).update(time_zone=zone)
    late = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
    Event.objects.create(project=project, sequence=1, label="L", verb="v", kind="k", at=late)
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 1, 6, 3, 0, tzinfo=UTC))
    assert shown in owner_client.get("/projects/payments/history/").content.decode()


def test_zone_costs_no_query_without_a_session(nobody_client: Client, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(0):
        nobody_client.get("/health/live")
