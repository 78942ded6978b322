"""Texts cut short: around their first difference where two of them are compared."""

import re

LONGEST = 120
# How much of what is equal is shown before the first difference.
LEAD = 30
ELLIPSIS = "…"
# Narrow and no-break spaces, as in numbers, stay.
_SPACES = re.compile(r"[ \t\n]+")


def one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")


def shortened(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}{ELLIPSIS}"


def apart(before: str, after: str) -> tuple[str, str]:
    """Both on one line, and so short that the first difference shows."""
    one, other = one_line(before), one_line(after)
    start = 0
    if max(len(one), len(other)) > LONGEST:
        start = max(0, _alike(one, other) - LEAD)
    return _from(one, start), _from(other, start)


def _alike(one: str, other: str) -> int:
    """How many characters the two begin with alike."""
    differing = (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1])
    return next(differing, min(len(one), len(other)))


def _from(line: str, start: int) -> str:
    return f"{ELLIPSIS if start and line else ''}{shortened(line[start:])}"
