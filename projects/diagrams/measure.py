"""How wide a text is in a monospaced face, counted in character cells."""

import re
import unicodedata
from functools import lru_cache

ELLIPSIS = "…"

# What XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"})


def cells(text: str) -> int:
    """East Asian wide characters and emoji take two cells, combining marks none."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def clipped(text: str, limit: int) -> str:
    """The text in at most `limit` cells, with an ellipsis for what does not fit."""
    if text.isascii():
        return text if len(text) <= limit else text[: limit - 1] + ELLIPSIS
    if cells(text) <= limit:
        return text
    used = 0
    for place, character in enumerate(text):
        used += _cells_of(character)
        if used > limit - 1:
            return text[:place] + ELLIPSIS
    return text


def one_line(text: str) -> str:
    """The text without line breaks and without what XML cannot hold."""
    if text.isprintable() and text.isascii():
        return text
    return NOT_XML.sub("\ufffd", " ".join(text.split()))


def isolated(text: str) -> str:
    """The text, walled off from its neighbours in a sentence if it can change their direction."""
    if text.isascii() or not any(unicodedata.bidirectional(character) in RIGHT_TO_LEFT for character in text):
        return text
    return f"\u2068{text}\u2069"


@lru_cache(maxsize=4096)
def _cells_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
