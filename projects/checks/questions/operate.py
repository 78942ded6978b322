"""Steps 7 to 9: how the schema changes, how much data there will be, and the way back after a loss."""

from collections.abc import Iterator

from projects.checks.questions.question import Lacking, Named, Question, each, fact
from projects.design.tree import BackupSchedule, Design, Recovery, Replication, Store
from projects.design.vocabulary import ReplicationStrategy, StepName, StructureKind

MIGRATION, PERFORMANCE, BACKUP = StepName.MIGRATION, StepName.PERFORMANCE, StepName.BACKUP


def without_volume(design: Design) -> Lacking:
    """Entities whose first rows, growth and peak are not all said; key spaces and files state a size of their own."""
    # A graph has as many edges as its nodes have relationships; they are counted too if somebody counts them.
    asked = [entity for entity in design.own_entities if entity.kind is not StructureKind.EDGE]
    said = {
        volume.entity
        for volume in design.volumes
        if volume.initial_rows.strip() and volume.growth.strip() and volume.peak_rows.strip()
    }
    sized = [*design.key_spaces, *design.file_layouts]
    if not asked and not sized:
        return None
    names = [entity.full_name for entity in asked if entity.uid not in said]
    names += [space.pattern for space in design.key_spaces if not space.size_estimate.strip()]
    return (*names, *(layout.structure for layout in design.file_layouts if not layout.size_estimate.strip()))


def recovery_of(design: Design, store: Store) -> Recovery | None:
    return next((recovery for recovery in design.recoveries if recovery.store == store.uid), None)


def replication_of(design: Design, store: Store) -> Replication | None:
    return next((replication for replication in design.replications if replication.store == store.uid), None)


def is_rebuildable(design: Design, store: Store) -> bool:
    recovery = recovery_of(design, store)
    return recovery is not None and bool(recovery.rebuildable_from.strip())


def stores_to_restore(design: Design) -> Iterator[Store]:
    """The stores whose data exists nowhere else."""
    return (store for store in design.stores if not is_rebuildable(design, store))


def schedules_of(design: Design, store: Store) -> tuple[BackupSchedule, ...]:
    return tuple(schedule for schedule in design.backup_schedules if schedule.store == store.uid)


def of_recovery(words: str, name: str) -> Question:
    """Asks each store that cannot be rebuilt for one fact of its recovery."""
    return each(BACKUP, words, _restored, lambda it: getattr(it.thing, name, None), 9)


def _restored(design: Design) -> Iterator[Named]:
    return (Named(store.name, recovery_of(design, store)) for store in stores_to_restore(design))


def of_schedules(words: str, name: str) -> Question:
    """Asks each backup of a store that cannot be rebuilt for one fact."""
    return each(BACKUP, words, _schedules, lambda it: getattr(it.thing, name), 9)


def _schedules(design: Design) -> Iterator[Named]:
    for store in stores_to_restore(design):
        yield from (Named(f"{store.name}, {it.kind.label.lower()}", it) for it in schedules_of(design, store))


def without_schedule(design: Design) -> Lacking:
    if not design.stores:
        return ("a store",)
    return tuple(store.name for store in stores_to_restore(design) if not schedules_of(design, store))


def _replicated(design: Design) -> Iterator[Named]:
    return (Named(store.name, replication_of(design, store)) for store in stores_to_restore(design))


def copied_stores(design: Design) -> Iterator[tuple[Store, Replication]]:
    """The stores that run on more than one server."""
    for store in design.stores:
        replication = replication_of(design, store)
        if replication and replication.strategy not in (None, ReplicationStrategy.NONE):
            yield store, replication


def without_nodes(design: Design) -> Lacking:
    copied = tuple(copied_stores(design))
    held = {node.store for node in design.replication_nodes}
    return tuple(store.name for store, _ in copied if store.uid not in held) if copied else None


def _copied(design: Design) -> Iterator[Named]:
    return (Named(store.name, replication) for store, replication in copied_stores(design))


QUESTIONS: tuple[Question, ...] = (
    fact(MIGRATION, "the migration tool", lambda design: design.migration.tool, 7),
    fact(MIGRATION, "how the schema is set up", lambda design: design.migration.setup, 7),
    fact(MIGRATION, "the baseline", lambda design: design.migration.baseline, 7),
    fact(MIGRATION, "how migrations are named", lambda design: design.migration.naming, 7),
    fact(MIGRATION, "how migrations are tracked", lambda design: design.migration.tracking, 7),
    fact(MIGRATION, "how migrations are generated", lambda design: design.migration.generating, 7),
    fact(MIGRATION, "what migrations depend on", lambda design: design.migration.dependencies, 7),
    fact(MIGRATION, "how a migration is rolled back", lambda design: design.migration.rollback, 7),
    fact(MIGRATION, "how data survives a rollback", lambda design: design.migration.data_preservation, 7),
    fact(MIGRATION, "how rolling back is tested", lambda design: design.migration.rollback_testing, 7),
    fact(MIGRATION, "the backup before migrating", lambda design: design.migration.backup_before, 7),
    Question(
        PERFORMANCE, "first rows, growth and peak of each entity; the size of other structures", without_volume, 8
    ),
    fact(PERFORMANCE, "partitioning", lambda design: design.optimization.partitioning, 8),
    fact(PERFORMANCE, "caching", lambda design: design.caches or design.optimization.caching, 8),
    fact(PERFORMANCE, "denormalization", lambda design: design.optimization.denormalization, 8),
    fact(PERFORMANCE, "connection pooling", lambda design: design.optimization.pooling, 8),
    fact(PERFORMANCE, "query optimization", lambda design: design.optimization.query_optimization, 8),
    each(
        PERFORMANCE,
        "what each cache holds and where",
        lambda design: design.caches,
        lambda it: bool(it.holds.strip() and (it.store or it.place.strip())),
        27,
    ),
    each(
        PERFORMANCE,
        "TTL or invalidation of each cache",
        lambda design: design.caches,
        lambda it: bool(it.ttl.strip() or it.invalidation.strip()),
        27,
    ),
    each(
        PERFORMANCE,
        "how long each data element is kept",
        lambda design: design.data_elements,
        lambda it: it.kept_for,
        26,
    ),
    fact(PERFORMANCE, "how data comes to be", lambda design: design.lifecycle.creation),
    fact(PERFORMANCE, "how data changes", lambda design: design.lifecycle.modification),
    fact(PERFORMANCE, "how data is archived", lambda design: design.lifecycle.archival),
    fact(PERFORMANCE, "how data is deleted", lambda design: design.lifecycle.deletion),
    Question(BACKUP, "a backup of each store, or what it is rebuilt from", without_schedule, 9),
    of_schedules("the frequency of each backup", "frequency"),
    of_schedules("the retention of each backup", "retention"),
    of_schedules("the location of each backup", "location"),
    of_recovery("the RTO of each store", "rto"),
    of_recovery("the RPO of each store", "rpo"),
    of_recovery("the restore tests of each store", "restore_tests"),
    of_recovery("whether each store has point-in-time recovery", "point_in_time"),
    of_recovery("the recovery procedure of each store", "procedure"),
    of_recovery("disaster recovery of each store", "disaster_recovery"),
    each(BACKUP, "the replication strategy of each store", _replicated, lambda it: getattr(it.thing, "strategy", None)),
    Question(BACKUP, "the nodes of each replicated store", without_nodes),
    each(
        BACKUP,
        "lag and failover of each replicated store",
        _copied,
        lambda it: bool(it.thing.lag.strip() and it.thing.failover.strip()),
    ),
)
