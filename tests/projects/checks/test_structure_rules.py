import pytest

from projects.design.vocabulary import StoreKind, StructureKind
from tests.projects.checks.builders import (
    findings_of,
    make_entity,
    make_relationship,
    make_store,
    open_paths_of,
    paths_of,
    uid_of,
)
from tests.projects.checks.designs import STAMPS, finished_design, finished_entities, with_entity


def test_an_entity_without_primary_key_is_found():
    assert paths_of(with_entity("notes", "id uuid", *STAMPS, key=""), "primary-key-missing") == ["notes"]


def test_an_entity_with_a_unique_key_only_still_lacks_a_primary_key():
    design = with_entity("notes", "id uuid", *STAMPS, key="", unique=["id"])
    assert paths_of(design, "primary-key-missing") == ["notes"]


def test_a_composite_primary_key_is_one():
    assert paths_of(with_entity("notes", "a uuid", "b uuid", *STAMPS, key="a, b"), "primary-key-missing") == []


def test_an_entity_outside_a_relational_store_needs_no_primary_key():
    lake = make_store("MongoDB 8", name="documents", kind=StoreKind.DOCUMENT)
    note = make_entity("notes", "id uuid", key="", store=lake.uid, kind=StructureKind.COLLECTION)
    design = finished_design(stores=(make_store(), lake), entities=(*finished_entities(), note))
    assert paths_of(design, "primary-key-missing") == []


def test_an_empty_entity_is_found_once_and_not_for_its_missing_key():
    design = with_entity("notes", key="")
    assert paths_of(design, "entity-empty") == ["notes"]
    assert paths_of(design, "primary-key-missing") == []


def test_missing_standard_fields_are_named_together():
    assert paths_of(with_entity("notes", "id uuid", "body text"), "standard-fields-missing") == ["notes"]


@pytest.mark.parametrize("purpose", ["Append-only.", "Rows never change.", "An immutable log.", "insert only"])
def test_rows_that_never_change_need_no_time_of_change(purpose):
    design = with_entity("notes", "id uuid", "created_at timestamptz", purpose=purpose)
    assert paths_of(design, "standard-fields-missing") == []


def test_rows_that_change_need_a_time_of_change():
    design = with_entity("notes", "id uuid", "created_at timestamptz", purpose="What support writes.")
    assert paths_of(design, "standard-fields-missing") == ["notes"]


def test_standard_fields_may_be_written_in_another_case():
    design = with_entity("notes", "id uuid", "createdAt timestamptz", "updatedAt timestamptz")
    assert paths_of(design, "standard-fields-missing") == []


def test_a_junction_needs_no_standard_fields():
    junction = make_entity("refund_payments", "refund_id uuid", "payment_id uuid", key="refund_id, payment_id")
    links = (
        make_relationship("refund_payments.refund_id", "refunds.id"),
        make_relationship("refund_payments.payment_id", "payments.id"),
    )
    design = finished_design(entities=(*finished_entities(), junction), relationships=links)
    assert paths_of(design, "standard-fields-missing") == []


@pytest.mark.parametrize("names", [("phone1", "phone2", "phone3"), ("phone_1", "phone_2", "phone_3")])
def test_numbered_fields_are_found(names):
    design = with_entity("people", "id uuid", *(f"{name} text" for name in names), *STAMPS)
    assert paths_of(design, "fields-numbered") == ["people"]


def test_two_numbered_fields_are_left_to_people():
    design = with_entity("people", "id uuid", "phone1 text", "phone2 text", *STAMPS)
    assert paths_of(design, "fields-numbered") == []
    assert open_paths_of(design, "fields-numbered") == ["people"]


@pytest.mark.parametrize(
    "fields",
    [
        ("address_line1 text", "address_line2 text", "address_line3 text"),
        ("sha1 text", "sha256 text", "sha512 text"),
        ("phone1 text", "phone2 uuid", "phone3 bytea"),
    ],
)
def test_numbers_that_are_part_of_a_name_are_no_list(fields):
    assert paths_of(with_entity("people", "id uuid", *fields, *STAMPS), "fields-numbered") == []


def test_an_entity_of_optional_fields_is_found():
    design = with_entity("people", "id uuid", "phone? text", "email? text", "note? text")
    assert paths_of(design, "fields-all-optional") == ["people"]


@pytest.mark.parametrize("fields", [("phone? text", "email? text"), ("phone text", "email? text", "note? text")])
def test_few_optional_fields_or_one_required_one_are_fine(fields):
    assert paths_of(with_entity("people", "id uuid", *fields), "fields-all-optional") == []


def test_a_finding_points_at_its_entity():
    design = with_entity("notes", "id uuid", *STAMPS, key="")
    finding = findings_of(design, "primary-key-missing")[0]
    assert (finding.uid, finding.step) == (uid_of("notes"), "data-model")
