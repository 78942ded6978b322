"""What a project says once for all its features: they start from it, and a feature that departs says why."""

from collections.abc import Iterable
from functools import cached_property
from typing import Self

from pydantic import model_validator

from projects.design.tree.node import Line, Name, Node, Prose, Thing
from projects.design.vocabulary import (
    BackupKind,
    CacheLayer,
    MigrationVersioning,
    Normalization,
    PointInTime,
    Reversibility,
    Sensitivity,
    StoreKind,
)


def folded(name: str) -> str:
    """A name as it is compared: capitals and spaces make no difference."""
    return " ".join(name.split()).casefold()


def refuse_twice(what: str, names: Iterable[str]) -> None:
    """Raise ValueError if a name is there twice."""
    seen: set[str] = set()
    for name in names:
        if folded(name) in seen:
            raise ValueError(f"there is more than one {what} “{name}”")
        seen.add(folded(name))


class Environment(Thing):
    """One place a database runs in: how to reach it, never with a secret, and how migrations run there."""

    name: Name
    connection: Line = ""
    migrations: Prose = ""


class DatabaseProfile(Thing):
    """A system that the project keeps data in. Pool sizes and times are kept as typed."""

    system: Name
    system_version: Line = ""
    kind: StoreKind = StoreKind.RELATIONAL
    is_primary: bool = False
    hosting: Line = ""
    access_patterns: Prose = ""
    pool_minimum: Line = ""
    pool_maximum: Line = ""
    pool_idle_timeout: Line = ""
    pool_reuse: Line = ""
    environments: tuple[Environment, ...] = ()

    @property
    def full_name(self) -> str:
        """System and version as a store names them, like PostgreSQL 16."""
        return f"{self.system} {self.system_version}".strip()


class DesignPolicy(Node):
    """Question 1 of phase 6: how this project shapes its data before any feature is designed."""

    entities: Prose = ""
    relationships: Prose = ""
    normalization: Normalization | None = None
    normalization_notes: Prose = ""
    keys: Prose = ""
    indexing: Prose = ""
    constraints: Prose = ""
    project_patterns: Prose = ""


class MigrationPolicy(Node):
    tool: Line = ""
    location: Line = ""
    versioning: MigrationVersioning | None = None
    naming: Prose = ""
    creating: Prose = ""
    review: Prose = ""
    tracking: Prose = ""
    reversibility: Reversibility | None = None
    rollback_command: Line = ""
    rollback: Prose = ""
    rollback_testing: Prose = ""
    backup_before: Prose = ""
    zero_downtime: Prose = ""
    best_practices: Prose = ""


class PolicySchedule(Thing):
    """One kind of backup that every store has unless its feature says otherwise."""

    kind: BackupKind = BackupKind.FULL
    frequency: Line = ""
    retention: Line = ""
    location: Line = ""
    automation: Line = ""


class BackupPolicy(Node):
    rto: Line = ""
    rpo: Line = ""
    restore_tests: Line = ""
    point_in_time: PointInTime | None = None
    point_in_time_recovery: Prose = ""
    procedure: Prose = ""
    disaster_recovery: Prose = ""


class CachingPolicy(Node):
    layers: tuple[CacheLayer, ...] = ()
    system: Line = ""
    what: Prose = ""
    ttl: Prose = ""
    invalidation: Prose = ""
    warming: Prose = ""


class ModellingPolicy(Node):
    orm: Line = ""
    schema_validation: Line = ""
    type_safety: Prose = ""
    constraints: Prose = ""
    api_layer: Prose = ""
    logic_layer: Prose = ""
    database_layer: Prose = ""


class RetentionRule(Thing):
    """How long a kind of data is kept, and what happens then; data elements refer to it by its name."""

    name: Name
    kept_for: Line = ""
    afterwards: Line = ""


class Protection(Thing):
    """What every field of a data class is protected by."""

    classification: Sensitivity
    protection: Line = ""


class Policies(Node):
    """The policies that a feature starts from; the naming conventions stand beside them in the design."""

    databases: tuple[DatabaseProfile, ...] = ()
    design: DesignPolicy = DesignPolicy()
    migration: MigrationPolicy = MigrationPolicy()
    backup: BackupPolicy = BackupPolicy()
    schedules: tuple[PolicySchedule, ...] = ()
    caching: CachingPolicy = CachingPolicy()
    modelling: ModellingPolicy = ModellingPolicy()
    retention_rules: tuple[RetentionRule, ...] = ()
    protections: tuple[Protection, ...] = ()

    @property
    def primary(self) -> DatabaseProfile | None:
        """The database that is meant where none is named."""
        marked = (profile for profile in self.databases if profile.is_primary)
        return next(marked, self.databases[0] if self.databases else None)

    @cached_property
    def protection_of(self) -> dict[Sensitivity, str]:
        return {each.classification: each.protection for each in self.protections if each.protection.strip()}

    @cached_property
    def _rule_by_folded_name(self) -> dict[str, RetentionRule]:
        return {folded(rule.name): rule for rule in self.retention_rules}

    def retention_rule(self, name: str) -> RetentionRule | None:
        """The rule of that name, whatever its capitals and spaces."""
        return self._rule_by_folded_name.get(folded(name))

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        refuse_twice("retention rule", [rule.name for rule in self.retention_rules])
        refuse_twice("protection of", [each.classification for each in self.protections])
        environments = [each for profile in self.databases for each in profile.environments]
        for things in (self.databases, environments, self.schedules, self.retention_rules, self.protections):
            refuse_twice("uid", [str(thing.uid) for thing in things])
        if sum(profile.is_primary for profile in self.databases) > 1:
            raise ValueError("more than one database is marked primary; exactly one of them can be")
        return self
