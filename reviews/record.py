"""The ReviewRecord of a revision: what its documents say of its review."""

from collections.abc import Iterator

from projects.design.checklist import CHECKLIST
from projects.design.review_record import ItemLine, ReviewRecord, SignOffLine, WaiverLine
from projects.models import Revision
from reviews.rules.facts import DecisionFact, ReviewFacts, VerdictFact
from reviews.rules.items import item_state
from reviews.rules.states import derive_state
from reviews.rules.terms import ItemState

PASSING = (ItemState.PASSED, ItemState.NOT_APPLICABLE, ItemState.WAIVED)


def record_of(revision: Revision, facts: ReviewFacts, superseded_by: int | None = None) -> ReviewRecord:
    """`facts` are those of the same revision."""
    return ReviewRecord(
        state=derive_state(facts),
        revision=revision.number,
        digest=revision.digest,
        authors=tuple(sorted(revision.contributors.values())),
        approved_by=tuple(sorted(each.reviewer_name for each in facts.approvals)),
        changed_at=revision.submitted_at,
        items=tuple(_items(facts)),
        sign_offs=tuple(_sign_off(each) for each in facts.decisions),
        waivers=tuple(_waivers(facts)),
        superseded_by=superseded_by,
        is_self_approved=any(each.is_self_approval for each in facts.approvals),
    )


def _items(facts: ReviewFacts) -> Iterator[ItemLine]:
    for item in CHECKLIST:
        state = item_state(facts, item.number)
        given = [each for each in facts.verdicts_by_item.get(item.number, ()) if each.verdict != "none"]
        notes = [_words(each) for each in given]
        if waiver := facts.waiver_by_item.get(item.number):
            notes.insert(0, f"Waived by {waiver.by} until {waiver.expires_on}: {waiver.reason}")
        yield ItemLine(item=item.number, verdict=state.label, is_passed=state in PASSING, note="; ".join(notes))


def _words(verdict: VerdictFact) -> str:
    said = f"{verdict.reviewer_name}: {verdict.verdict.label}"
    if verdict.carried_from:
        said += f" (carried from r{verdict.carried_from}{', confirmed' if verdict.is_confirmed else ''})"
    if verdict.comment:
        said += f", {verdict.comment}"
    if verdict.dismissed:
        said += f" (dismissed by {verdict.dismissed_by}: {verdict.dismissed})"
    return said


def _sign_off(decision: DecisionFact) -> SignOffLine:
    return SignOffLine(
        reviewer=decision.reviewer_name,
        decision=decision.kind.label,
        revision=decision.revision,
        decided_at=decision.decided_at,
        comment=decision.comment,
        role=decision.roles,
        meaning=decision.meaning,
        digest=decision.digest,
        is_self_approval=decision.is_self_approval,
        ended=_ending(decision),
    )


def _ending(decision: DecisionFact) -> str:
    if decision.ended is None or decision.ended_at is None:
        return ""
    said = f"{decision.ended.label} by {decision.ended_by} on {decision.ended_at:%Y-%m-%d %H:%M} UTC"
    return f"{said}: {decision.ended_reason}" if decision.ended_reason else said


def _waivers(facts: ReviewFacts) -> Iterator[WaiverLine]:
    for waiver in facts.waiver_by_item.values():
        yield WaiverLine(
            what=f"Item {waiver.item}", reason=waiver.reason, by=waiver.by, at=waiver.at, expires_on=waiver.expires_on
        )
    for finding in facts.findings:
        if finding.waiver:
            what = f"{finding.path}: {finding.message}"
            yield WaiverLine(what=what, reason=finding.waiver.reason, by=finding.waiver.by, at=finding.waiver.at)
