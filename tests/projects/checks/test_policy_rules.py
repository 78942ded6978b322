"""Rules about the project's policies: each broken, kept, and left to people."""

from typing import Any

import pytest

from projects.checks.evidence import evidence
from projects.checks.readings import EvidenceState
from projects.design.checklist import CHECKLIST
from projects.design.digest import SECTIONS
from projects.design.tree import (
    BackupPolicy,
    BackupSchedule,
    Cache,
    CachingPolicy,
    DatabaseProfile,
    DataElement,
    Design,
    DesignPolicy,
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
from projects.design.vocabulary import CacheLayer, Sensitivity
from tests.projects.checks.builders import (
    make,
    make_design,
    make_entity,
    make_field,
    make_store,
    open_paths_of,
    paths_of,
    report_on,
)
from tests.projects.checks.whole import SAID, whole_design

STORE = make_store()
PROFILE = make(DatabaseProfile, "PostgreSQL", system="PostgreSQL", system_version="16", pool_maximum="20")
RULE = make(RetentionRule, "Web logs", kept_for="30 days", afterwards="Deleted")
NIGHTLY = make(PolicySchedule, "nightly", frequency="daily", retention="30 days")
BECAUSE = "It is another team's."


def answers(design: Design, rule: str) -> tuple[int, int]:
    return len(paths_of(design, rule)), len(open_paths_of(design, rule))


def under(parts: dict[str, Any], **policies: Any) -> Design:
    return make_design(policies=Policies(**policies), **parts)


def on_system(system: str, why: str = "") -> Design:
    return under({"stores": (make_store(system, project_patterns=why),)}, databases=(PROFILE,))


def migrated(**facts: Any) -> Design:
    policy = MigrationPolicy(tool="Alembic 1.14", naming="By date")
    return under({"migration": Migration(**facts)}, migration=policy)


def backed_up(schedules: tuple[BackupSchedule, ...] = (), **facts: Any) -> Design:
    plan = make(Recovery, "main", store=STORE.uid, **facts)
    policy = BackupPolicy(rpo="15 min", procedure="Ask the person on call.")
    parts = {"stores": (STORE,), "recoveries": (plan,), "backup_schedules": schedules}
    return under(parts, backup=policy, schedules=(NIGHTLY,))


def cached(*names: str, layers: tuple[CacheLayer, ...] = (CacheLayer.NONE,), **facts: Any) -> Design:
    caches = tuple(make(Cache, name) for name in names)
    return under({"caches": caches, "optimization": Optimization(**facts)}, caching=CachingPolicy(layers=layers))


def kept(*rules: RetentionRule, **facts: Any) -> Design:
    return under({"data_elements": (make(DataElement, "Visit", **facts),)}, retention_rules=rules)


def protected(how: str, why: str = "") -> Design:
    field = make_field("people", "phone text", sensitivity=Sensitivity.PERSONAL, protection=how)
    known = make(Protection, "personal", classification=Sensitivity.PERSONAL, protection="Encrypted")
    return under({"entities": (make_entity("people", "id uuid", field, departure=why),)}, protections=(known,))


WEEKLY = make(BackupSchedule, "weekly", store=STORE.uid, frequency="weekly", retention="30 days")

CASES = {
    "system-not-of-the-project": [
        (on_system("MySQL 8"), (1, 0)),
        (on_system("PostgreSQL 15"), (0, 1)),
        (on_system("MySQL 8", BECAUSE), (0, 0)),
        (on_system("PostgreSQL 16.2"), (0, 0)),
    ],
    "migration-departs-without-reason": [
        (migrated(tool="Flyway 10"), (1, 0)),
        (migrated(naming="By number"), (0, 1)),
        (migrated(tool="Flyway 10", departure=BECAUSE), (0, 0)),
        (migrated(), (0, 0)),
    ],
    "backup-departs-without-reason": [
        (backed_up(rpo="1 day"), (1, 0)),
        (backed_up((WEEKLY,)), (1, 0)),
        (backed_up(procedure="Call the provider."), (0, 1)),
        (backed_up(rpo="soon"), (0, 1)),
        (backed_up((WEEKLY,), rpo="1 day", departure=BECAUSE), (0, 0)),
        (backed_up(rebuildable_from="The orders.", rpo="1 day"), (0, 0)),
    ],
    "caching-departs-without-reason": [
        (cached("Prices"), (1, 0)),
        (cached(caching="Exchange rates."), (0, 1)),
        (cached("Prices", departure=BECAUSE), (0, 0)),
        (cached("Prices", layers=(CacheLayer.APPLICATION,)), (0, 0)),
    ],
    "retention-rule-unknown": [
        (kept(RULE, retention_rule="Web lags"), (1, 0)),
        (kept(retention_rule="Web logs"), (0, 1)),
        (kept(RULE, retention_rule="web logs"), (0, 0)),
        (kept(RULE, retention_rule="Disputes", kept_for="3 years", departure=BECAUSE), (0, 0)),
        (kept(RULE, retention_rule="Disputes", kept_for="3 years"), (1, 0)),
        (kept(RULE, retention_rule="Disputes", departure=BECAUSE), (1, 0)),
        (kept(RULE, kept_for="3 years"), (0, 0)),
    ],
    "retention-longer-than-policy": [
        (kept(RULE, retention_rule="Web logs", kept_for="2 years"), (1, 0)),
        (kept(RULE, retention_rule="Web logs", kept_for="7 days"), (0, 1)),
        (kept(RULE, retention_rule="Web logs", kept_for="2 years", departure=BECAUSE), (0, 0)),
        (kept(RULE, retention_rule="Web logs", kept_for="30 days"), (0, 0)),
    ],
    "protection-departs-without-reason": [
        (protected("none"), (1, 0)),
        (protected("Hashed"), (0, 1)),
        (protected("none", BECAUSE), (0, 0)),
        (protected(""), (0, 0)),
    ],
}


@pytest.mark.parametrize(
    ("rule", "design", "expected"), [(rule, *case) for rule, cases in CASES.items() for case in cases]
)
def test_a_departure_has_its_reason(rule: str, design: Design, expected: tuple[int, int]) -> None:
    assert answers(design, rule) == expected


def test_the_fact_is_named_with_what_it_says_instead() -> None:
    finding = next(
        each for each in report_on(backed_up(rpo="1 day")).findings if each.rule.startswith("backup-departs")
    )
    assert "RPO (1 day instead of 15 min)" in finding.message
    assert (finding.field_name, finding.step) == ("departure", "backup")


def item_16(design: Design) -> tuple[EvidenceState, str]:
    found = evidence(design, report_on(design))[15]
    return found.state, found.reason


def test_a_handbook_that_says_nothing_leaves_item_16_to_people() -> None:
    assert item_16(whole_design())[0] is EvidenceState.JUDGEMENT


def test_what_follows_the_policies_passes_item_16() -> None:
    design = whole_design(migration=Migration(), policies=Policies(migration=MigrationPolicy(tool="Alembic")))
    assert item_16(design) == (EvidenceState.PASS, "Followed: Migration policy.")


def test_a_departure_fails_item_16_and_its_reason_passes_it() -> None:
    policies = Policies(migration=MigrationPolicy(tool="Alembic"))
    plan = dict.fromkeys(Migration.model_fields, SAID)
    without = whole_design(policies=policies, migration=Migration(**plan | {"departure": ""}))
    assert item_16(without)[0] is EvidenceState.FAIL
    assert item_16(whole_design(policies=policies)) == (
        EvidenceState.PASS,
        "Departed from, with the reason: Migration policy.",
    )


POLICY_PARTS: dict[str, dict[str, Any]] = {
    "policy-databases": {"databases": (PROFILE,)},
    "policy-design": {"design": DesignPolicy(keys="uuid")},
    "policy-migration": {"migration": MigrationPolicy(tool="Alembic", rollback="Backwards.")},
    "policy-backup": {"backup": BackupPolicy(rto="5 s", rpo="1 s"), "schedules": (NIGHTLY,)},
    "policy-caching": {"caching": CachingPolicy(layers=(CacheLayer.NONE,), what="Nothing")},
    "policy-modelling": {"modelling": ModellingPolicy(orm="SQLAlchemy 2")},
    "policy-retention": {"retention_rules": (make(RetentionRule, "Books", kept_for="10 years"),)},
    "policy-protection": {"protections": (make(Protection, "p", classification=Sensitivity.SECRET, protection="x"),)},
}


@pytest.mark.parametrize("section", POLICY_PARTS)
def test_an_item_hangs_on_the_policies_that_it_says_it_reads(section: str) -> None:
    assert section in SECTIONS
    element = make(DataElement, "Refund", retention_rule="Books")
    secret = make_entity("keys", "id uuid", make_field("keys", "value text", sensitivity=Sensitivity.SECRET))
    left_open = {
        "migration": Migration(),
        "optimization": Optimization(),
        "recoveries": (),
        "backup_schedules": (),
        "data_elements": (element,),
        "entities": (*whole_design().entities, secret),
    }
    before, after = (
        evidence(design, report_on(design), "")
        for design in (whole_design(**left_open), whole_design(**left_open, policies=Policies(**POLICY_PARTS[section])))
    )
    changed = {old.number for old, new in zip(before, after, strict=True) if old != new}
    assert changed <= {item.number for item in CHECKLIST if section in item.sections}
