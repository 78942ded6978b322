"""What the environment sets: each value by its type, refused with a sentence if it cannot be read.

Every name asked for is kept in NAMES, so that a test can ask docs/settings.md for it.
"""

import os
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from environ import Env

NAMES: set[str] = set()
FLAGS: Final = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def text(name: str, default: str = "") -> str:
    """The value, or the default where it is unset or empty: `NAME=` in a file of variables means unset."""
    NAMES.add(name)
    # Not Env.str: it takes a value that begins with a dollar sign, as a password may, for another variable's name.
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name).lower()
    if value and value not in FLAGS:
        raise ImproperlyConfigured(f"{name} must be true or false, not “{value}”.")
    return FLAGS.get(value, default)


def whole_number(name: str, default: int, *, at_least: int = 0) -> int:
    value = text(name)
    if value and not (value.isascii() and value.isdigit() and int(value) >= at_least):
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {at_least}, not “{value}”.")
    return int(value) if value else default


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """The parts between commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or list(default)


def choice(name: str, options: tuple[str, ...], default: str) -> str:
    value = text(name, default).lower()
    if value not in options:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(options)}, not “{value}”.")
    return value


def site(name: str, default: str) -> str:
    """An address that links begin with, without the slash at its end."""
    value = text(name, default)
    if not value.startswith(("http://", "https://")):
        raise ImproperlyConfigured(f"{name} must begin with https:// or http://, not “{value}”.")
    return value.rstrip("/")


def database(name: str, default: str) -> dict[str, Any]:
    """The connection that a URL describes, in the words of Django's DATABASES."""
    url = text(name, default)
    if not url.startswith(("postgresql://", "postgres://", "sqlite://")):
        raise ImproperlyConfigured(f"{name} must begin with postgresql:// or sqlite:///.")
    try:
        config: dict[str, Any] = Env.db_url_config(url)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} must be an address like postgresql://user:password@host:5432/name; "
            "special characters in the password are written like %40."
        ) from None
    return config


def mail(name: str, default: str) -> dict[str, Any]:
    """The way out for e-mail that a URL describes, in the words of Django's EMAIL_… settings."""
    try:
        config: dict[str, Any] = Env.email_url_config(text(name, default))
    except ImproperlyConfigured:
        raise ImproperlyConfigured(
            f"{name} must begin with smtp+tls://, smtp+ssl://, smtp:// or consolemail://."
        ) from None
    return {setting: value for setting, value in config.items() if value is not None}
