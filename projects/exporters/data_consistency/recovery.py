"""Backups of each store, and the way back from them."""

from collections.abc import Iterator

from projects.design.inheritance import lines
from projects.design.tree import Design
from projects.design.vocabulary import PolicyName
from projects.exporters.blocks import NO_NAME, Block, Heading, Table, not_specified, subject
from projects.exporters.data_design.backup import recovery_blocks, schedule_cells
from projects.exporters.data_design.standing import standing
from projects.exporters.escaping import one_line


def backup_and_recovery(design: Design) -> Iterator[Block]:
    yield Heading(2, "Backup and Recovery")
    yield Heading(3, "Backup Strategy")
    yield _strategy(design)
    yield Heading(3, "Recovery Plan")
    if not design.recoveries:
        yield not_specified()
    facts = lines(design)
    for recovery in design.recoveries:
        yield subject("Store", design.store_by_uid[recovery.store].name)
        yield from recovery_blocks(recovery)
        yield from standing(facts, recovery.departure, PolicyName.BACKUP, about=recovery.store)


def _strategy(design: Design) -> Block:
    if not design.backup_schedules:
        return not_specified()
    rows = tuple(
        (one_line(design.store_by_uid[each.store].name) or NO_NAME, *schedule_cells(each))
        for each in design.backup_schedules
    )
    return Table("store-backups", ("Store", "Type", "Frequency", "Retention", "Location", "Automation"), rows)
