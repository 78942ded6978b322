"""The history of a feature."""

from django.test import Client

from projects.models import EntityField, Event, Feature, User
from projects.snapshot.take import take
from projects.workflow.apply_import import apply_import
from tests.factories import NOON, make_entity

BASE = "/projects/payments/billing/refunds/"


def delete_status(client: Client, feature: Feature) -> EntityField:
    field = make_entity(feature, "refunds", "id uuid", "status text").fields.get(name="status")
    client.post(f"{BASE}rows/fields/{field.uid}/", {"action": f"delete:{field.uid}"}, headers={"HX-Request": "true"})
    return field


def test_it_says_who_changed_what_from_what_to_what(architect_client: Client, feature: Feature) -> None:
    field = make_entity(feature, "refunds", "status text").fields.get()
    data = {f"{field.uid}-version": 1, f"{field.uid}-name": "state", f"{field.uid}-type": "text"}
    architect_client.post(f"{BASE}rows/fields/{field.uid}/", data, headers={"HX-Request": "true"})
    text = architect_client.get(f"{BASE}history/").content.decode()
    assert "Ada Architect" in text
    assert ">status</del>" in text
    assert ">state</ins>" in text


def test_a_deletion_is_undone_from_it(architect_client: Client, feature: Feature) -> None:
    field = delete_status(architect_client, feature)
    event = Event.objects.get(verb="deleted")
    architect_client.post(f"{BASE}history/{event.sequence}/undo/")
    assert EntityField.objects.get(uid=field.uid).name == "status"
    assert "undone" in architect_client.get(f"{BASE}history/").content.decode()


def test_a_deletion_is_undone_once(architect_client: Client, feature: Feature) -> None:
    delete_status(architect_client, feature)
    event = Event.objects.get(verb="deleted")
    for _ in range(2):
        answer = architect_client.post(f"{BASE}history/{event.sequence}/undo/", follow=True)
    assert "It is back already." in answer.content.decode()


def test_a_viewer_reads_it_and_undoes_nothing(
    viewer_client: Client, architect_client: Client, feature: Feature
) -> None:
    field = delete_status(architect_client, feature)
    event = Event.objects.get(verb="deleted")
    assert viewer_client.post(f"{BASE}history/{event.sequence}/undo/").status_code == 403
    assert "/undo/" not in viewer_client.get(f"{BASE}history/").content.decode()
    assert not EntityField.objects.filter(uid=field.uid).exists()


def test_only_deletions_can_be_undone(architect_client: Client, feature: Feature) -> None:
    assert architect_client.post(f"{BASE}history/999/undo/").status_code == 404


def test_an_import_is_undone_from_it(architect_client: Client, feature: Feature, architect: User) -> None:
    make_entity(feature, "refunds", "id uuid")
    design = take(feature)
    emptied = design.model_copy(update={"entities": ()})
    apply_import(feature, emptied, actor=architect, now=NOON, replace=True, source="a test")
    event = Event.objects.get(verb="replaced")
    architect_client.post(f"{BASE}history/{event.sequence}/undo/")
    assert take(feature) == design
    assert "undone" in architect_client.get(f"{BASE}history/").content.decode()
