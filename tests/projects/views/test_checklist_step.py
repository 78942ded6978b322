"""Step 11: the items with their evidence, and the author's note on each."""

from typing import Any

import pytest
from django.test import Client

from projects.models import Feature, ItemNote, Store
from projects.workflow.keyed_rows import proposed_uid
from tests.factories import make_entity

HTMX = {"HX-Request": "true"}
BASE = "/projects/payments/billing/refunds/"
STEP = f"{BASE}steps/checklist/"


def send(client: Client, feature: Feature, item: int, version: int = 0, *, htmx: bool = True, **cells: str) -> Any:
    row = ItemNote.objects.filter(item=item).first()
    uid = row.uid if row else proposed_uid(feature, "item", item)
    data = {f"{uid}-{name}": value for name, value in {"version": str(version), **cells}.items()}
    return client.post(f"{BASE}items/{item}/note/{uid}/", data, headers=HTMX if htmx else {})


def test_the_items_stand_in_five_groups_with_their_evidence(architect_client: Client, feature: Feature) -> None:
    Store.objects.create(feature=feature, name="Main", kind="relational")
    text = architect_client.get(STEP).content.decode()
    assert text.count('class="checklist-item"') == 27
    assert text.count('class="checklist-group"') == 5
    assert "No SQL CREATE statements" in text
    assert "that this does not hold" in text
    assert "Main</bdi>" in text


def test_findings_lead_to_where_they_are_mended(architect_client: Client, feature: Feature) -> None:
    entity = make_entity(feature, "refunds", "status text")
    text = architect_client.get(STEP).content.decode()
    assert f"{BASE}steps/data-model/?at={entity.uid}#row-{entity.uid}" in text


def test_a_note_is_made_by_its_first_save_and_changed_by_the_next(architect_client: Client, feature: Feature) -> None:
    first = send(architect_client, feature, 7, text="Same tool as everywhere.")
    assert first.status_code == 200
    assert "saved" in first.headers["HX-Trigger"]
    assert 'version" value="1"' in first.content.decode()
    send(architect_client, feature, 7, version=1, text="Same tool, one exception.")
    note = ItemNote.objects.get()
    assert (note.item, note.text, note.version) == (7, "Same tool, one exception.", 2)
    assert "Same tool, one exception." in architect_client.get(STEP).content.decode()


def test_the_same_first_save_sent_twice_makes_one_note(architect_client: Client, feature: Feature) -> None:
    send(architect_client, feature, 7, text="Once.")
    assert send(architect_client, feature, 7, text="Once.").status_code == 200
    assert ItemNote.objects.count() == 1


def test_two_first_notes_on_one_item_are_shown_side_by_side(
    architect_client: Client, owner_client: Client, feature: Feature
) -> None:
    send(owner_client, feature, 7, text="The owner's words.")
    answer = send(architect_client, feature, 7, text="The architect's words.")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "The owner&#x27;s words." in text
    assert "The architect&#x27;s words." in text
    uid = ItemNote.objects.get().uid
    data = {f"{uid}-version": "0", f"{uid}-theirs": "1", f"{uid}-text": "The architect's words.", "action": "mine"}
    assert architect_client.post(f"{BASE}items/7/note/{uid}/", data, headers=HTMX).status_code == 200
    assert ItemNote.objects.get().text == "The architect's words."


def test_not_applicable_needs_a_reason(architect_client: Client, feature: Feature) -> None:
    answer = send(architect_client, feature, 15, is_not_applicable="on")
    assert answer.status_code == 422
    assert "Say in a sentence why the item does not apply." in answer.content.decode()
    send(architect_client, feature, 15, is_not_applicable="on", text="There are no tables.")
    assert ItemNote.objects.get().is_not_applicable


def test_without_javascript_the_page_comes_back(architect_client: Client, feature: Feature) -> None:
    saved = send(architect_client, feature, 7, htmx=False, text="Same tool.")
    assert saved.headers["Location"] == f"{STEP}#item-7"
    wrong = send(architect_client, feature, 15, htmx=False, is_not_applicable="on")
    assert wrong.status_code == 422
    assert "Say in a sentence" in wrong.content.decode()


def test_a_viewer_reads_and_cannot_write(viewer_client: Client, outsider_client: Client, feature: Feature) -> None:
    text = viewer_client.get(STEP).content.decode()
    assert "data-record" not in text
    assert send(viewer_client, feature, 7, text="x").status_code == 403
    assert send(outsider_client, feature, 7, text="x").status_code == 404
    assert not ItemNote.objects.exists()


@pytest.mark.parametrize("item", [0, 28])
def test_the_checklist_has_no_other_items(architect_client: Client, feature: Feature, item: int) -> None:
    assert send(architect_client, feature, item, text="x").status_code == 404


def test_hostile_notes_stay_text(architect_client: Client, feature: Feature) -> None:
    send(architect_client, feature, 3, text="</textarea><script>alert(1)</script>")
    assert "<script>alert" not in architect_client.get(STEP).content.decode()
