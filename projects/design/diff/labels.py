"""What facts and things are called where changes are told: the words of the forms."""

from functools import cache

from projects.design import tree
from projects.design.tree import Node

_PREFIX = "is "

KINDS: dict[type[Node], str] = {
    tree.Identity: "project, epic and feature",
    tree.Conventions: "naming conventions",
    tree.DatabaseProfile: "database profile",
    tree.Environment: "environment",
    tree.DesignPolicy: "design policy",
    tree.MigrationPolicy: "migration policy",
    tree.BackupPolicy: "backup policy",
    tree.PolicySchedule: "backup schedule of the policy",
    tree.CachingPolicy: "caching policy",
    tree.ModellingPolicy: "modelling & validation policy",
    tree.RetentionRule: "retention rule",
    tree.Protection: "protection",
    tree.Requirements: "requirements",
    tree.Source: "source",
    tree.Quote: "quote",
    tree.Component: "component",
    tree.Endpoint: "endpoint",
    tree.Demand: "demand",
    tree.DataElement: "data element",
    tree.Store: "store",
    tree.NamedType: "type",
    tree.Entity: "entity",
    tree.EntityField: "field",
    tree.EntityKey: "key",
    tree.Check: "check",
    tree.KeySpace: "key space",
    tree.FileLayout: "file layout",
    tree.Relationship: "relationship",
    tree.Query: "operation",
    tree.Index: "index",
    tree.Consistency: "consistency",
    tree.ValidationRule: "validation rule",
    tree.SyncStrategy: "synchronization strategy",
    tree.SharedData: "shared data",
    tree.ComponentAccess: "access of a component",
    tree.Migration: "migration plan",
    tree.Volume: "volume",
    tree.Cache: "cache",
    tree.Optimization: "optimization strategies",
    tree.Lifecycle: "lifecycle",
    tree.Recovery: "recovery plan",
    tree.BackupSchedule: "backup schedule",
    tree.Replication: "replication",
    tree.ReplicationNode: "node",
    tree.Dto: "DTO",
    tree.DtoField: "DTO field",
    tree.ItemNote: "note on the checklist",
    tree.Exemption: "step that does not apply",
}

# What most classes that have such a fact call it.
_EVERYWHERE = {
    "rto": "RTO",
    "rpo": "RPO",
    "ttl": "TTL",
    "sql": "SQL",
    "point_in_time": "point-in-time recovery",
    "point_in_time_recovery": "to any moment, by",
    "procedure": "recovery procedure",
    "eviction": "eviction policy",
    "afterwards": "then",
}
_DEPARTURE = "departs from the policy, because"
_MIGRATION = {
    "tool": "migration tool",
    "naming": "naming of migration files",
    "tracking": "how migrations are tracked",
    "zero_downtime": "changing without downtime",
    "rollback_testing": "testing the rollback",
    "backup_before": "backup before migrating",
}
_SCHEDULE = {"kind": "type", "retention": "kept for"}

# Where the forms say something else than the fact's name in the tree.
FACTS: dict[type[Node], dict[str, str]] = {
    tree.Conventions: {
        "table_case": "case of tables",
        "field_case": "case of fields",
        "table_number": "tables are",
        "primary_key_name": "primary key",
        "foreign_key_pattern": "foreign key",
        "timestamp_suffix": "timestamps end with",
        "boolean_prefixes": "booleans start with",
        "index_pattern": "index names",
        "purge_after": "deleted rows are purged after",
    },
    tree.DatabaseProfile: {
        "system_version": "version",
        "is_primary": "primary database",
        "pool_minimum": "pool, at least",
        "pool_maximum": "pool, at most",
        "pool_idle_timeout": "idle timeout",
        "pool_reuse": "connection reuse",
    },
    tree.Environment: {"migrations": "how migrations run there"},
    tree.DesignPolicy: {
        "entities": "main entities",
        "normalization_notes": "why, and where not",
        "keys": "key habits",
        "indexing": "indexing habits",
        "constraints": "constraint habits",
    },
    tree.MigrationPolicy: _MIGRATION
    | {"location": "where the files are", "creating": "creating migrations", "rollback": "rollback strategy"},
    tree.PolicySchedule: _SCHEDULE,
    tree.CachingPolicy: {"what": "what is cached", "ttl": "TTL habits"},
    tree.ModellingPolicy: {
        "orm": "ORM or query builder",
        "api_layer": "validated in the API",
        "logic_layer": "validated in the business logic",
        "database_layer": "validated in the database",
    },
    tree.Protection: {"classification": "data class", "protection": "protected by"},
    tree.Requirements: {
        "access_notes": "how it is read and written",
        "retention": "retention requirements",
        "volume": "volume in a paragraph",
    },
    tree.Source: {"kind": "document"},
    tree.Quote: {"text": "quoted words", "about": "fact"},
    tree.Endpoint: {"query": "served by"},
    tree.Demand: {"text": "what is asked"},
    tree.DataElement: {"reason": "reason for storage", "departure": _DEPARTURE},
    tree.Entity: {
        "derived_from": "source",
        "embedding_model": "model",
        "metric": "distance metric",
        "vector_index": "index type",
        "no_index_reason": "no index needed, because",
        "departure": "departs from the naming conventions, because",
    },
    tree.EntityField: {"generation": "generated", "sensitivity": "data class"},
    tree.Check: {"expression": "every row keeps"},
    tree.FileLayout: {"format": "file format", "naming": "naming convention"},
    tree.Relationship: {"pairs": "fields", "cardinality": "type"},
    tree.Query: {"kind": "reads or writes", "uses": "fields", "condition": "fixed condition"},
    tree.Index: {"parts": "fields", "method": "type", "condition": "only where"},
    tree.Consistency: {
        "reads_during_writes": "read-write concurrency",
        "level": "consistency level",
        "departure": _DEPARTURE,
    },
    tree.ValidationRule: {"in_api": "API", "in_logic": "business logic", "in_database": "database"},
    tree.SharedData: {"reason": "why shared", "strategy": "synchronization"},
    tree.Migration: _MIGRATION
    | {
        "setup": "creating the schema",
        "seeding": "initial data",
        "baseline": "baseline migration",
        "generating": "how migrations are generated",
        "dependencies": "dependencies between migrations",
        "rollback": "undoing migrations",
        "data_preservation": "keeping data on the way back",
        "departure": _DEPARTURE,
    },
    tree.Cache: {"holds": "what it holds", "place": "where"},
    tree.Optimization: {"pooling": "connection pooling", "departure": _DEPARTURE},
    tree.Recovery: {"departure": _DEPARTURE},
    tree.BackupSchedule: _SCHEDULE,
    tree.Replication: {"lag": "replication lag"},
    tree.DtoField: {"kind": "stored or computed", "alignment": "validation alignment"},
    tree.ItemNote: {"text": "note", "is_not_applicable": "does not apply"},
    tree.Exemption: {"reason": "it does not apply, because"},
}

# Lists of the design, and what things hold, in the plural.
PLURALS = {
    "databases": "database profiles",
    "schedules": "backup schedules",
    "types": "named types",
    "queries": "operations",
    "sync_strategies": "synchronization strategies",
    "component_accesses": "accesses of components",
    "recoveries": "recovery plans",
    "dtos": "DTOs",
    "item_notes": "notes on the checklist",
    "exemptions": "steps that do not apply",
}

# Facts that explain, and decide nothing by themselves.
EXPLAINING = frozenset(
    {
        *("purpose", "description", "reason", "justification", "departure", "note", "access_notes", "no_index_reason"),
        *("project_context", "project_patterns", "feature_requirements", "performance_needs", "team_expertise"),
    }
)


@cache
def fact_label(kind: type[Node], name: str) -> str:
    """What the fact is called beside the name of what it is of."""
    return FACTS.get(kind, {}).get(name) or _EVERYWHERE.get(name) or name.replace("_", " ").removeprefix(_PREFIX)


def plural(name: str) -> str:
    """What a list of the tree is called."""
    return PLURALS.get(name, name.replace("_", " "))
