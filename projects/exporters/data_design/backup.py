"""Step 9: for each store its backups, what its loss costs at most, and the way back."""

from collections.abc import Iterator

from projects.design.inheritance import lines
from projects.design.tree import BackupSchedule, Design, PolicySchedule, Recovery, Store
from projects.design.vocabulary import PolicyName
from projects.exporters.blocks import (
    NO_NAME,
    Block,
    Bullets,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Strong,
    Table,
    Typed,
    not_specified,
    typed,
)
from projects.exporters.data_design.standing import standing
from projects.exporters.escaping import one_line


def backup_and_recovery(design: Design) -> Iterator[Block]:
    yield Heading(2, "Backup & Recovery")
    if not design.stores:
        yield not_specified()
    facts = lines(design)
    for store in design.stores:
        # In bold, as a line that begins with any word that people typed could read as a statement.
        yield Paragraph(Strong(f"{one_line(store.name) or NO_NAME}:"), style="label")
        yield from _store(design, store)
        yield from standing(facts, departure_of(design, store), PolicyName.BACKUP, about=store.uid)


def departure_of(design: Design, store: Store) -> str:
    """Why the store departs from the backup policy, if it does."""
    return next((plan.departure for plan in design.recoveries if plan.store == store.uid), "")


def _store(design: Design, store: Store) -> Iterator[Block]:
    schedules = [schedule for schedule in design.backup_schedules if schedule.store == store.uid]
    recoveries = [recovery for recovery in design.recoveries if recovery.store == store.uid]
    if schedules:
        columns = ("Type", "Frequency", "Retention", "Location", "Automation")
        yield Table("backups", columns, tuple(schedule_cells(schedule) for schedule in schedules))
    elif not any(recovery.rebuildable_from.strip() for recovery in recoveries):
        yield not_specified()
    for recovery in recoveries:
        yield from recovery_blocks(recovery)


def schedule_cells(schedule: BackupSchedule | PolicySchedule) -> tuple[Inline, ...]:
    texts = (schedule.frequency, schedule.retention, schedule.location, schedule.automation)
    return schedule.kind.label, *(typed(text) for text in texts)


def recovery_blocks(recovery: Recovery) -> Iterator[Block]:
    yield Bullets(tuple((Strong(f"{name}:"), " ", value) for name, value in _objectives(recovery)))
    if recovery.rebuildable_from.strip():
        yield Prose(recovery.rebuildable_from, label="Rebuildable from")
    yield Prose(recovery.procedure, label="Recovery procedure")
    yield Prose(recovery.disaster_recovery, label="Disaster recovery")


def _objectives(recovery: Recovery) -> Iterator[tuple[str, Inline]]:
    yield "RTO (recovery time objective)", typed(recovery.rto)
    yield "RPO (recovery point objective)", typed(recovery.rpo)
    if recovery.restore_throughput.strip():
        yield "Restore throughput", Typed(recovery.restore_throughput)
    yield "Restore tests", typed(recovery.restore_tests)
    yield "Point-in-time recovery", _point_in_time(recovery)


def _point_in_time(recovery: Recovery) -> Inline:
    if not recovery.point_in_time:
        return typed(recovery.point_in_time_recovery)
    answer = recovery.point_in_time.label.lower()
    if not recovery.point_in_time_recovery.strip():
        return answer
    return (f"{answer}: ", Typed(recovery.point_in_time_recovery))
