"""Two documents line by line: nothing is lost, and long ones take no time."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.design.diff.texts import Stretch, compare_texts
from tests.cost import calls_in
from tests.examples import at_most

texts = st.lists(
    st.sampled_from(("", "a", "b", "One two three.", "One too three.", "# Head", "| x | y |")), max_size=25
)


def side(stretches: tuple[Stretch, ...], without: str) -> list[str]:
    lines = (line for stretch in stretches for line in stretch.lines if line.sign != without)
    return ["".join(piece.text for piece in line.pieces) for line in lines]


@given(texts, texts)
@settings(max_examples=at_most(80))
def test_both_texts_can_be_read_from_it(old: list[str], new: list[str]) -> None:
    before, after = "\n".join(old), "\n".join(new)
    stretches = compare_texts(before, after)
    assert bool(stretches) == (before != after)
    if stretches:
        assert "\n".join(side(stretches, "+")) == before
        assert "\n".join(side(stretches, "-")) == after


def test_words_are_marked_and_the_rest_is_folded() -> None:
    same = "\n".join(f"Line {number}." for number in range(20))
    before, after = f"# Keys\n{same}\nKept for 7 days.", f"# Keys\n{same}\nKept for 30 days."
    folded, changed = compare_texts(before, after)
    assert (folded.is_folded, len(folded.lines)) == (True, 19)
    assert changed.heading == "Keys"
    marked = [[piece.text for piece in line.pieces if piece.is_marked] for line in changed.lines if line.sign]
    assert marked == [["7"], ["30"]]


def calls_for_lines(count: int) -> int:
    random = Random(1)
    one, other = ("\n".join(random.choice("abcd") * 40 for _ in range(count)) for _ in range(2))
    return calls_in(lambda: compare_texts(one, other))


def calls_for_words(count: int) -> int:
    return calls_in(lambda: compare_texts("word " * count, "other word " * count))


@pytest.mark.parametrize("calls_for", [calls_for_lines, calls_for_words])
def test_long_texts_that_have_nothing_in_common_cost_no_more_than_their_length(calls_for: Callable[[int], int]) -> None:
    assert calls_for(20_000) < 15 * calls_for(2_000)
