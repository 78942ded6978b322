"""The step “Document”: preview, review and download."""

from projects.workflow.steps.step import Step

STEP = Step(
    slug="document",
    title="Document",
    group="Hand over",
    summary="What the design says, as readers will get it, and five rules on it. A draft is marked as a draft.",
    companion=("review", "outline", "findings", "diagram"),
)
