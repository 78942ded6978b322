"""Tells whether a name is singular or plural, and says so when it cannot tell: many names are not English."""

from enum import StrEnum
from functools import lru_cache

import inflect

from projects.checks.nouns import IRREGULAR_SINGULARS, MASS_NOUNS, NOUNS
from projects.checks.words import words_of

ENGINE = inflect.engine()

# Endings that only English gives to its nouns, so that a word nobody listed can still be judged.
ENGLISH_ENDINGS = ("ness", "ship", "hood")


class Number(StrEnum):
    SINGULAR = "singular"
    PLURAL = "plural"
    EITHER = "either"
    UNKNOWN = "unknown"


@lru_cache(maxsize=16384)
def number_of_word(word: str) -> Number:
    if word in MASS_NOUNS:
        return Number.EITHER
    if word in NOUNS or word.endswith(ENGLISH_ENDINGS):
        return Number.SINGULAR
    singular = singular_word(word)
    if singular in NOUNS:
        return Number.PLURAL
    # German "preis", Latin "corpus", French "relais" end in an s that makes no plural.
    if singular == word or word.endswith(("ss", "us", "is")):
        return Number.UNKNOWN
    return Number.PLURAL


@lru_cache(maxsize=16384)
def singular_word(word: str) -> str:
    """A word's singular; a word that has none, or that nobody knows, comes back as it is."""
    if word in NOUNS or word in MASS_NOUNS or not word.isascii() or not word.isalpha():
        return word
    return IRREGULAR_SINGULARS.get(word) or str(ENGINE.singular_noun(word) or word)


@lru_cache(maxsize=16384)
def plural_word(word: str) -> str:
    return str(ENGINE.plural_noun(word) or word)


def number_of(name: str) -> Number:
    """The number of a name's last word, which carries it in English: refund_lines is plural, order_status is not."""
    words = [word for word in words_of(name) if word.isalpha()]
    if not words:
        return Number.UNKNOWN
    number = number_of_word(words[-1])
    # In users_archive the plural stands elsewhere: whether that will do is a matter of taste.
    if number is Number.SINGULAR and any(number_of_word(word) is Number.PLURAL for word in words[:-1]):
        return Number.UNKNOWN
    return number


def singular_name(name: str) -> tuple[str, ...]:
    """The words of a name with the last one in the singular."""
    words = words_of(name)
    return (*words[:-1], singular_word(words[-1])) if words else ()


def plural_name(name: str) -> tuple[str, ...]:
    words = words_of(name)
    return (*words[:-1], plural_word(words[-1])) if words else ()
