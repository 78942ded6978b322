"""The forms of what a project decides once: one row each, from which its features start."""

from typing import Any

from django.core.exceptions import ValidationError

from projects.design.vocabulary import CacheLayer
from projects.models import BackupPolicy, CachingPolicy, Conventions, DesignPolicy, MigrationPolicy, ModellingPolicy
from projects.workflow.handbook.base_form import ChoicesField, HandbookForm
from projects.workflow.quantity_cells import DURATION, INTERVAL, RETENTION


class PolicyForm(HandbookForm):
    """Of a row that may not be there yet: two people who begin at once are told of each other."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.show_hidden_initial = True


class DesignPolicyForm(PolicyForm):
    class Meta:
        model = DesignPolicy
        fields = [
            *("entities", "relationships", "normalization", "normalization_notes"),
            *("keys", "indexing", "constraints", "project_patterns"),
        ]
        help_texts = {
            "entities": "What this project is mostly about, by name: customers, orders, refunds.",
            "relationships": "How those belong together, and how many of one there are for each of the other.",
            "normalization_notes": "What is stored twice on purpose, and what keeps the copies equal.",
            "keys": "What identifies a row, who makes it up, and whether it may be seen outside.",
            "indexing": "What gets an index without asking, and what needs a reason.",
            "constraints": "Which rules the database holds by itself: references, uniqueness, value ranges.",
            "project_patterns": "Solutions that every feature here repeats, and where they are written down.",
        }


class MigrationPolicyForm(PolicyForm):
    class Meta:
        model = MigrationPolicy
        fields = [
            *("tool", "location", "versioning", "naming", "creating", "review", "tracking", "reversibility"),
            *("rollback_command", "rollback", "rollback_testing", "backup_before", "zero_downtime", "best_practices"),
        ]
        help_texts = {
            "tool": "Like Django migrations, Alembic, Flyway or Liquibase.",
            "location": "The folder in the repository.",
            "naming": "What a file is called, with one example.",
            "creating": "Written by hand or generated, by which command, and what is done to it afterwards.",
            "review": "Who reads a migration, for what, and where it is tried before production: a copy, staging.",
            "tracking": "How one sees what has run where.",
            "rollback_command": "As it is typed.",
            "rollback": "When to go back, when to mend forwards, and who decides.",
            "rollback_testing": "Where going back is tried, and how often.",
            "backup_before": "Which migrations wait for a backup.",
            "zero_downtime": "How a column is renamed or dropped while the application serves.",
            "best_practices": "What experience here taught.",
        }


class BackupPolicyForm(PolicyForm):
    quantities = {"rto": DURATION, "rpo": DURATION, "restore_tests": INTERVAL}

    class Meta:
        model = BackupPolicy
        fields = [
            *("rto", "rpo", "restore_tests", "point_in_time", "point_in_time_recovery"),
            *("procedure", "disaster_recovery"),
        ]
        help_texts = {
            "rto": "Away at most, like 4 hours.",
            "rpo": "Lost at most, like 15 min.",
            "restore_tests": "How often, like every 3 months.",
            "point_in_time_recovery": "What brings a store back to a chosen moment, and how far back?",
            "procedure": "Who does what, in which order, until it serves again?",
            "disaster_recovery": "And if the whole site is lost?",
        }


class CachingPolicyForm(PolicyForm):
    layers = ChoicesField(
        label="Kinds of caching",
        choices=CacheLayer.choices(),
        required=False,
        help_text="“No caching” is an answer too.",
    )

    class Meta:
        model = CachingPolicy
        fields = ["layers", "system", "what", "ttl", "invalidation", "warming"]
        help_texts = {
            "system": "Like Redis 7.",
            "what": "What is worth keeping at hand, and what never is.",
            "ttl": "How long by default, and what is kept longer or shorter.",
            "invalidation": "What makes a kept value go when the data changes.",
            "warming": "What is filled in ahead, and when.",
        }

    def clean_layers(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["layers"]
        if CacheLayer.NONE in chosen and len(chosen) > 1:
            raise ValidationError("“No caching” excludes the other kinds. Clear it, or clear them.")
        return chosen


class ModellingPolicyForm(PolicyForm):
    class Meta:
        model = ModellingPolicy
        fields = [
            *("orm", "schema_validation", "type_safety", "constraints"),
            *("api_layer", "logic_layer", "database_layer"),
        ]
        help_texts = {
            "orm": "Like Django ORM, SQLAlchemy or Prisma.",
            "schema_validation": "What checks the shape of input, like Pydantic or Zod.",
            "type_safety": "How the types of the database reach the code, and what notices when they differ.",
            "constraints": "Which constraints are modelled by default.",
            "api_layer": "What is refused at the door: shape, types, lengths.",
            "logic_layer": "What needs more than one value or one row.",
            "database_layer": "What no writer can get around.",
        }


class ConventionsForm(PolicyForm):
    quantities = {"purge_after": RETENTION}

    class Meta:
        model = Conventions
        fields = [
            *("table_case", "table_number", "field_case", "primary_key_name", "foreign_key_pattern"),
            *("timestamp_suffix", "boolean_prefixes", "index_pattern", "standard_fields"),
            *("soft_delete_field", "purge_after", "notes"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("purge_after") and "soft_delete_field" in cleaned and not cleaned["soft_delete_field"]:
            self.add_error(
                "soft_delete_field", "Only rows that a field marks as deleted are purged after a time. Name it."
            )
        return cleaned
