import pytest

from projects.checks.grammatical_number import Number, number_of_word, plural_word, singular_name, singular_word
from projects.checks.nouns import IRREGULAR_PLURALS, NOUNS

LISTED = NOUNS | IRREGULAR_PLURALS.keys()


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("order", "orders"),
        ("status", "statuses"),
        ("address", "addresses"),
        ("box", "boxes"),
        ("batch", "batches"),
        ("category", "categories"),
        ("day", "days"),
        ("movie", "movies"),
        ("cache", "caches"),
        ("database", "databases"),
        ("license", "licenses"),
        ("bus", "buses"),
        ("analysis", "analyses"),
        ("person", "people"),
        ("child", "children"),
        ("index", "indexes"),
        ("leaf", "leaves"),
        ("data", "data"),
        ("news", "news"),
        ("series", "series"),
        ("frobnicator", "frobnicators"),
    ],
)
def test_a_word_has_both_numbers(singular, plural):
    assert plural_word(singular) == plural
    assert singular_word(plural) == singular


def test_every_listed_noun_is_singular():
    assert {noun for noun in LISTED if number_of_word(noun) is not Number.SINGULAR} == set()


def test_the_plural_of_every_listed_noun_is_plural():
    assert {noun for noun in LISTED if number_of_word(plural_word(noun)) is not Number.PLURAL} == set()


@pytest.mark.parametrize("word", ["preis", "haus", "kunde", "größen", "注文", "pais", "x", "s", ""])
def test_a_word_of_another_language_is_neither(word):
    assert number_of_word(word) is Number.UNKNOWN
    assert singular_word(word) == word


@pytest.mark.parametrize(
    ("name", "words"),
    [("refund_lines", ("refund", "line")), ("RefundLines", ("refund", "line")), ("status", ("status",)), ("_", ())],
)
def test_only_the_last_word_of_a_name_is_made_singular(name, words):
    assert singular_name(name) == words
