"""The pages of policies: their forms and lists, and who may change them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from projects.models import (
    AccessRole,
    BackupPolicy,
    Conventions,
    Event,
    Metric,
    MigrationPolicy,
    PolicySchedule,
    Project,
    RetentionRule,
    User,
)
from projects.snapshot.handbook import take_handbook
from projects.workflow.events import broken_links
from projects.workflow.handbook.pages import PAGES
from projects.workflow.projects import change_conventions
from tests.factories import NOON, make_project
from tests.pages import form_values
from tests.projects.views.handbook_policy_pages import add, last_event, opened, row_of, url

pytestmark = pytest.mark.django_db
SLUGS = [page.slug for page in PAGES]

# Who


@pytest.mark.parametrize("slug", SLUGS)
def test_every_member_reads_and_outsiders_learn_nothing(slug: str, project: Project, client_of: Callable) -> None:
    who = ("owner", "architect", "reviewer", "viewer", "outsider", "nobody")
    found = [client_of(name).get(url(slug)).status_code for name in who]
    assert found == [200, 200, 200, 200, 404, 302]


@pytest.mark.parametrize("who", ["architect", "reviewer", "viewer"])
def test_only_owners_change_policies(who: str, project: Project, client_of: Callable) -> None:
    client = client_of(who)
    assert client.post(url("backup"), {"rto": "4 hours"}).status_code == 403
    assert "<textarea" not in client.get(url("backup")).content.decode()
    assert not BackupPolicy.objects.exists()


def test_outsiders_change_nothing(project: Project, outsider_client: Client) -> None:
    assert outsider_client.post(url("backup"), {"rto": "4 hours"}).status_code == 404


def test_archived_project_keeps_its_policies(project: Project, owner_client: Client) -> None:
    Project.objects.update(is_archived=True)
    assert owner_client.post(url("backup"), {"rto": "4 hours"}).status_code == 403
    assert "<textarea" not in owner_client.get(url("backup")).content.decode()
    assert not BackupPolicy.objects.exists()


def test_page_that_is_not_there(project: Project, owner_client: Client) -> None:
    assert owner_client.get(url("weather")).status_code == 404


def test_conventions_moved(project: Project, viewer_client: Client) -> None:
    answer = viewer_client.get("/projects/payments/conventions/")
    assert (answer.status_code, answer.headers["Location"]) == (308, url("conventions"))


# Saving


def test_form_and_list_are_saved_with_one_button_and_one_event(project: Project, owner_client: Client) -> None:
    sent = opened(owner_client, "backup") | {"rto": "4 hours", "point_in_time": "available"}
    sent |= {"schedules-row": ["new-1"], "schedules-new-1-kind": "full", "schedules-new-1-frequency": "every night"}
    answer = owner_client.post(url("backup"), sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, url("backup"))
    policies = take_handbook(project).policies
    assert (policies.backup.rto, policies.schedules[0].frequency) == ("4 hours", "every night")
    event = last_event(project)
    assert (event.verb, event.kind, event.object_uid) == ("changed", "backup policy", None)
    assert event.changes == {
        "RTO": ["", "4 hours"],
        "Point-in-time recovery": ["", "Available"],
        "Full backup": ["", "Full; every night"],
    }
    assert broken_links(project) == []


def test_saving_again_changes_nothing(project: Project, owner_client: Client) -> None:
    add(PolicySchedule, project, kind="full", frequency="daily")
    owner_client.post(url("backup"), opened(owner_client, "backup") | {"rto": "4 hours"})
    before = (Event.objects.count(), PolicySchedule.objects.get().pk, Project.objects.get().policy_stamp)
    owner_client.post(url("backup"), opened(owner_client, "backup"))
    assert before == (Event.objects.count(), PolicySchedule.objects.get().pk, Project.objects.get().policy_stamp)


def test_rows_are_changed_deleted_and_ordered_in_one_go(project: Project, owner_client: Client) -> None:
    rows = {name: add(RetentionRule, project, name=name, kept_for="1 year") for name in ("orders", "logs", "carts")}
    sent = opened(owner_client, "retention")
    sent["rules-row"] = ["new-1", rows["carts"].uid.hex, rows["orders"].uid.hex]
    sent |= {f"{row_of(rows['carts'], 'rules')}-kept_for": "30 days", "rules-new-1-name": "invoices"}
    assert owner_client.post(url("retention"), sent).status_code == 302
    kept = RetentionRule.objects.order_by("position").values_list("name", "kept_for", "version")
    assert list(kept) == [("invoices", "", 1), ("carts", "30 days", 2), ("orders", "1 year", 1)]
    assert set(RetentionRule.objects.values_list("uid", flat=True)) > {rows["carts"].uid, rows["orders"].uid}
    assert last_event(project).changes == {
        "invoices": ["", "invoices"],
        "carts · Kept for": ["1 year", "30 days"],
        "logs (deleted)": ["logs; 1 year", ""],
        "Retention rules · Order": ["orders, carts", "carts, orders"],
    }


def test_two_rows_exchange_their_names(project: Project, owner_client: Client) -> None:
    first, second = (add(AccessRole, project, name=name) for name in ("reader", "writer"))
    sent = opened(owner_client, "access")
    sent |= {f"{row_of(first, 'roles')}-name": "writer", f"{row_of(second, 'roles')}-name": "reader"}
    assert owner_client.post(url("access"), sent).status_code == 302
    assert list(AccessRole.objects.order_by("position").values_list("name", flat=True)) == ["writer", "reader"]


def test_save_makes_the_drafts_of_features_anew(project: Project, owner_client: Client) -> None:
    owner_client.post(url("migration"), opened(owner_client, "migration") | {"tool": "Alembic"})
    stamp = Project.objects.get().policy_stamp
    assert (MigrationPolicy.objects.get().tool, len(stamp)) == ("Alembic", 32)
    owner_client.post(url("monitoring"), {"metrics-row": "new-1", "metrics-new-1-name": "pool usage"})
    assert (Metric.objects.count(), Project.objects.get().policy_stamp) == (1, stamp)


def test_conventions_have_a_version_and_a_field_for_deleting(project: Project, owner_client: Client) -> None:
    sent = opened(owner_client, "conventions") | {"soft_delete_field": "deleted_at", "purge_after": "30 days"}
    assert owner_client.post(url("conventions"), sent).status_code == 302
    saved = Conventions.objects.get()
    assert (saved.soft_delete_field, saved.purge_after, saved.version) == ("deleted_at", "30 days", 2)


def test_stale_conventions_lose_nothing(project: Project, owner: User, owner_client: Client) -> None:
    sent = opened(owner_client, "conventions")
    change_conventions(project, {"primary_key_name": "uid", "notes": "theirs"}, actor=owner, now=NOON)
    answer = owner_client.post(url("conventions"), sent | {"notes": "mine", "timestamp_suffix": "_on"})
    form = answer.context["sent"].cards[0].form
    assert answer.status_code == 409
    assert [form[name].value() for name in ("primary_key_name", "notes", "timestamp_suffix")] == ["uid", "mine", "_on"]
    assert [each.name for each in form.conflict if each.is_contested] == ["notes"]
    assert Conventions.objects.get().notes == "theirs"


def test_history_shows_before_and_after(project: Project, owner_client: Client, viewer_client: Client) -> None:
    owner_client.post(url("caching"), opened(owner_client, "caching") | {"layers": ["application", "cdn"]})
    owner_client.post(url("caching"), opened(owner_client, "caching") | {"layers": ["none"]})
    text = viewer_client.get("/projects/payments/history/").content.decode()
    assert "Application cache, CDN cache" in text
    assert "No caching" in text


# Buttons of a list, without scripts


def test_button_adds_a_row_and_keeps_what_was_typed(project: Project, owner_client: Client) -> None:
    saved = add(RetentionRule, project, name="orders", kept_for="1 year")
    sent = opened(owner_client, "retention") | {f"{row_of(saved, 'rules')}-kept_for": "typed", "act": "rules add"}
    answer = owner_client.post(url("retention"), sent)
    values = form_values(answer.content.decode())
    assert answer.status_code == 200
    first, added = values["rules-row"]
    assert first == saved.uid.hex
    assert values[f"{row_of(saved, 'rules')}-kept_for"] == "typed"
    assert RetentionRule.objects.get().kept_for == "1 year"
    again = owner_client.post(url("retention"), values | {"act": "rules add", f"rules-{added}-name": "carts"})
    values = form_values(again.content.decode())
    assert (values["rules-row"][:2], len(values["rules-row"])) == ([first, added], 3)
    assert values[f"rules-{added}-name"] == "carts"
    done = owner_client.post(url("retention"), values | {f"{row_of(saved, 'rules')}-kept_for": "2 years"})
    assert done.status_code == 302
    assert list(RetentionRule.objects.values_list("name", "kept_for")) == [("orders", "2 years"), ("carts", "")]
    assert RetentionRule.objects.get(name="carts").uid.hex == added


def with_new_row(client: Client, slug: str, table: str) -> tuple[dict[str, Any], str]:
    """The page after a press of the button that adds a row, and what its inputs begin with."""
    values = form_values(client.post(url(slug), opened(client, slug) | {"act": f"{table} add"}).content.decode())
    return values, f"{table}-{values[f'{table}-row'][-1]}"


def test_page_that_is_sent_twice_adds_its_rows_once(project: Project, owner_client: Client) -> None:
    first, second = (add(PolicySchedule, project, kind="full", frequency=each) for each in ("daily", "weekly"))
    values, row = with_new_row(owner_client, "backup", "schedules")
    token = row.removeprefix("schedules-")
    values |= {f"{row}-frequency": "hourly", "schedules-row": [second.uid.hex, token, first.uid.hex]}
    for _ in range(2):
        assert owner_client.post(url("backup"), values).status_code == 302
    kept = PolicySchedule.objects.order_by("position").values_list("frequency", "version")
    assert list(kept) == [("weekly", 1), ("hourly", 1), ("daily", 1)]
    assert Event.objects.count() == 1
    # Gone back to in the browser, mended and sent once more.
    assert owner_client.post(url("backup"), values | {f"{row}-frequency": "every 2 hours"}).status_code == 302
    assert PolicySchedule.objects.get(uid=token).frequency == "every 2 hours"
    again = owner_client.post(url("backup"), values)
    assert again.status_code == 409
    assert "every 2 hours" in again.content.decode()
    taken = form_values(again.content.decode()) | {f"choice-{row}-frequency": "saved"}
    assert owner_client.post(url("backup"), taken).status_code == 302
    assert PolicySchedule.objects.get(uid=token).frequency == "every 2 hours"


def test_list_that_is_full_says_so(project: Project, owner_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("projects.workflow.handbook.tables.MOST_ROWS", 1)
    add(Metric, project, name="pool")
    answer = owner_client.post(url("monitoring"), opened(owner_client, "monitoring") | {"act": "metrics add"})
    assert "delete one to add another" in answer.content.decode()
    assert len(form_values(answer.content.decode())["metrics-row"]) == 1


def test_row_that_nobody_filled_in_is_neither_wrong_nor_saved(project: Project, owner_client: Client) -> None:
    sent = opened(owner_client, "retention")
    for act in ("rules add", "protections add"):
        answer = owner_client.post(url("retention"), sent | {"act": act})
        sent = form_values(answer.content.decode())
        assert "field-error" not in answer.content.decode()
    row = f"rules-{sent['rules-row'][0]}"
    wrong = owner_client.post(url("retention"), sent | {f"{row}-kept_for": "soon"})
    assert wrong.content.decode().count('class="field-error"') == 2
    assert owner_client.post(url("retention"), sent).status_code == 302
    assert not Event.objects.exists()


def test_protection_without_a_class_says_what_to_choose(project: Project, owner_client: Client) -> None:
    values, row = with_new_row(owner_client, "retention", "protections")
    answer = owner_client.post(url("retention"), values | {f"{row}-protection": "Encrypted"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose the class of data that is protected this way." in text
    assert "This field is required" not in text
    assert "Not decided" not in text


def test_buttons_move_and_delete_rows_and_save_does_it(project: Project, owner_client: Client) -> None:
    rows = [add(Metric, project, name=name) for name in ("pool", "lag", "size")]
    values = opened(owner_client, "monitoring")
    for act in (f"metrics up {rows[2].uid.hex}", f"metrics delete {rows[0].uid.hex}"):
        values = form_values(owner_client.post(url("monitoring"), values | {"act": act}).content.decode())
    assert values["metrics-row"] == [rows[2].uid.hex, rows[1].uid.hex]
    assert Metric.objects.count() == 3
    owner_client.post(url("monitoring"), values)
    assert list(Metric.objects.order_by("position").values_list("name", flat=True)) == ["size", "lag"]


@pytest.mark.parametrize("act", ["rules up x", "rules delete new-9", "x", "rules", "rules add " + "x" * 5000, "\x00"])
def test_odd_buttons_do_no_harm(act: str, project: Project, owner_client: Client) -> None:
    answer = owner_client.post(url("retention"), opened(owner_client, "retention") | {"act": act})
    assert answer.status_code in (200, 302)


def test_broken_hidden_values_do_no_harm(project: Project, owner_client: Client) -> None:
    other = make_project("other")
    theirs = add(Metric, other, name="theirs")
    sent = {
        "metrics-loaded": f"x:y {theirs.uid.hex}:1 {'9' * 40}",
        "metrics-row": ["", "new--1", theirs.uid.hex, "a b"],
    }
    owner_client.post(url("monitoring"), sent)
    assert Metric.objects.get() == theirs
