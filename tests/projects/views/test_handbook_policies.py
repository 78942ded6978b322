"""The pages of policies: their forms and lists, who may change them, what is refused, what they touch."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from projects.models import (
    AccessRole,
    BackupPolicy,
    CachingPolicy,
    Conventions,
    DataElement,
    Event,
    Feature,
    Metric,
    MigrationPolicy,
    PolicySchedule,
    Project,
    Protection,
    Recovery,
    RetentionRule,
    Store,
    User,
)
from projects.models.handbook import HandbookRow
from projects.snapshot.handbook import take_handbook
from projects.workflow.events import broken_links
from projects.workflow.feature_list import RECOUNTED_AT_ONCE
from projects.workflow.handbook.pages import PAGES
from projects.workflow.projects import change_conventions
from tests.factories import NOON, make_feature, make_project
from tests.pages import form_values

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("1")</script> & `x` | שלום 🧾'
SECRET = "postgres://app:Tr0ub4dor3xK9@db.internal:5432/orders"
SLUGS = [page.slug for page in PAGES]


def url(slug: str) -> str:
    return f"/projects/payments/handbook/{slug}/"


def opened(client: Client, slug: str) -> dict[str, Any]:
    """The values of a page's form as a browser would send them back."""
    return form_values(client.get(url(slug)).content.decode())


def add(model: type[HandbookRow], project: Project, **values: Any) -> Any:
    place = model._default_manager.filter(project=project).count() + 1
    return model._default_manager.create(project=project, position=1024 * place, **values)


def row_of(row: HandbookRow, slug: str) -> str:
    return f"{slug}-{row.uid.hex}"


def last_event(project: Project) -> Event:
    return Event.objects.filter(project=project).order_by("-sequence")[0]


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


# Saved by somebody else meanwhile


def test_stale_policy_shows_both_and_merges_the_rest(project: Project, owner_client: Client) -> None:
    sent = opened(owner_client, "backup")
    theirs = opened(owner_client, "backup") | {"rto": "1 hour", "procedure": "theirs"}
    owner_client.post(url("backup"), theirs)
    answer = owner_client.post(url("backup"), sent | {"rto": "9 hours"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "This changed while you were editing it" in text
    assert BackupPolicy.objects.get().rto == "1 hour"
    assert owner_client.post(url("backup"), form_values(text) | {"choice-rto": "mine"}).status_code == 302
    saved = BackupPolicy.objects.get()
    assert (saved.rto, saved.procedure) == ("9 hours", "theirs")


def test_stale_kinds_of_caching_can_be_taken_over(project: Project, owner_client: Client) -> None:
    sent = opened(owner_client, "caching")
    owner_client.post(url("caching"), opened(owner_client, "caching") | {"layers": ["application", "cdn"]})
    answer = owner_client.post(url("caching"), sent | {"layers": ["none"]})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Application cache, CDN cache" in text
    assert owner_client.post(url("caching"), form_values(text) | {"choice-layers": "saved"}).status_code == 302
    assert CachingPolicy.objects.get().layers == ["application", "cdn"]


def test_stale_row_is_a_conflict_and_the_rest_is_kept(project: Project, owner_client: Client) -> None:
    orders, carts = (add(RetentionRule, project, name=name, kept_for="1 year") for name in ("orders", "carts"))
    sent = opened(owner_client, "retention")
    RetentionRule.objects.filter(pk=orders.pk).update(kept_for="7 years", version=2)
    sent |= {f"{row_of(orders, 'rules')}-kept_for": "2 years", f"{row_of(carts, 'rules')}-kept_for": "30 days"}
    answer = owner_client.post(url("retention"), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Retention rules, row 1" in text
    assert RetentionRule.objects.get(name="carts").kept_for == "1 year"
    choice = {f"choice-{row_of(orders, 'rules')}-kept_for": "saved"}
    assert owner_client.post(url("retention"), form_values(text) | choice).status_code == 302
    kept = RetentionRule.objects.order_by("position").values_list("kept_for", flat=True)
    assert list(kept) == ["7 years", "30 days"]


def test_row_that_only_others_changed_or_added_stays(project: Project, owner_client: Client) -> None:
    orders, carts = (add(RetentionRule, project, name=name, kept_for="1 year") for name in ("orders", "carts"))
    sent = opened(owner_client, "retention") | {f"{row_of(carts, 'rules')}-kept_for": "30 days"}
    RetentionRule.objects.filter(pk=orders.pk).update(kept_for="7 years", version=2)
    add(RetentionRule, project, name="logs", kept_for="2 weeks")
    assert owner_client.post(url("retention"), sent).status_code == 302
    kept = RetentionRule.objects.order_by("position").values_list("name", "kept_for")
    assert list(kept) == [("orders", "7 years"), ("carts", "30 days"), ("logs", "2 weeks")]


def test_row_that_somebody_deleted_comes_back_as_typed(project: Project, owner_client: Client) -> None:
    orders = add(RetentionRule, project, name="orders", kept_for="1 year")
    sent = opened(owner_client, "retention") | {f"{row_of(orders, 'rules')}-kept_for": "2 years"}
    RetentionRule.objects.all().delete()
    answer = owner_client.post(url("retention"), sent)
    assert answer.status_code == 409
    assert "Somebody deleted it while you were editing it" in answer.content.decode()
    assert owner_client.post(url("retention"), form_values(answer.content.decode())).status_code == 302
    assert RetentionRule.objects.values_list("name", "kept_for").get() == ("orders", "2 years")


def test_row_that_somebody_changed_is_not_deleted_unseen(project: Project, owner_client: Client) -> None:
    orders = add(RetentionRule, project, name="orders", kept_for="1 year")
    sent = opened(owner_client, "retention") | {"rules-row": []}
    RetentionRule.objects.update(kept_for="7 years", version=2)
    answer = owner_client.post(url("retention"), sent)
    values = form_values(answer.content.decode())
    assert answer.status_code == 409
    assert (values["rules-row"], values[f"{row_of(orders, 'rules')}-kept_for"]) == ([orders.uid.hex], "7 years")
    assert owner_client.post(url("retention"), values | {"rules-row": []}).status_code == 302
    assert not RetentionRule.objects.exists()


def test_name_that_somebody_took_meanwhile_is_refused(project: Project, owner_client: Client) -> None:
    sent = opened(owner_client, "access") | {"roles-row": "new-1", "roles-new-1-name": "Reader"}
    add(AccessRole, project, name="reader")
    answer = owner_client.post(url("access"), sent)
    assert answer.status_code == 422
    assert "Another access role has this name." in answer.content.decode()
    assert form_values(answer.content.decode())["roles-new-1-name"] == "Reader"


# The features that it touches


def test_page_says_which_features_depart_and_why(project: Project, owner_client: Client) -> None:
    for key in ("refunds", "payouts"):
        feature = make_feature(f"payments/billing/{key}")
        store = Store.objects.create(feature=feature, name="main", kind="relational", system="PostgreSQL")
        if key == "payouts":
            Recovery.objects.create(feature=feature, store=store, rto="9 hours", departure=HOSTILE)
    answer = owner_client.post(url("backup"), opened(owner_client, "backup") | {"rto": "4 hours"}, follow=True)
    text = answer.content.decode()
    assert "Saved. Features that leave it open follow it." in text
    assert "Follow it: 1. Depart from it: 1. Not touched: 0." in text
    assert [each.feature.key for each in answer.context["touched"].departing] == ["payouts"]
    assert "<script>alert" not in text
    assert HOSTILE in unescape(text)


@pytest.mark.parametrize("number", [2, RECOUNTED_AT_ONCE - 1])
def test_queries_do_not_grow_with_features(
    number: int, project: Project, owner_client: Client, django_assert_max_num_queries: Callable
) -> None:
    for place in range(number):
        make_feature(f"payments/billing/f{place}")
    owner_client.get(url("backup"))
    with django_assert_max_num_queries(11):
        owner_client.get(url("backup"))


def test_only_some_drafts_are_taken_anew_at_once(project: Project, owner_client: Client) -> None:
    for place in range(RECOUNTED_AT_ONCE + 1):
        make_feature(f"payments/billing/f{place}")
    first, second = (owner_client.get(url("backup")).context["touched"] for _ in range(2))
    assert (len(first.uncounted), len(second.uncounted)) == (1, 0)


def test_save_counts_no_features_and_the_page_after_it_says_what_is_left(
    project: Project, owner_client: Client
) -> None:
    for place in range(RECOUNTED_AT_ONCE + 2):
        make_feature(f"payments/billing/f{place}")
    sent = opened(owner_client, "backup") | {"rto": "4 hours"}
    owner_client.post(url("backup"), sent)
    assert len(owner_client.get(url("backup")).context["touched"].uncounted) == 2


# Retention rules, which data elements name


def element(key: str, name: str, rule: str) -> DataElement:
    feature = Feature.objects.filter(key=key).first() or make_feature(f"payments/billing/{key}")
    return DataElement.objects.create(feature=feature, name=name, retention_rule=rule)


def test_new_name_of_a_rule_reaches_the_features(project: Project, owner_client: Client) -> None:
    orders = add(RetentionRule, project, name="Straße", kept_for="1 year")
    logs = add(RetentionRule, project, name="logs", kept_for="30 days")
    first, second, other = (
        element("refunds", "Refund", " STRASSE"),
        element("payouts", "Payout", "straße"),
        element("refunds", "Trace", "elsewhere"),
    )
    moved = element("refunds", "Log", "logs")
    versions = {feature.key: feature.version for feature in Feature.objects.all()}
    sent = opened(owner_client, "retention")
    # They exchange their names.
    sent |= {f"{row_of(orders, 'rules')}-name": "Logs", f"{row_of(logs, 'rules')}-name": "Straße"}
    answer = owner_client.post(url("retention"), sent, follow=True)
    text = unescape(answer.content.decode())
    named = dict(DataElement.objects.values_list("name", "retention_rule"))
    assert named == {"Refund": "Logs", "Payout": "Logs", "Trace": "elsewhere", "Log": "Straße"}
    assert "2 data elements of billing/payouts, billing/refunds name the rule “Logs” now." in text
    assert "One data element of billing/refunds names the rule “Straße” now." in text
    for each in (first, second, other, moved):
        each.refresh_from_db()
    assert [each.version for each in (first, second, other, moved)] == [2, 2, 1, 2]
    assert {feature.key: feature.version - versions[feature.key] for feature in Feature.objects.all()} == {
        "refunds": 1,
        "payouts": 1,
    }
    events = {event.feature.key: event.changes for event in Event.objects.exclude(feature=None)}
    assert events["payouts"] == {"Payout · Retention rule": ["straße", "Logs"]}
    assert set(events["refunds"]) == {"Refund · Retention rule", "Log · Retention rule"}
    assert (Event.objects.count(), broken_links(project)) == (3, [])


def test_rule_that_is_gone_is_told_with_who_names_it(project: Project, owner_client: Client) -> None:
    add(RetentionRule, project, name="Orders")
    for name in ("Refund", "Payout"):
        element("refunds", name, "orders")
    elsewhere = make_feature("other/billing/refunds")
    DataElement.objects.create(feature=elsewhere, name="Refund", retention_rule="orders")
    sent = opened(owner_client, "retention") | {"rules-row": []}
    text = unescape(owner_client.post(url("retention"), sent, follow=True).content.decode())
    said = "2 data elements of billing/refunds name “Orders”, which is gone: choose another rule there."
    assert said in text
    assert not Event.objects.exclude(feature=None).exists()


def test_rule_that_is_made_anew_under_its_name_is_not_gone(project: Project, owner_client: Client) -> None:
    add(RetentionRule, project, name="Orders")
    element("refunds", "Refund", "orders")
    sent = opened(owner_client, "retention") | {"rules-row": ["new-1"], "rules-new-1-name": "orders"}
    assert "which is gone" not in owner_client.post(url("retention"), sent, follow=True).content.decode()


@pytest.mark.parametrize("number", [2, 9])
def test_queries_of_a_new_name_do_not_grow_with_features_that_have_another(
    number: int, project: Project, owner_client: Client, django_assert_max_num_queries: Callable
) -> None:
    rule = add(RetentionRule, project, name="orders")
    element("f0", "Refund", "orders")
    for place in range(1, number):
        element(f"f{place}", "Refund", "logs")
    sent = opened(owner_client, "retention") | {f"{row_of(rule, 'rules')}-name": "sales"}
    with django_assert_max_num_queries(40):
        owner_client.post(url("retention"), sent)
