"""The review of step 12: five rules on the generated documents."""

from datetime import datetime

import pytest

from projects.checks import CheckConfig, run
from projects.design.tree import (
    Design,
    Dto,
    DtoField,
    Entity,
    EntityField,
    Exemption,
    Query,
    Relationship,
    Source,
    Store,
)
from projects.design.vocabulary import DtoDirection, MappingKind, SourceKind, StepName, StoreKind
from projects.workflow.document_review import Outcome, review
from tests.projects.exporters.designs import empty_design, identity, rich_design, uid
from tests.projects.exporters.full_design import full_design

TABLE = Entity(
    uid=uid("refunds"),
    name="refunds",
    fields=(EntityField(uid=uid("refunds", "note"), name="note", type="varchar(20)", is_required=True),),
)


def outcome(design: Design, title: str) -> Outcome:
    findings = run(design, CheckConfig(), datetime(2026, 11, 20)).findings
    return next(each for each in review(design, findings) if each.title == title)


def designed(**parts: object) -> Design:
    return Design(identity=identity(), **{"entities": (TABLE,), **parts})


def test_the_sections_that_lack_something_are_counted_and_lead_to_their_step() -> None:
    found = outcome(empty_design(), "Document complete")
    assert not found.is_passed
    places = {(place.file_name, place.text): place.step for place in found.places}
    assert places["03-data-design.md", "Optimization Strategies (5 times)"] is StepName.PERFORMANCE
    assert places["data-consistency.md", "Concurrent Access (4 times)"] is StepName.INTEGRITY


def test_what_has_a_heading_of_its_own_counts_in_its_section() -> None:
    found = outcome(full_design(), "Document complete")
    assert {place.text.partition(" (")[0] for place in found.places} >= {"Query Patterns", "Database Queries"}


def test_a_step_that_does_not_apply_lacks_nothing() -> None:
    exemptions = tuple(Exemption(uid=uid("exempt", step), step=step, reason="no data is kept") for step in StepName)
    found = outcome(empty_design().model_copy(update={"exemptions": exemptions}), "Document complete")
    assert found.is_passed


@pytest.mark.parametrize(
    ("design", "says"),
    [
        (
            designed(
                relationships=(Relationship(uid=uid("lost"), child=uid("refunds"), missing_target="accounts(id)"),)
            ),
            "refunds refers to accounts(id)",
        ),
        (designed(sources=(Source(uid=uid("prd"), kind=SourceKind.PRD),)), "PRD has neither a location nor a file"),
        (
            designed(queries=(Query(uid=uid("list"), name="List", logic="Filters by `refunds.state`."),)),
            "List names refunds.state",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_named(design: Design, says: str) -> None:
    found = outcome(design, "Cross-references valid")
    assert not found.is_passed
    assert [place.text for place in found.places] == [says]


def test_names_of_fields_and_files_are_no_lost_references() -> None:
    query = Query(uid=uid("list"), name="List", logic="Filters by `Refunds.Note`, writes `refunds.csv` and `a.b`.")
    assert outcome(designed(queries=(query,)), "Cross-references valid").is_passed


def test_the_diagrams_are_read_as_mermaid_reads_them() -> None:
    assert outcome(full_design(), "Diagram renders").said == "3 diagrams are drawn, in a form that Mermaid accepts."


def test_a_design_without_a_diagram_asks_for_its_first_entity() -> None:
    found = outcome(empty_design(), "Diagram renders")
    assert (found.is_passed, found.remedy) == (False, "Add the first entity.")
    store = Store(uid=uid("m"), name="Files", kind=StoreKind.FILE)
    assert outcome(Design(identity=identity(), stores=(store,)), "Diagram renders").is_passed


def test_code_that_was_typed_into_prose_is_pointed_at() -> None:
    query = Query(uid=uid("list"), name="List", logic="```sql\nSELECT * FROM refunds\n```")
    found = outcome(designed(queries=(query,)), "No code blocks")
    assert [(place.text, place.step) for place in found.places] == [("List: code was typed here", StepName.QUERIES)]
    assert outcome(rich_design(), "No code blocks").is_passed


def dto(**field: object) -> Dto:
    given = {"uid": uid("dto", "note"), "name": "note", "type": "string", **field}
    return Dto(uid=uid("dto"), name="NewRefund", direction=DtoDirection.REQUEST, fields=(DtoField(**given),))


def test_a_dto_field_without_a_mapping_or_at_odds_with_the_data_is_pointed_at() -> None:
    unmapped = outcome(designed(dtos=(dto(),)), "DTO mapping aligned")
    assert [place.at for place in unmapped.places] == [uid("dto")]
    mapping = {"kind": MappingKind.STORED, "sources": (uid("refunds", "note"),), "is_required": True}
    longer = outcome(designed(dtos=(dto(**mapping, limits="at most 500 characters"),)), "DTO mapping aligned")
    assert "500" in longer.places[0].text
    assert outcome(designed(dtos=(dto(**mapping, limits="at most 20 characters"),)), "DTO mapping aligned").is_passed


def test_dtos_are_asked_for_unless_the_step_does_not_apply() -> None:
    assert not outcome(designed(), "DTO mapping aligned").is_passed
    exempt = Exemption(uid=uid("exempt"), step=StepName.CONTRACTS, reason="There is no interface.")
    found = outcome(designed(exemptions=(exempt,)), "DTO mapping aligned")
    assert (found.is_passed, found.said) == (True, "Not applicable: There is no interface.")
