"""How far a design is: the state of each step and the findings in it, computed in one place."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from projects.checks import CheckConfig, run
from projects.checks.completeness import StepCompleteness, completeness
from projects.checks.evidence import Evidence, evidence
from projects.checks.finding import Finding, Report
from projects.design.vocabulary import Severity, StepName, StepState
from projects.diagrams.grammar import refusal
from projects.diagrams.mermaid import er_diagrams
from projects.models import DraftDesign, Feature, Revision
from projects.snapshot.current import Digested, current_design, stamp
from projects.workflow.steps import STEPS


@dataclass(frozen=True)
class StepProgress:
    slug: str
    state: StepState
    errors: int = 0
    warnings: int = 0
    advice: int = 0

    @property
    def mark(self) -> str:
        """What stands for the step where only one mark fits: the worst finding, or else how far it is."""
        return "error" if self.errors else "warning" if self.warnings else self.state.value


@dataclass(frozen=True)
class Overview:
    steps: tuple[StepProgress, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        return tuple(step.mark for step in self.steps)

    @property
    def complete(self) -> int:
        return sum(step.state is StepState.COMPLETE and not step.errors for step in self.steps)

    @property
    def errors(self) -> int:
        return sum(step.errors for step in self.steps)

    @property
    def warnings(self) -> int:
        return sum(step.warnings for step in self.steps)

    @property
    def advice(self) -> int:
        return sum(step.advice for step in self.steps)

    def next_step(self) -> str:
        """The slug of the first step that is not complete."""
        return next((step.slug for step in self.steps if step.state is not StepState.COMPLETE), self.steps[-1].slug)


@lru_cache(maxsize=64)
def report_of(digested: Digested) -> Report:
    """What the checks say. No rule of today reads the time; one that did would need it in this cache's key."""
    return run(digested.design, CheckConfig(), timezone.now())


def findings_of(digested: Digested) -> tuple[Finding, ...]:
    return report_of(digested).findings


def findings_frozen_with(revision: Revision) -> tuple[Finding, ...]:
    """What the checks said when the revision was submitted, by the rules of that time."""
    return tuple(
        Finding(
            rule=each["rule"],
            severity=Severity(each["severity"]),
            uid=UUID(each["uid"]) if each["uid"] else None,
            path=each["path"],
            message=each["message"],
            remedy=each["remedy"],
            step=each["step"],
            field_name=each["field"],
        )
        for each in revision.findings
    )


@lru_cache(maxsize=32)
def evidence_of(digested: Digested) -> tuple[Evidence, ...]:
    """What the design says itself on each item of the checklist."""
    refusals = (refusal(drawn.text) for drawn in er_diagrams(digested.design))
    return evidence(digested.design, report_of(digested), next((why for why in refusals if why), ""))


@lru_cache(maxsize=128)
def completeness_of(digested: Digested, step: StepName) -> StepCompleteness:
    """What the step asks for, and what of it is missing."""
    return completeness(digested.design, step)


@lru_cache(maxsize=64)
def overview_of(digested: Digested) -> Overview:
    counted: Counter[tuple[str, Severity]] = Counter((each.step, each.severity) for each in findings_of(digested))
    return Overview(
        tuple(
            StepProgress(
                step.slug,
                step.progress(digested.design),
                errors=counted[step.slug, Severity.ERROR],
                warnings=counted[step.slug, Severity.WARNING],
                advice=counted[step.slug, Severity.ADVICE],
            )
            for step in STEPS
        )
    )


def overview(feature: Feature) -> Overview:
    """The overview as kept with the draft, computed if the draft changed since; for lists of features."""
    draft = getattr(feature, "draft_design", None)
    if draft is not None and draft.stamp == stamp(feature) and draft.overview:
        return _from_plain(draft.overview)
    return keep_overview(feature, current_design(feature))


def keep_overview(feature: Feature, digested: Digested) -> Overview:
    computed = overview_of(digested)
    plain = [[step.slug, step.state, step.errors, step.warnings, step.advice] for step in computed.steps]
    DraftDesign.objects.filter(feature=feature, digest=digested.digest).update(overview=plain)
    return computed


def _from_plain(plain: list[list[Any]]) -> Overview:
    return Overview(tuple(StepProgress(slug, StepState(state), *counts) for slug, state, *counts in plain))
