"""Names and texts in the form that Mermaid 10.9 to 12 all accept.

Their lexers differ: dots, commas, non-ASCII letters and leading digits in a name pass in the newest only, and any of
them trips over its own keywords. So names become ASCII identifiers, and the words as typed stand in quotes beside them.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from projects.diagrams.measure import ELLIPSIS

IDENTIFIER_LENGTH = 60
TYPE_LENGTH = 48
UNSPECIFIED = "unspecified"

# Keywords of the grammars, read without regard to case; and names that JavaScript objects have by themselves, because
# the older versions keep entities in one.
KEYWORDS = """
accdescr acctitle class classdef default direction end erdiagram fk graph many o one only optionally pk style subgraph
title to u uk zero
"""
INHERITED = """
constructor hasownproperty isprototypeof propertyisenumerable prototype tolocalestring tostring valueof __proto__
__definegetter__ __definesetter__ __lookupgetter__ __lookupsetter__
"""
RESERVED = frozenset(f"{KEYWORDS} {INHERITED}".split())

# What may stand as it is in a quoted text. All else is written as #code; which Mermaid decodes before it draws.
PLAIN = frozenset(" _.,()/+-=")
NAMED = {'"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;"}
# Mermaid marks decoded characters with these itself.
MARKERS = frozenset("ﬂ¶")

# Mermaid 12 reads drawn texts as Markdown: emphasis by underscores at the edge of a word, and lists at the start.
EMPHASIS = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
LIST = re.compile(r"^(\d*)([-+.)])")

# Mermaid 12 takes the whole line for a statement if this stands anywhere in it, even in quotes.
DIRECTION = re.compile(r"(direction)\s+(?=TB|BT|RL|LR)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def identifier(name: str, otherwise: str) -> str:
    """The name as an ASCII identifier; `otherwise` if it has no ASCII letter or digit at all."""
    words = re.sub(r"^\W+|\W+$", "", _ascii(name), flags=re.ASCII)
    found = re.sub(r"\W+", "_", words, flags=re.ASCII)[:IDENTIFIER_LENGTH]
    if not found.strip("_"):
        found = otherwise
    if found[0].isdigit():
        found = f"_{found}"
    return f"{found}_" if found.lower() in RESERVED else found


def unique(names: Iterable[str]) -> list[str]:
    """The names with a number behind those that were there before, whatever their case."""
    taken: set[str] = set()
    found = []
    for name in names:
        candidate, number = name, 1
        while candidate.lower() in taken:
            number += 1
            candidate = f"{name}_{number}"
        taken.add(candidate.lower())
        found.append(candidate)
    return found


@lru_cache(maxsize=4096)
def type_word(text: str) -> str:
    """A type as one word: numeric(12_2) for numeric(12,2), timestamp_with_time_zone."""
    word = re.sub(r"[^A-Za-z0-9_()\[\]]+", "_", _ascii(text))
    word = re.sub(r"(?<=[(\[])_+|_+(?=[)\]])", "", word).strip("_")[:TYPE_LENGTH]
    if not word:
        return UNSPECIFIED
    leading = re.split(r"\W", word, maxsplit=1)[0]
    return f"_{word}" if not word[0].isalpha() or leading.lower() in RESERVED else word


@lru_cache(maxsize=4096)
def quoted(text: str, limit: int) -> str:
    """The text in quotes, at most `limit` characters of it, without anything that a version reads as syntax."""
    line = " ".join(text.split())
    line = line if len(line) <= limit else line[: limit - 1] + ELLIPSIS
    escaped = DIRECTION.sub(r"\1#32;", "".join(map(_escaped, line)))
    escaped = EMPHASIS.sub("#95;", escaped)
    escaped = LIST.sub(lambda found: f"{found[1]}#{ord(found[2])};", escaped)
    return f'"{escaped or " "}"'


def _escaped(character: str) -> str:
    if character in PLAIN or (character.isascii() and character.isalnum()):
        return character
    if character in NAMED:
        return NAMED[character]
    if character.isascii() or character in MARKERS:
        return f"#{ord(character)};"
    # Direction marks and their like have no form of their own, and could turn round what follows.
    return character if character.isprintable() else ""


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
