"""A step that does not apply: said with a reason, shown, taken back; and what a step still lacks."""

from typing import Any

import pytest
from django.test import Client

from projects.models import Event, Exemption, Feature
from projects.workflow.keyed_rows import EXEMPTIBLE, proposed_uid

BASE = "/projects/payments/billing/refunds/"


def say(client: Client, feature: Feature, reason: str, step: str = "contracts", version: int = 0, **more: str) -> Any:
    row = Exemption.objects.filter(step=step).first()
    uid = row.uid if row else proposed_uid(feature, "exemption", step)
    data = {f"{uid}-reason": reason, f"{uid}-version": str(version), **more}
    return client.post(f"{BASE}steps/{step}/exemption/{uid}/", data)


def page(client: Client, step: str = "contracts") -> str:
    return client.get(f"{BASE}steps/{step}/").content.decode()


def test_a_step_is_said_not_to_apply_and_then_counts_as_complete(architect_client: Client, feature: Feature) -> None:
    assert "is said not to apply" not in page(architect_client)
    answer = say(architect_client, feature, "Nothing crosses an interface.")
    assert answer.headers["Location"] == f"{BASE}steps/contracts/#exemption"
    text = page(architect_client)
    assert "This step is said not to apply." in text
    assert "Nothing crosses an interface." in text
    assert "1 of 12 complete" in text


def test_it_applies_after_all_and_that_is_undone_in_the_history(architect_client: Client, feature: Feature) -> None:
    say(architect_client, feature, "Nothing crosses an interface.")
    say(architect_client, feature, "", action="lift")
    assert not Exemption.objects.exists()
    architect_client.post(f"{BASE}history/{Event.objects.get(verb='deleted').sequence}/undo/")
    assert Exemption.objects.get().reason == "Nothing crosses an interface."


def test_the_reason_can_be_changed_but_not_over_a_newer_one(
    architect_client: Client, owner_client: Client, feature: Feature
) -> None:
    say(architect_client, feature, "First.")
    say(owner_client, feature, "Second.", version=1)
    answer = say(architect_client, feature, "Third.", version=1)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Second." in text
    assert "Third." in text
    assert Exemption.objects.get().reason == "Second."


def test_a_reason_for_what_applies_again_meanwhile_is_kept(
    architect_client: Client, owner_client: Client, feature: Feature
) -> None:
    say(architect_client, feature, "First.")
    uid = Exemption.objects.get().uid
    say(owner_client, feature, "", action="lift")
    data = {f"{uid}-reason": "Better words.", f"{uid}-version": "1"}
    answer = architect_client.post(f"{BASE}steps/contracts/exemption/{uid}/", data)
    assert answer.status_code == 409
    assert "Better words." in answer.content.decode()


def test_without_a_reason_nothing_is_said(architect_client: Client, feature: Feature) -> None:
    say(architect_client, feature, "  ")
    assert not Exemption.objects.exists()
    say(architect_client, feature, "First.")
    assert say(architect_client, feature, " ", version=1).status_code == 422
    assert Exemption.objects.get().reason == "First."


@pytest.mark.parametrize("step", ["requirements", "checklist", "document", "nonsense"])
def test_steps_that_every_design_needs_cannot_be_left_out(
    architect_client: Client, feature: Feature, step: str
) -> None:
    assert say(architect_client, feature, "No.", step=step).status_code == 404


@pytest.mark.parametrize("step", EXEMPTIBLE)
def test_each_other_step_offers_it(architect_client: Client, feature: Feature, step: str) -> None:
    say(architect_client, feature, "Not here.", step=step)
    assert "Not here." in page(architect_client, step)


def test_viewers_and_outsiders_are_refused(viewer_client: Client, outsider_client: Client, feature: Feature) -> None:
    assert say(viewer_client, feature, "No.").status_code == 403
    assert say(outsider_client, feature, "No.").status_code == 404
    assert "does not apply to this feature" not in page(viewer_client)
    assert not Exemption.objects.exists()


def test_a_viewer_reads_the_reason_and_no_button(
    viewer_client: Client, architect_client: Client, feature: Feature
) -> None:
    say(architect_client, feature, "<b>Nothing</b> crosses.")
    text = page(viewer_client)
    assert "&lt;b&gt;Nothing&lt;/b&gt; crosses." in text
    assert "It applies after all" not in text


def test_a_step_says_what_is_missing_and_follows_each_save(architect_client: Client, feature: Feature) -> None:
    assert "0 of " in page(architect_client, "migration")
    architect_client.post(f"{BASE}rows/migration/new/", {"new-tool": "Alembic", "new-setup": "By hand."})
    text = architect_client.get(f"{BASE}companion/?step=migration&companion=document").content.decode()
    assert 'id="missing-count" hx-swap-oob="true">2 of ' in text
    assert "how migrations are named" in text
