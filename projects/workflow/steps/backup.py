"""The step “Backup & recovery”: for each store what its loss costs, the way back, and the copies that run beside it."""

from projects.design.tree import Design
from projects.models import Store
from projects.workflow.steps.backup_forms import BackupScheduleForm, NodeForm, RecoveryForm, ReplicationForm
from projects.workflow.steps.inherited_schedules import TAKE_OVER, policy_schedules
from projects.workflow.steps.step import Choice, Column, Grid, Pick, Record, Section, Step


def store_choices(design: Design) -> list[Choice]:
    return [Choice(store.uid, store.name) for store in design.stores]


STEP = Step(
    slug="backup",
    title="Backup & recovery",
    group="Operate",
    summary="For each store: what its loss may cost, the way back, and the copies that run beside it.",
    pick=Pick(
        Store, store_choices, empty="No store yet. Choose in step 2 where the data is kept; then plan its way back."
    ),
    companion=("document", "findings", "topology"),
    parts=(
        Record(
            slug="recovery",
            title="Recovery plan",
            held_by="store",
            form=RecoveryForm,
            sections=(
                Section("Objectives", (("rto", "rpo", "restore_throughput", "restore_tests"),)),
                Section(
                    "The way back",
                    (("procedure", "disaster_recovery"), ("point_in_time", "point_in_time_recovery")),
                ),
                Section("If it needs no backup", (("rebuildable_from",),)),
            ),
            reason="departure",
        ),
        Grid(
            slug="backup-schedules",
            title="Backups",
            held_by="store",
            form=BackupScheduleForm,
            filler=TAKE_OVER,
            inherits=policy_schedules,
            empty="No backups yet. One line for each kind: a full one every night, the log every five minutes.",
            columns=(
                Column("kind", "Type", "choice", width="m"),
                Column("frequency", "Frequency", width="m"),
                Column("retention", "Kept for", width="m"),
                Column("location", "Location", width="l"),
                Column("automation", "Automation", width="l"),
            ),
        ),
        Record(
            slug="replication",
            title="Replication",
            held_by="store",
            form=ReplicationForm,
            groups=(("strategy", "lag"), ("failover", "conflict_resolution")),
        ),
        Grid(
            slug="replication-nodes",
            title="Nodes",
            held_by="store",
            form=NodeForm,
            empty="No nodes yet. Name the servers that hold this store, the leader first, and where they stand.",
            add_label="Add a node…",
            columns=(
                Column("name", "Node", "mono", width="m"),
                Column("role", "Role", "choice", width="m"),
                Column("location", "Location", width="l"),
                Column("replicates_from", "Replicates from", "choice", width="m"),
                Column("is_synchronous", "Sync.", "check", width="xs"),
            ),
        ),
    ),
)
