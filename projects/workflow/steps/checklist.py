"""The step “Quality checklist”."""

from projects.workflow.steps.step import Step, never

STEP = Step(
    slug="checklist",
    title="Quality checklist",
    group="Hand over",
    summary="This step will hold the 27 items with their evidence.",
    progress=never,
    sections=("Quality Checklist",),
    later="This step holds nothing yet in this version. Its sections stand in the document as “Not specified yet.”",
)
