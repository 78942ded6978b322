"""Forms of what a store's loss costs, of its backups, and of the servers that hold copies of it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from projects.design.tree.in_force import RECOVERY
from projects.design.vocabulary import PolicyName
from projects.models import BackupSchedule, Recovery, Replication, ReplicationNode
from projects.models.base import Row
from projects.workflow.forms import RowForm, Scope
from projects.workflow.inherited import FromPolicy, from_policy
from projects.workflow.quantity_cells import DURATION, INTERVAL, RETENTION, THROUGHPUT


class RecoveryForm(RowForm):
    held_by = "store"
    quantities = {"rto": DURATION, "rpo": DURATION, "restore_throughput": THROUGHPUT, "restore_tests": INTERVAL}

    class Meta:
        model = Recovery
        fields = [
            *("rebuildable_from", "rto", "rpo", "restore_throughput", "restore_tests", "point_in_time"),
            *("point_in_time_recovery", "procedure", "disaster_recovery", "departure"),
        ]
        help_texts = {
            "rto": "Away at most, like 1 hour.",
            "rpo": "Lost at most, like 5 min.",
            "point_in_time_recovery": "What brings it back to a chosen moment, and how far back?",
            "procedure": "Who does what, in which order, until it serves again?",
            "disaster_recovery": "And if the whole site is lost?",
            "rebuildable_from": "If it needs no backup: what it is made from anew, and how. The rest is then optional.",
        }

    @classmethod
    def inherited(cls, scope: Scope, instance: Any, values: Mapping[str, Any]) -> dict[str, FromPolicy]:
        if values.get("rebuildable_from"):
            return {}
        policy = scope.policies.backup
        return from_policy(PolicyName.BACKUP, {name: getattr(policy, name) for name in RECOVERY}, values)


class BackupScheduleForm(RowForm):
    held_by = "store"
    quantities = {"frequency": INTERVAL, "retention": RETENTION}

    class Meta:
        model = BackupSchedule
        fields = ["kind", "frequency", "retention", "location", "automation"]


class ReplicationForm(RowForm):
    held_by = "store"

    class Meta:
        model = Replication
        fields = ["strategy", "lag", "failover", "conflict_resolution"]
        help_texts = {
            "lag": "How far copies may be behind, like 2 s.",
            "failover": "Who takes over when the leader is lost, who decides it, and how long does it take?",
            "conflict_resolution": "If two nodes take writes: which one counts?",
        }


class NodeForm(RowForm):
    held_by = "store"

    class Meta:
        model = ReplicationNode
        fields = ["name", "role", "location", "replicates_from", "is_synchronous"]

    @classmethod
    def choices_of(cls, name: str, model: type[Row], scope: Scope) -> QuerySet[Any]:
        """A node copies from a node of its own store."""
        rows = super().choices_of(name, model, scope)
        return rows.filter(store=scope.holder) if model is ReplicationNode else rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("replicates_from") == self.instance and self.instance.pk is not None:
            self.add_error("replicates_from", "A node does not copy from itself.")
        return cleaned
