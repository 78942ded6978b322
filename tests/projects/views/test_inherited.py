"""What the steps show of the project's policies: inherited, departed from, with the reason; and what is taken over."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.design import tree
from projects.design.vocabulary import BackupKind, CacheLayer, PointInTime, Sensitivity, StoreKind
from projects.models import (
    BackupSchedule,
    DataElement,
    EntityField,
    Event,
    Feature,
    Migration,
    Recovery,
    Store,
    ValidationRule,
)
from projects.snapshot.handbook import write_policies
from tests.factories import make_entity

HTMX = {"HX-Request": "true"}
BASE = "/projects/payments/billing/refunds/"
NIGHTLY = {"frequency": "daily", "retention": "30 days", "location": "Another region"}
POLICIES = tree.Policies(
    databases=(
        tree.DatabaseProfile(uid=uuid4(), system="PostgreSQL", system_version="16", pool_maximum="20"),
        tree.DatabaseProfile(uid=uuid4(), system="Redis", system_version="7", kind=StoreKind.KEY_VALUE),
    ),
    migration=tree.MigrationPolicy(tool="Alembic 1.14", creating="Drafted by the tool"),
    backup=tree.BackupPolicy(rto="4 hours", point_in_time=PointInTime.AVAILABLE),
    schedules=(
        tree.PolicySchedule(uid=uuid4(), **NIGHTLY),
        tree.PolicySchedule(uid=uuid4(), kind=BackupKind.LOG, frequency="every 5 min"),
    ),
    caching=tree.CachingPolicy(layers=(CacheLayer.APPLICATION,)),
    modelling=tree.ModellingPolicy(orm="SQLAlchemy 2", api_layer="Types", database_layer="Keys"),
    retention_rules=(tree.RetentionRule(uid=uuid4(), name="Accounting", kept_for="10 years", afterwards="Deleted"),),
    protections=(tree.Protection(uid=uuid4(), classification=Sensitivity.PERSONAL, protection="Masked in logs"),),
)


@pytest.fixture
def policies(feature: Feature) -> Feature:
    write_policies(feature.epic.project, POLICIES)
    return feature


@pytest.fixture
def store(policies: Feature) -> Store:
    return Store.objects.create(feature=policies, name="Main", kind="relational", system="PostgreSQL 16", position=1)


def page(client: Client, step: str, at: object = "") -> str:
    return client.get(f"{BASE}steps/{step}/?at={at}").content.decode()


def send(client: Client, part: str, uid: object = "new", at: object = "", **cells: Any) -> Any:
    data = {f"{uid}-{name}": value for name, value in cells.items()} | {"at": str(at)}
    return client.post(f"{BASE}rows/{part}/{uid}/", data, headers=HTMX)


def panel(client: Client, step: str, at: object = "") -> str:
    return client.get(f"{BASE}panels/handbook-{step}/?at={at}").content.decode()


def test_an_empty_field_shows_what_the_policy_says(viewer_client: Client, policies: Feature) -> None:
    text = page(viewer_client, "migration")
    assert 'placeholder="Alembic 1.14"' in text
    assert "From the migration policy" in text
    assert "field-departs" not in text
    assert "Follows" in panel(viewer_client, "migration")


def test_a_departure_shows_the_policy_and_asks_for_its_reason(architect_client: Client, policies: Feature) -> None:
    Migration.objects.create(feature=policies, tool="Flyway 10")
    text = page(architect_client, "migration")
    assert "Departs from the migration policy" in text
    assert "record-reason is-asked" in text
    assert "field-departs" in text
    assert "No reason is given yet." in panel(architect_client, "migration")


def test_the_reason_is_saved_and_shown(architect_client: Client, policies: Feature) -> None:
    plan = Migration.objects.create(feature=policies, tool="Flyway 10")
    answer = send(
        architect_client, "migration", plan.uid, version=1, tool="Flyway 10", departure="The service is in Java."
    )
    assert answer.status_code == 200
    assert Migration.objects.get().departure == "The service is in Java."
    assert "The service is in Java." in panel(architect_client, "migration")
    assert "record-reason is-asked" in page(architect_client, "migration")


def test_without_policies_no_step_speaks_of_them(architect_client: Client, feature: Feature) -> None:
    Migration.objects.create(feature=feature, tool="Flyway 10")
    for step in ("requirements", "storage", "integrity", "migration", "performance", "backup"):
        text = page(architect_client, step)
        assert "policy-note" not in text
        assert "From the handbook" not in text
        assert "departs from the policy" not in text.casefold()


def test_a_choice_says_beside_it_what_the_policy_chose(viewer_client: Client, store: Store) -> None:
    assert "<bdi>Available</bdi>, from the backup policy" in page(viewer_client, "backup", store.uid)


def test_a_store_without_backups_shows_those_of_the_policy(viewer_client: Client, store: Store) -> None:
    text = page(viewer_client, "backup", store.uid)
    assert text.count("grid-inherited") == 2
    assert "Another region" in text
    assert "Take them over" not in text


def test_the_backups_of_the_policy_are_taken_over_as_rows(architect_client: Client, store: Store) -> None:
    assert "Take them over as rows" in page(architect_client, "backup", store.uid)
    for _ in range(2):
        architect_client.post(f"{BASE}rows/backup-schedules/fill/?at={store.uid}", {"at": str(store.uid)})
    found = BackupSchedule.objects.filter(store=store).order_by("position")
    assert [row.frequency for row in found] == ["daily", "every 5 min"]
    assert "grid-inherited" not in page(architect_client, "backup", store.uid)
    assert "Departs" not in panel(architect_client, "backup", store.uid)
    assert Event.objects.filter(verb="created", object_uid=found[0].uid).get().changes["Kept for"] == ["", "30 days"]


def test_a_store_that_is_rebuilt_inherits_no_backups(architect_client: Client, store: Store) -> None:
    Recovery.objects.create(feature=store.feature, store=store, rebuildable_from="Made from the orders.")
    text = page(architect_client, "backup", store.uid)
    assert "grid-inherited" not in text
    assert "Take them over" not in text
    assert "From the backup policy" not in text


def test_a_data_element_takes_its_retention_from_the_rule_it_names(architect_client: Client, policies: Feature) -> None:
    send(architect_client, "data-elements", name="Refund", retention_rule="accounting")
    text = page(architect_client, "performance")
    assert 'placeholder="10 years"' in text
    assert '<option value="Accounting">' in text
    assert "10 years" in panel(architect_client, "requirements")


def test_a_rule_that_is_not_in_the_handbook_is_kept_and_told(architect_client: Client, policies: Feature) -> None:
    send(architect_client, "data-elements", name="Refund", retention_rule="Acounting")
    assert DataElement.objects.get().retention_rule == "Acounting"
    assert "Departs from the retention rules: Accounting" in page(architect_client, "requirements")


def test_a_shorter_or_longer_time_departs_in_its_cell(architect_client: Client, policies: Feature) -> None:
    row = DataElement.objects.create(feature=policies, name="Refund", retention_rule="Accounting", position=1)
    answer = send(
        architect_client,
        "retentions",
        row.uid,
        version=1,
        name="Refund",
        retention_rule="Accounting",
        kept_for="1 year",
    )
    assert "cell-departs" in answer.content.decode()
    assert "Departs from the retention rules: 10 years" in answer.content.decode()


def test_a_field_is_protected_as_its_class(viewer_client: Client, policies: Feature) -> None:
    entity = make_entity(policies, "people", "id uuid", "email text")
    EntityField.objects.filter(name="email").update(sensitivity="personal")
    assert 'placeholder="Masked in logs"' in page(viewer_client, "data-model", entity.uid)
    assert "Protection, personal" in panel(viewer_client, "data-model", entity.uid)


def test_the_systems_of_the_project_are_proposed_first(architect_client: Client, store: Store) -> None:
    text = page(architect_client, "storage", store.uid)
    known = text.partition('id="known-systems"')[2]
    assert known.index("PostgreSQL 16") < known.index("Redis 7") < known.index("MySQL")
    assert "Departs from the database profiles" not in text.partition("field-departs")[2]
    Store.objects.update(system="MySQL 8")
    assert "field-departs" in page(architect_client, "storage", store.uid)


def test_a_new_rule_is_ticked_where_the_policy_enforces_rules(architect_client: Client, policies: Feature) -> None:
    text = page(architect_client, "integrity")
    ticked = [name for name in ("in_api", "in_logic", "in_database") if f'name="new-{name}"' in text]
    assert len(ticked) == 3
    row = text.partition('id="row-new-validation-rules"')[2].partition("</tr>")[0]
    assert row.count(" checked") == 2


def test_a_box_alone_makes_no_rule(architect_client: Client, policies: Feature) -> None:
    as_offered = send(architect_client, "validation-rules", level="field", in_api="on", in_database="on")
    unticked = send(architect_client, "validation-rules", level="field", in_database="on")
    assert (as_offered.status_code, unticked.status_code) == (200, 200)
    assert not ValidationRule.objects.exists()


def test_pasted_rules_are_enforced_where_the_policy_says(architect_client: Client, policies: Feature) -> None:
    rows = "Rule\tLevel\nAmount is positive\tField"
    architect_client.post(f"{BASE}rows/validation-rules/paste/", {"rows": rows, "save": "1"})
    assert list(ValidationRule.objects.values_list("in_api", "in_logic", "in_database")) == [(True, False, True)]


def test_consistency_shows_the_modelling_policy_beside_the_departure(viewer_client: Client, policies: Feature) -> None:
    text = page(viewer_client, "integrity", "consistency")
    assert "SQLAlchemy 2" in text
    assert "record-reason is-asked" in text


def test_caching_comes_from_the_caching_policy(viewer_client: Client, store: Store) -> None:
    text = page(viewer_client, "performance", "strategies")
    assert 'placeholder="Application cache."' in text
    assert "At most 20 connections." in text


def test_outsiders_see_no_panel_and_viewers_save_no_reason(
    outsider_client: Client, viewer_client: Client, policies: Feature
) -> None:
    assert outsider_client.get(f"{BASE}panels/handbook-migration/").status_code == 404
    assert send(viewer_client, "migration", departure="Because.").status_code == 403
    assert not Migration.objects.exists()


@pytest.mark.parametrize("step", ["requirements", "storage", "data-model", "integrity", "migration", "backup"])
def test_policies_cost_no_query_on_a_page(architect_client: Client, store: Store, step: str) -> None:
    make_entity(store.feature, "people", "id uuid")
    page(architect_client, step)
    with CaptureQueriesContext(
        connection,
    ) as with_policies:
        page(architect_client, step)
    write_policies(store.feature.epic.project, tree.Policies())
    page(architect_client, step)
    with CaptureQueriesContext(connection) as without:
        page(architect_client, step)
    assert len(with_policies) == len(without)


def test_a_finding_on_what_is_inherited_leads_to_the_store(architect_client: Client, store: Store) -> None:
    never = POLICIES.backup.with_values(restore_tests="never")
    write_policies(store.feature.epic.project, POLICIES.with_values(backup=never))
    findings = architect_client.get(f"{BASE}companion/?step=backup&companion=findings").content.decode()
    assert "Nobody tries whether a backup of “Main” can be restored." in findings
    assert f"steps/backup/?at={store.uid}#" in findings


def test_names_and_values_of_policies_are_text(architect_client: Client, policies: Feature) -> None:
    hostile = '<script>alert("1")</script>'
    rule = tree.RetentionRule(uid=uuid4(), name=hostile, kept_for="1 day")
    migration = tree.MigrationPolicy(tool=hostile, naming=hostile)
    backup = tree.PolicySchedule(uid=uuid4(), location=hostile)
    write_policies(
        policies.epic.project, tree.Policies(migration=migration, retention_rules=(rule,), schedules=(backup,))
    )
    DataElement.objects.create(feature=policies, name="Refund", retention_rule=hostile, position=1)
    store = Store.objects.create(feature=policies, name="Main", kind="relational", position=1)
    Migration.objects.create(feature=policies, tool="Other")
    pages = (page(architect_client, "migration"), page(architect_client, "requirements"))
    assert all("<script>alert" not in text for text in (*pages, page(architect_client, "backup", store.uid)))


def test_a_long_list_ends_with_how_many_more_follow(viewer_client: Client, policies: Feature) -> None:
    DataElement.objects.bulk_create(
        DataElement(feature=policies, name=f"Data {n}", retention_rule="Accounting", position=n) for n in range(1, 42)
    )
    assert "And 22 more that follow the policy." in panel(viewer_client, "requirements")


def test_the_pages_that_are_not_of_an_entity_have_no_panel(viewer_client: Client, policies: Feature) -> None:
    make_entity(policies, "people", "id uuid", "email text")
    EntityField.objects.filter(name="email").update(sensitivity="personal")
    assert "From the handbook" in page(viewer_client, "data-model")
    assert "From the handbook" not in page(viewer_client, "data-model", "types")
