"""The twelve steps of the workflow, in order. A step's slug is its module, its URL and its template."""

from projects.workflow.steps import (
    backup,
    checklist,
    contracts,
    data_model,
    document,
    indexing,
    integrity,
    migration,
    performance,
    queries,
    requirements,
    storage,
)
from projects.workflow.steps.step import Step

STEPS: tuple[Step, ...] = (
    requirements.STEP,
    storage.STEP,
    data_model.STEP,
    queries.STEP,
    indexing.STEP,
    integrity.STEP,
    migration.STEP,
    performance.STEP,
    backup.STEP,
    contracts.STEP,
    checklist.STEP,
    document.STEP,
)
STEP_BY_SLUG = {step.slug: step for step in STEPS}
