"""The step “Performance & volume”."""

from projects.workflow.steps.step import Step, never

STEP = Step(
    slug="performance",
    title="Performance & volume",
    group="Operate",
    summary="This step will hold volumes, growth, partitioning, caches and lifecycle.",
    progress=never,
    sections=("Performance",),
    later="This step holds nothing yet in this version. Its sections stand in the document as “Not specified yet.”",
)
