import pytest

from projects.design.vocabulary import DtoDirection, Generation, MappingKind
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

REASON = "RefundRequest.reason"


def mapped(*dto_fields, fields=("reason text",), direction=DtoDirection.REQUEST):
    entity = make_entity("refunds", "id uuid", *fields)
    return make_design(entities=(entity,), dtos=(make_dto("RefundRequest", *dto_fields, direction=direction),))


def answers(design, rule):
    return len(paths_of(design, rule)), len(open_paths_of(design, rule))


def test_a_dto_has_fields():
    assert paths_of(mapped(), "dto-without-fields") == ["RefundRequest"]
    assert paths_of(mapped(make_dto_field(REASON)), "dto-without-fields") == []


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (make_dto_field(REASON, source="refunds.reason"), (0, 0)),
        (make_dto_field(REASON), (1, 0)),
        (make_dto_field(REASON, kind=None), (1, 0)),
        (make_dto_field(REASON, kind=None, transformation="Joined"), (0, 1)),
        (make_dto_field(REASON, kind=MappingKind.UNSTORED), (0, 0)),
        (make_dto_field(REASON, kind=MappingKind.COMPUTED, transformation="Count of lines"), (0, 0)),
        (make_dto_field(REASON, kind=MappingKind.COMPUTED), (1, 0)),
    ],
)
def test_each_field_leads_somewhere(field, expected):
    assert answers(mapped(field), "dto-field-unmapped") == expected


def test_a_finding_on_a_mapping_leads_to_its_cell():
    finding = findings_of(mapped(make_dto_field(REASON)), "dto-field-unmapped")[0]
    assert (finding.path, finding.step, finding.field_name) == (REASON, "contracts", "sources")


@pytest.mark.parametrize(
    ("field", "found"),
    [
        (make_dto_field(REASON, source="refunds.id, refunds.reason"), 1),
        (make_dto_field(REASON, source="refunds.id, refunds.reason", kind=MappingKind.COMPUTED), 0),
        (make_dto_field(REASON, source="refunds.reason", kind=MappingKind.UNSTORED), 1),
        (make_dto_field(REASON, source="refunds.reason"), 0),
    ],
)
def test_a_mapping_says_what_its_fields_say(field, found):
    assert answers(mapped(field), "dto-field-from-another-kind") == (found, 0)


FED = make_dto_field(REASON, source="refunds.reason")


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("code text", (1, 0)),
        ("code? text", (0, 0)),
        (make_field("refunds", "code text", default="'x'"), (0, 0)),
        (make_field("refunds", "code text", generation=Generation.COMPUTED), (0, 0)),
        (make_field("refunds", "code text", description="Filled by a trigger."), (0, 0)),
        ("created_at timestamptz", (0, 0)),
    ],
)
def test_required_fields_are_filled(field, expected):
    assert answers(mapped(FED, fields=("reason text", field)), "required-field-unfed") == expected


def test_an_entity_that_no_dto_is_written_into_is_left_to_people():
    assert answers(mapped(FED, direction=DtoDirection.RESPONSE), "required-field-unfed") == (0, 1)


def test_nothing_is_asked_before_there_are_dtos():
    design = make_design(entities=(make_entity("refunds", "id uuid", "code text"),))
    assert answers(design, "required-field-unfed") == (0, 0)
