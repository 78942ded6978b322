"""Limits of texts and keys, and what every choice is made of."""

from enum import StrEnum
from typing import Self

KEY_PATTERN = r"[a-z0-9][a-z0-9-]{0,63}"
NAME_LENGTH = 128
LINE_LENGTH = 200
PROSE_LENGTH = 20_000

# Keys become parts of URLs and of file paths: Windows' device names cannot be files, the others are words of our URLs.
RESERVED_KEYS = frozenset(
    {
        "new",
        "edit",
        "settings",
        "people",
        "epics",
        "conventions",
        "handbook",
        "model",
        "search",
        "import",
        "export",
        "history",
        "documents",
        "api",
        "static",
    }
    | {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)


class Term(StrEnum):
    """A stored value together with the words that people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        return term

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(term.value, term.label) for term in cls]
