"""Step 9: backups, the way back from them, and replication."""

from django.db import models

from projects.design.vocabulary import (
    LINE_LENGTH,
    NAME_LENGTH,
    PROSE_LENGTH,
    BackupKind,
    NodeRole,
    PointInTime,
    ReplicationStrategy,
)
from projects.models.base import DEPARTURE, Row, unique_uid
from projects.models.storage import Store


class Recovery(Row):
    store = models.OneToOneField(Store, on_delete=models.CASCADE, related_name="recovery")
    rto = models.CharField("RTO", max_length=LINE_LENGTH, blank=True, help_text="Recovery time objective, like 1 hour.")
    rpo = models.CharField("RPO", max_length=LINE_LENGTH, blank=True, help_text="Recovery point objective, like 5 min.")
    restore_throughput = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="Measured, like 80 MB/s.")
    restore_tests = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="How often, like every 3 months.")
    point_in_time = models.CharField("point-in-time recovery", max_length=12, choices=PointInTime.choices(), blank=True)
    point_in_time_recovery = models.TextField("to any moment, by", max_length=PROSE_LENGTH, blank=True)
    procedure = models.TextField("recovery procedure", max_length=PROSE_LENGTH, blank=True)
    disaster_recovery = models.TextField(max_length=PROSE_LENGTH, blank=True)
    rebuildable_from = models.TextField(
        max_length=PROSE_LENGTH, blank=True, help_text="If it needs no backup: what it is made from anew, and how."
    )

    departure = models.TextField(DEPARTURE, max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "recovery plan"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return f"Recovery of {self.store}"

    @property
    def label(self) -> str:
        return str(self)


class BackupSchedule(Row):
    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("type", max_length=12, choices=BackupKind.choices(), default=BackupKind.FULL)
    frequency = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="Like every 6 hours.")
    retention = models.CharField("kept for", max_length=LINE_LENGTH, blank=True)
    location = models.CharField(max_length=LINE_LENGTH, blank=True)
    automation = models.CharField(max_length=LINE_LENGTH, blank=True)

    class Meta:
        verbose_name = "backup schedule"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} backup of {self.store}"

    @property
    def label(self) -> str:
        return str(self)


class Replication(Row):
    store = models.OneToOneField(Store, on_delete=models.CASCADE, related_name="replication")
    strategy = models.CharField(max_length=20, choices=ReplicationStrategy.choices(), blank=True)
    lag = models.CharField("replication lag", max_length=LINE_LENGTH, blank=True)
    failover = models.TextField(max_length=PROSE_LENGTH, blank=True)
    conflict_resolution = models.TextField(max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "replication"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return f"Replication of {self.store}"

    @property
    def label(self) -> str:
        return str(self)


class ReplicationNode(Row):
    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("node", max_length=NAME_LENGTH)
    role = models.CharField(max_length=12, choices=NodeRole.choices(), default=NodeRole.FOLLOWER)
    location = models.CharField(max_length=LINE_LENGTH, blank=True)
    replicates_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_synchronous = models.BooleanField("synchronous", default=False)

    class Meta:
        verbose_name = "node"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return self.name
