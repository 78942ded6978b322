"""Writes numbers and sizes for people: `1 200 000`, `4.27 GB`, with spaces that do not break."""

import math

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"

_SIZES = ("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB")
_TIMES = ((90, 1, "s"), (5400, 60, "min"), (172_800, 3600, "h"), (math.inf, 86_400, "days"))


def grouped(number: float, decimals: int = 0) -> str:
    """A number with its digits in groups of three; decimals only where there are some."""
    written = f"{number:,.{decimals}f}".replace(",", NARROW_SPACE)
    return written.rstrip("0").rstrip(".") if "." in written else written


def in_bytes(size: float) -> str:
    """A size to three digits, in units of 1,000."""
    return grouped_bytes(size) if size < 1000 else _in_larger_unit(size)


def grouped_bytes(size: float) -> str:
    return f"{grouped(math.floor(size + 0.5))}{NO_BREAK_SPACE}B"


def in_time(seconds: float) -> str:
    """A length of time to two digits or so, in the unit that suits it."""
    length, unit = next((length, unit) for limit, length, unit in _TIMES if seconds < limit)
    count = seconds / length
    return f"{grouped(count, 1 if count < 10 else 0)}{NO_BREAK_SPACE}{unit}"


def _in_larger_unit(size: float) -> str:
    place = 0
    # Rounding to three digits must not write 1000 of a unit.
    while size >= 999.5 and place < len(_SIZES) - 1:
        size, place = size / 1000, place + 1
    decimals = 2 if size < 9.995 else 1 if size < 99.95 else 0
    return f"{size:.{decimals}f}{NO_BREAK_SPACE}{_SIZES[place]}"
