"""Work that the worker was asked for already is not asked for again while it may still be under way."""

from collections.abc import Callable

from django.core.cache import cache

# Longer than the slowest print: what is still being printed is not queued again.
ASKED_AGAIN_AFTER_SECONDS = 15 * 60


def ask_once(name: str, ask: Callable[[], object]) -> bool:
    """Ask, unless that was done a short time ago; whether it was asked now."""
    is_new = cache.add(_key(name), True, ASKED_AGAIN_AFTER_SECONDS)
    if is_new:
        ask()
    return is_new


def answered(name: str) -> None:
    """The work is done; whoever misses it again may ask again."""
    cache.delete(_key(name))


def _key(name: str) -> str:
    return f"asked-for-{name}"
