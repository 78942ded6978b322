"""Numbers of things in words: `1 entity, 12 fields`."""

from collections.abc import Iterable

ENDINGS = (("ies", "y"), ("xes", "x"), ("s", ""))


def counted(counts: Iterable[tuple[str, int]]) -> str:
    """Each number with its name, which comes in the plural."""
    return ", ".join(f"{number} {_singular(name) if number == 1 else name}" for name, number in counts)


def _singular(plural: str) -> str:
    ending, instead = next(((end, one) for end, one in ENDINGS if plural.endswith(end)), ("", ""))
    return plural.removesuffix(ending) + instead
