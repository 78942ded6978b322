"""Whose turn it is: each rule, on facts alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from projects.design.checklist import CHECKLIST
from projects.design.vocabulary import Role
from reviews.rules.clock import days_between, in_days, weekdays_later
from reviews.rules.facts import AssignmentFact, DecisionFact, ReviewFacts, ThreadFact, VerdictFact, WaiverFact
from reviews.rules.terms import DecisionKind, Ended, ThreadState, Verdict
from reviews.rules.turns import Submitted, turns

OWNER, ARCHITECT, OTHER_ARCHITECT, REVIEWER, SECOND, VIEWER, GONE = range(1, 8)
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
SUBMITTED = Submitted(at=MONDAY, by=ARCHITECT)
FACTS = ReviewFacts(
    revision=2,
    digest="d2",
    is_head=True,
    is_withdrawn=False,
    approved_at=None,
    today=date(2026, 11, 18),
    contributors=frozenset({ARCHITECT}),
    members={
        OWNER: frozenset({Role.OWNER}),
        ARCHITECT: frozenset({Role.ARCHITECT}),
        OTHER_ARCHITECT: frozenset({Role.ARCHITECT}),
        REVIEWER: frozenset({Role.REVIEWER}),
        SECOND: frozenset({Role.REVIEWER}),
        VIEWER: frozenset({Role.VIEWER}),
    },
    names={OWNER: "Olu", ARCHITECT: "Ada", REVIEWER: "Rui", SECOND: "Sena", GONE: "Gil"},
    required_approvals=2,
    is_solo=False,
    assignments=(AssignmentFact(REVIEWER, False, MONDAY), AssignmentFact(SECOND, False, MONDAY)),
)


def decision(person: int, kind: DecisionKind, revision: int = 2, **details: Any) -> DecisionFact:
    at = TUESDAY if revision == 2 else MONDAY - timedelta(days=3)
    return DecisionFact(1, revision, person, kind, "", "", "", "", at, **details)


def verdict(person: int, item: int, given: Verdict = Verdict.PASS, **details: Any) -> VerdictFact:
    return VerdictFact(item, item, person, given, "", TUESDAY, **details)


def thread(state: ThreadState, opened_by: int = REVIEWER) -> ThreadFact:
    return ThreadFact(UUID(int=1), "refunds.amount", opened_by, True, state, TUESDAY)


def everything(*people: int) -> tuple[VerdictFact, ...]:
    return tuple(verdict(person, item.number) for person in people for item in CHECKLIST)


SIGNED = (decision(REVIEWER, DecisionKind.APPROVE), decision(SECOND, DecisionKind.APPROVE))


def sentences(facts: ReviewFacts, submitted: Submitted = SUBMITTED) -> dict[int, str]:
    said: dict[int, str] = {}
    for each in turns(facts, submitted):
        said[each.person] = f"{said.get(each.person, '')} {each.sentence}".strip()
    return said


def test_those_asked_are_awaited_from_when_they_were_asked() -> None:
    later = replace(FACTS, assignments=(AssignmentFact(REVIEWER, True, WEDNESDAY), FACTS.assignments[1]))
    found = turns(later, SUBMITTED)
    assert [(each.person, each.since) for each in found] == [(REVIEWER, WEDNESDAY), (SECOND, MONDAY)]
    assert found[0].sentence == "Your decision on r2 is required: 27 items wait for your verdict."
    assert found[1].sentence == "You are asked to review r2: 27 items wait for your verdict."


def test_who_has_decided_is_not_asked() -> None:
    assert set(sentences(replace(FACTS, decisions=SIGNED[:1]))) == {SECOND}


def test_nobody_is_asked_once_enough_have_signed() -> None:
    """But for who is required by name."""
    asked = (*FACTS.assignments, AssignmentFact(OWNER, False, MONDAY))
    enough = replace(FACTS, assignments=asked, decisions=SIGNED, verdicts=everything(REVIEWER, SECOND))
    assert sentences(enough) == {}
    required = replace(enough, assignments=(*FACTS.assignments, AssignmentFact(OWNER, True, MONDAY)))
    assert set(sentences(required)) == {OWNER}


def test_where_too_few_are_asked_everybody_who_may_decide_is() -> None:
    few = sentences(replace(FACTS, assignments=FACTS.assignments[:1]))
    assert set(few) == {OWNER, REVIEWER, SECOND}
    assert "too few people are asked" in few[OWNER]


def test_changes_requested_is_the_turn_of_who_answers_for_the_design() -> None:
    changes = replace(FACTS, decisions=(decision(REVIEWER, DecisionKind.REQUEST_CHANGES),))
    assert sentences(changes) == {ARCHITECT: "Rui requested changes on r2."}
    assert set(sentences(changes, replace(SUBMITTED, owner=OTHER_ARCHITECT))) == {ARCHITECT, OTHER_ARCHITECT}
    assert set(sentences(changes, replace(SUBMITTED, by=GONE))) == {ARCHITECT}
    nobody_left = replace(changes, contributors=frozenset({GONE}))
    assert set(sentences(nobody_left, replace(SUBMITTED, by=GONE))) == {ARCHITECT, OTHER_ARCHITECT}


def test_an_objector_looks_at_the_next_revision() -> None:
    earlier = replace(FACTS, decisions=(decision(REVIEWER, DecisionKind.REQUEST_CHANGES, revision=1),))
    found = next(each for each in turns(earlier, SUBMITTED) if each.person == REVIEWER)
    assert found.sentence == "You requested changes on r1, and r2 came since: decide anew."
    assert found.since == MONDAY
    assert "You are asked" not in sentences(earlier)[REVIEWER]


def test_who_revoked_decides_anew() -> None:
    revoked = decision(REVIEWER, DecisionKind.APPROVE, ended=Ended.REVOKED, ended_at=WEDNESDAY)
    found = turns(replace(FACTS, decisions=(revoked, SIGNED[1])), SUBMITTED)
    assert [(each.person, each.since) for each in found] == [(REVIEWER, WEDNESDAY)]
    assert "You revoked your sign-off on r2" in found[0].sentence
    earlier = replace(revoked, revision=1, ended_reason="The key is wrong.")
    told = sentences(replace(FACTS, decisions=(earlier, SIGNED[1])))
    assert told == {REVIEWER: "You revoked your sign-off on r1, and r2 came since: decide anew."}


def test_who_revoked_and_wrote_since_leaves_it_to_the_owners() -> None:
    revoked = decision(REVIEWER, DecisionKind.APPROVE, revision=1, ended=Ended.REVOKED, ended_at=TUESDAY)
    revoked = replace(revoked, ended_reason="The key is wrong.")
    told = sentences(replace(FACTS, decisions=(revoked, SIGNED[1]), contributors=frozenset({ARCHITECT, REVIEWER})))
    assert REVIEWER not in told
    assert "Rui revoked the sign-off on r1 (The key is wrong) and cannot take it back" in told[OWNER]


def test_what_an_absent_person_holds_up_is_the_owners() -> None:
    left = sentences(
        replace(
            FACTS,
            decisions=(decision(GONE, DecisionKind.REQUEST_CHANGES, revision=1),),
            verdicts=(verdict(GONE, 6, Verdict.FAIL, carried_from=1),),
            threads=(thread(ThreadState.ADDRESSED, opened_by=GONE),),
        )
    )
    assert "Gil requested changes on r1 and cannot take it back" in left[OWNER]
    assert "Gil failed item 6 and cannot take it back" in left[OWNER]
    assert "refunds.amount: Gil cannot resolve it" in left[OWNER]


def test_threads_go_to_and_fro() -> None:
    assert sentences(replace(FACTS, threads=(thread(ThreadState.OPEN),)))[ARCHITECT] == (
        "1 blocking thread is open: refunds.amount."
    )
    addressed = sentences(replace(FACTS, threads=(thread(ThreadState.ADDRESSED),)))
    assert ARCHITECT not in addressed
    assert "Your blocking thread is marked addressed: refunds.amount." in addressed[REVIEWER]
    assert sentences(replace(FACTS, threads=(thread(ThreadState.RESOLVED),))) == sentences(FACTS)


def test_a_carried_fail_is_its_authors_and_a_new_one_the_architects() -> None:
    carried = sentences(replace(FACTS, verdicts=(verdict(REVIEWER, 6, Verdict.FAIL, carried_from=1),)))
    assert "Your fail on item 6 came along to r2" in carried[REVIEWER]
    assert ARCHITECT not in carried
    new = sentences(replace(FACTS, verdicts=(verdict(REVIEWER, 6, Verdict.FAIL),)))
    assert new[ARCHITECT] == "Item 6 fails on r2, says Rui."
    assert "came along" not in new[REVIEWER]


def test_a_dismissed_or_waived_fail_waits_for_nobody() -> None:
    dismissed = replace(FACTS, verdicts=(verdict(REVIEWER, 6, Verdict.FAIL, carried_from=1, dismissed="No"),))
    waived = replace(
        FACTS,
        verdicts=(verdict(REVIEWER, 6, Verdict.FAIL),),
        waivers=(WaiverFact(1, "Later", "Olu", MONDAY, item=6, expires_on=date(2027, 1, 1)),),
    )
    assert set(sentences(dismissed)) == set(sentences(waived)) == {REVIEWER, SECOND}


def test_an_expired_waiver_and_a_rule_that_cannot_be_met_are_the_owners() -> None:
    expired = WaiverFact(1, "Later", "Olu", MONDAY, item=6, expires_on=date(2026, 11, 17))
    found = [each for each in turns(replace(FACTS, waivers=(expired,)), SUBMITTED) if each.person == OWNER]
    assert [each.since for each in found] == [datetime(2026, 11, 18, tzinfo=UTC)]
    assert "The waiver of item 6 expired on 2026-11-17" in found[0].sentence
    assert "cannot be approved: 0 of 4 approvals" in sentences(replace(FACTS, required_approvals=4))[OWNER]


def test_an_item_that_lost_its_waiver_after_the_signatures_is_asked_for() -> None:
    verdicts = tuple(each for each in everything(REVIEWER, SECOND) if each.item != 6)
    found = sentences(replace(FACTS, decisions=SIGNED, verdicts=verdicts))
    assert found == dict.fromkeys((REVIEWER, SECOND), "Enough have signed r2, and item 6 lacks a verdict.")


@pytest.mark.parametrize("over", [{"approved_at": TUESDAY}, {"is_withdrawn": True}, {"is_head": False}])
def test_what_is_not_in_review_waits_for_nobody(over: dict[str, Any]) -> None:
    assert turns(replace(FACTS, **over), SUBMITTED) == ()


def test_weekends_do_not_count() -> None:
    zurich = ZoneInfo("Europe/Zurich")
    assert weekdays_later(MONDAY, 3, UTC) == MONDAY + timedelta(days=3)
    friday = MONDAY + timedelta(days=4)
    assert weekdays_later(friday, 3, UTC) == friday + timedelta(days=5)
    assert weekdays_later(friday + timedelta(days=1), 1, UTC) == MONDAY + timedelta(days=7)
    # Saturday there, when it is Friday night in UTC.
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert weekdays_later(late, 1, zurich) == late + timedelta(days=2)
    assert days_between(late, late + timedelta(hours=1), UTC) == 1
    assert [in_days(number) for number in (0, 1, 2)] == ["today", "1 day", "2 days"]
