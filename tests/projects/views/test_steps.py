"""The workbench's pages, over the cast and over sizes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from projects.models import (
    BackupSchedule,
    Component,
    ComponentAccess,
    DataElement,
    Dto,
    DtoField,
    DtoSource,
    Entity,
    EntityField,
    Exemption,
    Feature,
    Index,
    IndexPart,
    ItemNote,
    Query,
    QueryUse,
    ReplicationNode,
    SharedData,
    Store,
    ValidationRule,
)
from projects.workflow.steps import STEPS
from tests.factories import make_entity, make_feature

BASE = "/projects/payments/billing/refunds/"
SLUGS = [step.slug for step in STEPS]
MEMBERS = ("owner", "architect", "reviewer", "viewer")


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", MEMBERS)
def test_every_member_reads_every_step(
    client_of: Callable[[str], Client], feature: Feature, slug: str, name: str
) -> None:
    make_entity(feature, "refunds", "id uuid", "status text")
    answer = client_of(name).get(f"{BASE}steps/{slug}/")
    assert answer.status_code == 200
    assert 'aria-current="step"' in answer.content.decode()


PAGES = ("", "steps/data-model/", "companion/", "diagram/", "history/", "design.json", "documents/data-design.md")


@pytest.mark.parametrize("page", PAGES)
def test_outsiders_get_404_and_nobody_the_sign_in_page(client_of: Any, feature: Feature, page: str) -> None:
    assert client_of("outsider").get(BASE + page).status_code == 404
    answer = client_of("nobody").get(BASE + page)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/accounts/login/")


def test_who_may_not_edit_sees_no_row_to_type_in(viewer_client: Client, feature: Feature) -> None:
    make_entity(feature, "refunds", "id uuid")
    text = viewer_client.get(f"{BASE}steps/data-model/").content.decode()
    assert "data-new" not in text
    assert "hx-post" not in text


def test_an_unknown_step_is_404(architect_client: Client, feature: Feature) -> None:
    assert architect_client.get(f"{BASE}steps/nonsense/").status_code == 404


def test_the_feature_leads_to_its_first_incomplete_step(architect_client: Client, feature: Feature) -> None:
    assert architect_client.get(BASE).headers["Location"] == f"{BASE}steps/requirements/"


def test_a_step_that_names_a_deleted_row_is_404(architect_client: Client, feature: Feature) -> None:
    lost = "00000000-0000-4000-8000-000000000000"
    assert architect_client.get(f"{BASE}steps/data-model/?at={lost}").status_code == 404


def fill_late_steps(feature: Feature, count: int) -> None:
    """Rows of the steps 6, 9, 10 and 11, that lead to one another."""
    store = Store.objects.create(feature=feature, name="Main", kind="relational")
    dto = Dto.objects.create(feature=feature, name="Row", entity=Entity.objects.filter(feature=feature).first())
    for number, field in enumerate(EntityField.objects.filter(feature=feature, name="status").select_related("entity")):
        mapped = DtoField.objects.create(feature=feature, dto=dto, name=f"field{number}")
        DtoSource.objects.create(dto_field=mapped, field=field, position=0)
        ValidationRule.objects.create(feature=feature, rule="One of few", field=field, entity=field.entity)
        component = Component.objects.create(feature=feature, name=f"Service {number}")
        element = DataElement.objects.create(feature=feature, name=f"Thing {number}")
        ComponentAccess.objects.create(feature=feature, component=component, data_element=element)
        SharedData.objects.create(feature=feature, data_element=element)
        ReplicationNode.objects.create(feature=feature, store=store, name=f"node-{number}")
        BackupSchedule.objects.create(feature=feature, store=store, frequency="daily")
    for item in range(1, min(count, 27) + 1):
        ItemNote.objects.create(feature=feature, item=item, text="Seen.")
    Exemption.objects.create(feature=feature, step="migration", reason="Nothing changes.")


def fill(feature: Feature, count: int) -> None:
    for number in range(count):
        entity = make_entity(feature, f"tables_{number}", "id uuid", "status text")
        field = EntityField.objects.get(entity=entity, name="status")
        query = Query.objects.create(feature=feature, name=f"Query {number}", entity=entity, frequency="high")
        QueryUse.objects.create(query=query, field=field, role="equality", position=0)
        index = Index.objects.create(feature=feature, entity=entity, name=f"idx_{number}")
        IndexPart.objects.create(index=index, field=field, position=0)


@pytest.mark.parametrize("count", [5, 60])
def test_a_page_takes_at_most_twelve_statements_however_much_there_is(
    architect_client: Client, feature: Feature, django_assert_max_num_queries: Any, count: int
) -> None:
    fill(feature, count)
    fill_late_steps(feature, count)
    for slug in SLUGS:
        architect_client.get(f"{BASE}steps/{slug}/")
        with django_assert_max_num_queries(12, info=slug):
            assert architect_client.get(f"{BASE}steps/{slug}/").status_code == 200


def test_a_save_takes_at_most_twelve_statements(
    architect_client: Client, feature: Feature, django_assert_max_num_queries: Any
) -> None:
    fill(feature, 20)
    query = Query.objects.get(name="Query 3")
    data = {
        f"{query.uid}-{name}": value
        for name, value in {"version": 1, "name": "Query 3", "kind": "read", "frequency": "low"}.items()
    }
    data |= {f"{query.uid}-entity_name": "tables_3", f"{query.uid}-filters": "status", "number": 4}
    with django_assert_max_num_queries(12):
        url = f"{BASE}rows/queries/{query.uid}/"
        assert architect_client.post(url, data, headers={"HX-Request": "true"}).status_code == 200


def test_the_companion_answers_304_while_nothing_changed(architect_client: Client, feature: Feature) -> None:
    first = architect_client.get(f"{BASE}companion/?step=data-model", headers={"HX-Request": "true"})
    again = architect_client.get(f"{BASE}companion/?step=data-model", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("tab", ["diagram", "findings", "document", "coverage"])
def test_each_tab_of_the_companion_shows_the_design(architect_client: Client, feature: Feature, tab: str) -> None:
    fill(feature, 2)
    step = "indexing" if tab == "coverage" else "data-model"
    answer = architect_client.get(f"{BASE}companion/?step={step}&companion={tab}", headers={"HX-Request": "true"})
    assert "tables_0" in answer.content.decode()


def test_a_reused_entity_is_shown_and_not_edited(architect_client: Client, feature: Feature) -> None:
    owner = make_feature("payments/billing/payments")
    entity = make_entity(owner, "payments", "id uuid")
    architect_client.post(f"{BASE}reuse/", {"entity": entity.pk})
    text = architect_client.get(f"{BASE}steps/data-model/?at={entity.uid}").content.decode()
    assert "billing/payments" in text
    assert "data-new" not in text


def test_a_rename_of_the_project_shows_in_the_document_at_once(architect_client: Client, feature: Feature) -> None:
    address = f"{BASE}documents/data-design.md"
    architect_client.get(address)
    feature.epic.project.title = "Renamed platform"
    feature.epic.project.save()
    assert "Renamed platform" in architect_client.get(address).content.decode()
