"""What a feature takes from its project's policies, and where it departs from them."""

from typing import Any

import pytest

from projects.design.inheritance import InheritedFact, Standing, lines, standings
from projects.design.tree import (
    BackupPolicy,
    BackupSchedule,
    Cache,
    CachingPolicy,
    Consistency,
    DatabaseProfile,
    DataElement,
    Design,
    Migration,
    MigrationPolicy,
    ModellingPolicy,
    Optimization,
    Policies,
    PolicySchedule,
    Protection,
    Recovery,
    RetentionRule,
)
from projects.design.vocabulary import BackupKind, CacheLayer, PolicyName, Sensitivity, StoreKind
from tests.projects.checks.builders import make, make_design, make_entity, make_field, make_store, uid_of

FOLLOWS, DEPARTS, SILENT = Standing
STORE = make_store()
POSTGRES = make(DatabaseProfile, "PostgreSQL", system="PostgreSQL", system_version="16", pool_maximum="20")
NIGHTLY = {"kind": BackupKind.FULL, "frequency": "every night", "retention": "30 days", "location": "Another region"}
NIGHTLY_POLICY = make(PolicySchedule, "nightly", **NIGHTLY)
FIVE_YEARS = make(RetentionRule, "Accounting", kept_for="5 years", afterwards="Deleted")


def design_with(policies: dict[str, Any], **parts: Any) -> Design:
    return make_design(policies=Policies(**policies), **parts)


def of(design: Design, policy: PolicyName) -> list[InheritedFact]:
    return [line for line in lines(design) if line.policy is policy]


def brief(design: Design, policy: PolicyName) -> list[tuple[str, Standing, str]]:
    return [(line.fact, line.standing, line.reason) for line in of(design, policy)]


def recovery(**facts: Any) -> Recovery:
    return make(Recovery, "main", store=STORE.uid, **facts)


def test_a_fact_left_open_or_said_alike_follows_and_another_departs_with_its_reason() -> None:
    policy = MigrationPolicy(tool="Alembic 1.14", naming="By date", creating="Drafted by the tool")
    plan = Migration(tool="alembic  1.14", generating="By hand", tracking="In a table", departure="No ORM here.")
    design = design_with({"migration": policy}, migration=plan)
    assert brief(design, PolicyName.MIGRATION) == [
        ("Migration tool", FOLLOWS, ""),
        ("Naming", FOLLOWS, ""),
        ("Tracking", SILENT, ""),
        ("Generating", DEPARTS, "No ORM here."),
    ]


def test_without_policies_there_is_nothing_to_follow() -> None:
    found = standings(make_design(stores=(STORE,), migration=Migration(tool="Flyway")))
    assert {each.standing for each in found.values()} == {SILENT}
    assert list(found) == list(PolicyName)


def test_the_summary_of_a_policy_has_its_departures_and_each_reason_once() -> None:
    plan = Migration(tool="Flyway", naming="By number", departure="The service is written in Java.")
    design = design_with({"migration": MigrationPolicy(tool="Alembic", naming="By date")}, migration=plan)
    standing = standings(design)[PolicyName.MIGRATION]
    assert standing.standing is DEPARTS
    assert [line.fact for line in standing.departures] == ["Migration tool", "Naming"]
    assert standing.reasons == ("The service is written in Java.",)


@pytest.mark.parametrize(
    ("system", "standing"), [("PostgreSQL 16.4", FOLLOWS), ("postgresql", FOLLOWS), ("PostgreSQL 15", DEPARTS)]
)
def test_a_store_follows_the_database_profiles_by_its_system(system: str, standing: Standing) -> None:
    store = make_store(system, project_patterns="Bought with the shop.")
    found = of(design_with({"databases": (POSTGRES,)}, stores=(store,)), PolicyName.DATABASES)[0]
    assert (found.expected, found.own, found.standing) == ("PostgreSQL 16", system, standing)
    assert found.reason == ("Bought with the shop." if standing is DEPARTS else "")


def test_pooling_follows_the_profiles_of_the_systems_in_use() -> None:
    plan = Optimization(pooling="One connection for each worker", departure="The workers are few.")
    design = design_with({"databases": (POSTGRES,)}, stores=(STORE,), optimization=plan)
    assert ("Connection pooling", DEPARTS, "The workers are few.") in brief(design, PolicyName.DATABASES)


def test_a_cache_departs_from_a_policy_of_no_caching() -> None:
    cache = make(Cache, "Prices")
    design = design_with({"caching": CachingPolicy(layers=(CacheLayer.NONE,))}, caches=(cache,))
    assert [(line.fact, line.standing) for line in of(design, PolicyName.CACHING)] == [
        ("Caching", FOLLOWS),
        ("Caches", DEPARTS),
    ]


def test_objectives_that_are_the_same_quantity_follow() -> None:
    policy = BackupPolicy(rto="1 hour", rpo="5 min", restore_tests="monthly")
    plan = recovery(rto="60 min", rpo="1 min", restore_tests="every month", departure="Money.")
    found = brief(design_with({"backup": policy}, stores=(STORE,), recoveries=(plan,)), PolicyName.BACKUP)
    assert found == [("RTO", FOLLOWS, ""), ("RPO", DEPARTS, "Money."), ("Restore tests", FOLLOWS, "")]


def test_a_store_without_schedules_follows_and_one_with_others_departs() -> None:
    own = make(BackupSchedule, "weekly", store=STORE.uid, frequency="every week")
    policies = {"schedules": (NIGHTLY_POLICY,)}
    same = make(BackupSchedule, "same", store=STORE.uid, **NIGHTLY | {"frequency": "daily"})
    assert brief(design_with(policies, stores=(STORE,)), PolicyName.BACKUP) == [("Backups", FOLLOWS, "")]
    assert brief(design_with(policies, stores=(STORE,), backup_schedules=(own,)), PolicyName.BACKUP) == [
        ("Backups", DEPARTS, "")
    ]
    assert brief(design_with(policies, stores=(STORE,), backup_schedules=(same,)), PolicyName.BACKUP) == [
        ("Backups", FOLLOWS, "")
    ]


def test_a_store_that_is_rebuilt_has_no_backup_to_depart_from() -> None:
    plan = recovery(rebuildable_from="The search index is built from the orders.", rto="1 day")
    policies = {"backup": BackupPolicy(rto="1 h"), "schedules": (NIGHTLY_POLICY,)}
    assert of(design_with(policies, stores=(STORE,), recoveries=(plan,)), PolicyName.BACKUP) == []


def test_a_data_element_follows_the_rule_that_it_names() -> None:
    element = make(DataElement, "Refund", retention_rule="accounting", kept_for="10 years", departure="Tax law.")
    design = design_with({"retention_rules": (FIVE_YEARS,)}, data_elements=(element,))
    assert brief(design, PolicyName.RETENTION) == [("Kept for", DEPARTS, "Tax law."), ("Afterwards", FOLLOWS, "")]


def test_a_rule_that_the_handbook_has_not_departs() -> None:
    element = make(DataElement, "Refund", retention_rule="Acounting")
    found = of(design_with({"retention_rules": (FIVE_YEARS,)}, data_elements=(element,)), PolicyName.RETENTION)
    assert [(line.fact, line.standing, line.expected, line.own) for line in found] == [
        ("Retention rule", DEPARTS, "Accounting", "Acounting")
    ]


def test_a_field_is_protected_as_its_class_unless_it_says_otherwise() -> None:
    fields = (
        make_field("people", "email text", sensitivity=Sensitivity.PERSONAL),
        make_field("people", "phone text", sensitivity=Sensitivity.PERSONAL, protection="Hashed"),
    )
    entity = make_entity("people", *fields, key="email", departure="Phones are only compared.")
    known = make(Protection, "personal", classification=Sensitivity.PERSONAL, protection="Encrypted at rest")
    found = of(design_with({"protections": (known,)}, entities=(entity,)), PolicyName.PROTECTION)
    assert [(line.about_name, line.about, line.standing, line.reason) for line in found] == [
        ("people.email", uid_of("people.email"), FOLLOWS, ""),
        ("people.phone", uid_of("people.phone"), DEPARTS, "Phones are only compared."),
    ]


def test_conventions_and_modelling_are_departed_from_by_saying_so() -> None:
    entities = (make_entity("people", "id uuid"), make_entity("Legacy", "id uuid", departure="Kept by another team."))
    consistency = Consistency(departure="Checked by the gateway.")
    policies = {"modelling": ModellingPolicy(orm="SQLAlchemy 2")}
    design = design_with(policies, entities=entities, consistency=consistency)
    assert [line.standing for line in of(design, PolicyName.CONVENTIONS)] == [FOLLOWS, DEPARTS]
    assert brief(design, PolicyName.MODELLING) == [("Modelling and validation", DEPARTS, "Checked by the gateway.")]


def test_the_design_in_force_gives_the_same_standings() -> None:
    other = make_store("Redis 7", name="sessions", kind=StoreKind.KEY_VALUE)
    policies = {
        "databases": (POSTGRES,),
        "migration": MigrationPolicy(tool="Alembic"),
        "backup": BackupPolicy(rto="1 h"),
        "schedules": (NIGHTLY_POLICY,),
        "caching": CachingPolicy(what="Prices"),
        "retention_rules": (FIVE_YEARS,),
    }
    element = make(DataElement, "Refund", retention_rule="Accounting", afterwards="Kept")
    plan = recovery(rto="2 h")
    design = design_with(policies, stores=(STORE, other), data_elements=(element,), recoveries=(plan,))
    assert standings(design.in_force) == standings(design)
