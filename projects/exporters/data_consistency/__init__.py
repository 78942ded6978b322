"""Document 2, data and consistency of one feature: the outline in order, one module for each part of it."""

from collections.abc import Callable, Iterator

from projects.design.review_record import ReviewRecord
from projects.design.tree import Design
from projects.design.vocabulary import StepName
from projects.exporters.blocks import Block
from projects.exporters.data_consistency.consistency import consistency_models
from projects.exporters.data_consistency.lifecycle import data_lifecycle, retention_policy
from projects.exporters.data_consistency.persistence import storage_choices, stored_data
from projects.exporters.data_consistency.queries import concurrent_access, database_queries
from projects.exporters.data_consistency.recovery import backup_and_recovery
from projects.exporters.data_consistency.replication import data_replication
from projects.exporters.data_consistency.schema import schema_design
from projects.exporters.data_consistency.sharing import data_sharing
from projects.exporters.data_design.cover import cover
from projects.exporters.data_design.exempt import written
from projects.exporters.data_design.review import manifest

TITLE = "Data and Consistency"

Part = Callable[[Design], Iterator[Block]]

# What each step of the workflow writes, in the order of the outline.
PARTS: tuple[tuple[StepName, Part], ...] = (
    (StepName.REQUIREMENTS, stored_data),
    (StepName.STORAGE, storage_choices),
    (StepName.DATA_MODEL, schema_design),
    (StepName.QUERIES, database_queries),
    (StepName.INTEGRITY, concurrent_access),
    (StepName.INTEGRITY, data_sharing),
    (StepName.INTEGRITY, consistency_models),
    (StepName.BACKUP, data_replication),
    (StepName.BACKUP, backup_and_recovery),
    (StepName.PERFORMANCE, data_lifecycle),
    (StepName.REQUIREMENTS, retention_policy),
)


def data_consistency(design: Design, record: ReviewRecord) -> Iterator[Block]:
    yield from cover(design, record, TITLE)
    # Above the first heading, since the outline has no place of its own for it.
    yield from manifest(record)
    for step, part in PARTS:
        yield from written(part, design, step)
