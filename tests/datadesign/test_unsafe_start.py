"""A production start is refused while a setting is unsafe or the demonstration's accounts could sign in."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import override_settings

from datadesign.checks import demonstration_accounts, refuse_unsafe_start, uncollected_static_files, unsafe_settings
from tests.factories import make_user

SAFE = {
    "PRODUCTION": True,
    "DEBUG": False,
    "SECRET_KEY": "kept-out-of-version-control-and-only-for-this-test-0123456789",
    "ALLOWED_HOSTS": ["design.example.org"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}
UNSAFE = [
    ("DEBUG", {"DEBUG": True}),
    ("SECRET_KEY", {"SECRET_KEY": "django-insecure-for-development-only-a-production-start-refuses-this-key"}),
    ("SECRET_KEY", {"SECRET_KEY": "short-but-random-Xk2"}),
    ("SECRET_KEY", {"SECRET_KEY": "x" * 60}),
    ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": []}),
    ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": ["design.example.org", "*"]}),
    ("EMAIL_URL", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
]


@pytest.fixture
def collected(tmp_path: Any) -> Any:
    (tmp_path / "staticfiles.json").write_text("{}")
    with override_settings(STATIC_ROOT=tmp_path):
        yield tmp_path


@pytest.mark.parametrize(("variable", "change"), UNSAFE)
def test_unsafe_setting_is_named_with_what_to_set(variable: str, change: dict[str, Any]) -> None:
    with override_settings(**SAFE | change):
        [found] = unsafe_settings(None)
    assert variable in found.msg + found.hint
    assert f"Set {variable}" in found.hint or f"Leave {variable}" in found.hint


@pytest.mark.parametrize(("variable", "change"), UNSAFE)
def test_development_takes_what_production_refuses(variable: str, change: dict[str, Any]) -> None:
    with override_settings(**SAFE | change | {"PRODUCTION": False}):
        assert unsafe_settings(None) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("variable", "change"), UNSAFE)
def test_start_ends_with_the_sentence(
    collected: Any, capsys: pytest.CaptureFixture[str], variable: str, change: dict[str, Any]
) -> None:
    with override_settings(**SAFE | change), pytest.raises(SystemExit, match="did not start"):
        refuse_unsafe_start()
    assert variable in capsys.readouterr().err


@pytest.mark.django_db
@override_settings(**SAFE)
def test_safe_settings_start(collected: Any) -> None:
    refuse_unsafe_start()


@override_settings(**SAFE)
def test_start_without_collected_static_files_is_refused(tmp_path: Any) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        [found] = uncollected_static_files()
    assert "collectstatic" in found.hint


@pytest.mark.django_db
@override_settings(**SAFE)
def test_start_with_demonstration_accounts_is_refused(collected: Any, capsys: pytest.CaptureFixture[str]) -> None:
    make_user("owner@storefront.example")
    with pytest.raises(SystemExit, match="did not start"):
        refuse_unsafe_start()
    assert "storefront.example" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "is_active", "is_production", "expected"),
    [
        ("owner@storefront.example", True, True, ["datadesign.E005"]),
        ("OWNER@Storefront.Example", True, True, ["datadesign.E005"]),
        ("owner@storefront.example", False, True, []),
        ("owner@storefront.example", True, False, []),
        ("owner@storefront.example.org", True, True, []),
    ],
)
def test_active_accounts_of_the_demonstration_are_found(
    email: str, is_active: bool, is_production: bool, expected: list[str]
) -> None:
    make_user(email, is_active=is_active)
    with override_settings(PRODUCTION=is_production):
        found = demonstration_accounts(None, databases=["default"])
    assert [message.id for message in found] == expected


@override_settings(**SAFE)
def test_start_without_its_database_is_refused(collected: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection.introspection, "table_names", fail)
    with pytest.raises(SystemExit, match=r"database does not answer.*connection refused"):
        refuse_unsafe_start()
