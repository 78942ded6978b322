"""Rows pasted from a spreadsheet: all or nothing, after a preview."""

import pytest
from django.test import Client

from projects.models import Entity, EntityField, Feature
from tests.factories import make_entity

URL = "/projects/payments/billing/refunds/rows/fields/paste/"


@pytest.fixture
def entity(feature: Feature) -> Entity:
    return make_entity(feature, "refunds", "id uuid")


def paste(client: Client, entity: Entity, text: str, **more: object) -> object:
    return client.post(URL, {"at": str(entity.uid), "rows": text} | more)


def test_a_preview_saves_nothing(architect_client: Client, entity: Entity) -> None:
    answer = paste(architect_client, entity, "status\ttext\namount\tbigint")
    assert "2 rows read" in answer.content.decode()
    assert entity.fields.count() == 1


def test_columns_are_matched_by_their_headings(architect_client: Client, entity: Entity) -> None:
    paste(architect_client, entity, "Type\tField\tReq.\nbigint\tamount\tyes", save="1")
    field = EntityField.objects.get(name="amount")
    assert (field.type, field.is_required) == ("bigint", True)


def test_a_markdown_table_is_read_too(architect_client: Client, entity: Entity) -> None:
    paste(architect_client, entity, "| Field | Type |\n|---|---|\n| amount | bigint |", save="1")
    assert EntityField.objects.get(name="amount").type == "bigint"


def test_one_wrong_row_keeps_all_from_being_saved(architect_client: Client, entity: Entity) -> None:
    answer = paste(architect_client, entity, "amount\tbigint\nid\tuuid", save="1")
    assert answer.status_code == 422
    assert entity.fields.count() == 1


def test_a_wrong_row_can_be_left_out(architect_client: Client, entity: Entity) -> None:
    paste(architect_client, entity, "amount\tbigint\nid\tuuid", save="1", **{"leave-out": "2"})
    assert set(entity.fields.values_list("name", flat=True)) == {"id", "amount"}


def test_the_same_name_twice_is_seen_before_it_is_saved(architect_client: Client, entity: Entity) -> None:
    answer = paste(architect_client, entity, "amount\tbigint\nAmount\ttext", save="1")
    assert answer.status_code == 422


@pytest.mark.parametrize("text", ["", "\n\n", "a\t" * 12 + "b", "x\n" * 1001])
def test_what_is_no_table_is_refused_with_a_sentence(architect_client: Client, entity: Entity, text: str) -> None:
    answer = paste(architect_client, entity, text)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_viewer_pastes_nothing(viewer_client: Client, entity: Entity) -> None:
    assert paste(viewer_client, entity, "a\tb", save="1").status_code == 403
