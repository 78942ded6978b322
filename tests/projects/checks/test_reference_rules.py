import pytest

from projects.design.vocabulary import Cardinality, ReferentialAction, TypeKind
from tests.projects.checks.builders import (
    findings_of,
    make_entity,
    make_index,
    make_relationship,
    make_store,
    make_type,
    open_paths_of,
    paths_of,
    uid_of,
)
from tests.projects.checks.designs import finished_design, finished_entities, finished_relationships


def with_line(entity, *relationships, **changed):
    return finished_design(
        entities=(*finished_entities(), entity), relationships=(*finished_relationships(), *relationships), **changed
    )


def test_a_reference_to_what_is_not_there_is_found_with_its_words():
    line = make_relationship("notes.account_id", missing_target="accounts(id)")
    design = with_line(make_entity("notes", "id uuid", "account_id uuid"), line)
    finding = findings_of(design, "foreign-key-target-missing")[0]
    assert finding.path == "notes.account_id"
    assert finding.uid == line.uid
    assert finding.message == "“notes.account_id” refers to “accounts(id)”, which is not in the design."


def test_a_reference_to_a_missing_field_of_an_entity_is_found():
    line = make_relationship("notes.refund_id", parent=uid_of("refunds"))
    design = with_line(make_entity("notes", "id uuid", "refund_id uuid"), line)
    assert paths_of(design, "foreign-key-target-missing") == ["notes.refund_id"]


def test_a_reference_to_a_reused_entity_is_fine():
    line = make_relationship("notes.payment_id", "payments.id")
    design = with_line(make_entity("notes", "id uuid", "payment_id uuid"), line)
    assert paths_of(design, "foreign-key-target-missing") == []


def test_a_relationship_without_fields_is_found():
    line = make_relationship("notes.x", "refunds.id", pairs=())
    design = with_line(make_entity("notes", "id uuid"), line)
    assert paths_of(design, "foreign-key-without-fields") == ["notes → refunds"]


def test_a_field_of_a_third_entity_is_found():
    line = make_relationship("notes.refund_id", "refunds.id", parent=uid_of("payments"))
    design = with_line(make_entity("notes", "id uuid", "refund_id uuid"), line)
    assert paths_of(design, "foreign-key-field-elsewhere") == ["notes.refund_id"]


def test_a_reference_to_a_field_that_is_no_key_is_found():
    line = make_relationship("notes.amount", "refunds.amount_minor")
    design = with_line(make_entity("notes", "id uuid", "amount bigint"), line)
    assert paths_of(design, "foreign-key-target-not-key") == ["notes.amount"]


def test_a_reference_to_a_unique_key_is_fine():
    line = make_relationship("notes.provider_ref", "refunds.provider_ref")
    design = with_line(make_entity("notes", "id uuid", "provider_ref varchar(64)"), line)
    assert paths_of(design, "foreign-key-target-not-key") == []


def test_a_unique_index_makes_a_key_and_a_partial_one_does_not():
    line = make_relationship("notes.amount", "refunds.amount_minor")
    entity = make_entity("notes", "id uuid", "amount bigint")
    whole = make_index("uq_refunds_amount", "refunds", "amount_minor", is_unique=True)
    partial = make_index("uq_refunds_amount", "refunds", "amount_minor", is_unique=True, condition="amount_minor > 0")
    assert paths_of(with_line(entity, line, indexes=(whole,)), "foreign-key-target-not-key") == []
    assert paths_of(with_line(entity, line, indexes=(partial,)), "foreign-key-target-not-key") == ["notes.amount"]


def test_a_part_of_a_composite_key_is_no_key():
    prices = make_entity("prices", "product_id uuid", "valid_from date", key="product_id, valid_from")
    notes = make_entity("notes", "id uuid", "product_id uuid", "valid_from date")
    part = make_relationship("notes.product_id", "prices.product_id")
    whole = make_relationship("notes.valid_from, notes.product_id", "prices.valid_from, prices.product_id")
    entities = (*finished_entities(), prices, notes)
    assert paths_of(finished_design(entities=entities, relationships=(part,)), "foreign-key-target-not-key") == [
        "notes.product_id"
    ]
    assert paths_of(finished_design(entities=entities, relationships=(whole,)), "foreign-key-target-not-key") == []


def test_a_reused_entity_without_keys_leaves_the_question_open():
    other = make_entity("accounts", "id uuid", key="", reused_from="people/accounts")
    notes = make_entity("notes", "id uuid", "account_id uuid")
    line = make_relationship("notes.account_id", "accounts.id")
    design = finished_design(entities=(*finished_entities(), other, notes), relationships=(line,))
    assert paths_of(design, "foreign-key-target-not-key") == []
    assert open_paths_of(design, "foreign-key-target-not-key") == ["notes.account_id"]


@pytest.mark.parametrize("field_type", ["bigint", "text", "uuid[]", "varchar(36)"])
def test_ends_of_different_types_are_found(field_type):
    line = make_relationship("notes.refund_id", "refunds.id")
    design = with_line(make_entity("notes", "id uuid", f"refund_id {field_type}"), line)
    finding = findings_of(design, "foreign-key-type-mismatch")[0]
    assert finding.path == "notes.refund_id"
    assert finding.message == (f"“notes.refund_id” is {field_type}, but “refunds.id”, which it refers to, is uuid.")


@pytest.mark.parametrize(
    ("child", "parent"),
    [("bigint", "bigserial"), ("integer", "serial"), ("int4", "int"), ("varchar(9)", "varchar(99)")],
)
def test_types_that_store_the_same_fit(child, parent):
    other = make_entity("accounts", f"id {parent}")
    notes = make_entity("notes", "id uuid", f"account_id {child}")
    line = make_relationship("notes.account_id", "accounts.id")
    design = finished_design(entities=(*finished_entities(), other, notes), relationships=(line,))
    assert paths_of(design, "foreign-key-type-mismatch") == []


def test_a_domain_fits_its_base():
    domain = make_type("refund_key", TypeKind.DOMAIN, base="uuid")
    line = make_relationship("notes.refund_id", "refunds.id")
    notes = make_entity("notes", "id uuid", "refund_id refund_key")
    design = with_line(notes, line, types=(*finished_design().types, domain))
    assert paths_of(design, "foreign-key-type-mismatch") == []


def test_a_type_that_the_design_does_not_define_is_left_to_people():
    line = make_relationship("notes.refund_id", "refunds.id")
    design = with_line(make_entity("notes", "id uuid", "refund_id refund_key"), line)
    assert paths_of(design, "foreign-key-type-mismatch") == []
    assert open_paths_of(design, "foreign-key-type-mismatch") == ["notes.refund_id"]


def test_a_field_without_type_is_the_business_of_another_rule():
    line = make_relationship("notes.refund_id", "refunds.id")
    design = with_line(make_entity("notes", "id uuid", "refund_id"), line)
    assert paths_of(design, "foreign-key-type-mismatch") == []


def test_many_to_many_without_junction_is_found():
    line = make_relationship("notes.x", "refunds.id", pairs=(), cardinality=Cardinality.MANY_TO_MANY)
    assert paths_of(with_line(make_entity("notes", "id uuid"), line), "many-to-many-without-junction") == [
        "notes → refunds"
    ]


def test_many_to_many_with_junction_is_fine():
    junction = make_entity("note_refunds", "id uuid")
    line = make_relationship(
        "notes.x", "refunds.id", pairs=(), cardinality=Cardinality.MANY_TO_MANY, junction=junction.uid
    )
    design = finished_design(
        entities=(*finished_entities(), make_entity("notes", "id uuid"), junction), relationships=(line,)
    )
    assert paths_of(design, "many-to-many-without-junction") == []
    assert paths_of(design, "foreign-key-without-fields") == []


def test_a_field_named_like_a_reference_is_found():
    design = with_line(make_entity("notes", "id uuid", "refund_id uuid"))
    assert paths_of(design, "relationship-missing") == ["notes.refund_id"]


@pytest.mark.parametrize("field", ["external_id uuid", "refund uuid", "id uuid"])
def test_a_field_named_like_nothing_in_the_design_is_fine(field):
    assert paths_of(with_line(make_entity("notes", field, key="")), "relationship-missing") == []


def test_a_field_named_like_a_reference_of_another_type_is_left_to_people():
    design = with_line(make_entity("notes", "id uuid", "refund_id text"))
    assert paths_of(design, "relationship-missing") == []
    assert open_paths_of(design, "relationship-missing") == ["notes.refund_id"]


def test_an_open_delete_is_found():
    line = make_relationship("notes.refund_id", "refunds.id")
    design = with_line(make_entity("notes", "id uuid", "refund_id uuid"), line)
    assert paths_of(design, "on-delete-not-chosen") == ["notes.refund_id"]


@pytest.mark.parametrize("action", list(ReferentialAction))
def test_any_choice_on_delete_is_a_choice(action):
    line = make_relationship("notes.refund_id", "refunds.id", on_delete=action)
    design = with_line(make_entity("notes", "id uuid", "refund_id uuid"), line)
    assert paths_of(design, "on-delete-not-chosen") == []


def test_set_null_on_a_required_field_is_found():
    line = make_relationship("notes.refund_id", "refunds.id", on_delete=ReferentialAction.SET_NULL)
    design = with_line(make_entity("notes", "id uuid", "refund_id uuid"), line)
    assert paths_of(design, "set-null-on-required-field") == ["notes.refund_id"]


def test_set_null_on_an_optional_field_is_fine():
    line = make_relationship("notes.refund_id", "refunds.id", on_delete=ReferentialAction.SET_NULL)
    design = with_line(make_entity("notes", "id uuid", "refund_id? uuid"), line)
    assert paths_of(design, "set-null-on-required-field") == []


def test_one_to_one_that_nothing_keeps_is_found():
    line = make_relationship("notes.refund_id", "refunds.id", cardinality=Cardinality.ONE_TO_ONE)
    design = with_line(make_entity("notes", "id uuid", "refund_id uuid"), line)
    assert paths_of(design, "one-to-one-not-unique") == ["notes.refund_id"]


@pytest.mark.parametrize(
    "entity",
    [
        make_entity("notes", "refund_id uuid", key="refund_id"),
        make_entity("notes", "id uuid", "refund_id uuid", unique=["refund_id"]),
    ],
)
def test_one_to_one_by_a_key_is_fine(entity):
    line = make_relationship("notes.refund_id", "refunds.id", cardinality=Cardinality.ONE_TO_ONE)
    assert paths_of(with_line(entity, line), "one-to-one-not-unique") == []


def test_a_unique_key_with_an_optional_part_is_found():
    prices = make_entity("prices", "id uuid", "product_id uuid", "valid_from? date", unique=["product_id, valid_from"])
    finding = findings_of(with_line(prices), "unique-key-nullable-part")[0]
    assert finding.path == "prices (product_id, valid_from)"
    assert "(valid_from)" in finding.message


def test_a_unique_index_with_an_optional_part_is_found():
    prices = make_entity("prices", "id uuid", "product_id uuid", "valid_from? date")
    index = make_index("uq_prices", "prices", "product_id, valid_from", is_unique=True)
    assert paths_of(with_line(prices, indexes=(index,)), "unique-key-nullable-part") == ["uq_prices"]


def test_unique_where_present_is_fine():
    prices = make_entity("prices", "id uuid", "product_id? uuid", unique=["product_id"])
    assert paths_of(with_line(prices), "unique-key-nullable-part") == []


def test_a_condition_makes_an_optional_part_plain():
    prices = make_entity("prices", "id uuid", "product_id uuid", "valid_from? date")
    index = make_index(
        "uq_prices", "prices", "product_id, valid_from", is_unique=True, condition="valid_from is not null"
    )
    assert paths_of(with_line(prices, indexes=(index,)), "unique-key-nullable-part") == []


@pytest.mark.parametrize(("system", "is_open"), [("SQL Server 2022", False), ("Oracle 19c", False), ("Unknown", True)])
def test_an_optional_part_hangs_on_the_system(system, is_open):
    prices = make_entity("prices", "id uuid", "product_id uuid", "valid_from? date", unique=["product_id, valid_from"])
    design = with_line(prices, stores=(make_store(system),))
    assert paths_of(design, "unique-key-nullable-part") == []
    assert bool(open_paths_of(design, "unique-key-nullable-part")) is is_open
