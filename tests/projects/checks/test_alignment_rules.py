import pytest

from projects.checks.dto_types import plain_type
from projects.design.vocabulary import DtoDirection, MappingKind
from tests.projects.checks.builders import (
    findings_of,
    make_design,
    make_dto,
    make_dto_field,
    make_entity,
    make_field,
    open_paths_of,
    paths_of,
)

RESPONSE = DtoDirection.RESPONSE


def pair(stored, type_="string", direction=DtoDirection.REQUEST, rule="", default="", **facts):
    """One DTO field handed on to the one field of an entity."""
    field = make_field(
        "refunds", f"value{'?' if stored.startswith('?') else ''} {stored.lstrip('?')}", rule=rule, default=default
    )
    entity = make_entity("refunds", "id uuid", field)
    dto_field = make_dto_field("Refund.value", type_, "refunds.value", **facts)
    return make_design(entities=(entity,), dtos=(make_dto("Refund", dto_field, direction=direction),))


def answers(design, rule):
    return len(paths_of(design, rule)), len(open_paths_of(design, rule))


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (pair("text"), (1, 0)),
        (pair("text", is_required=True), (0, 0)),
        (pair("?text"), (0, 0)),
        (pair("text", default="''"), (0, 0)),
        (pair("text", alignment="Empty if left out."), (0, 1)),
        (pair("?text", direction=RESPONSE, is_required=True), (1, 0)),
        (pair("text", direction=RESPONSE, is_required=True), (0, 0)),
        (pair("text", kind=MappingKind.COMPUTED), (0, 0)),
    ],
)
def test_required_agrees(design, expected):
    assert answers(design, "dto-required-differs") == expected


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (pair("bigint", "boolean"), (1, 0)),
        (pair("bigint", "integer"), (0, 0)),
        (pair("timestamptz", "string (date-time)"), (0, 0)),
        (pair("timestamptz", "boolean", transformation="True once it is set"), (0, 0)),
        (pair("bigint", "boolean", transformation="Direct mapping"), (1, 0)),
        (pair("bigint", "boolean", alignment="0 and 1"), (0, 1)),
        (pair("bigint", "Money"), (0, 0)),
        (pair("jsonb", "object"), (0, 0)),
    ],
)
def test_types_agree(design, expected):
    assert answers(design, "dto-type-differs") == expected


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (pair("varchar(200)", limits="max 500 characters"), (1, 0)),
        (pair("varchar(200)", limits="max 200 characters"), (0, 0)),
        (pair("varchar(200)"), (1, 0)),
        (pair("varchar(200)", "string(120)"), (0, 0)),
        (pair("varchar(200)", direction=RESPONSE), (0, 0)),
        (pair("varchar(200)", "enum('a','b')"), (0, 0)),
        (pair("varchar(200)", alignment="Cut to 200"), (0, 1)),
        (pair("text"), (0, 0)),
    ],
)
def test_lengths_agree(design, expected):
    assert answers(design, "dto-length-differs") == expected


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (pair("enum('a','b')", "enum('a','c')"), (1, 0)),
        (pair("enum('a','b')", "enum('a')"), (0, 0)),
        (pair("enum('a','b')", "enum('a')", RESPONSE), (1, 0)),
        (pair("text", "'a' | 'c'", rule="one of a, b"), (1, 0)),
        (pair("enum('a','b')", limits="one of a, c", alignment="c becomes b"), (0, 1)),
        (pair("enum('a','b')", "string"), (0, 0)),
    ],
)
def test_values_agree(design, expected):
    assert answers(design, "dto-values-differ") == expected


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (pair("bigint", "integer", rule="> 0", limits=">= 0"), (1, 0)),
        (pair("bigint", "integer", rule="> 0", limits="> 0"), (0, 0)),
        (pair("bigint", "integer", rule="1..100", limits="1..1000"), (1, 0)),
        (pair("bigint", "integer", rule="1..100", limits=">= 1"), (1, 0)),
        (pair("bigint", "integer", rule="1..100", limits="5..10"), (0, 0)),
        (pair("bigint", "integer", rule="1..100", limits="0..10", alignment="0 means none"), (0, 1)),
        (pair("bigint", "integer", rule="1..100"), (0, 0)),
    ],
)
def test_ranges_agree(design, expected):
    assert answers(design, "dto-range-differs") == expected


def test_a_difference_is_said_as_one_sentence():
    finding = findings_of(pair("varchar(200)", limits="max 500"), "dto-length-differs")[0]
    assert finding.message == "“Refund.value” accepts 500 characters, but “refunds.value” takes 200."
    assert (finding.step, finding.field_name) == ("contracts", "limits")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("string", "string"),
        ("String?", "string"),
        ("string (date-time)", "date-time"),
        ("string<uuid>", "uuid"),
        ("int64", "integer"),
        ("string[]", None),
        ("array of string", None),
        ("RefundLine", None),
        ("", None),
    ],
)
def test_types_of_dtos_are_read(text, name):
    assert plain_type(text) == name
