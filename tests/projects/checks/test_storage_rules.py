import pytest

from projects.design.tree import DataElement
from tests.projects.checks.builders import findings_of, make_design, make_entity, make_store, paths_of, uid_of
from tests.projects.checks.designs import finished_design


def with_store(**facts):
    return finished_design(stores=(make_store(**facts),))


def test_entities_without_a_store_are_found():
    design = make_design(entities=[make_entity("notes", "id uuid")])
    assert [finding.step for finding in findings_of(design, "store-missing")] == ["storage"]


def test_an_empty_design_needs_no_store():
    assert paths_of(make_design(), "store-missing") == []


@pytest.mark.parametrize("system", ["", "  "])
def test_a_store_without_system_is_found(system):
    assert paths_of(with_store(system=system), "store-system-missing") == ["main"]


def test_the_missing_parts_of_a_rationale_are_named():
    finding = findings_of(with_store(project_patterns="", team_expertise=" "), "store-rationale-incomplete")[0]
    assert finding.path == "main"
    assert finding.field_name == "project_patterns"
    assert finding.message == "The choice of the store “main” leaves out project patterns, team expertise."


def test_a_whole_rationale_is_fine():
    assert paths_of(with_store(), "store-rationale-incomplete") == []


def test_a_data_element_needs_a_store():
    lost = DataElement(uid=uid_of("element"), name="Evidence")
    kept = DataElement(uid=uid_of("kept"), name="Refund", store=make_store().uid)
    assert paths_of(finished_design(data_elements=(lost, kept)), "data-element-without-store") == ["Evidence"]
