"""Steps 7 and 8: how the schema changes, how much data there will be, and what keeps it fast."""

from django.db import models

from projects.design.vocabulary import LINE_LENGTH, NAME_LENGTH, PROSE_LENGTH, Eviction
from projects.models.base import DEPARTURE, FoldedField, OneEach, Row, unique_uid
from projects.models.contract import Demand
from projects.models.storage import Entity, Store


class Migration(OneEach):
    tool = models.CharField("migration tool", max_length=LINE_LENGTH, blank=True)
    setup = models.TextField("creating the schema", max_length=PROSE_LENGTH, blank=True)
    seeding = models.TextField("initial data", max_length=PROSE_LENGTH, blank=True)
    baseline = models.CharField("baseline migration", max_length=LINE_LENGTH, blank=True)
    naming = models.TextField("naming of migration files", max_length=PROSE_LENGTH, blank=True)
    tracking = models.TextField("how migrations are tracked", max_length=PROSE_LENGTH, blank=True)
    generating = models.TextField("how migrations are generated", max_length=PROSE_LENGTH, blank=True)
    dependencies = models.TextField("dependencies between migrations", max_length=PROSE_LENGTH, blank=True)
    zero_downtime = models.TextField("changing without downtime", max_length=PROSE_LENGTH, blank=True)
    data_migrations = models.TextField(max_length=PROSE_LENGTH, blank=True)
    rollback = models.TextField("undoing migrations", max_length=PROSE_LENGTH, blank=True)
    data_preservation = models.TextField("keeping data on the way back", max_length=PROSE_LENGTH, blank=True)
    rollback_testing = models.TextField("testing the rollback", max_length=PROSE_LENGTH, blank=True)
    backup_before = models.TextField("backup before migrating", max_length=PROSE_LENGTH, blank=True)
    departure = models.TextField(DEPARTURE, max_length=PROSE_LENGTH, blank=True)

    class Meta(OneEach.Meta):
        verbose_name = "migration plan"

    def __str__(self) -> str:
        return "Migration plan"


class Volume(Row):
    entity = models.OneToOneField(Entity, on_delete=models.CASCADE, related_name="volume")
    initial_rows = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="Like 1,200 or 2 million.")
    growth = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="Like 500/day or 5 %/month.")
    peak_rows = models.CharField(max_length=LINE_LENGTH, blank=True)
    row_size = models.CharField(
        max_length=LINE_LENGTH, blank=True, help_text="Only if it was measured: computed from the fields otherwise."
    )

    class Meta:
        verbose_name = "volume"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return f"Volume of {self.entity}"

    @property
    def label(self) -> str:
        return str(self)


class Cache(Row):
    name = models.CharField("cache", max_length=NAME_LENGTH)
    folded_name = FoldedField()
    holds = models.TextField("what it holds", max_length=PROSE_LENGTH, blank=True)
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    place = models.CharField("where", max_length=LINE_LENGTH, blank=True, help_text="In the process, in the browser, …")
    ttl = models.CharField("TTL", max_length=LINE_LENGTH, blank=True)
    invalidation = models.TextField(max_length=PROSE_LENGTH, blank=True)
    eviction = models.CharField("eviction policy", max_length=8, choices=Eviction.choices(), blank=True)
    tolerated_staleness = models.CharField(max_length=LINE_LENGTH, blank=True)
    demand = models.ForeignKey(Demand, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "cache"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["feature", "folded_name"],
                name="cache_name_unique",
                violation_error_message="Another cache has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Optimization(OneEach):
    partitioning = models.TextField(max_length=PROSE_LENGTH, blank=True)
    caching = models.TextField(max_length=PROSE_LENGTH, blank=True)
    denormalization = models.TextField(max_length=PROSE_LENGTH, blank=True)
    pooling = models.TextField("connection pooling", max_length=PROSE_LENGTH, blank=True)
    query_optimization = models.TextField(max_length=PROSE_LENGTH, blank=True)
    departure = models.TextField(DEPARTURE, max_length=PROSE_LENGTH, blank=True)

    class Meta(OneEach.Meta):
        verbose_name = "optimization strategies"

    def __str__(self) -> str:
        return "Optimization strategies"


class Lifecycle(OneEach):
    creation = models.TextField(max_length=PROSE_LENGTH, blank=True)
    modification = models.TextField(max_length=PROSE_LENGTH, blank=True)
    archival = models.TextField(max_length=PROSE_LENGTH, blank=True)
    deletion = models.TextField(max_length=PROSE_LENGTH, blank=True)

    class Meta(OneEach.Meta):
        verbose_name = "lifecycle"

    def __str__(self) -> str:
        return "Lifecycle"
