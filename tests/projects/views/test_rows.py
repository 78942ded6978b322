"""Rows of the workbench through HTTP: with htmx, and as whole pages without JavaScript."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from projects.models import DataElement, Entity, EntityField, Event, Feature, Index, Query, Relationship, Requirements
from tests.factories import make_entity, make_feature

HTMX = {"HX-Request": "true"}
BASE = "/projects/payments/billing/refunds/"


def row_url(part: str, uid: object) -> str:
    return f"{BASE}rows/{part}/{uid}/"


def sent(field: EntityField, version: int = 1, **cells: Any) -> dict[str, Any]:
    """What a browser sends for a row of the fields' grid."""
    values = {"name": field.name, "type": field.type, "key": "", "default": "", "reference": "", "rule": ""} | cells
    data = {f"{field.uid}-{name}": value for name, value in values.items()}
    return data | {f"{field.uid}-version": version, "at": str(field.entity.uid), "number": 1}


@pytest.fixture
def entity(feature: Feature) -> Entity:
    return make_entity(feature, "refunds", "id uuid", "status text")


@pytest.fixture
def status(entity: Entity) -> EntityField:
    return entity.fields.get(name="status")


def test_a_changed_row_is_saved_and_answered_with_its_new_version(
    architect_client: Client, status: EntityField
) -> None:
    answer = architect_client.post(row_url("fields", status.uid), sent(status, type="varchar(12)"), headers=HTMX)
    assert answer.status_code == 200
    assert f'name="{status.uid}-version" value="2"' in answer.content.decode()
    assert "saved" in answer.headers["HX-Trigger"]
    assert EntityField.objects.get(pk=status.pk).type == "varchar(12)"


def test_a_save_takes_twelve_statements(
    architect_client: Client, status: EntityField, django_assert_max_num_queries: Any
) -> None:
    data = sent(status, type="varchar(12)") | {"at": str(status.entity.uid)}
    with django_assert_max_num_queries(12):
        assert architect_client.post(row_url("fields", status.uid), data, headers=HTMX).status_code == 200


def test_a_row_sent_unchanged_writes_nothing(architect_client: Client, status: EntityField) -> None:
    answer = architect_client.post(row_url("fields", status.uid), sent(status), headers=HTMX)
    assert answer.status_code == 200
    assert "HX-Trigger" not in answer.headers
    assert not Event.objects.exists()


def test_an_invalid_row_keeps_what_was_typed_and_says_why(architect_client: Client, status: EntityField) -> None:
    answer = architect_client.post(row_url("fields", status.uid), sent(status, name=""), headers=HTMX)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_two_fields_of_one_name_are_refused_in_any_case(architect_client: Client, status: EntityField) -> None:
    answer = architect_client.post(row_url("fields", status.uid), sent(status, name="ID"), headers=HTMX)
    assert answer.status_code == 422
    assert "Another field of this entity has this name." in answer.content.decode()


@pytest.mark.parametrize("version", ["abc", "", "-1", "9" * 40, "²"])
def test_a_version_that_is_no_number_is_a_stale_one(
    architect_client: Client, status: EntityField, version: str
) -> None:
    data = sent(status, type="enum_x") | {f"{status.uid}-version": version}
    assert architect_client.post(row_url("fields", status.uid), data, headers=HTMX).status_code == 409
    assert EntityField.objects.get(pk=status.pk).type == status.type


def test_a_stale_row_shows_both_versions_and_saves_neither(
    architect_client: Client, owner_client: Client, status: EntityField
) -> None:
    owner_client.post(row_url("fields", status.uid), sent(status, type="char(3)"), headers=HTMX)
    answer = architect_client.post(row_url("fields", status.uid), sent(status, type="enum_x"), headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Olu Owner" in text
    assert "char(3)" in text
    assert "enum_x" in text
    assert EntityField.objects.get(pk=status.pk).type == "char(3)"


@pytest.mark.parametrize(
    ("action", "choice", "expected"),
    [("resolve", "mine", "enum_x"), ("resolve", "saved", "char(3)"), ("mine", "", "enum_x"), ("theirs", "", "char(3)")],
)
def test_a_conflict_is_settled_as_the_person_chose(
    architect_client: Client, owner_client: Client, status: EntityField, action: str, choice: str, expected: str
) -> None:
    owner_client.post(row_url("fields", status.uid), sent(status, type="char(3)"), headers=HTMX)
    chosen = {"action": f"{action}:{status.uid}", f"{status.uid}-theirs": 2, f"{status.uid}-choice-type": choice}
    answer = architect_client.post(row_url("fields", status.uid), sent(status, type="enum_x") | chosen, headers=HTMX)
    assert answer.status_code == 200
    assert EntityField.objects.get(pk=status.pk).type == expected


def test_cells_that_only_one_side_changed_are_merged(
    architect_client: Client, owner_client: Client, status: EntityField
) -> None:
    owner_client.post(row_url("fields", status.uid), sent(status, type="char(3)"), headers=HTMX)
    chosen = {"action": f"resolve:{status.uid}", f"{status.uid}-theirs": 2}
    architect_client.post(row_url("fields", status.uid), sent(status, description="Where it is") | chosen, headers=HTMX)
    saved = EntityField.objects.get(pk=status.pk)
    assert (saved.type, saved.description) == ("char(3)", "Where it is")


def test_a_row_that_somebody_deleted_keeps_what_was_typed(
    architect_client: Client, owner_client: Client, status: EntityField
) -> None:
    owner_client.post(row_url("fields", status.uid), {"action": f"delete:{status.uid}"}, headers=HTMX)
    answer = architect_client.post(row_url("fields", status.uid), sent(status, type="typed text"), headers=HTMX)
    assert answer.status_code == 409
    assert "typed text" in answer.content.decode()


def test_adding_twice_under_one_uid_adds_once(architect_client: Client, entity: Entity) -> None:
    data = {"at": str(entity.uid), "new-uid": str(uuid4()), "new-name": "amount", "new-type": "bigint"}
    for _ in range(2):
        answer = architect_client.post(row_url("fields", "new"), data, headers=HTMX)
        assert answer.status_code == 200
    assert entity.fields.filter(name="amount").count() == 1


def test_an_empty_add_row_adds_nothing(architect_client: Client, entity: Entity) -> None:
    architect_client.post(row_url("fields", "new"), {"at": str(entity.uid), "new-name": ""}, headers=HTMX)
    assert entity.fields.count() == 2


def test_deleting_asks_when_something_goes_along_and_not_otherwise(
    architect_client: Client, entity: Entity, status: EntityField
) -> None:
    architect_client.post(
        row_url("indexes", "new"),
        {"new-entity_name": "refunds", "new-fields_text": "status", "new-method": "btree"},
        headers=HTMX,
    )
    asked = architect_client.post(row_url("fields", status.uid), {"action": f"delete:{status.uid}"}, headers=HTMX)
    assert "1 index" in asked.content.decode()
    assert EntityField.objects.filter(pk=status.pk).exists()
    architect_client.post(row_url("fields", status.uid), {"action": f"delete-all:{status.uid}"}, headers=HTMX)
    assert not EntityField.objects.filter(pk=status.pk).exists()
    assert not Index.objects.exists()


def test_a_deletion_can_be_undone_where_it_happened(architect_client: Client, status: EntityField) -> None:
    architect_client.post(row_url("fields", status.uid), {"action": f"delete:{status.uid}"}, headers=HTMX)
    answer = architect_client.post(
        row_url("fields", status.uid), {"action": f"undo:{status.uid}", "at": str(status.entity.uid)}, headers=HTMX
    )
    assert answer.headers["HX-Retarget"] == "#grid-fields"
    assert EntityField.objects.get(uid=status.uid).name == "status"


def test_moving_and_duplicating_answer_with_the_whole_grid(architect_client: Client, status: EntityField) -> None:
    at = {"at": str(status.entity.uid)}
    architect_client.post(row_url("fields", status.uid), at | {"action": f"up:{status.uid}"}, headers=HTMX)
    architect_client.post(row_url("fields", status.uid), at | {"action": f"duplicate:{status.uid}"}, headers=HTMX)
    names = status.entity.fields.order_by("position").values_list("name", flat=True)
    assert list(names) == ["status", "status_copy", "id"]


def test_a_reference_makes_a_relationship_and_emptying_it_takes_it_away(
    architect_client: Client, status: EntityField
) -> None:
    make_entity(status.feature, "states", "id text")
    architect_client.post(row_url("fields", status.uid), sent(status, reference="→ states.id"), headers=HTMX)
    made = Relationship.objects.get()
    assert (made.parent.name, made.child.name, made.pairs.get().parent_field.name) == ("states", "refunds", "id")
    architect_client.post(row_url("fields", status.uid), sent(status, version=2, reference=""), headers=HTMX)
    assert not Relationship.objects.exists()


def test_a_reference_to_an_unknown_entity_is_kept_in_its_words(architect_client: Client, status: EntityField) -> None:
    architect_client.post(row_url("fields", status.uid), sent(status, reference="accounts.id"), headers=HTMX)
    assert Relationship.objects.get().missing_target == "accounts.id"


def test_an_unknown_field_is_refused_with_the_nearest_name(architect_client: Client, entity: Entity) -> None:
    data = {"new-name": "Open", "new-entity_name": "refunds", "new-filters": "statsu", "new-kind": "read"}
    answer = architect_client.post(row_url("queries", "new"), data, headers=HTMX)
    assert answer.status_code == 422
    assert "Did you mean status?" in answer.content.decode()


def test_an_operation_keeps_its_uses_when_only_its_details_are_saved(architect_client: Client, entity: Entity) -> None:
    data = {"new-name": "Open", "new-entity_name": "refunds", "new-filters": "status", "new-sort": "id desc"}
    architect_client.post(row_url("queries", "new"), data | {"new-kind": "read"}, headers=HTMX)
    query = Query.objects.get()
    details = {f"{query.uid}-version": 1, f"{query.uid}-logic": "Newest first", f"{query.uid}-returned": "id"}
    answer = architect_client.post(row_url("query-details", query.uid), details | {"at": str(query.uid)}, headers=HTMX)
    assert answer.status_code == 200
    assert sorted(query.uses.values_list("role", flat=True)) == ["equality", "returned", "sort"]


def test_an_index_without_a_name_gets_the_conventions(architect_client: Client, entity: Entity) -> None:
    data = {"new-entity_name": "refunds", "new-fields_text": "status, id desc", "new-method": "btree"}
    architect_client.post(row_url("indexes", "new"), data, headers=HTMX)
    assert Index.objects.get().name == "idx_refunds_status_id"


def test_without_javascript_the_whole_grid_is_saved_and_the_page_shown_again(
    architect_client: Client, entity: Entity, status: EntityField
) -> None:
    data = sent(status, type="char(1)") | {"action": "save", "new-name": "amount", "new-type": "bigint"}
    answer = architect_client.post(f"{BASE}rows/fields/", data, follow=True)
    assert answer.status_code == 200
    assert set(entity.fields.values_list("name", "type")) == {
        ("id", "uuid"),
        ("status", "char(1)"),
        ("amount", "bigint"),
    }


def test_without_javascript_right_rows_are_saved_and_wrong_ones_stay_as_typed(
    architect_client: Client, entity: Entity, status: EntityField
) -> None:
    data = sent(status, name="") | {"action": "save", "new-name": "amount", "new-type": "bigint"}
    answer = architect_client.post(f"{BASE}rows/fields/", data)
    assert answer.status_code == 422
    assert entity.fields.filter(name="amount").exists()
    assert "1 row could not be saved" in answer.content.decode()


def test_the_requirements_are_made_on_the_first_save(architect_client: Client, feature: Feature) -> None:
    architect_client.post(row_url("requirements", "new"), {"new-retention": "Ten years", "new-access_profile": "mixed"})
    assert Requirements.objects.get(feature=feature).retention == "Ten years"


def test_a_row_of_another_feature_is_not_here(architect_client: Client, feature: Feature) -> None:
    other = make_entity(make_feature("payments/billing/payments"), "payments", "id uuid").fields.get()
    answer = architect_client.post(row_url("fields", other.uid), sent(other, type="text"), headers=HTMX)
    assert answer.status_code == 409
    assert EntityField.objects.get(pk=other.pk).type == "uuid"


@pytest.mark.parametrize("name", ["reviewer", "viewer"])
def test_members_without_the_right_are_refused(client_of: Any, status: EntityField, name: str) -> None:
    answer = client_of(name).post(row_url("fields", status.uid), sent(status, type="x"), headers=HTMX)
    assert answer.status_code == 403
    assert EntityField.objects.get(pk=status.pk).type == "text"


def test_outsiders_do_not_learn_that_it_exists(outsider_client: Client, status: EntityField) -> None:
    assert outsider_client.post(row_url("fields", status.uid), sent(status), headers=HTMX).status_code == 404


def test_somebody_signed_out_gets_401_for_a_part(nobody_client: Client, status: EntityField) -> None:
    answer = nobody_client.post(row_url("fields", status.uid), sent(status), headers=HTMX)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a | b", '"><img src=x onerror=alert(1)>', "ولد 🎉", "x" * 60]
)
def test_whatever_is_typed_comes_back_as_text(architect_client: Client, feature: Feature, text: str) -> None:
    answer = architect_client.post(
        row_url("data-elements", "new"), {"new-name": text, "new-reason": text}, headers=HTMX
    )
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert "<img" not in answer.content.decode()
    assert DataElement.objects.get().name == text


def test_control_characters_are_left_out_of_what_is_saved(architect_client: Client, feature: Feature) -> None:
    data = {"new-name": "Re\x0bfund", "new-description": "one\x08\r\ntwo"}
    architect_client.post(row_url("data-elements", "new"), data, headers=HTMX)
    element = DataElement.objects.get()
    assert (element.name, element.description) == ("Refund", "one\ntwo")


def test_a_proposed_index_is_added_as_it_stands(architect_client: Client, entity: Entity) -> None:
    data = {"new-name": "Open", "new-entity_name": "refunds", "new-filters": "status", "new-kind": "read"}
    architect_client.post(row_url("queries", "new"), data | {"new-frequency": "high"}, headers=HTMX)
    page = architect_client.get(f"{BASE}steps/indexing/").content.decode()
    assert "idx_refunds_status" in page
    proposed = {"new-name": "idx_refunds_status", "new-entity_name": "refunds", "new-fields_text": "status"}
    answer = architect_client.post(row_url("indexes", "new"), proposed | {"new-method": "btree"})
    assert answer.headers["Location"].startswith(f"{BASE}steps/indexing/")
    assert "Add this index" not in architect_client.get(f"{BASE}steps/indexing/").content.decode()
