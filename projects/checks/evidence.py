"""What the design itself says on each item of the checklist, for the people who give the verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass

from projects.checks.completeness import Answer, answers_on_item
from projects.checks.finding import Finding, Report, Undecided
from projects.checks.passed import passed_because
from projects.checks.readings import (
    FAIL,
    JUDGEMENT,
    NOT_APPLICABLE,
    PASS,
    READINGS,
    EvidenceState,
    Reading,
)
from projects.design.checklist import ITEM_BY_NUMBER
from projects.design.tree import Design

# The one item that a picture of the design decides, which is not drawn here.
DIAGRAM_ITEM = 15


@dataclass(frozen=True)
class Evidence:
    """The state of one item, why, and what it rests on: findings, places that need judgement, missing answers."""

    number: int
    state: EvidenceState
    reason: str
    findings: tuple[Finding, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    missing: tuple[Answer, ...] = ()


def evidence(design: Design, report: Report, diagram_refusal: str | None = None) -> tuple[Evidence, ...]:
    """The evidence on all 27 items, in their order.

    `report` is that of the same design. `diagram_refusal` says why Mermaid refuses the diagram of the design, and is
    empty if it takes it; without it item 15 is left to people. So is what a rule that is off would decide.
    """
    return tuple(_read(reading, design, report, diagram_refusal) for reading in READINGS)


def _read(reading: Reading, design: Design, report: Report, diagram_refusal: str | None) -> Evidence:
    deciding, bearing = set(reading.deciding), set(reading.bearing)
    failures = tuple(finding for finding in report.findings if finding.rule in deciding)
    hints = tuple(finding for finding in report.findings if finding.rule in bearing)
    undecided = tuple(question for question in report.undecided if question.rule in deciding | bearing)
    missing = tuple(answer for answer in answers_on_item(design, reading.number) if not answer.is_given)
    if not failures and (reason := _exempted(design, reading.number)):
        return Evidence(reading.number, NOT_APPLICABLE, reason)
    state, reason = _state(reading, design, failures, missing)
    if state is PASS and reading.number == DIAGRAM_ITEM:
        state, reason = _of_diagram(diagram_refusal)
    if state is PASS:
        state, reason = _doubts(hints, undecided, report.off & deciding) or (PASS, reason)
    return Evidence(reading.number, state, reason, failures + hints, undecided, missing)


def _exempted(design: Design, number: int) -> str:
    """Why the step of the item does not apply; empty if it does."""
    exemption = design.exemption_by_step.get(ITEM_BY_NUMBER[number].step)
    return exemption.reason.strip() if exemption else ""


def _state(
    reading: Reading, design: Design, failures: tuple[Finding, ...], missing: tuple[Answer, ...]
) -> tuple[EvidenceState, str]:
    if failures:
        return FAIL, _counted(failures, "finding says", "findings say") + " that this does not hold."
    basis = reading.basis(design)
    if basis and basis[0] is NOT_APPLICABLE:
        return basis
    if missing and reading.answers_decide:
        return FAIL, f"Missing: {'; '.join(answer.text for answer in missing)}."
    if basis:
        return basis
    if missing:
        return JUDGEMENT, f"Not said: {'; '.join(answer.text for answer in missing)}."
    if reading.open_because:
        return JUDGEMENT, reading.open_because
    return PASS, passed_because(design, reading.number)


def _of_diagram(refusal: str | None) -> tuple[EvidenceState, str]:
    if refusal is None:
        return JUDGEMENT, "Nobody has asked yet whether Mermaid takes the diagram."
    return (FAIL, refusal) if refusal else (PASS, "")


def _doubts(
    hints: tuple[Finding, ...], undecided: tuple[Undecided, ...], off: frozenset[str]
) -> tuple[EvidenceState, str] | None:
    if off:
        return JUDGEMENT, f"The project has turned off {', '.join(sorted(off))}."
    if undecided:
        return JUDGEMENT, _counted(undecided, "place needs", "places need") + " a person's judgement."
    if hints:
        return JUDGEMENT, _counted(hints, "finding bears", "findings bear") + " on this."
    return None


def _counted(things: Sequence[object], one: str, several: str) -> str:
    return f"{len(things)} {one if len(things) == 1 else several}"
