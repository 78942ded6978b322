"""Backups: the project's policy with its schedules, and what features do for a store of theirs."""

from collections.abc import Iterator

from projects.design.project import ProjectDesign
from projects.design.tree import (
    BackupPolicy,
    BackupSchedule,
    Design,
    PolicySchedule,
    Replication,
    ReplicationNode,
    Store,
)
from projects.design.tree.in_force import RECOVERY
from projects.design.vocabulary import BackupKind, StepName
from projects.exporters.answers import Part, answer, extra, table
from projects.exporters.blocks import NO_NAME, NOT_SPECIFIED, Code, Inline, joined, typed
from projects.exporters.escaping import one_line
from projects.exporters.policies.features import DEPARTURE, Fact, facts_under, listed, own_facts, phrase
from projects.exporters.project_features import exempt_features, features_of

_COLUMNS = ("Type", "Frequency", "Retention", "Location", "Automation")
_RECOVERY = (
    ("rto", "RTO"),
    ("rpo", "RPO"),
    ("restore_throughput", "Restore throughput"),
    ("restore_tests", "Restore tests"),
    ("point_in_time", "Point-in-time recovery"),
    ("point_in_time_recovery", "Point-in-time recovery, how"),
    ("rebuildable_from", "Rebuildable from"),
    ("procedure", "Recovery procedure"),
    ("disaster_recovery", "Disaster recovery"),
    ("departure", DEPARTURE),
)


def database_backups(project: ProjectDesign) -> Iterator[Part]:
    """The schedules that every store has, and the answers of the policy."""
    policies, policy = project.handbook.policies, project.handbook.policies.backup
    yield table("Backups of every database", "backups", _COLUMNS, (_cells(each) for each in policies.schedules))
    yield answer("RTO (recovery time objective)", policy.rto)
    yield answer("RPO (recovery point objective)", policy.rpo)
    yield answer("Restore tests", policy.restore_tests)
    yield answer("Point-in-time recovery", _point_in_time(policy))
    yield answer("Recovery procedure", policy.procedure)
    yield answer("Disaster recovery", policy.disaster_recovery)


def _point_in_time(policy: BackupPolicy) -> str:
    if not policy.point_in_time:
        return policy.point_in_time_recovery
    how = policy.point_in_time_recovery.strip()
    return f"{policy.point_in_time.label}. {how}" if how else policy.point_in_time.label


def _cells(schedule: PolicySchedule) -> tuple[Inline, ...]:
    texts = (schedule.frequency, schedule.retention, schedule.location, schedule.automation)
    return schedule.kind.label, *(typed(each) for each in texts)


def backups_of_features(project: ProjectDesign) -> Iterator[Part]:
    """What features plan for their stores, without what they take over from the policy."""
    for feature in features_of(project, StepName.BACKUP):
        for store in feature.stated.stores:
            title = ("Backups of ", feature.mark, f", {_name(store)}")
            yield extra(facts_under(title, _plan(project, feature.stated, store)))
    yield exempt_features(project, StepName.BACKUP, "backups")


def _plan(project: ProjectDesign, design: Design, store: Store) -> Iterator[Fact]:
    for schedule in design.backup_schedules:
        if schedule.store == store.uid:
            kind = schedule.kind.label
            yield kind if schedule.kind is BackupKind.LOG else f"{kind} backup", _schedule(schedule) or NOT_SPECIFIED
    policy = project.handbook.policies.backup
    same: dict[str, object] = {name: getattr(policy, name) for name in RECOVERY}
    for recovery in design.recoveries:
        if recovery.store == store.uid:
            yield from own_facts(recovery, _RECOVERY, same)


def _schedule(schedule: BackupSchedule) -> Inline:
    said: list[Inline] = []
    for word, text in (
        ("", schedule.frequency),
        ("kept for ", schedule.retention),
        ("", schedule.location),
        ("", schedule.automation),
    ):
        if text.strip():
            said.append((word, phrase(text)))
    return joined(said)


def replication(project: ProjectDesign) -> Part:
    """How stores are copied while they run: no backup, and told beside them for that reason."""
    items = [
        (feature.mark, ", ", _replication(feature.stated, each))
        for feature in features_of(project, StepName.BACKUP)
        for each in feature.stated.replications
    ]
    return listed("Replication, which replaces no backup", items)


def _replication(design: Design, each: Replication) -> Inline:
    strategy = each.strategy.label.lower() if each.strategy else NOT_SPECIFIED
    said: list[Inline] = [f"{_name(design.store_by_uid[each.store])}: {strategy}"]
    if nodes := [_node(design, node) for node in design.replication_nodes if node.store == each.store]:
        said.append(("nodes: ", joined(nodes)))
    told = (("lag", each.lag), ("failover", each.failover), ("conflict resolution", each.conflict_resolution))
    return joined([*said, *((f"{name}: ", phrase(words)) for name, words in told if words.strip())], "; ")


def _node(design: Design, node: ReplicationNode) -> Inline:
    said: list[Inline] = [node.role.label.lower()]
    if node.location.strip():
        said.append(one_line(node.location))
    if source := next((each.name for each in design.replication_nodes if each.uid == node.replicates_from), ""):
        said.append(("synchronous copy of " if node.is_synchronous else "copy of ", Code(source)))
    return (Code(node.name), " (", joined(said), ")")


def _name(store: Store) -> str:
    return one_line(store.name) or NO_NAME
