"""The handbook of a project: policies that its features start from, and prose under the keys of one catalogue."""

import uuid
from typing import Any

from django.db import models

from projects.design.vocabulary import (
    LINE_LENGTH,
    NAME_LENGTH,
    PROSE_LENGTH,
    BackupKind,
    CacheLayer,
    MigrationVersioning,
    Normalization,
    PointInTime,
    Reversibility,
    Sensitivity,
    StoreKind,
)
from projects.models.base import FoldedField
from projects.models.project import Project


class HandbookRow(models.Model):
    """A row of a list of the handbook."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, editable=False, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    position = models.IntegerField(default=0, editable=False)

    class Meta:
        abstract = True


def unique_uid() -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["project", "uid"], name="%(class)s_uid_unique", violation_error_message="Another row has this uid."
    )


def unique_name(words: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["project", "folded_name"],
        name="%(class)s_name_unique",
        violation_error_message=f"Another {words} has this name.",
    )


class Policy(models.Model):
    """A policy of which each project has one; a project without the row has an empty one."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, editable=False, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


def prose(label: str | None = None, **options: Any) -> models.TextField:
    return models.TextField(label, **{"max_length": PROSE_LENGTH, "blank": True, **options})


def line(label: str | None = None, **options: Any) -> models.CharField:
    return models.CharField(label, **{"max_length": LINE_LENGTH, "blank": True, **options})


class DatabaseProfile(HandbookRow):
    system = models.CharField(max_length=NAME_LENGTH, help_text="Like PostgreSQL.")
    system_version = line("version", help_text="Like 16.4.")
    kind = models.CharField(max_length=16, choices=StoreKind.choices(), default=StoreKind.RELATIONAL)
    is_primary = models.BooleanField("primary database", default=False)
    hosting = line(help_text="Who runs it, and where.")
    access_patterns = prose()
    pool_minimum = line("pool, at least", help_text="Connections kept open.")
    pool_maximum = line("pool, at most")
    pool_idle_timeout = line("idle timeout", help_text="Like 30 s.")
    pool_reuse = line("connection reuse")

    class Meta:
        verbose_name = "database profile"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return f"{self.system} {self.system_version}".strip()


class Environment(HandbookRow):
    profile = models.ForeignKey(DatabaseProfile, on_delete=models.CASCADE, related_name="environments")
    name = models.CharField("environment", max_length=NAME_LENGTH, help_text="Like production.")
    connection = line(help_text="Host, port and database; never a password.")
    migrations = prose("how migrations run there")

    class Meta:
        verbose_name = "environment"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return self.name


class DesignPolicy(Policy):
    entities = prose("main entities")
    relationships = prose()
    normalization = models.CharField(max_length=16, choices=Normalization.choices(), blank=True)
    normalization_notes = prose("why, and where not")
    keys = prose("key habits")
    indexing = prose("indexing habits")
    constraints = prose("constraint habits")
    project_patterns = prose()

    class Meta:
        verbose_name = "design policy"


class MigrationPolicy(Policy):
    tool = line("migration tool")
    location = line("where the files are")
    versioning = models.CharField(max_length=12, choices=MigrationVersioning.choices(), blank=True)
    naming = prose("naming of migration files")
    creating = prose("creating migrations")
    review = prose()
    tracking = prose("how migrations are tracked")
    reversibility = models.CharField(max_length=16, choices=Reversibility.choices(), blank=True)
    rollback_command = line()
    rollback = prose("rollback strategy")
    rollback_testing = prose("testing the rollback")
    backup_before = prose("backup before migrating")
    zero_downtime = prose("changing without downtime")
    best_practices = prose()

    class Meta:
        verbose_name = "migration policy"


class BackupPolicy(Policy):
    rto = line("RTO", help_text="Recovery time objective, like 4 hours.")
    rpo = line("RPO", help_text="Recovery point objective, like 24 hours.")
    restore_tests = line(help_text="How often, like every 3 months.")
    point_in_time = models.CharField("point-in-time recovery", max_length=12, choices=PointInTime.choices(), blank=True)
    point_in_time_recovery = prose("to any moment, by")
    procedure = prose("recovery procedure")
    disaster_recovery = prose()

    class Meta:
        verbose_name = "backup policy"


class PolicySchedule(HandbookRow):
    kind = models.CharField("type", max_length=12, choices=BackupKind.choices(), default=BackupKind.FULL)
    frequency = line(help_text="Like every 6 hours.")
    retention = line("kept for")
    location = line()
    automation = line()

    class Meta:
        verbose_name = "backup schedule of the policy"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} backup"


class CachingPolicy(Policy):
    # Values of CacheLayer, in the order chosen.
    layers = models.JSONField(default=list, blank=True)
    system = line(help_text="Like Redis 7.")
    what = prose("what is cached")
    ttl = prose("TTL habits")
    invalidation = prose()
    warming = prose()

    class Meta:
        verbose_name = "caching policy"

    def get_layers_display(self) -> str:
        return ", ".join(CacheLayer(layer).label for layer in self.layers)


class ModellingPolicy(Policy):
    orm = line("ORM or query builder")
    schema_validation = line()
    type_safety = prose()
    constraints = prose()
    api_layer = prose("validated in the API")
    logic_layer = prose("validated in the business logic")
    database_layer = prose("validated in the database")

    class Meta:
        verbose_name = "modelling & validation policy"


class RetentionRule(HandbookRow):
    name = models.CharField("data", max_length=NAME_LENGTH, help_text="Like orders and invoices.")
    folded_name = FoldedField()
    kept_for = line(help_text="Like 10 years.")
    afterwards = line("then", help_text="Deleted, archived, made anonymous.")

    class Meta:
        verbose_name = "retention rule"
        constraints = [unique_uid(), unique_name("retention rule")]

    def __str__(self) -> str:
        return self.name


class Protection(HandbookRow):
    classification = models.CharField("data class", max_length=16, choices=Sensitivity.choices())
    protection = line("protected by")

    class Meta:
        verbose_name = "protection"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["project", "classification"],
                name="protection_class_unique",
                violation_error_message="The protection of this data class is in another row.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_classification_display())


class AccessRole(HandbookRow):
    name = models.CharField("role", max_length=NAME_LENGTH)
    folded_name = FoldedField()
    rights = prose()
    used_by = line()

    class Meta:
        verbose_name = "access role"
        constraints = [unique_uid(), unique_name("access role")]

    def __str__(self) -> str:
        return self.name


class Metric(HandbookRow):
    name = models.CharField("metric", max_length=NAME_LENGTH)
    folded_name = FoldedField()
    threshold = line("alert when", help_text="Like > 80 % of the pool.")
    note = prose()

    class Meta:
        verbose_name = "metric"
        constraints = [unique_uid(), unique_name("metric")]

    def __str__(self) -> str:
        return self.name


class HandbookEntry(models.Model):
    """Prose under a key of `projects.design.entries`."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, editable=False, related_name="entries")
    key = models.CharField(max_length=64, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    text = prose()

    class Meta:
        verbose_name = "entry of the handbook"
        verbose_name_plural = "entries of the handbook"
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="handbook_entry_key_unique")]

    def __str__(self) -> str:
        return self.key


class SkippedQuestion(models.Model):
    """One of the five starting questions that the project passed over for now."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, editable=False, related_name="skipped_questions")
    number = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "skipped question"
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="skipped_question_unique")]

    def __str__(self) -> str:
        return str(self.number)
