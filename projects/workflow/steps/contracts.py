"""The step “DTO mapping”."""

from projects.workflow.steps.step import Step, never

STEP = Step(
    slug="contracts",
    title="DTO mapping",
    group="Hand over",
    summary="This step will hold DTOs and how their fields map to stored ones.",
    progress=never,
    sections=("DTO Mapping",),
    later="This step holds nothing yet in this version. Its sections stand in the document as “Not specified yet.”",
)
