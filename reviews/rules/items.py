"""What the verdicts on each item of the checklist add up to."""

from projects.design.checklist import CHECKLIST
from reviews.rules.eligibility import eligible
from reviews.rules.facts import ReviewFacts, VerdictFact
from reviews.rules.terms import ItemState, Verdict


def item_state(facts: ReviewFacts, item: int) -> ItemState:
    """Waived, else failed by any fail that nobody cleared, else open until somebody eligible gave a verdict.

    A fail counts whoever gave it, also of somebody who left: it is dismissed with a reason, and never just vanishes.
    What was approved keeps the verdicts it was approved with, whoever leaves later.
    """
    if item in facts.waiver_by_item:
        return ItemState.WAIVED
    given = [each for each in facts.verdicts_by_item.get(item, ()) if each.counts]
    if any(each.verdict is Verdict.FAIL for each in given):
        return ItemState.FAILED
    counted = [each for each in given if each.reviewer in eligible(facts)]
    if not counted and facts.approved_at:
        counted = given
    if not counted:
        return ItemState.OPEN
    is_passed = any(each.verdict is Verdict.PASS for each in counted)
    return ItemState.PASSED if is_passed else ItemState.NOT_APPLICABLE


def item_states(facts: ReviewFacts) -> dict[int, ItemState]:
    return {item.number: item_state(facts, item.number) for item in CHECKLIST}


def undecided_by(facts: ReviewFacts, person: int) -> tuple[int, ...]:
    """The items on which the person has to give or confirm a verdict before signing."""
    return tuple(
        item.number
        for item in CHECKLIST
        if item.number not in facts.waiver_by_item and not _is_decided(facts.verdict_of(person, item.number))
    )


def failed_by(facts: ReviewFacts, person: int) -> tuple[int, ...]:
    """The items that the person failed, and neither cleared nor saw dismissed or waived."""
    return tuple(
        each.item
        for each in facts.verdicts
        if each.reviewer == person
        and each.counts
        and each.verdict is Verdict.FAIL
        and each.item not in facts.waiver_by_item
    )


def _is_decided(verdict: VerdictFact | None) -> bool:
    return verdict is not None and verdict.is_own
