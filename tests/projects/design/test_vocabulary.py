"""Choices and limits that the tree and the models share."""

import re

import pytest

from projects.design import vocabulary
from projects.design.vocabulary import KEY_PATTERN, Term

TERMS = [term for term in vars(vocabulary).values() if isinstance(term, type) and issubclass(term, Term)]


@pytest.mark.parametrize("term", [term for term in TERMS if term is not Term])
def test_every_choice_has_words_of_its_own(term: type[Term]) -> None:
    labels = [label for _, label in term.choices()]
    assert all(labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("key", ["billing", "billing-2", "0", "a" * 64])
def test_a_key_is_small_letters_digits_and_hyphens(key: str) -> None:
    assert re.fullmatch(KEY_PATTERN, key)


@pytest.mark.parametrize("key", ["", "-a", "A", "a_b", "a b", "a/b", "..", "é", "a" * 65])
def test_anything_else_is_no_key(key: str) -> None:
    assert not re.fullmatch(KEY_PATTERN, key)
