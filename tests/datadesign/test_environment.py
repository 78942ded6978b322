"""Values of the environment are read by their type, or refused with a sentence that names the variable."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from datadesign import environment

NAME = "A_VARIABLE_OF_THIS_TEST"


@pytest.fixture(autouse=True)
def forget_name() -> Any:
    yield
    environment.NAMES.discard(NAME)


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (lambda: environment.text(NAME, "usual"), "", "usual"),
        (lambda: environment.text(NAME), " $ecret ", "$ecret"),
        (lambda: environment.flag(NAME, True), "", True),
        (lambda: environment.flag(NAME, True), "Off", False),
        (lambda: environment.flag(NAME, False), "yes", True),
        (lambda: environment.whole_number(NAME, 8), "", 8),
        (lambda: environment.whole_number(NAME, 8), "0", 0),
        (lambda: environment.words(NAME, ("one",)), " , ", ["one"]),
        (lambda: environment.words(NAME), "a.example, b.example,", ["a.example", "b.example"]),
        (lambda: environment.choice(NAME, ("everyone", "staff"), "everyone"), "STAFF", "staff"),
        (lambda: environment.database(NAME, "")["PASSWORD"], "postgres://u:p%40ss@host/name", "p@ss"),
        (lambda: environment.database(NAME, "sqlite:////tmp/a.sqlite3")["NAME"], "", "/tmp/a.sqlite3"),
        (lambda: environment.mail(NAME, "")["EMAIL_USE_TLS"], "smtp+tls://u:p@host:587", True),
    ],
)
def test_value_is_read_by_its_type(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], Any], value: str, expected: Any
) -> None:
    monkeypatch.setenv(NAME, value)
    assert read() == expected


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: environment.flag(NAME, True), "perhaps"),
        (lambda: environment.site(NAME, "https://a.example"), "design.example.org"),
        (lambda: environment.whole_number(NAME, 8), "-1"),
        (lambda: environment.whole_number(NAME, 8), "½"),
        (lambda: environment.whole_number(NAME, 8, at_least=1), "0"),
        (lambda: environment.choice(NAME, ("everyone", "staff"), "everyone"), "nobody"),
        (lambda: environment.database(NAME, ""), "mysql://u:p@host/name"),
        (lambda: environment.database(NAME, ""), "no address at all"),
        (lambda: environment.database(NAME, ""), "postgres://u:p@host:port/name"),
        (lambda: environment.mail(NAME, ""), "pigeon://host"),
    ],
)
def test_value_that_cannot_be_read_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], Any], value: str
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=f"^{NAME} must .*\\.$"):
        read()
