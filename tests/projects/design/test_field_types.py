"""Types as people type them, in parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.design.field_types import Family, parse


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("bigint", Family.INTEGER),
        ("int unsigned", Family.INTEGER),
        ("NUMERIC(12, 2)", Family.DECIMAL),
        ("double precision", Family.FLOAT),
        ("money", Family.MONEY),
        ("boolean", Family.BOOLEAN),
        ("character varying(64)", Family.TEXT),
        ("bytea", Family.BINARY),
        ("uuid", Family.UUID),
        ("date", Family.DATE),
        ("timestamp without time zone", Family.TIMESTAMP),
        ("interval", Family.INTERVAL),
        ("jsonb", Family.JSON),
        ("enum('a','b')", Family.ENUM),
        ("inet", Family.NETWORK),
        ("tsvector", Family.SEARCH),
        ("refund_status", Family.OTHER),
        ("<script>", Family.OTHER),
    ],
)
def test_a_type_belongs_to_its_family(text: str, family: Family) -> None:
    parsed = parse(text)
    assert parsed is not None
    assert parsed.family is family


@pytest.mark.parametrize(
    ("text", "part", "value"),
    [
        ("varchar(64)", "length", 64),
        ("numeric(12,2)", "precision", 12),
        ("numeric(12,2)", "scale", 2),
        ("numeric(12,2)", "length", None),
        ("timestamptz", "has_time_zone", True),
        ("timestamp(3) with time zone", "has_time_zone", True),
        ("timestamp", "has_time_zone", False),
        ("int unsigned", "is_unsigned", True),
        ("text[]", "is_array", True),
        ("integer[][]", "is_array", True),
        ("enum('a','it''s')", "values", ("a", "it''s")),
        ("bigserial", "name", "bigint"),
        ("int4", "name", "integer"),
    ],
)
def test_a_type_is_read_in_parts(text: str, part: str, value: object) -> None:
    assert getattr(parse(text), part) == value


@pytest.mark.parametrize(
    ("one", "other", "do_match"),
    [
        ("bigserial", "bigint", True),
        ("serial", "integer", True),
        ("varchar(10)", "varchar(20)", True),
        ("uuid", "bigint", False),
        ("integer", "bigint", False),
        ("int unsigned", "int", False),
        ("timestamptz", "timestamp with time zone", True),
        ("timestamptz", "timestamp", False),
        ("text", "text[]", False),
    ],
)
def test_a_foreign_key_may_lead_between_equally_stored_types(one: str, other: str, do_match: bool) -> None:
    first, second = parse(one), parse(other)
    assert first is not None
    assert second is not None
    assert first.matches(second) is do_match


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_no_type_has_no_parts(text: str) -> None:
    assert parse(text) is None


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(text: str) -> None:
    parse(text)
