"""What the verdicts on an item add up to, and what one person still has to say."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from projects.design.vocabulary import Role
from reviews.rules.facts import ReviewFacts, VerdictFact, WaiverFact
from reviews.rules.items import failed_by, item_state, undecided_by
from reviews.rules.terms import ItemState, Verdict
from reviews.rules.verdicts import says_the_same, why_incomplete

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
OWNER, REVIEWER, AUTHOR, LEFT = 1, 2, 3, 4
PASS, FAIL, NONE, NA = Verdict.PASS, Verdict.FAIL, Verdict.NONE, Verdict.NOT_APPLICABLE
EMPTY = ReviewFacts(
    revision=2,
    digest="",
    is_head=True,
    is_withdrawn=False,
    approved_at=None,
    today=date(2026, 11, 20),
    contributors=frozenset({AUTHOR}),
    members={
        OWNER: frozenset({Role.OWNER}),
        REVIEWER: frozenset({Role.REVIEWER}),
        AUTHOR: frozenset({Role.REVIEWER, Role.ARCHITECT}),
    },
    names={},
    required_approvals=2,
    is_solo=False,
)


def said(person: int, verdict: Verdict, **more: object) -> VerdictFact:
    return VerdictFact(pk=person, item=6, reviewer=person, verdict=verdict, comment="", given_at=NOON, **more)


def facts(*verdicts: VerdictFact, **more: object) -> ReviewFacts:
    return replace(EMPTY, verdicts=verdicts, **more)


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [
        ((), ItemState.OPEN),
        ((said(REVIEWER, PASS),), ItemState.PASSED),
        ((said(REVIEWER, NA),), ItemState.NOT_APPLICABLE),
        ((said(REVIEWER, NA), said(OWNER, PASS)), ItemState.PASSED),
        ((said(REVIEWER, FAIL), said(OWNER, PASS)), ItemState.FAILED),
        ((said(REVIEWER, NONE),), ItemState.OPEN),
        # Who wrote the design does not pass it, and may well fail it.
        ((said(AUTHOR, PASS),), ItemState.OPEN),
        ((said(AUTHOR, FAIL), said(OWNER, PASS)), ItemState.FAILED),
        # Who left the project leaves no pass behind; a fail is dismissed with a reason, and never just vanishes.
        ((said(LEFT, PASS),), ItemState.OPEN),
        ((said(LEFT, FAIL), said(OWNER, PASS)), ItemState.FAILED),
        ((said(LEFT, FAIL, dismissed="Beside the point."), said(OWNER, PASS)), ItemState.PASSED),
        ((said(REVIEWER, PASS, carried_from=1),), ItemState.PASSED),
    ],
)
def test_verdicts_add_up(verdicts: tuple[VerdictFact, ...], state: ItemState) -> None:
    assert item_state(facts(*verdicts), 6) is state


@pytest.mark.parametrize(("until", "state"), [(20, ItemState.WAIVED), (19, ItemState.FAILED)])
def test_a_waiver_lasts_through_its_last_day(until: int, state: ItemState) -> None:
    waiver = WaiverFact(1, "Next quarter.", "Olu", NOON, item=6, expires_on=date(2026, 11, until))
    assert item_state(facts(said(REVIEWER, FAIL), waivers=(waiver,)), 6) is state


def test_carried_verdicts_are_confirmed_before_one_has_decided() -> None:
    assert 6 in undecided_by(facts(said(REVIEWER, PASS, carried_from=1)), REVIEWER)
    assert 6 not in undecided_by(facts(said(REVIEWER, PASS, carried_from=1, is_confirmed=True)), REVIEWER)
    assert 6 in undecided_by(facts(said(OWNER, PASS)), REVIEWER)
    assert failed_by(facts(said(REVIEWER, FAIL)), REVIEWER) == (6,)


@pytest.mark.parametrize(
    ("verdict", "comment", "lacks"),
    [
        (PASS, "", ""),
        (FAIL, "  ", "A fail needs a comment"),
        (FAIL, "No index.", ""),
        (NA, "", "needs a reason"),
        (NONE, "I wonder.", "Choose a verdict"),
    ],
)
def test_what_a_draft_lacks(verdict: Verdict, comment: str, lacks: str) -> None:
    why = why_incomplete(verdict, comment, None)
    assert lacks in why
    assert bool(why) == bool(lacks)


def test_taking_a_verdict_back_needs_no_words() -> None:
    assert why_incomplete(NONE, "", said(REVIEWER, PASS)) == ""
    assert not says_the_same(NONE, "", said(REVIEWER, PASS))
    assert says_the_same(PASS, "", said(REVIEWER, PASS))
    assert says_the_same(NONE, "", None)
