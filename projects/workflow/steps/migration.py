"""The step “Migration”."""

from projects.workflow.steps.step import Step, never

STEP = Step(
    slug="migration",
    title="Migration",
    group="Operate",
    summary="This step will hold how the schema is set up, versioned and rolled back.",
    progress=never,
    sections=("Migration Strategy",),
    later="This step holds nothing yet in this version. Its sections stand in the document as “Not specified yet.”",
)
