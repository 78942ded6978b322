"""Bringing a schema into a feature: its store, references to what was there, entities left out, replacement."""

from uuid import uuid4

import pytest

from projects.access import features
from projects.design import tree
from projects.importers.sql import read_schema
from projects.models import Entity, EntityField, Feature, Query, Store
from projects.snapshot.take import identity, take
from projects.workflow.apply_import import Applied, ImportRefused, apply_import
from projects.workflow.apply_schema import apply_schema, replace_schema
from tests.factories import NOON
from tests.projects.snapshot.sized import sized_design, uid

TWO_TABLES = """
CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE payments (id uuid PRIMARY KEY, status state);
CREATE TABLE refunds (id uuid PRIMARY KEY, payment_id uuid NOT NULL REFERENCES payments (id), amount_minor bigint);
CREATE INDEX idx_refunds_payment_id ON refunds (payment_id);
"""
ONE_TABLE = "CREATE TABLE disputes (id uuid PRIMARY KEY, payment_id uuid NOT NULL REFERENCES payments (id));"

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty_feature(feature: Feature) -> Feature:
    return again(feature)


def again(feature: Feature) -> Feature:
    return features().get(pk=feature.pk)


def design_of(feature: Feature) -> tree.Design:
    return take(again(feature))


def schema(feature: Feature, sql: str) -> tree.Design:
    return read_schema(sql, identity=identity(feature), dialect="postgres").design


def bring(feature: Feature, sql: str, **options: object) -> Applied:
    return apply_schema(feature, schema(feature, sql), actor=None, now=NOON, label="PostgreSQL", **options)


def test_a_schema_lies_in_a_store_named_after_its_database(empty_feature: Feature) -> None:
    applied = bring(empty_feature, TWO_TABLES)
    store = Store.objects.get(feature=empty_feature)
    assert (store.name, store.kind, store.system) == ("PostgreSQL", "relational", "PostgreSQL")
    assert set(Entity.objects.values_list("store", flat=True)) == {store.pk}
    assert "The store PostgreSQL was added" in applied.notes[0]


def test_a_schema_lies_in_the_one_relational_store_that_is_there(empty_feature: Feature) -> None:
    apply_import(empty_feature, sized_design(1), actor=None, now=NOON)
    bring(empty_feature, ONE_TABLE)
    store = Store.objects.get(feature=empty_feature)
    assert Entity.objects.get(name="disputes").store == store


def test_among_several_relational_stores_none_is_guessed(empty_feature: Feature) -> None:
    stores = tuple(tree.Store(uid=uid(name), name=name, kind="relational") for name in ("Old", "New"))
    design = tree.Design(identity=sized_design(1).identity, stores=stores)
    apply_import(empty_feature, design, actor=None, now=NOON)
    applied = bring(empty_feature, ONE_TABLE)
    assert Entity.objects.get(name="disputes").store is None
    assert "several relational stores (Old, New)" in " ".join(applied.notes)


def test_a_reference_to_an_entity_that_was_here_before_leads_to_it(empty_feature: Feature) -> None:
    bring(empty_feature, TWO_TABLES)
    applied = bring(empty_feature, ONE_TABLE)
    design = design_of(empty_feature)
    (reference,) = (each for each in design.relationships if design.entity_by_uid[each.child].name == "disputes")
    assert reference.parent == next(each.uid for each in design.entities if each.name == "payments")
    assert design.path_of_field(reference.pairs[0].parent or uuid4()) == "payments.id"
    assert reference.missing_target == ""
    assert "lead to entities that were here before: payments" in " ".join(applied.notes)


def test_an_entity_left_out_is_not_brought_in_and_references_keep_its_name(empty_feature: Feature) -> None:
    read = schema(empty_feature, TWO_TABLES)
    payments = next(each.uid for each in read.entities if each.name == "payments")
    apply_schema(empty_feature, read, actor=None, now=NOON, label="PostgreSQL", leave_out=frozenset({payments}))
    design = design_of(empty_feature)
    assert [each.name for each in design.entities] == ["refunds"]
    assert design.relationships[0].missing_target == "payments(id)"


def test_an_entity_left_out_because_it_is_there_is_referred_to(empty_feature: Feature) -> None:
    bring(empty_feature, TWO_TABLES)
    read = schema(empty_feature, TWO_TABLES.replace("refunds", "returns"))
    payments = next(each.uid for each in read.entities if each.name == "payments")
    apply_schema(empty_feature, read, actor=None, now=NOON, label="PostgreSQL", leave_out=frozenset({payments}))
    design = design_of(empty_feature)
    there = next(each for each in design.entities if each.name == "payments")
    assert [each.parent for each in design.relationships] == [there.uid, there.uid]


def test_a_type_that_says_the_same_stays_and_one_that_does_not_is_refused(empty_feature: Feature) -> None:
    bring(empty_feature, "CREATE TYPE state AS ENUM ('open'); CREATE TABLE a (id uuid PRIMARY KEY);")
    bring(empty_feature, "CREATE TYPE state AS ENUM ('open'); CREATE TABLE b (id uuid PRIMARY KEY);")
    with pytest.raises(ImportRefused, match="a type “state”"):
        bring(empty_feature, "CREATE TYPE state AS ENUM ('shut'); CREATE TABLE c (id uuid PRIMARY KEY);")


def with_query(feature: Feature) -> None:
    bring(feature, TWO_TABLES)
    design = design_of(feature)
    refunds = next(each for each in design.entities if each.name == "refunds")
    uses = tuple(tree.FieldUse(field=field.uid, role="equality") for field in refunds.fields[1:])
    query = tree.Query(uid=uid("query"), name="By payment", entity=refunds.uid, uses=uses)
    apply_import(feature, design.model_copy(update={"queries": (query,)}), actor=None, now=NOON, replace=True)
    EntityField.objects.filter(name="payment_id").update(description="Payment that the money goes back to")


def test_replacing_the_schema_keeps_identity_words_and_operations(empty_feature: Feature) -> None:
    with_query(empty_feature)
    before = design_of(empty_feature)
    newer = schema(empty_feature, TWO_TABLES.replace(", amount_minor bigint", ", note text"))
    applied = replace_schema(empty_feature, newer, actor=None, now=NOON, label="PostgreSQL")
    after = design_of(empty_feature)
    uids = [{each.full_name: each.uid for each in design.entities} for design in (before, after)]
    assert uids[0] == uids[1]
    assert after.stores == before.stores
    field = next(each for each in after.field_by_uid.values() if each.name == "payment_id")
    assert field.description == "Payment that the money goes back to"
    assert [after.path_of_field(use.field) for use in after.queries[0].uses] == ["refunds.payment_id"]
    assert "“By payment” used refunds.amount_minor" in " ".join(applied.notes)


def test_replacing_the_schema_takes_out_what_the_new_one_has_not(empty_feature: Feature) -> None:
    with_query(empty_feature)
    newer = schema(empty_feature, "CREATE TABLE payments (id uuid PRIMARY KEY);")
    replace_schema(empty_feature, newer, actor=None, now=NOON, label="PostgreSQL")
    design = design_of(empty_feature)
    assert [each.name for each in design.entities] == ["payments"]
    assert design.queries[0].entity is None
    assert Query.objects.get(feature=empty_feature).uses.count() == 0
