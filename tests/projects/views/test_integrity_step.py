"""Step 6: rules on entities and fields, consistency, what components share, and the constraints that follow."""

from typing import Any

import pytest
from django.test import Client

from projects.models import Component, ComponentAccess, Consistency, DataElement, Feature, SharedData, ValidationRule
from tests.factories import make_entity

HTMX = {"HX-Request": "true"}
BASE = "/projects/payments/billing/refunds/"
STEP = f"{BASE}steps/integrity/"


def add(client: Client, part: str, **cells: Any) -> Any:
    data = {f"new-{name}": value for name, value in cells.items()}
    return client.post(f"{BASE}rows/{part}/new/", data, headers=HTMX)


@pytest.fixture(autouse=True)
def entity(feature: Feature) -> Any:
    return make_entity(feature, "refunds", "id uuid", "amount integer")


@pytest.mark.parametrize(("on", "field"), [("refunds.amount", "amount"), ("refunds", None), ("", None)])
def test_a_rule_is_about_a_field_an_entity_or_the_whole(architect_client: Client, on: str, field: str | None) -> None:
    answer = add(architect_client, "validation-rules", rule="More than zero", on=on, level="field", in_api="on")
    assert answer.status_code == 200
    rule = ValidationRule.objects.get()
    assert (rule.field.name if rule.field else None, bool(rule.entity), rule.in_api) == (field, bool(on), True)


def test_an_unknown_field_is_named_with_the_nearest(architect_client: Client) -> None:
    answer = add(architect_client, "validation-rules", rule="More than zero", on="refunds.amuont", level="field")
    assert answer.status_code == 422
    assert "Did you mean amount?" in answer.content.decode()
    assert not ValidationRule.objects.exists()


def test_rules_are_pasted_from_a_spreadsheet(architect_client: Client) -> None:
    text = "Rule\tOn\tAPI\nMore than zero\trefunds.amount\tx\nOne line at least\trefunds\t"
    architect_client.post(f"{BASE}rows/validation-rules/paste/", {"rows": text, "save": "1"})
    assert list(ValidationRule.objects.order_by("position").values_list("in_api", flat=True)) == [True, False]


def test_the_pages_of_the_step_hold_their_parts(architect_client: Client) -> None:
    texts = {at: architect_client.get(f"{STEP}?at={at}").content.decode() for at in ("", "consistency", "sharing")}
    grids = {
        at: [slug for slug in ("validation-rules", "shared-data") if f"grid-{slug}" in text]
        for at, text in texts.items()
    }
    assert grids == {"": ["validation-rules"], "consistency": [], "sharing": ["shared-data"]}
    assert "Which level fits?" in texts["consistency"]


def test_consistency_is_saved_and_comes_back_to_its_page(architect_client: Client) -> None:
    data = {"at": "consistency", "new-level": "strong", "new-justification": "Money is returned."}
    answer = architect_client.post(f"{BASE}rows/consistency/new/", data)
    assert answer.headers["Location"] == f"{STEP}?at=consistency"
    assert Consistency.objects.get().level == "strong"


def test_derived_constraints_lead_to_where_they_are_edited(architect_client: Client, entity: Any) -> None:
    text = architect_client.get(f"{STEP}?at=constraints").content.decode()
    key = entity.keys.get()
    assert "Primary key" in text
    assert f"{BASE}steps/data-model/?at={entity.uid}#row-{key.uid}" in text
    assert "1 primary key" in architect_client.get(STEP).content.decode()


def test_who_shares_what_is_drawn(architect_client: Client, feature: Feature) -> None:
    element = DataElement.objects.create(feature=feature, name="Refund request")
    for name in ("Refund service", "Ledger"):
        component = Component.objects.create(feature=feature, name=name)
        add(architect_client, "component-accesses", component=component.pk, data_element=element.pk, access="reads")
    text = architect_client.get(f"{BASE}companion/?step=integrity&companion=sharing&at=sharing").content.decode()
    assert ComponentAccess.objects.count() == 2
    assert "<svg" in text
    assert "Refund service" in text


def test_a_data_element_is_shared_in_one_row(architect_client: Client, feature: Feature) -> None:
    element = DataElement.objects.create(feature=feature, name="Refund request")
    add(architect_client, "shared-data", data_element=element.pk)
    answer = add(architect_client, "shared-data", data_element=element.pk)
    assert answer.status_code == 422
    assert "This data element is in another row." in answer.content.decode()
    assert SharedData.objects.count() == 1


@pytest.mark.parametrize(
    "part", ["validation-rules", "consistency", "shared-data", "sync-strategies", "component-accesses"]
)
def test_viewers_and_outsiders_are_refused(viewer_client: Client, outsider_client: Client, part: str) -> None:
    assert add(viewer_client, part, rule="x", name="x").status_code == 403
    assert add(outsider_client, part, rule="x", name="x").status_code == 404


def test_a_panel_is_read_by_members_only(viewer_client: Client, outsider_client: Client) -> None:
    address = f"{BASE}panels/constraint-counts/"
    assert "1 primary key" in viewer_client.get(address).content.decode()
    assert outsider_client.get(address).status_code == 404
    assert viewer_client.get(f"{BASE}panels/nonsense/").status_code == 404
    assert viewer_client.get(f"{BASE}panels/constraints/").status_code == 404


def test_the_page_of_sharing_takes_as_many_statements_for_many_as_for_few(
    architect_client: Client, feature: Feature, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        element = DataElement.objects.create(feature=feature, name=f"Thing {number}")
        component = Component.objects.create(feature=feature, name=f"Service {number}")
        ComponentAccess.objects.create(feature=feature, component=component, data_element=element)
        SharedData.objects.create(feature=feature, data_element=element)
    architect_client.get(f"{STEP}?at=sharing")
    with django_assert_max_num_queries(12):
        assert architect_client.get(f"{STEP}?at=sharing").status_code == 200
