"""Document 1, the data design of one feature: the outline in order, one module for each part of it."""

from collections.abc import Iterator

from projects.design.review_record import ReviewRecord
from projects.design.tree import Design
from projects.exporters.blocks import Block
from projects.exporters.data_design.cover import cover
from projects.exporters.data_design.data_model import data_model
from projects.exporters.data_design.indexing import indexing_strategy
from projects.exporters.data_design.integrity import data_integrity
from projects.exporters.data_design.later_steps import (
    backup_and_recovery,
    dto_mapping,
    migration_strategy,
    performance,
)
from projects.exporters.data_design.queries import query_patterns
from projects.exporters.data_design.requirements import requirements
from projects.exporters.data_design.review import quality_checklist, sign_off
from projects.exporters.data_design.storage import persistence_mechanism


def data_design(design: Design, record: ReviewRecord) -> Iterator[Block]:
    yield from cover(design, record)
    yield from requirements(design)
    yield from persistence_mechanism(design)
    yield from data_model(design)
    yield from query_patterns(design)
    yield from indexing_strategy(design)
    yield from data_integrity(design)
    yield from migration_strategy()
    yield from performance()
    yield from backup_and_recovery()
    yield from dto_mapping()
    yield from quality_checklist()
    yield from sign_off(record)
