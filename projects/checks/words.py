"""Takes names apart into words, and puts words together in the project's letter case."""

import re
from functools import lru_cache

from projects.design.vocabulary import LetterCase

SNAKE = re.compile(r"[^\W_]+(_[^\W_]+)*")
JOINED = re.compile(r"[^\W_]+")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in lower case: refund_lines, refundLines and RefundLines are all (refund, lines)."""
    spaced = re.sub(r"([a-z\d])([A-Z])", r"\1 \2", name)
    spaced = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", spaced)
    return tuple(word.lower() for word in re.split(r"[\W_]+", spaced) if word)


@lru_cache(maxsize=65536)
def squashed(name: str) -> str:
    """A name without case and separators, for asking whether two names read the same."""
    if name.isidentifier():
        return name.replace("_", "").casefold()
    return re.sub(r"[\W_]+", "", name).casefold()


@lru_cache(maxsize=65536)
def is_in_case(name: str, case: LetterCase) -> bool:
    if case is LetterCase.SNAKE:
        return name == name.lower() and bool(SNAKE.fullmatch(name))
    if case is LetterCase.CAMEL:
        return bool(JOINED.fullmatch(name)) and name[0] == name[0].lower()
    if case is LetterCase.PASCAL:
        return bool(JOINED.fullmatch(name)) and name[0] == name[0].upper()
    return True


def in_case(name: str, case: LetterCase) -> str:
    """The same words in another letter case; a name without any word stays as it is."""
    words = words_of(name)
    if not words or case is LetterCase.ANY:
        return name
    if case is LetterCase.SNAKE:
        return "_".join(words)
    capitalised = "".join(word.capitalize() for word in words)
    return capitalised if case is LetterCase.PASCAL else words[0] + capitalised[len(words[0]) :]


def filled(pattern: str, **parts: str) -> str:
    """A naming pattern with its {placeholders} filled in; unknown ones stay, as nothing is evaluated."""
    return PLACEHOLDER.sub(lambda found: parts.get(found[1], found[0]), pattern)


def listed(text: str) -> tuple[str, ...]:
    """The parts of a comma-separated line, like the boolean prefixes of the conventions."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for long lists that read better as one."""
    return frozenset(text.split())
