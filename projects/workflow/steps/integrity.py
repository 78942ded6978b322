"""The step “Integrity & consistency”."""

from projects.workflow.steps.step import Step, never

STEP = Step(
    slug="integrity",
    title="Integrity & consistency",
    group="Access",
    summary="This step will hold constraints beyond keys, validation rules, concurrent access and consistency.",
    progress=never,
    sections=("Data Integrity",),
    later="This step holds nothing yet in this version. Its sections stand in the document as “Not specified yet.”",
)
