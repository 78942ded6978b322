import pytest

from tests.projects.checks.builders import findings_of, make_entity, make_relationship, open_paths_of, paths_of
from tests.projects.checks.designs import (
    STAMPS,
    finished_design,
    finished_entities,
    finished_relationships,
    with_entity,
)


def tied(entity, *lines):
    return finished_design(entities=(*finished_entities(), entity), relationships=(*finished_relationships(), *lines))


def test_many_fields_are_too_many():
    assert paths_of(
        with_entity("notes", "id uuid", *(f"fact_{c}x text" for c in "abcdefghijklmnopqrstuvwxyzäöüßéè")),
        "fields-too-many",
    ) == ["notes"]
    assert paths_of(finished_design(), "fields-too-many") == []


def test_a_reference_to_whatever_a_type_names_is_found():
    design = with_entity("comments", "id uuid", "target_type varchar(20)", "target_id uuid", *STAMPS)
    assert paths_of(design, "reference-to-anything") == ["comments.target_id"]


def test_an_id_beside_a_type_of_its_own_is_left_to_people():
    design = with_entity("notes", "id uuid", "payment_type varchar(20)", "payment_id uuid", *STAMPS)
    assert open_paths_of(design, "reference-to-anything") == ["notes.payment_id"]


def test_an_id_with_a_foreign_key_is_fine():
    entity = make_entity("notes", "id uuid", "payment_type varchar(20)", "payment_id uuid", *STAMPS)
    design = tied(entity, make_relationship("notes.payment_id", "payments.id"))
    assert paths_of(design, "reference-to-anything") == open_paths_of(design, "reference-to-anything") == []


def test_names_and_values_of_another_entity_are_fields_as_rows():
    entity = make_entity("refund_facts", "id uuid", "refund_id uuid", "attribute text", "value text", *STAMPS)
    design = tied(entity, make_relationship("refund_facts.refund_id", "refunds.id"))
    assert paths_of(design, "fields-as-rows") == ["refund_facts"]


@pytest.mark.parametrize(("name", "asked"), [("lookup_entries", ["lookup_entries"]), ("app_settings", [])])
def test_names_and_values_alone_may_be_settings(name, asked):
    design = with_entity(name, "id uuid", "key text", "value text", *STAMPS)
    assert paths_of(design, "fields-as-rows") == []
    assert open_paths_of(design, "fields-as-rows") == asked


def test_an_entity_that_is_tied_to_nothing_is_found():
    assert paths_of(with_entity("notes", "id uuid", "body text", *STAMPS), "entity-without-relationships") == ["notes"]


def test_an_entity_with_something_like_a_reference_is_left_to_people():
    design = with_entity("notes", "id uuid", "author_id uuid", *STAMPS)
    assert open_paths_of(design, "entity-without-relationships") == ["notes"]


def test_an_entity_may_stand_alone_on_purpose():
    design = with_entity("currencies", "id uuid", *STAMPS, purpose="A list that stands alone.")
    assert paths_of(design, "entity-without-relationships") == []


def circle(second="b_id uuid", description=""):
    return finished_design(
        entities=(make_entity("as", "id uuid", second), make_entity("bs", "id uuid", "a_id uuid")),
        relationships=(
            make_relationship("as.b_id", "bs.id", description=description),
            make_relationship("bs.a_id", "as.id"),
        ),
        queries=(),
        indexes=(),
    )


def test_required_references_in_a_circle_are_found_once():
    found = findings_of(circle(), "references-in-a-circle")
    assert [finding.message for finding in found] == [
        "No row of “as” can be the first: as and bs all require one another."
    ]


@pytest.mark.parametrize("design", [circle("b_id? uuid"), circle(description="Deferred to the commit.")])
def test_a_circle_with_a_way_in_is_fine(design):
    assert paths_of(design, "references-in-a-circle") == []


def test_a_required_reference_to_the_own_entity_is_left_to_people():
    entity = make_entity("nodes", "id uuid", "parent_id uuid", *STAMPS)
    design = tied(entity, make_relationship("nodes.parent_id", "nodes.id"))
    assert open_paths_of(design, "references-in-a-circle") == ["nodes"]


@pytest.mark.parametrize(
    ("field", "found", "asked"),
    [("line_ids text", 1, 0), ("tags text", 0, 1), ("line_ids text[]", 0, 0), ("label text", 0, 0)],
)
def test_lists_in_a_text_are_found_by_their_names(field, found, asked):
    design = with_entity("notes", "id uuid", field, *STAMPS)
    assert len(paths_of(design, "list-in-a-field")) == found
    assert len(open_paths_of(design, "list-in-a-field")) == asked
