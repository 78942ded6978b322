"""What the pages of policies refuse, and how they keep what was typed."""

from html import unescape

import pytest
from django.test import Client

from projects.models import (
    AccessRole,
    BackupPolicy,
    CachingPolicy,
    Event,
    Project,
    Protection,
)
from tests.pages import form_values
from tests.projects.views.handbook_policy_pages import opened, url

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("1")</script> & `x` | שלום 🧾'
SECRET = "postgres://app:Tr0ub4dor3xK9@db.internal:5432/orders"

# What is refused


def test_unreadable_quantities_are_refused_and_kept(project: Project, owner_client: Client) -> None:
    sent = opened(owner_client, "backup") | {"rto": "soonish", "schedules-row": "new-1"}
    row = {"schedules-new-1-kind": "full", "schedules-new-1-retention": "a while"}
    answer = owner_client.post(url("backup"), sent | row)
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Not saved: 2 things to put right" in text
    assert "“soonish” is not read as a length of time" in text
    assert "Backups, row 1, Kept for" in text
    values = form_values(answer.content.decode())
    assert (values["rto"], values["schedules-new-1-retention"]) == ("soonish", "a while")
    assert not BackupPolicy.objects.exists()


@pytest.mark.parametrize(
    ("slug", "field"),
    [
        ("design", "keys"),
        ("caching", "system"),
        ("conventions", "notes"),
        ("access", "roles-new-1-rights"),
        ("retention", "rules-new-1-afterwards"),
    ],
)
def test_secrets_are_refused_on_their_field(slug: str, field: str, project: Project, owner_client: Client) -> None:
    row = {"roles-row": "new-1", "rules-row": "new-1", "roles-new-1-name": "app", "rules-new-1-name": "carts"}
    answer = owner_client.post(url(slug), opened(owner_client, slug) | row | {field: f"Ask for {SECRET}"})
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert form_values(answer.content.decode())[field] == f"Ask for {SECRET}"
    assert not Event.objects.exists()


def test_no_caching_excludes_other_kinds(project: Project, owner_client: Client) -> None:
    answer = owner_client.post(url("caching"), opened(owner_client, "caching") | {"layers": ["none", "cdn"]})
    assert answer.status_code == 422
    assert "“No caching” excludes the other kinds" in answer.content.decode()
    values = form_values(answer.content.decode())
    assert values["layers"] == ["none", "cdn"]
    # What was saved before is still told from what was typed.
    assert owner_client.post(url("caching"), values | {"layers": ["cdn"]}).status_code == 302
    assert CachingPolicy.objects.get().layers == ["cdn"]


@pytest.mark.parametrize(
    ("slug", "values", "said"),
    [
        ("access", {"roles-new-1-name": "App", "roles-new-2-name": "app"}, "Another access role has this name."),
        (
            "retention",
            {"protections-new-1-classification": "personal", "protections-new-2-classification": "personal"},
            "The protection of this data class is in another row.",
        ),
    ],
)
def test_rows_with_the_same_name_are_refused(
    slug: str, values: dict, said: str, project: Project, owner_client: Client
) -> None:
    rows = {f"{list_slug}-row": ["new-1", "new-2"] for list_slug in ("roles", "protections")}
    answer = owner_client.post(url(slug), opened(owner_client, slug) | rows | values)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not AccessRole.objects.exists()
    assert not Protection.objects.exists()


def test_too_long_line_is_refused_and_kept(project: Project, owner_client: Client) -> None:
    answer = owner_client.post(url("migration"), opened(owner_client, "migration") | {"tool": "x" * 201})
    assert answer.status_code == 422
    assert "x" * 201 in answer.content.decode()


def test_hostile_text_is_text(project: Project, owner_client: Client, viewer_client: Client) -> None:
    sent = opened(owner_client, "access") | {"roles-row": "new-1", "roles-new-1-name": HOSTILE}
    assert owner_client.post(url("access"), sent).status_code == 302
    for client, address in ((owner_client, url("access")), (viewer_client, url("access"))):
        text = client.get(address).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
    assert "<script>alert" not in viewer_client.get("/projects/payments/history/").content.decode()
