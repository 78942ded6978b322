"""What a design leaves open is filled in from the policies; what it says stays."""

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from projects.design import tree
from projects.design.digest import design_json
from projects.design.tree.in_force import profile_of
from tests.examples import at_most
from tests.projects.design.handbooks import handbooks
from tests.projects.design.strategies import designs

STORE = UUID(int=1)
SCHEDULE = tree.PolicySchedule(uid=UUID(int=9), frequency="Every 24 hours", retention="30 days")
POLICIES = tree.Policies(
    databases=(
        tree.DatabaseProfile(uid=UUID(int=8), system="PostgreSQL", system_version="16", pool_maximum="25"),
        tree.DatabaseProfile(uid=UUID(int=7), system="Redis"),
    ),
    migration=tree.MigrationPolicy(tool="Flyway 10", rollback="By hand."),
    backup=tree.BackupPolicy(rto="4 hours", rpo="1 hour"),
    schedules=(SCHEDULE,),
    caching=tree.CachingPolicy(layers=("application",), system="Redis 7", ttl="Always one."),
    retention_rules=(tree.RetentionRule(uid=UUID(int=6), name="Orders", kept_for="10 years", afterwards="Deleted"),),
    protections=(tree.Protection(uid=UUID(int=5), classification="personal", protection="Masked"),),
)


def design(policies: tree.Policies = POLICIES, **facts: object) -> tree.Design:
    identity = tree.Identity(
        project_key="p", project_title="P", epic_key="e", epic_title="E", feature_key="f", feature_title="F"
    )
    store = tree.Store(uid=STORE, name="Main", kind="relational", system="PostgreSQL 16.4")
    return tree.Design.model_validate({"identity": identity, "stores": (store,), "policies": policies, **facts})


def test_without_policies_a_design_is_in_force_as_it_is() -> None:
    plain = design(tree.Policies())
    assert plain.in_force is plain


def test_a_migration_plan_takes_over_what_it_leaves_open() -> None:
    meant = design(migration=tree.Migration(rollback="By a migration backwards.")).in_force
    assert (meant.migration.tool, meant.migration.rollback) == ("Flyway 10", "By a migration backwards.")


def test_a_store_without_a_plan_has_that_of_the_policy_under_lasting_uids() -> None:
    meant, again = design().in_force, design().in_force
    assert [(each.store, each.rto, each.rpo) for each in meant.recoveries] == [(STORE, "4 hours", "1 hour")]
    assert [(each.store, each.frequency) for each in meant.backup_schedules] == [(STORE, "Every 24 hours")]
    assert meant.recoveries == again.recoveries
    assert meant.backup_schedules == again.backup_schedules


def test_a_store_with_schedules_of_its_own_has_none_of_the_policy() -> None:
    own = tree.BackupSchedule(uid=UUID(int=2), store=STORE, frequency="Every hour")
    assert design(backup_schedules=(own,)).in_force.backup_schedules == (own,)


def test_what_is_rebuilt_inherits_no_backup() -> None:
    rebuilt = tree.Recovery(uid=UUID(int=2), store=STORE, rebuildable_from="The events.")
    meant = design(recoveries=(rebuilt,)).in_force
    assert meant.recoveries == (rebuilt,)
    assert meant.backup_schedules == ()


def test_caching_and_pooling_come_as_prose() -> None:
    meant = design().in_force.optimization
    assert meant.caching == "Application cache (Redis 7).\n\nTTL: Always one."
    assert meant.pooling == "At most 25 connections."


def test_a_data_element_is_kept_as_its_rule_says_unless_it_says_itself() -> None:
    elements = tuple(
        tree.DataElement(uid=UUID(int=place), name=f"Data {place}", retention_rule=rule, kept_for=kept_for)
        for place, (rule, kept_for) in enumerate((("orders", ""), ("Orders", "2 years"), ("Unknown", ""), ("", "")), 10)
    )
    meant = design(data_elements=elements).in_force.data_elements
    assert [(each.kept_for, each.afterwards) for each in meant] == [
        ("10 years", "Deleted"),
        ("2 years", "Deleted"),
        ("", ""),
        ("", ""),
    ]


def test_a_field_is_protected_as_its_class_is() -> None:
    fields = (
        tree.EntityField(uid=UUID(int=20), name="email", sensitivity="personal"),
        tree.EntityField(uid=UUID(int=21), name="phone", sensitivity="personal", protection="Hashed"),
        tree.EntityField(uid=UUID(int=22), name="total", sensitivity="financial"),
    )
    entity = tree.Entity(uid=UUID(int=30), name="people", fields=fields)
    meant = design(entities=(entity,)).in_force
    assert [field.protection for field in meant.entities[0].fields] == ["Masked", "Hashed", ""]
    assert meant.field_by_uid[UUID(int=20)].protection == "Masked"


@pytest.mark.parametrize(
    ("system", "found"),
    [
        ("PostgreSQL 16", "PostgreSQL"),
        ("postgresql 16.4", "PostgreSQL"),
        ("PostgreSQL", "PostgreSQL"),
        ("Postgres 16", "PostgreSQL"),
        ("PostgreSQL v16.2", "PostgreSQL"),
        ("Amazon RDS for PostgreSQL (16)", "PostgreSQL"),
        ("Postgres 15", None),
        ("PostgreSQL 17", None),
        ("PostgreSQL 160", None),
        ("Redis 7", "Redis"),
        ("MySQL 8", None),
        ("", None),
    ],
)
def test_a_store_is_known_by_its_system(system: str, found: str | None) -> None:
    profile = profile_of(tree.Store(uid=STORE, name="Main", kind="relational", system=system), POLICIES)
    assert (profile.system if profile else None) == found


@given(designs(), handbooks())
@settings(max_examples=at_most(15), deadline=None)
def test_a_design_in_force_is_a_design_and_nothing_is_left_to_fill_in(
    plain: tree.Design, handbook: tree.Handbook
) -> None:
    meant = plain.with_values(policies=handbook.policies).in_force
    again = tree.Design.model_validate_json(design_json(meant))
    assert again == meant
    assert design_json(again.in_force) == design_json(meant)


@pytest.mark.parametrize(
    "twice",
    [
        {"retention_rules": [{"name": "Orders"}, {"name": " ORDERS "}]},
        {"protections": [{"classification": "personal"}, {"classification": "personal"}]},
        {"databases": [{"system": "PostgreSQL", "is_primary": True}, {"system": "Redis", "is_primary": True}]},
        {"databases": [{"system": "Redis", "environments": [{"name": "a", "uid": str(STORE)}] * 2}]},
    ],
)
def test_policies_that_no_handbook_can_hold_are_refused(twice: dict[str, list[dict[str, Any]]]) -> None:
    things = {
        name: [{"uid": str(UUID(int=place)), **each} for place, each in enumerate(held)] for name, held in twice.items()
    }
    with pytest.raises(ValidationError, match="more than one"):
        tree.Policies.model_validate_json(json.dumps(things))


def test_a_rule_is_known_whatever_spaces_are_around_its_name() -> None:
    element = tree.DataElement(uid=UUID(int=10), name="Order", retention_rule="  orders ")
    assert design(data_elements=(element,)).in_force.data_elements[0].kept_for == "10 years"
