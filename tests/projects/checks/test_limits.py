from decimal import Decimal

import pytest

from projects.checks.limits import NOTHING, limits_on, read_limits


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("1..100", 1, 100),
        ("1 to 100", 1, 100),
        ("between 1 and 100", 1, 100),
        ("0–100", 0, 100),
        ("max 64 characters", None, 64),
        ("maxLength: 500", None, 500),
        ("at most 10,000", None, 10_000),
        (">= 1", 1, None),
        ("minimum 3", 3, None),
        ("64 characters", None, 64),
        ("not negative", 0, None),
        ("min 1, max 20", 1, 20),
    ],
)
def test_limits_are_read_as_people_write_them(text, lower, upper):
    limits = read_limits(text)
    assert (limits.lower, limits.upper) == (lower, upper)


@pytest.mark.parametrize("text", ["> 0", "positive", "greater than zero"])
def test_an_open_end_is_not_reached(text):
    assert read_limits(text).allows(Decimal(0)) is (text == "greater than zero")


@pytest.mark.parametrize("text", ["one of a, b", "a | b", "in ('a', 'b')", "values: A, B"])
def test_values_are_read(text):
    assert read_limits(text).values == {"a", "b"}


@pytest.mark.parametrize("text", ["", "a valid code", "at most 5 unless it is a gift", "1 or 2", "e-mail address"])
def test_nothing_is_made_of_what_says_more_or_less(text):
    assert read_limits(text) == NOTHING


@pytest.mark.parametrize(
    ("expression", "lower", "upper"),
    [
        ("amount > 0", 0, None),
        ("amount >= 1 and amount <= 9 and other > 3", 1, 9),
        ("amount between 1 and 9 and other > 3", 1, 9),
        ("0 < amount", 0, None),
        ("other > 3", None, None),
        ("amount > 0 or other > 3", None, None),
        ("total_amount > 5", None, None),
    ],
)
def test_a_check_is_read_for_one_of_its_fields(expression, lower, upper):
    limits = limits_on("amount", expression)
    assert (limits.lower, limits.upper) == (lower, upper)
