"""Step 9: backups, the way back from them, and replication."""

from uuid import UUID

from projects.design.tree.node import Line, Name, Prose, Thing
from projects.design.vocabulary import BackupKind, NodeRole, PointInTime, ReplicationStrategy


class Recovery(Thing):
    """What a store's loss costs at most, and the way back; or what it is rebuilt from."""

    store: UUID
    rto: Line = ""
    rpo: Line = ""
    restore_throughput: Line = ""
    restore_tests: Line = ""
    point_in_time: PointInTime | None = None
    point_in_time_recovery: Prose = ""
    procedure: Prose = ""
    disaster_recovery: Prose = ""
    rebuildable_from: Prose = ""
    departure: Prose = ""


class BackupSchedule(Thing):
    """One kind of backup of one store."""

    store: UUID
    kind: BackupKind = BackupKind.FULL
    frequency: Line = ""
    retention: Line = ""
    location: Line = ""
    automation: Line = ""


class Replication(Thing):
    """How a store is copied while it runs. Copies are no backup: they repeat every mistake."""

    store: UUID
    strategy: ReplicationStrategy | None = None
    lag: Line = ""
    failover: Prose = ""
    conflict_resolution: Prose = ""


class ReplicationNode(Thing):
    """One server that holds a copy of a store."""

    store: UUID
    name: Name
    role: NodeRole = NodeRole.FOLLOWER
    location: Line = ""
    replicates_from: UUID | None = None
    is_synchronous: bool = False
