"""Document 1, the data design of one feature: the outline in order, one module for each part of it."""

from collections.abc import Callable, Iterator

from projects.design.review_record import ReviewRecord
from projects.design.tree import Design
from projects.design.vocabulary import StepName
from projects.exporters.blocks import Block
from projects.exporters.data_design.backup import backup_and_recovery
from projects.exporters.data_design.contracts import dto_mapping
from projects.exporters.data_design.cover import cover
from projects.exporters.data_design.data_model import data_model
from projects.exporters.data_design.exempt import written
from projects.exporters.data_design.indexing import indexing_strategy
from projects.exporters.data_design.integrity import data_integrity
from projects.exporters.data_design.migration import migration_strategy
from projects.exporters.data_design.performance import performance
from projects.exporters.data_design.queries import query_patterns
from projects.exporters.data_design.requirements import requirements
from projects.exporters.data_design.review import quality_checklist, sign_off
from projects.exporters.data_design.storage import persistence_mechanism

Part = Callable[[Design], Iterator[Block]]

# What each step of the workflow writes, in the order of the outline.
PARTS: tuple[tuple[StepName, Part], ...] = (
    (StepName.REQUIREMENTS, requirements),
    (StepName.STORAGE, persistence_mechanism),
    (StepName.DATA_MODEL, data_model),
    (StepName.QUERIES, query_patterns),
    (StepName.INDEXING, indexing_strategy),
    (StepName.INTEGRITY, data_integrity),
    (StepName.MIGRATION, migration_strategy),
    (StepName.PERFORMANCE, performance),
    (StepName.BACKUP, backup_and_recovery),
    (StepName.CONTRACTS, dto_mapping),
)


def data_design(design: Design, record: ReviewRecord) -> Iterator[Block]:
    yield from cover(design, record)
    for step, part in PARTS:
        yield from written(part, design, step)
    yield from quality_checklist(design, record)
    yield from sign_off(record)
