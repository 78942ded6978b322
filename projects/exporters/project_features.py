"""The features of a project as its documents tell them, each with its mark."""

from collections.abc import Iterator
from dataclasses import dataclass

from projects.design.project import Included, ProjectDesign
from projects.design.tree import Design
from projects.design.vocabulary import StepName
from projects.exporters.answers import Part, extra
from projects.exporters.blocks import Block, Inline, Paragraph, Typed
from projects.exporters.project_cover import feature_mark


@dataclass(frozen=True)
class Feature:
    """`design` is in force; `included.design` says only what the feature states itself."""

    included: Included
    design: Design

    @property
    def mark(self) -> Inline:
        return feature_mark(self.included)

    @property
    def label(self) -> str:
        """The same as a label of prose."""
        return f"{self.included.path} {self.included.mark}"

    @property
    def stated(self) -> Design:
        return self.included.design


def features_of(project: ProjectDesign, *steps: StepName) -> Iterator[Feature]:
    """The features to which these steps apply."""
    for included, design in zip(project.features, project.designs, strict=True):
        if not any(step in design.exemption_by_step for step in steps):
            yield Feature(included, design)


def exempt_features(project: ProjectDesign, step: StepName, subject: str) -> Part:
    """Why the others say nothing here."""
    return extra(_reasons(project, step, subject))


def _reasons(project: ProjectDesign, step: StepName, subject: str) -> Iterator[Block]:
    for included in project.features:
        if exemption := included.design.exemption_by_step.get(step):
            reason = Typed(exemption.reason)
            yield Paragraph((feature_mark(included), f": {subject}: not applicable: ", reason), style="note")
