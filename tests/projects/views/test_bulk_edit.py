"""Several rows at once: a column set, or all deleted; every grid; a row duplicated in every grid."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from projects.models import (
    DataElement,
    Entity,
    EntityField,
    Event,
    Feature,
    FileLayout,
    Index,
    KeySpace,
    Relationship,
    Store,
)
from tests.factories import make_entity, make_feature

HTMX = {"HX-Request": "true"}
BASE = "/projects/payments/billing/refunds/"
URL = f"{BASE}rows/fields/selected/"


@pytest.fixture
def entity(feature: Feature) -> Entity:
    return make_entity(feature, "refunds", "id uuid", "status text", "reason text", "amount bigint")


def field(entity: Entity, name: str) -> EntityField:
    found: EntityField = entity.fields.get(name=name)
    return found


def act(client: Client, entity: Entity, *names: str, htmx: bool = True, **data: Any) -> Any:
    uids = [str(field(entity, name).uid) for name in names]
    return client.post(URL, {"at": str(entity.uid), "selected": uids} | data, headers=HTMX if htmx else {})


def test_a_column_is_set_for_all_selected_rows_with_one_event_each(architect_client: Client, entity: Entity) -> None:
    answer = act(architect_client, entity, "status", "reason", action="set", column="sensitivity", value="Personal")
    assert answer.status_code == 200
    assert "saved" in answer.headers["HX-Trigger"]
    assert dict(entity.fields.values_list("name", "sensitivity")) == {
        "id": "",
        "status": "personal",
        "reason": "personal",
        "amount": "",
    }
    assert Event.objects.count() == 2
    assert answer.content.decode().count("checked") >= 2


@pytest.mark.parametrize("data", [{}, {"action": "paint"}])
def test_an_action_that_is_none_deletes_nothing(architect_client: Client, entity: Entity, data: dict[str, str]) -> None:
    answer = act(architect_client, entity, "status", **data)
    assert "Choose what to do with the rows" in answer.content.decode()
    assert entity.fields.count() == 4


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [("is_required", "yes", True), ("is_required", "no", False), ("type", "citext", "citext"), ("default", "", "")],
)
def test_every_kind_of_cell_can_be_set(
    architect_client: Client, entity: Entity, column: str, value: str, expected: object
) -> None:
    entity.fields.update(is_required=value == "no", default="old")
    act(architect_client, entity, "status", "reason", action="set", column=column, value=value)
    assert [getattr(field(entity, name), column) for name in ("status", "reason")] == [expected, expected]


def test_a_key_over_the_selected_fields(architect_client: Client, entity: Entity) -> None:
    act(architect_client, entity, "status", "reason", action="set", column="key", value="PK")
    names = entity.keys.get().parts.order_by("position").values_list("field__name", flat=True)
    assert set(names) == {"id", "status", "reason"}


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("name", "same", "These rows cannot all have the same field."),
        ("name", "", "This field is required."),
        ("sensitivity", "nonsense", "Select a valid choice"),
        ("colour", "red", "Choose a column to set."),
    ],
)
def test_what_one_row_cannot_take_changes_none(
    architect_client: Client, entity: Entity, column: str, value: str, words: str
) -> None:
    answer = act(architect_client, entity, "status", "reason", action="set", column=column, value=value)
    assert words in answer.content.decode()
    assert not Event.objects.exists()


def test_nothing_selected_says_what_to_do(architect_client: Client, entity: Entity) -> None:
    answer = act(architect_client, entity, action="set", column="type", value="text", htmx=False)
    assert answer.status_code == 422
    assert "Select rows first" in answer.content.decode()


def test_selected_rows_are_deleted_and_each_can_come_back(architect_client: Client, entity: Entity) -> None:
    act(architect_client, entity, "status", "reason", action="delete")
    assert set(entity.fields.values_list("name", flat=True)) == {"id", "amount"}
    for event in Event.objects.filter(verb="deleted"):
        architect_client.post(f"{BASE}history/{event.sequence}/undo/")
    assert entity.fields.count() == 4


def test_what_goes_along_is_asked_about_once(architect_client: Client, entity: Entity) -> None:
    data = {"new-entity_name": "refunds", "new-fields_text": "status, reason", "new-method": "btree"}
    architect_client.post(f"{BASE}rows/indexes/new/", data, headers=HTMX)
    asked = act(architect_client, entity, "status", "reason", action="delete")
    assert "Delete 2 rows? With them goes 1 index." in asked.content.decode()
    assert entity.fields.count() == 4
    act(architect_client, entity, "status", "reason", action="delete-all")
    assert (entity.fields.count(), Index.objects.count()) == (2, 0)


def test_without_javascript_what_was_typed_is_saved_first(architect_client: Client, entity: Entity) -> None:
    status = field(entity, "status")
    cells = {"version": 1, "name": "state", "type": "text", "key": "", "reference": ""}
    typed = {f"{status.uid}-{name}": value for name, value in cells.items()}
    answer = act(architect_client, entity, "status", htmx=False, action="set", column="type", value="citext", **typed)
    status.refresh_from_db()
    assert answer.status_code == 302
    assert (status.name, status.type) == ("state", "citext")


def test_a_row_that_cannot_be_saved_keeps_the_others_as_they_are(architect_client: Client, entity: Entity) -> None:
    typed = {f"{field(entity, 'status').uid}-{name}": value for name, value in (("version", 1), ("name", ""))}
    answer = act(architect_client, entity, "reason", htmx=False, action="set", column="type", value="citext", **typed)
    assert answer.status_code == 422
    assert field(entity, "reason").type == "text"


def test_rows_of_another_feature_are_not_touched(architect_client: Client, entity: Entity, feature: Feature) -> None:
    other = make_entity(make_feature("elsewhere/a/b"), "orders", "id uuid")
    data = {"at": str(entity.uid), "selected": [str(other.fields.get().uid)], "action": "delete"}
    answer = architect_client.post(URL, data, headers=HTMX)
    assert "Select rows first" in answer.content.decode()
    assert other.fields.exists()


@pytest.mark.parametrize(("name", "status"), [("viewer", 403), ("reviewer", 403), ("outsider", 404)])
@pytest.mark.parametrize("action", ["set", "delete"])
def test_who_may_not_edit_changes_nothing(
    client_of: Callable[[str], Client], entity: Entity, name: str, status: int, action: str
) -> None:
    assert act(client_of(name), entity, "status", action=action, column="type", value="x").status_code == status
    assert field(entity, "status").type == "text"


def test_a_record_has_no_rows_to_select(architect_client: Client, feature: Feature) -> None:
    assert architect_client.post(f"{BASE}rows/entities/selected/", {"action": "delete"}).status_code == 404


def test_relationships_are_set_at_once_too(architect_client: Client, entity: Entity, feature: Feature) -> None:
    make_entity(feature, "lines", "refund_id uuid", "other_id uuid")
    at = {"at": str(entity.uid), "new-from_text": "refunds.id", "new-cardinality": "1:N"}
    for name in ("refund_id", "other_id"):
        data = at | {"new-to_text": f"lines.{name}"}
        architect_client.post(f"{BASE}rows/relationships/new/", data, headers=HTMX)
    uids = [str(uid) for uid in Relationship.objects.values_list("uid", flat=True)]
    data = {"at": str(entity.uid), "selected": uids, "action": "set", "column": "on_delete", "value": "Cascade"}
    architect_client.post(f"{BASE}rows/relationships/selected/", data, headers=HTMX)
    assert list(Relationship.objects.values_list("on_delete", flat=True)) == ["cascade", "cascade"]
    assert Relationship.objects.filter(pairs__child_field__name="other_id").count() == 1


def test_a_store_is_set_by_its_name(architect_client: Client, feature: Feature) -> None:
    store = Store.objects.create(feature=feature, name="Main", kind="relational")
    rows = [DataElement.objects.create(feature=feature, name=name) for name in ("a", "b")]
    data = {"selected": [str(row.uid) for row in rows], "action": "set", "column": "store", "value": "main"}
    architect_client.post(f"{BASE}rows/placements/selected/", data, headers=HTMX)
    assert set(DataElement.objects.values_list("store", flat=True)) == {store.pk}


def duplicate(client: Client, part: str, uid: object, at: str = "") -> Any:
    return client.post(f"{BASE}rows/{part}/{uid}/", {"action": f"duplicate:{uid}", "at": at}, headers=HTMX)


def test_key_spaces_and_file_layouts_are_duplicated_under_a_free_pattern(
    architect_client: Client, feature: Feature
) -> None:
    space = KeySpace.objects.create(feature=feature, pattern="session:{user_id}", ttl="30 min", purpose="Sessions")
    layout = FileLayout.objects.create(feature=feature, structure="a/{b}/", format="PDF")
    for _ in range(2):
        duplicate(architect_client, "key-spaces", space.uid, "key-spaces")
    duplicate(architect_client, "file-layouts", layout.uid, "file-layouts")
    patterns = KeySpace.objects.order_by("position").values_list("pattern", flat=True)
    assert list(patterns) == ["session:{user_id}", "session:{user_id}_copy_2", "session:{user_id}_copy"]
    assert FileLayout.objects.filter(format="PDF").count() == 2


def test_a_duplicate_keeps_what_its_row_does_not_show(architect_client: Client, feature: Feature) -> None:
    entity = Entity.objects.create(feature=feature, name="docs", kind="collection")
    row = EntityField.objects.create(feature=feature, entity=entity, name="x" * 128, generation="computed")
    duplicate(architect_client, "fields", row.uid, str(entity.uid))
    copy = EntityField.objects.exclude(pk=row.pk).get()
    assert (copy.name, copy.generation) == ("x" * 123 + "_copy", "computed")
