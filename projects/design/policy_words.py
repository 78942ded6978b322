"""What policies say, in a few words, and the labels of the facts that features take from them."""

from typing import Any

from projects.design.tree import BackupSchedule, Conventions, ModellingPolicy, PolicySchedule
from projects.design.vocabulary import LetterCase, Term

# Labels as the forms have them.
MIGRATION_LABELS = {
    "tool": "Migration tool",
    "naming": "Naming",
    "tracking": "Tracking",
    "generating": "Generating",
    "zero_downtime": "Zero downtime",
    "rollback": "Rolling back",
    "rollback_testing": "Rollback testing",
    "backup_before": "Backup before migrating",
}
RECOVERY_LABELS = {
    "rto": "RTO",
    "rpo": "RPO",
    "restore_tests": "Restore tests",
    "point_in_time": "Point-in-time recovery",
    "point_in_time_recovery": "Point-in-time recovery, how",
    "procedure": "Recovery procedure",
    "disaster_recovery": "Disaster recovery",
}
RETENTION_LABELS = {"kept_for": "Kept for", "afterwards": "Afterwards"}
MODELLING_LABELS = {
    "orm": "ORM or query builder",
    "schema_validation": "Schema validation",
    "type_safety": "Type safety",
    "constraints": "Constraints",
    "api_layer": "API",
    "logic_layer": "Business logic",
    "database_layer": "Database",
}


def in_words(value: Any) -> str:
    return value.label if isinstance(value, Term) else str(value or "").strip()


def conventions_words(conventions: Conventions) -> str:
    """The naming conventions in a few words."""
    said = [f"tables {LetterCase(conventions.table_case).label}", f"fields {LetterCase(conventions.field_case).label}"]
    if conventions.standard_fields.strip():
        said.append(f"standard fields {conventions.standard_fields.strip()}")
    return f"{said[0][:1].upper()}{', '.join(said)[1:]}"


def modelling_words(policy: ModellingPolicy) -> str:
    said = ((label, getattr(policy, name).strip()) for name, label in MODELLING_LABELS.items())
    return "\n".join(f"{label}: {text}" for label, text in said if text)


def schedule_words(schedule: PolicySchedule | BackupSchedule) -> str:
    parts = [schedule.kind.label, schedule.frequency.strip()]
    if schedule.retention.strip():
        parts.append(f"kept for {schedule.retention.strip()}")
    parts += [schedule.location.strip(), schedule.automation.strip()]
    return ", ".join(part for part in parts if part)
