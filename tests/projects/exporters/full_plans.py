"""The full design’s plans: migration, volumes, backups, and what happens among writers."""

from projects.design.tree import (
    BackupSchedule,
    ComponentAccess,
    Consistency,
    Lifecycle,
    Migration,
    Optimization,
    Recovery,
    Replication,
    ReplicationNode,
    SharedData,
    SyncStrategy,
    Volume,
)
from projects.design.vocabulary import (
    Access,
    BackupKind,
    ConsistencyLevel,
    NodeRole,
    PointInTime,
    ReplicationStrategy,
    StoreKind,
)
from tests.projects.exporters.designs import DATA_ELEMENTS, uid
from tests.projects.exporters.full_context import COMPONENTS
from tests.projects.exporters.full_structures import store

MIGRATION = Migration(
    tool="Alembic",
    setup="One migration creates all tables, in the order of their references.",
    seeding="The refund reasons are seeded; nothing else is.",
    baseline="0042",
    naming="Number, then what it does in words.",
    tracking="The tool’s own table in the same schema.",
    generating="Drafted by the tool, then read and corrected by hand.",
    dependencies="Each names the one before it; payments come first.",
    zero_downtime="Columns are added empty, filled in batches, and required in a later release.",
    data_migrations="Old notes are copied in batches of 5,000 rows.",
    rollback="Every migration has its reverse, and is tried both ways.",
    data_preservation="Dropped columns are renamed for one release.",
    rollback_testing="Each night on a copy of the last backup.",
    backup_before="A snapshot is taken, and its restore is timed.",
    departure="The schema is shared with a service of another team.",
)
VOLUMES = (
    Volume(
        uid=uid("volume", "refunds"),
        entity=uid("refunds"),
        initial_rows="1.2 million",
        growth="3,300 / day",
        peak_rows="12 million",
        row_size="180 B",
    ),
)
RECOVERIES = (
    Recovery(
        uid=uid("recovery", "postgres"),
        store=uid("store", "postgres"),
        rto="1 hour",
        rpo="5 minutes",
        restore_throughput="200 MB/s",
        restore_tests="every month, into a cluster of its own",
        point_in_time=PointInTime.AVAILABLE,
        point_in_time_recovery="to any second of the last 14 days",
        procedure="1. Stop the writers.\n2. Restore the last full backup.\n3. Replay the log.\n4. Compare sums.",
        disaster_recovery="The second region holds backups and can be started from them.",
        departure="Losing a refund costs more than a shorter interval.",
    ),
    Recovery(
        uid=uid("recovery", "search"),
        rto="4 hours",
        rebuildable_from="the table refunds",
        procedure="Read all refunds again.",
        **store(StoreKind.SEARCH),
    ),
)
SCHEDULES = tuple(
    BackupSchedule(
        uid=uid("schedule", kind),
        store=uid("store", "postgres"),
        kind=kind,
        frequency=frequency,
        retention=retention,
        location="another region, another account",
        automation="pgBackRest",
    )
    for kind, frequency, retention in (
        (BackupKind.FULL, "every Sunday", "12 weeks"),
        (BackupKind.LOG, "all the time", "14 days"),
    )
)
NODES = tuple(
    ReplicationNode(
        uid=uid("node", name),
        store=uid("store", "postgres"),
        name=name,
        role=role,
        location=place,
        replicates_from=source,
        is_synchronous=name == "pg-2",
    )
    for name, role, place, source in (
        ("pg-1", NodeRole.LEADER, "Frankfurt A", None),
        ("pg-2", NodeRole.FOLLOWER, "Frankfurt B", uid("node", "pg-1")),
        ("pg-3", NodeRole.FOLLOWER, "Dublin", uid("node", "pg-1")),
    )
)


def shown_in_the_other_document() -> dict[str, object]:
    """Facts of steps 6, 8 and 9 that document 2 tells."""
    element, strategy = DATA_ELEMENTS[0].uid, uid("strategy")
    return {
        "consistency": Consistency(
            concurrent_reads="Reads never wait.",
            concurrent_writes="The row is locked while its state changes.",
            reads_during_writes="Readers see the row as it was.",
            transactions="A refund, its lines and postings change together.",
            level=ConsistencyLevel.STRONG,
            justification="Money is counted once.",
            implementation="Serializable transactions with three attempts.",
            departure="The provider checks the card's data, not we.",
        ),
        "sync_strategies": (
            SyncStrategy(
                uid=strategy,
                name="Outbox",
                description="Events leave with the row’s transaction.",
                frequency="every second",
                conflict_resolution="The later version wins.",
            ),
        ),
        "shared_data": (
            SharedData(uid=uid("shared"), data_element=element, reason="Both show its state.", strategy=strategy),
        ),
        "component_accesses": (
            ComponentAccess(
                uid=uid("access"), component=COMPONENTS[0].uid, data_element=element, access=Access.BOTH, is_owner=True
            ),
            ComponentAccess(uid=uid("access", 2), component=COMPONENTS[1].uid, data_element=element),
        ),
        "optimization": Optimization(
            partitioning="None: the largest table stays below 20 GB.",
            caching="Only the refund page.",
            denormalization="None.",
            pooling="20 connections for each process, 10 seconds idle.",
            query_optimization="Plans of the three most frequent operations are read at each release.",
            departure="The pool of the worker is larger in December.",
        ),
        "lifecycle": Lifecycle(
            creation="By the API.", modification="By the worker.", archival="None.", deletion="After ten years."
        ),
        "replications": (
            Replication(
                uid=uid("replication"),
                store=uid("store", "postgres"),
                strategy=ReplicationStrategy.LEADER_FOLLOWER,
                lag="below 1 s",
                failover="By hand, within 15 minutes.",
                conflict_resolution="There is one writer.",
            ),
        ),
    }
