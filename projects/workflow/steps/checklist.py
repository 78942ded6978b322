"""The step “Quality checklist”: the 27 items with their evidence, and the author's own word on each."""

from projects.workflow.steps.step import Step

STEP = Step(
    slug="checklist",
    title="Quality checklist",
    group="Hand over",
    summary="What the design shows for each item, and your own word on it. Reviewers give the verdicts.",
    companion=("findings", "document", "diagram"),
)
