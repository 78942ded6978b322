"""Conditions and defaults are said in words, and prose stays prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.exporters.in_words import condition_in_words, default_in_words
from projects.exporters.markdown_writer import inline_markdown


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("amount >= 1", "`amount` is at least 1"),
        ("(amount <= 1)", "`amount` is at most 1"),
        ("((a > 0) AND (b < -1))", "`a` is greater than 0 and `b` is less than -1"),
        ("a = 1 OR b <> 2", "`a` is 1 or `b` is not 2"),
        ("(a = 1 OR b = 2) AND c = 3", "(`a` is 1 or `b` is 2) and `c` is 3"),
        ("deleted_at IS NULL", "`deleted_at` is empty"),
        ("deleted_at is not null", "`deleted_at` is not empty"),
        ("status IN ('new', 'it''s')", "`status` is one of “new”, “it's”"),
        ("status NOT IN (1, 2)", "`status` is not one of 1, 2"),
        ("(status)::text = ANY ((ARRAY['a'::text, 'b'::character varying])::text[])", "`status` is one of “a”, “b”"),
        ("x BETWEEN 1 AND 5", "`x` is between 1 and 5"),
        ("length(code) = 3", "the length of `code` is 3"),
        ("code ~ 'x'", "`code` matches the pattern “x”"),
        ("CAST(a AS text) <> ''", "`a` is not an empty text"),
        ('"Order" > 0', "`Order` is greater than 0"),
        ("(a = 1) = (b IS NOT NULL)", "`a` is 1 exactly when `b` is not empty"),
        ("total = quantity * (price - discount)", "`total` is `quantity` times (`price` minus `discount`)"),
        ("VALUE >= 0", "the value is at least 0"),
        ("json_valid(body)", "`json_valid` of `body`"),
        ("NOT is_void", "not `is_void`"),
    ],
)
def test_a_condition_is_said_in_words(condition: str, said: str) -> None:
    assert inline_markdown(condition_in_words(condition)) == said


@pytest.mark.parametrize(
    "prose",
    [
        "The amount is positive.",
        "at least one line",
        "((a > 0",
        "amount must be > 0",
        "a ; b",
        "name (optional)",
        "in time",
    ],
)
def test_prose_stays_as_it_was_typed(prose: str) -> None:
    assert inline_markdown(condition_in_words(prose)) == prose


@pytest.mark.parametrize(
    ("default", "said"),
    [
        ("now()", "the current time"),
        ("CURRENT_TIMESTAMP(3)", "the current time"),
        ("nextval('refunds_id_seq'::regclass)", "generated"),
        ("gen_random_uuid()", "generated"),
        ("'new'::refund_status", "“new”"),
        ("''::text", "an empty text"),
        ("(0)::numeric", "0"),
        ("-1", "-1"),
        ("NULL", "empty"),
        ("false", "false"),
        ("ARRAY[]::text[]", "an empty list"),
        ("quantity * price", "`quantity` times `price`"),
        ("thirty days from today", "thirty days from today"),
    ],
)
def test_a_default_is_said_in_words(default: str, said: str) -> None:
    assert inline_markdown(default_in_words(default)) == said


@given(st.text(max_size=200))
def test_any_text_can_be_asked(text: str) -> None:
    condition_in_words(text)
    default_in_words(text)


def test_deep_brackets_are_no_condition() -> None:
    text = "(" * 5_000 + "a > 1" + ")" * 5_000
    assert "is greater than" not in inline_markdown(condition_in_words(text))
