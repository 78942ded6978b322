"""What a balancer asks: answered to everybody, without a session, and over http inside the network."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("path", "words"), [("/health/live", b"alive\n"), ("/health/ready", b"ready\n")])
def test_health_answers_nobody_signed_in(client: Client, path: str, words: bytes) -> None:
    response = client.get(path)
    assert (response.status_code, response.content) == (200, words)
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_takes_no_post(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_is_not_led_to_https(settings: Any, path: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(path).status_code == 200


def test_pages_are_led_to_https(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/accounts/login/")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/accounts/login/")


def test_ready_says_that_the_database_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", fail)
    response = client.get("/health/ready")
    assert (response.status_code, response.content) == (503, b"The database does not answer.\n")


def test_live_asks_no_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/health/live").status_code == 200
