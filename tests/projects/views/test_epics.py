"""Epics: created and changed."""

import pytest
from django.test import Client

from projects.models import Epic, Event, Project
from tests.factories import make_epic, make_project

pytestmark = pytest.mark.django_db


def test_epic_is_created_with_a_key_from_its_title(project: Project, architect_client: Client) -> None:
    answer = architect_client.post("/projects/payments/epics/new/", {"title": "Month close"})
    assert (answer.headers["Location"], Epic.objects.get().key) == ("/projects/payments/", "month-close")
    assert Event.objects.values_list("verb", "kind", "label").get() == ("created", "epic", "Month close")


def test_epic_address_leads_to_its_features(project: Project, viewer_client: Client) -> None:
    make_epic(project, "billing")
    assert viewer_client.get("/projects/payments/billing/").headers["Location"] == "/projects/payments/?epic=billing"


def test_key_is_unique_in_the_project_and_free_in_another(project: Project, architect_client: Client) -> None:
    make_epic(project, "billing")
    make_epic(make_project("other"), "ledger")
    taken = architect_client.post("/projects/payments/epics/new/", {"title": "B", "key": "billing"})
    free = architect_client.post("/projects/payments/epics/new/", {"title": "L", "key": "ledger"})
    assert "This project has an epic with that key" in taken.content.decode()
    assert (taken.status_code, free.status_code) == (422, 302)


def test_epic_is_changed_with_what_was_before(project: Project, architect_client: Client) -> None:
    make_epic(project, "billing", "Billing")
    architect_client.post(
        "/projects/payments/billing/edit/", {"title": "Bills", "key": "bills", "description": "Money"}
    )
    assert Epic.objects.values_list("title", "key", "description").get() == ("Bills", "bills", "Money")
    assert Event.objects.get().changes == {
        "Title": ["Billing", "Bills"],
        "Key": ["billing", "bills"],
        "Description": ["", "Money"],
    }


def test_stale_form_shows_both_versions(project: Project, architect_client: Client) -> None:
    epic = make_epic(project, "billing", "Billing")
    Epic.objects.filter(pk=epic.pk).update(title="Theirs")
    mine = {"title": "Mine", "key": "billing", "initial-title": "Billing", "initial-key": "billing"}
    answer = architect_client.post("/projects/payments/billing/edit/", mine | {"initial-description": ""})
    assert answer.status_code == 409
    assert [(each.opened, each.saved, each.mine) for each in answer.context["form"].conflict] == [
        ("Billing", "Theirs", "Mine")
    ]
