import pytest

from projects.design.tree import Check, DataElement
from projects.design.vocabulary import Cardinality, ReferentialAction
from tests.projects.checks.builders import (
    make,
    make_entity,
    make_field,
    make_index,
    make_relationship,
    open_paths_of,
    paths_of,
    uid_of,
)
from tests.projects.checks.designs import (
    STAMPS,
    finished_design,
    finished_entities,
    finished_relationships,
    with_entity,
)


def noted(field, *others, check="", **facts):
    checks = (Check(uid=uid_of("check"), expression=check),) if check else ()
    return with_entity("notes", "id uuid", make_field("notes", field, **facts), *others, *STAMPS, checks=checks)


@pytest.mark.parametrize(
    ("design", "found", "asked"),
    [
        (noted("status varchar(20)"), ["notes.status"], []),
        (noted("status varchar(20)", rule="one of open, done"), [], []),
        (noted("status varchar(20)", check="status in ('open', 'done')"), [], []),
        (noted("status refund_status"), [], []),
        (noted("kind text"), [], ["notes.kind"]),
        (noted("state text", "city text"), [], []),
    ],
)
def test_states_have_values(design, found, asked):
    assert (paths_of(design, "state-without-values"), open_paths_of(design, "state-without-values")) == (found, asked)


@pytest.mark.parametrize(
    ("design", "found", "asked"),
    [
        (noted("tax_percentage numeric(5,2)"), ["notes.tax_percentage"], []),
        (noted("tax_percentage numeric(5,2)", check="tax_percentage between 0 and 100"), [], []),
        (noted("quantity integer"), [], ["notes.quantity"]),
        (noted("quantity integer", rule="> 0"), [], []),
    ],
)
def test_ranges_have_checks(design, found, asked):
    assert (paths_of(design, "range-without-check"), open_paths_of(design, "range-without-check")) == (found, asked)


@pytest.mark.parametrize(
    ("design", "found"),
    [
        (noted("quantity integer", rule="> 0", default="0"), True),
        (noted("quantity integer", rule="> 0", default="1"), False),
        (noted("quantity integer", check="quantity >= 1", default="0"), True),
        (noted("status text", rule="one of open, done", default="'new'"), True),
        (noted("status text", rule="one of open, done", default="'open'"), False),
        (noted("quantity integer", rule="> 0, unless it is a gift", default="0"), False),
    ],
)
def test_a_default_keeps_the_rules_on_its_field(design, found):
    assert bool(paths_of(design, "check-contradicts-default")) is found


def junction(key="refund_id, tag_id", unique=(), tag="tag_id uuid", *fields):
    entities = (
        *finished_entities(),
        make_entity("tags", "id uuid", *STAMPS),
        make_entity("refund_tags", "id uuid", "refund_id uuid", tag, *fields, key=key, unique=unique),
    )
    lines = (
        make_relationship("refund_tags.refund_id", "refunds.id", on_delete=ReferentialAction.CASCADE),
        make_relationship("refund_tags.tag_id", "tags.id", on_delete=ReferentialAction.CASCADE),
        make_relationship(
            "refunds.id", "tags.id", pairs=(), cardinality=Cardinality.MANY_TO_MANY, junction=uid_of("refund_tags")
        ),
    )
    return finished_design(entities=entities, relationships=(*finished_relationships(), *lines))


@pytest.mark.parametrize(
    ("design", "found", "asked"),
    [
        (junction(), 0, 0),
        (junction("id", ["refund_id, tag_id"]), 0, 0),
        (junction("id"), 1, 0),
        (junction("id", ["refund_id, tag_id, since"], "tag_id uuid", "since date"), 0, 1),
    ],
)
def test_a_junction_has_a_unique_pair(design, found, asked):
    assert len(paths_of(design, "junction-without-unique-pair")) == found
    assert len(open_paths_of(design, "junction-without-unique-pair")) == asked


def test_references_of_a_junction_are_required():
    assert paths_of(junction("id", (), "tag_id? uuid"), "junction-field-optional") == ["refund_tags.tag_id"]
    assert paths_of(junction(), "junction-field-optional") == []


@pytest.mark.parametrize(("second", "found"), [("b uuid", 0), ("b? uuid", 1)])
def test_a_foreign_key_is_optional_as_a_whole_or_not_at_all(second, found):
    entities = (make_entity("ps", "a uuid", "b uuid", key="a, b"), make_entity("cs", "id uuid", "a uuid", second))
    line = make_relationship("cs.a, cs.b", "ps.a, ps.b")
    design = finished_design(entities=entities, relationships=(line,), queries=(), indexes=())
    assert len(paths_of(design, "foreign-key-partly-optional")) == found


def marked(on_delete=ReferentialAction.CASCADE, *fields, **facts):
    entities = (
        make_entity("people", "id uuid", "deleted_at? timestamptz", "email text", **facts),
        make_entity("orders", "id uuid", "person_id uuid", *fields),
    )
    line = make_relationship("orders.person_id", "people.id", on_delete=on_delete)
    return finished_design(entities=entities, relationships=(line,), queries=(), indexes=())


def test_a_cascade_from_rows_that_are_only_marked_is_found():
    assert paths_of(marked(), "cascade-meets-soft-delete") == ["orders.person_id"]
    assert paths_of(marked(ReferentialAction.RESTRICT), "cascade-meets-soft-delete") == []


def test_a_unique_key_that_counts_deleted_rows_is_found():
    assert paths_of(marked(unique=["email"]), "unique-ignores-soft-delete") == ["people (email)"]
    assert paths_of(marked(), "unique-ignores-soft-delete") == []


def test_a_unique_index_over_rows_that_are_not_deleted_is_fine():
    index = make_index("uq", "people", "email", is_unique=True, condition="deleted_at is null")
    design = marked()
    assert paths_of(type(design)(**{**dict(design), "indexes": (index,)}), "unique-ignores-soft-delete") == []


def test_a_unique_reference_of_deleted_rows_is_left_to_people():
    entities = (
        make_entity("people", "id uuid"),
        make_entity("seats", "id uuid", "person_id uuid", "deleted_at? timestamptz", unique=["person_id"]),
    )
    line = make_relationship("seats.person_id", "people.id")
    design = finished_design(entities=entities, relationships=(line,), queries=(), indexes=())
    assert open_paths_of(design, "unique-ignores-soft-delete") == ["seats (person_id)"]


@pytest.mark.parametrize(
    ("child", "parent", "found", "asked"),
    [
        ("10 years", "1 year", 1, 0),
        ("10 years", "", 1, 0),
        ("1 day", "10 years", 0, 0),
        ("10 years", "10 years", 0, 0),
        ("as the law says", "1 year", 0, 1),
        ("", "1 year", 0, 0),
    ],
)
def test_a_cascade_into_what_must_be_kept_longer_is_found(child, parent, found, asked):
    elements = (make(DataElement, "Child", kept_for=child), make(DataElement, "Parent", kept_for=parent))
    entities = (
        make_entity("ps", "id uuid", data_element=elements[1].uid),
        make_entity("cs", "id uuid", "p_id uuid", data_element=elements[0].uid),
    )
    line = make_relationship("cs.p_id", "ps.id", on_delete=ReferentialAction.CASCADE)
    design = finished_design(entities=entities, relationships=(line,), queries=(), indexes=(), data_elements=elements)
    assert len(paths_of(design, "cascade-meets-retention")) == found
    assert len(open_paths_of(design, "cascade-meets-retention")) == asked
