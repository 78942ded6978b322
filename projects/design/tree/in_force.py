"""A design as it is meant: what a feature leaves open and the project's policies say is filled in.

A value that a feature states stays: it departs from the policy, and says why in its `departure`. What is filled in
under a uid of its own (a recovery plan, a backup schedule) has a uid made from its
store's, so it is the same each time.
"""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from projects.design.systems import named_system
from projects.design.tree.node import Node
from projects.design.tree.policies import CachingPolicy, DatabaseProfile, Policies, folded
from projects.design.tree.recovery import BackupSchedule, Recovery
from projects.design.tree.requirements import DataElement, Store
from projects.design.tree.structures import Entity
from projects.design.vocabulary import CacheLayer

# The tree's whole, which imports this module: `tree.Design`.
Design = Any

# A number that stands alone: the 3 of S3 is none.
VERSION = re.compile(r"(?<![\w.])v?(\d{1,6}(?:\.\d{1,6})*)(?!\w)", re.IGNORECASE)
# Fact of a feature's migration plan → fact of the migration policy.
MIGRATION = {
    "tool": "tool",
    "naming": "naming",
    "tracking": "tracking",
    "generating": "creating",
    "zero_downtime": "zero_downtime",
    "rollback": "rollback",
    "rollback_testing": "rollback_testing",
    "backup_before": "backup_before",
}
# Facts of a store's recovery plan that the backup policy has under the same names.
RECOVERY = (
    *("rto", "rpo", "restore_tests", "point_in_time", "point_in_time_recovery"),
    *("procedure", "disaster_recovery"),
)


def in_force(design: Design) -> Design:
    """The design with what it inherits; the same object if its project has no policies."""
    policies = design.policies
    if policies == Policies():
        return design
    facts = {
        "migration": filled(
            design.migration, {name: getattr(policies.migration, of) for name, of in MIGRATION.items()}
        ),
        "optimization": filled(
            design.optimization, optimization_facts((store.system for store in design.stores), policies)
        ),
        "recoveries": tuple(_recoveries(design)),
        "backup_schedules": tuple(_schedules(design)),
        "data_elements": tuple(_kept(element, policies) for element in design.data_elements),
        "entities": tuple(_protected(entity, policies) for entity in design.entities),
    }
    found = design.with_values(**facts)
    # Nothing is left to be filled in.
    found.__dict__["in_force"] = found
    return found


def filled(node: Any, values: dict[str, Any]) -> Any:
    """The node with those values where it has none."""
    missing = {name: value for name, value in values.items() if is_said(value) and not is_said(getattr(node, name))}
    return node.with_values(**missing) if missing else node


def is_said(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def optimization_facts(systems: Iterable[str], policies: Policies) -> dict[str, str]:
    """What the policies say of caching, and of the connections to these systems of stores."""
    profiles = {profile.uid: profile for system in systems if (profile := profile_named(system, policies))}
    said = [(profile, words) for profile in profiles.values() if (words := pooling_words(profile))]
    named = [words if len(said) == 1 else f"{profile.full_name}: {words}" for profile, words in said]
    return {"caching": caching_words(policies.caching), "pooling": "\n\n".join(named)}


def profile_of(store: Store, policies: Policies) -> DatabaseProfile | None:
    return profile_named(store.system, policies)


def profile_named(named: str, policies: Policies) -> DatabaseProfile | None:
    """The profile of the system that a store names, in a version that agrees.

    “Postgres 16.4” is the profile PostgreSQL 16; a store that names no version uses the one that the profile has.
    """
    candidates = [profile for profile in policies.databases if is_same_system(named, profile)]
    # A profile of that very name goes before one that only means the same system.
    candidates.sort(key=lambda profile: not folded(named).startswith(folded(profile.system)))
    versions = ((profile, _version(profile.system_version)) for profile in candidates)
    return next((profile for profile, version in versions if _agree(_version(named), version)), None)


def is_same_system(named: str, profile: DatabaseProfile) -> bool:
    """Whether a store's system is the profile's, whatever the version: by its name, or by what is known of names."""
    words, system = folded(named).split(), folded(profile.system).split()
    known = named_system(named)
    return bool(words) and (
        words[: len(system)] == system or (known is not None and known == named_system(profile.system))
    )


def _version(text: str) -> str:
    found = VERSION.search(text)
    return found[1] if found else ""


def _agree(one: str, other: str) -> bool:
    """Whether two versions can be the same: 16 and 16.4 can, 16 and 17 cannot."""
    parts, others = one.split("."), other.split(".")
    return not one or not other or all(a == b for a, b in zip(parts, others, strict=False))


def pooling_words(profile: DatabaseProfile) -> str:
    parts = (
        (profile.pool_minimum, "at least {} connections"),
        (profile.pool_maximum, "at most {} connections"),
        (profile.pool_idle_timeout, "idle ones closed after {}"),
        (profile.pool_reuse, "reuse: {}"),
    )
    return _sentence([words.format(value.strip()) for value, words in parts if value.strip()])


def caching_words(policy: CachingPolicy) -> str:
    """The caching policy as prose, one sentence for each thing that it says."""
    layers = [
        layer.label.lower() if layer is not CacheLayer.CDN and layer is not CacheLayer.HTTP else layer.label
        for layer in policy.layers
    ]
    kinds = _sentence(layers) if layers else ""
    if kinds and policy.system.strip():
        kinds = f"{kinds.removesuffix('.')} ({policy.system.strip()})."
    parts = (
        ("Cached", policy.what),
        ("TTL", policy.ttl),
        ("Invalidation", policy.invalidation),
        ("Warming", policy.warming),
    )
    said = [kinds] if kinds else []
    return "\n\n".join((*said, *(f"{name}: {text.strip()}" for name, text in parts if text.strip())))


def _sentence(parts: list[str]) -> str:
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _recoveries(design: Design) -> list[Recovery]:
    policy = design.policies.backup
    values = {name: getattr(policy, name) for name in RECOVERY}
    planned = {recovery.store: recovery for recovery in design.recoveries}
    found = [
        recovery if recovery.rebuildable_from.strip() else filled(recovery, values) for recovery in design.recoveries
    ]
    if any(is_said(value) for value in values.values()):
        for store in design.stores:
            if store.uid not in planned:
                found.append(filled(Recovery(uid=inherited_uid(store.uid, "recovery"), store=store.uid), values))
    return found


def _schedules(design: Design) -> list[BackupSchedule]:
    rebuilt = {recovery.store for recovery in design.recoveries if recovery.rebuildable_from.strip()}
    planned = {schedule.store for schedule in design.backup_schedules}
    inherited = [
        BackupSchedule(
            uid=inherited_uid(store.uid, str(schedule.uid)),
            store=store.uid,
            **{name: getattr(schedule, name) for name in ("kind", "frequency", "retention", "location", "automation")},
        )
        for store in design.stores
        if store.uid not in planned and store.uid not in rebuilt
        for schedule in design.policies.schedules
    ]
    return [*design.backup_schedules, *inherited]


def inherited_uid(holder: UUID, name: str) -> UUID:
    """The uid of what a thing inherits under this name."""
    return uuid5(holder, name)


def _kept(element: DataElement, policies: Policies) -> DataElement:
    rule = policies.retention_rule(element.retention_rule)
    if rule is None:
        return element
    kept: DataElement = filled(element, {"kept_for": rule.kept_for, "afterwards": rule.afterwards})
    return kept


def _protected(entity: Entity, policies: Policies) -> Entity:
    known = policies.protection_of
    fields: list[Node] = [
        filled(field, {"protection": known.get(field.sensitivity, "")}) if field.sensitivity else field
        for field in entity.fields
    ]
    if all(new is old for new, old in zip(fields, entity.fields, strict=True)):
        return entity
    return entity.with_values(fields=tuple(fields))
