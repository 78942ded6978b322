"""A production start with an unsafe setting is refused, with what to set instead."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connections

REAL_MAIL = "django.core.mail.backends.smtp.EmailBackend"


class Unsafe(NamedTuple):
    id: str
    is_so: Callable[[], bool]
    message: str
    hint: str


def _has_weak_key() -> bool:
    key = settings.SECRET_KEY
    return key.startswith("django-insecure-") or len(key) < 50 or len(set(key)) < 10


def _lacks_host() -> bool:
    return not settings.ALLOWED_HOSTS or any(host in {"*", ".*"} for host in settings.ALLOWED_HOSTS)


UNSAFE = (
    Unsafe(
        "datadesign.E001",
        lambda: settings.DEBUG,
        "DEBUG is on: error pages would show code and data to visitors.",
        "Leave DEBUG unset, or set DEBUG=false.",
    ),
    Unsafe(
        "datadesign.E002",
        _has_weak_key,
        "SECRET_KEY is missing or weak: sessions and links in e-mails could be forged.",
        "Set SECRET_KEY to at least 50 random characters, such as python -c "
        '"import secrets; print(secrets.token_urlsafe(50))" prints, and keep it.',
    ),
    Unsafe(
        "datadesign.E003",
        _lacks_host,
        "ALLOWED_HOSTS does not say which names this installation has.",
        "Set ALLOWED_HOSTS to the host names that people type, with commas between; not to “*”.",
    ),
    Unsafe(
        "datadesign.E004",
        lambda: settings.EMAIL_BACKEND != REAL_MAIL,
        "No e-mail would reach anybody: invitations and forgotten passwords need it.",
        "Set EMAIL_URL, for instance to smtp+tls://user:password@mail.example.org:587.",
    ),
)


def unsafe_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Which settings a production start refuses."""
    if not settings.PRODUCTION:
        return []
    return [Error(rule.message, hint=rule.hint, id=rule.id) for rule in UNSAFE if rule.is_so()]


def demonstration_accounts(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Whether people whose password everybody knows could sign in to a production installation."""
    if not settings.PRODUCTION:
        return []
    return [message for alias in databases or () for message in _demonstration_accounts_in(alias)]


def _demonstration_accounts_in(alias: str) -> Iterator[CheckMessage]:
    people = get_user_model()
    # Before the first migration there is nobody.
    if people._meta.db_table not in connections[alias].introspection.table_names():
        return
    domain = f"@{settings.DEMONSTRATION_DOMAIN}"
    if people.objects.using(alias).filter(email__iendswith=domain, is_active=True).exists():
        yield Error(
            "The demonstration's accounts are in this database, and everybody can know their passwords.",
            hint=f"Use a database without the demonstration, or delete the people whose address ends in {domain}.",
            id="datadesign.E005",
        )


def uncollected_static_files() -> list[CheckMessage]:
    """Whether every page would end in an error, for want of the hashed names of its style sheets."""
    if not settings.PRODUCTION or Path(settings.STATIC_ROOT, "staticfiles.json").exists():
        return []
    hint = "Run python manage.py collectstatic --no-input, once for each new version."
    return [Error("The style sheets and scripts are not collected.", hint=hint, id="datadesign.E006")]


def refuse_unsafe_start() -> None:
    """End the process with what to set, if it would serve people unsafely."""
    try:
        found = (
            unsafe_settings(None) or uncollected_static_files() or demonstration_accounts(None, databases=["default"])
        )
    except DatabaseError as error:
        sys.exit(f"Data Design did not start: its database does not answer. {error}")
    if found:
        for message in found:
            print(f"{message.id}: {message.msg} {message.hint}", file=sys.stderr)
        sys.exit("Data Design did not start: see docs/settings.md.")
