"""The step “Document”: preview and download."""

from projects.design.tree import Design
from projects.design.vocabulary import StepState
from projects.workflow.steps.step import Step


def progress(design: Design) -> StepState:
    """Something can be read as soon as there is an entity; it is complete when reviewers have signed it."""
    return StepState.STARTED if design.entities else StepState.EMPTY


STEP = Step(
    slug="document",
    title="Document",
    group="Hand over",
    summary="What the design says, as readers will get it. A draft is marked as a draft.",
    progress=progress,
    companion=("outline", "findings", "diagram"),
)
