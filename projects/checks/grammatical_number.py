"""Tells whether a name is singular or plural, and says so when it cannot tell: many names are not English.

The list of nouns does most of it. A library of inflection cost more than a second to load and knows no more: it too
takes a word that it has never seen for English.
"""

from enum import StrEnum
from functools import lru_cache

from projects.checks.nouns import IRREGULAR_PLURALS, MASS_NOUNS, NOUNS, OTHER_PLURALS
from projects.checks.words import words_of

# Endings that only English gives to its nouns, so that a word nobody listed can still be judged.
ENGLISH_ENDINGS = ("ness", "ship", "hood")
HISSING = ("s", "x", "z", "ch", "sh")
SINGULARS = {plural: singular for singular, plural in IRREGULAR_PLURALS.items()} | OTHER_PLURALS


class Number(StrEnum):
    SINGULAR = "singular"
    PLURAL = "plural"
    EITHER = "either"
    UNKNOWN = "unknown"


@lru_cache(maxsize=16384)
def number_of_word(word: str) -> Number:
    if word in MASS_NOUNS:
        return Number.EITHER
    if _is_known_singular(word):
        return Number.SINGULAR
    if word in SINGULARS or singular_word(word) in NOUNS:
        return Number.PLURAL
    # German "preis", Latin "corpus", French "relais" end in an s that makes no plural: they come back as they are.
    return Number.UNKNOWN if singular_word(word) == word else Number.PLURAL


def _is_known_singular(word: str) -> bool:
    return word in NOUNS or word in IRREGULAR_PLURALS or word.endswith(ENGLISH_ENDINGS)


@lru_cache(maxsize=16384)
def singular_word(word: str) -> str:
    """A word's singular; a word that has none, or that nobody knows, comes back as it is."""
    if word in SINGULARS:
        return SINGULARS[word]
    if word in MASS_NOUNS or _is_known_singular(word) or not word.endswith("s") or len(word) < 3:
        return word
    candidates = [word[:-1], word[:-2] if word.endswith("es") else "", f"{word[:-3]}y" if word.endswith("ies") else ""]
    if known := next((one for one in candidates if one in NOUNS), None):
        return known
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return candidates[2]
    return candidates[1] if word.endswith(("sses", "xes", "zes", "ches", "shes")) else candidates[0]


@lru_cache(maxsize=16384)
def plural_word(word: str) -> str:
    if word in IRREGULAR_PLURALS or word in MASS_NOUNS:
        return IRREGULAR_PLURALS.get(word, word)
    if word.endswith(HISSING):
        return f"{word}es"
    ends_in_consonant_and_y = len(word) > 1 and word.endswith("y") and word[-2] not in "aeiou"
    return f"{word[:-1]}ies" if ends_in_consonant_and_y else f"{word}s"


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
