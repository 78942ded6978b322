"""Numbers of things in words."""

import pytest

from projects.workflow.counted import counted


@pytest.mark.parametrize(
    ("number", "name", "words"),
    [
        (1, "entities", "1 entity"),
        (1, "indexes", "1 index"),
        (1, "fields", "1 field"),
        (2, "entities", "2 entities"),
        (0, "fields", "0 fields"),
    ],
)
def test_one_thing_stands_in_the_singular(number: int, name: str, words: str) -> None:
    assert counted([(name, number)]) == words


def test_nothing_to_count_is_no_words() -> None:
    assert counted([]) == ""
