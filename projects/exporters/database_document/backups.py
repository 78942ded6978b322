"""Backups: the project's policy, the stores that depart from it, and the copies that are kept while they run."""

from collections.abc import Iterator
from uuid import UUID

from projects.design.entries import DATABASE
from projects.design.project import ProjectDesign
from projects.design.tree import Design, Replication, ReplicationNode, Store
from projects.design.vocabulary import ReplicationStrategy, StepName
from projects.exporters.answers import EntriesAt, Part, extra, policy, told
from projects.exporters.blocks import (
    NO_NAME,
    NOT_SPECIFIED,
    Block,
    Bullets,
    Code,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Strong,
    Table,
    joined,
    label,
    typed,
)
from projects.exporters.data_design.backup import recovery_blocks, schedule_cells
from projects.exporters.database_document.departures import reason
from projects.exporters.escaping import one_line
from projects.exporters.policies.backup import database_backups
from projects.exporters.project_features import Feature, exempt_features, features_of

TITLE = "Backups"
SCHEDULE = ("Type", "Frequency", "Retention", "Location", "Automation")


def backups(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(3, TITLE)
    yield from told(_parts(project))


def _parts(project: ProjectDesign) -> Iterator[Part]:
    yield from policy("Policy of the project", database_backups(project))
    yield from EntriesAt(project, DATABASE, TITLE).rest()
    features = list(features_of(project, StepName.BACKUP))
    for feature in features:
        for store in feature.design.stores:
            yield extra(_own_plan(feature, store))
    yield from _without_plan(features)
    for feature in features:
        for replication in feature.design.replications:
            yield extra(_copies(feature, replication))
    yield exempt_features(project, StepName.BACKUP, "backups")


def _own_plan(feature: Feature, store: Store) -> Iterator[Block]:
    """The backups of a store that says anything of them itself, with what it takes from the policy."""
    if not _states(feature, store):
        return
    yield label((Strong(_name(store)), " of ", feature.mark))
    schedules = [each for each in feature.design.backup_schedules if each.store == store.uid]
    if schedules:
        yield Table("backups", SCHEDULE, tuple(schedule_cells(each) for each in schedules))
    elif not any(each.store == store.uid and each.rebuildable_from.strip() for each in feature.design.recoveries):
        yield Prose("", label="Schedules")
    for recovery in feature.design.recoveries:
        if recovery.store == store.uid:
            yield from recovery_blocks(recovery)
            yield from reason(recovery.departure)


def _states(feature: Feature, store: Store) -> bool:
    return store.uid in _planned(feature.stated)


def _planned(design: Design) -> frozenset[UUID]:
    """The stores that have a plan of recovery or a schedule."""
    recoveries = {recovery.store for recovery in design.recoveries}
    return frozenset(recoveries | {schedule.store for schedule in design.backup_schedules})


def _without_plan(features: list[Feature]) -> Iterator[Part]:
    """The stores that say nothing themselves: they take the policy, or nobody has planned for them yet."""
    following: list[Inline] = []
    unplanned: list[Inline] = []
    for feature in features:
        planned = _planned(feature.design)
        for store in feature.design.stores:
            if not _states(feature, store):
                silent = following if store.uid in planned else unplanned
                silent.append((_name(store), " of ", feature.mark))
    for words, stores in (("These stores follow the policy", following), ("No backup is planned yet for", unplanned)):
        if stores:
            yield extra([Paragraph((f"{words}: ", joined(stores), "."))])


def _copies(feature: Feature, replication: Replication) -> Iterator[Block]:
    """Copies of a running store are no backup, and are told beside them for that."""
    store = feature.design.store_by_uid[replication.store]
    yield label(("Replication of ", Strong(_name(store)), " of ", feature.mark))
    strategy = replication.strategy.label if replication.strategy else NOT_SPECIFIED
    facts: list[tuple[str, Inline]] = [("Strategy", strategy)]
    if replication.strategy is not ReplicationStrategy.NONE or replication.lag.strip():
        facts.append(("Replication lag", typed(replication.lag)))
    yield Bullets(tuple((Strong(f"{name}:"), " ", value) for name, value in facts))
    if nodes := [each for each in feature.design.replication_nodes if each.store == store.uid]:
        names = {node.uid: node.name for node in nodes}
        columns = ("Node", "Role", "Location", "Replicates from", "Synchronous")
        yield Table("replication-nodes", columns, tuple(_node(node, names) for node in nodes))
    for name, text in (("Failover", replication.failover), ("Conflict resolution", replication.conflict_resolution)):
        if text.strip():
            yield Prose(text, label=name)


def _node(node: ReplicationNode, names: dict[UUID, str]) -> tuple[Inline, ...]:
    source = Code(names[node.replicates_from]) if node.replicates_from in names else "none"
    return Code(node.name), node.role.label, typed(node.location), source, "yes" if node.is_synchronous else "no"


def _name(store: Store) -> str:
    return one_line(store.name) or NO_NAME
