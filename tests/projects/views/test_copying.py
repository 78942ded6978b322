"""Structure copied from another feature: new rows that are this feature's own."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from projects.models import (
    Entity,
    EntityField,
    Event,
    Feature,
    Index,
    IndexPart,
    NamedType,
    Relationship,
    RelationshipPair,
    Store,
)
from tests.factories import make_entity, make_feature

BASE = "/projects/payments/billing/refunds/"
URL = f"{BASE}copy/"
PATH = "payments/billing/payments"


@pytest.fixture
def source(feature: Feature) -> Feature:
    """Payments of customers, with an index, a type of their own and a reference between them."""
    source = make_feature(PATH)
    NamedType.objects.create(feature=source, name="payment_status", kind="enum", values=["open", "paid"])
    customers = make_entity(source, "customers", "id uuid")
    payments = make_entity(source, "payments", "id uuid", "customer_id uuid", "status payment_status")
    index = Index.objects.create(feature=source, entity=payments, name="idx_payments_status")
    IndexPart.objects.create(index=index, field=payments.fields.get(name="status"), position=0)
    reference = Relationship.objects.create(feature=source, parent=customers, child=payments)
    RelationshipPair.objects.create(
        relationship=reference,
        parent_field=customers.fields.get(),
        child_field=payments.fields.get(name="customer_id"),
        position=0,
    )
    return source


def copy(client: Client, source: Feature, *names: str, path: str = PATH) -> Any:
    uids = [str(uid) for uid in Entity.objects.filter(feature=source, name__in=names).values_list("uid", flat=True)]
    return client.post(URL, {"from": path, "entity": uids})


def own(feature: Feature, name: str) -> Entity:
    return Entity.objects.get(feature=feature, name=name)


def test_a_copy_has_new_uids_and_all_that_hangs_on_it(
    architect_client: Client, feature: Feature, source: Feature
) -> None:
    answer = copy(architect_client, source, "customers", "payments")
    made = own(feature, "payments")
    assert answer.status_code == 302
    assert {"id", "customer_id", "status"} == set(made.fields.values_list("name", flat=True))
    assert made.keys.get().parts.get().field.entity == made
    assert Index.objects.get(feature=feature).parts.get().field.entity == made
    pair = RelationshipPair.objects.get(relationship__feature=feature)
    assert (pair.parent_field.entity, pair.child_field.entity) == (own(feature, "customers"), made)
    assert NamedType.objects.get(feature=feature).values == ["open", "paid"]
    uids = EntityField.objects.values_list("uid", flat=True)
    assert len(set(uids)) == len(uids) == 8


def test_a_reference_to_what_was_not_chosen_is_left_out(
    architect_client: Client, feature: Feature, source: Feature
) -> None:
    copy(architect_client, source, "payments")
    assert not Relationship.objects.filter(feature=feature).exists()
    assert Relationship.objects.filter(feature=source).exists()


def test_a_copy_lies_in_the_store_of_the_same_kind(architect_client: Client, feature: Feature, source: Feature) -> None:
    store = Store.objects.create(feature=feature, name="Main", kind="relational")
    Store.objects.create(feature=feature, name="Files", kind="file")
    copy(architect_client, source, "customers")
    assert own(feature, "customers").store == store


def test_the_history_undoes_a_copy(architect_client: Client, feature: Feature, source: Feature) -> None:
    make_entity(feature, "refunds", "id uuid")
    copy(architect_client, source, "customers", "payments")
    event = Event.objects.get(feature=feature)
    assert f"2 entities of {PATH}" in event.label
    architect_client.post(f"{BASE}history/{event.sequence}/undo/")
    assert list(Entity.objects.filter(feature=feature).values_list("name", flat=True)) == ["refunds"]


def test_a_name_that_is_taken_is_shown_and_refused(architect_client: Client, feature: Feature, source: Feature) -> None:
    make_entity(feature, "Payments", "id uuid")
    page = architect_client.get(f"{URL}?from={PATH}").content.decode()
    answer = copy(architect_client, source, "payments", "customers")
    assert "this design has one of this name" in page
    assert answer.status_code == 422
    assert "Nothing was copied." in answer.content.decode()
    assert not Entity.objects.filter(feature=feature, name="customers").exists()


def test_nothing_chosen_is_said(architect_client: Client, source: Feature) -> None:
    answer = architect_client.post(URL, {"from": PATH, "entity": ["nonsense"]})
    assert answer.status_code == 422
    assert "Choose at least one entity." in answer.content.decode()


def test_the_list_holds_what_the_person_sees(architect_client: Client, source: Feature) -> None:
    make_entity(make_feature("secret/a/b"), "hidden")
    make_feature("payments/billing/empty")
    page = architect_client.get(URL).content.decode()
    assert f"?from={PATH}" in page
    assert "secret" not in page
    assert "billing/empty" not in page


@pytest.mark.parametrize("path", ["secret/a/b", "payments/billing/nothing", "nonsense", "a/b/c/d"])
def test_what_the_person_does_not_see_is_not_copied(
    architect_client: Client, feature: Feature, source: Feature, path: str
) -> None:
    make_entity(make_feature("secret/a/b"), "payments")
    assert architect_client.get(f"{URL}?from={path}").status_code == 404
    assert copy(architect_client, source, "payments", path=path).status_code == 404
    assert not Entity.objects.filter(feature=feature).exists()


@pytest.mark.parametrize(("name", "status"), [("viewer", 403), ("reviewer", 403), ("outsider", 404)])
def test_who_may_not_edit_copies_nothing(
    client_of: Callable[[str], Client], feature: Feature, source: Feature, name: str, status: int
) -> None:
    assert client_of(name).get(URL).status_code == status
    assert copy(client_of(name), source, "payments").status_code == status
    assert not Entity.objects.filter(feature=feature).exists()
