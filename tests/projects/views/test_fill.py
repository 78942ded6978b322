"""Standard fields in one click, and references that offer their target."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from projects.models import Conventions, Entity, EntityField, EntityKey, Event, Feature, Store
from tests.factories import make_entity

HTMX = {"HX-Request": "true"}
BASE = "/projects/payments/billing/refunds/"
FILL = f"{BASE}rows/fields/fill/"


def fill(client: Client, entity: Entity) -> Any:
    return client.post(FILL, {"at": str(entity.uid)}, query_params={"at": str(entity.uid)})


def in_store(feature: Feature, kind: str, system: str, structure: str) -> Entity:
    store = Store.objects.create(feature=feature, name=system, kind=kind, system=system)
    return Entity.objects.create(feature=feature, name="orders", kind=structure, store=store)


def types(entity: Entity) -> dict[str, str]:
    return dict(entity.fields.order_by("position").values_list("name", "type"))


@pytest.mark.parametrize(
    ("kind", "system", "structure", "expected"),
    [
        ("relational", "PostgreSQL 16", "table", ["uuid", "timestamptz", "timestamptz"]),
        ("relational", "MySQL 8", "table", ["bigint", "datetime(6)", "datetime(6)"]),
        ("relational", "SQLite", "table", ["integer", "datetime", "datetime"]),
        ("document", "MongoDB 7", "collection", ["ObjectId", "date", "date"]),
    ],
)
def test_standard_fields_come_with_types_of_the_system(
    architect_client: Client, feature: Feature, kind: str, system: str, structure: str, expected: list[str]
) -> None:
    entity = in_store(feature, kind, system, structure)
    fill(architect_client, entity)
    assert types(entity) == dict(zip(("id", "created_at", "updated_at"), expected, strict=True))
    assert entity.keys.get().parts.get().field.name == "id"


def test_what_is_there_already_stays_and_the_key_comes_first(architect_client: Client, feature: Feature) -> None:
    entity = make_entity(feature, "orders", "created_at date", "total bigint")
    fill(architect_client, entity)
    assert list(types(entity)) == ["id", "created_at", "total", "updated_at"]
    assert types(entity)["created_at"] == "date"


def test_the_conventions_name_the_fields(architect_client: Client, feature: Feature) -> None:
    Conventions.objects.update(standard_fields="id, version, is_active, created_by, deleted_at")
    make_entity(feature, "customers", "id bigserial")
    entity = make_entity(feature, "orders")
    fill(architect_client, entity)
    assert types(entity) == {
        "id": "bigserial",
        "version": "integer",
        "is_active": "boolean",
        "created_by": "bigint",
        "deleted_at": "timestamptz",
    }
    assert not entity.fields.get(name="deleted_at").is_required


def test_a_key_that_is_there_stays_the_key(architect_client: Client, feature: Feature) -> None:
    entity = make_entity(feature, "orders", "number text")
    EntityKey.objects.create(feature=feature, entity=entity, kind="primary")
    fill(architect_client, entity)
    assert entity.keys.count() == 1


def test_the_button_names_what_is_missing_and_goes_when_nothing_is(architect_client: Client, feature: Feature) -> None:
    entity = make_entity(feature, "orders", "id uuid")
    page = f"{BASE}steps/data-model/?at={entity.uid}"
    before = architect_client.get(page).content.decode()
    fill(architect_client, entity)
    after = architect_client.get(page).content.decode()
    assert "Standard fields: created_at, updated_at" in before
    assert "Standard fields" not in after


def test_a_measurement_has_no_standard_fields(architect_client: Client, feature: Feature) -> None:
    entity = in_store(feature, "time-series", "InfluxDB", "measurement")
    fill(architect_client, entity)
    assert not entity.fields.exists()


@pytest.mark.parametrize(("name", "status"), [("viewer", 403), ("reviewer", 403), ("outsider", 404)])
def test_who_may_not_edit_adds_nothing(
    client_of: Callable[[str], Client], feature: Feature, name: str, status: int
) -> None:
    entity = make_entity(feature, "orders")
    assert fill(client_of(name), entity).status_code == status
    assert not entity.fields.exists()


def test_a_part_without_a_button_is_404(architect_client: Client, feature: Feature) -> None:
    entity = make_entity(feature, "orders")
    answer = architect_client.post(f"{BASE}rows/keys/fill/", {"at": str(entity.uid)})
    assert answer.status_code == 404


@pytest.fixture
def orders(feature: Feature) -> Entity:
    make_entity(feature, "customers", "id bigserial")
    return make_entity(feature, "orders", "id uuid", "customer_id ")


def test_a_field_named_like_a_reference_offers_its_target(architect_client: Client, orders: Entity) -> None:
    EntityField.objects.filter(name="customer_id").update(type="")
    page = architect_client.get(f"{BASE}steps/data-model/?at={orders.uid}").content.decode()
    field = orders.fields.get(name="customer_id")
    assert f'name="{field.uid}-reference" value="customers.id" title="customers.id" data-propose' in page
    assert page.count("data-propose") == 1


def test_the_answer_to_a_saved_row_offers_it_too(architect_client: Client, orders: Entity) -> None:
    data = {"at": str(orders.uid), "new-name": "CustomerId", "new-type": "bigint"}
    answer = architect_client.post(f"{BASE}rows/fields/new/", data, headers=HTMX)
    assert 'title="customers.id" data-propose' in answer.content.decode()


def test_taking_the_offer_takes_the_type_over_too(architect_client: Client, orders: Entity) -> None:
    field = orders.fields.get(name="customer_id")
    EntityField.objects.filter(pk=field.pk).update(type="")
    cells = {"version": 1, "name": "customer_id", "type": "", "reference": ["", "customers.id"]}
    data = {f"{field.uid}-{name}": value for name, value in cells.items()}
    architect_client.post(f"{BASE}rows/fields/", data | {"at": str(orders.uid)})
    field.refresh_from_db()
    assert field.type == "bigint"
    assert field.child_pairs.get().parent_field.name == "id"
    assert Event.objects.get(object_uid=field.uid).changes["Type"] == ["", "bigint"]
