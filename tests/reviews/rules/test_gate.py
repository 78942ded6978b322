"""The gate: each requirement in words, with who can act; and the state that follows from it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from projects.design.checklist import CHECKLIST
from projects.design.vocabulary import DesignState, Role, Severity
from reviews.rules.facts import (
    AssignmentFact,
    DecisionFact,
    FindingFact,
    ReviewFacts,
    ThreadFact,
    VerdictFact,
    WaiverFact,
)
from reviews.rules.gate import Requirement, gate, is_open
from reviews.rules.signing import missing
from reviews.rules.states import becomes_approved, derive_state
from reviews.rules.terms import DecisionKind, Ended, RequirementState, ThreadState, Verdict
from tests.factories import NOON

OWNER, ARCHITECT, REVIEWER, SECOND = 1, 2, 3, 4
MET, UNMET, ERROR = RequirementState.SATISFIED, RequirementState.UNSATISFIED, RequirementState.ERROR
OVERRIDDEN = RequirementState.OVERRIDDEN


def verdict(person: int, item: int, given: Verdict = Verdict.PASS, **more: object) -> VerdictFact:
    return VerdictFact(100 * person + item, item, person, given, "", NOON, **more)


def decided(person: int, kind: DecisionKind = DecisionKind.APPROVE, **more: object) -> DecisionFact:
    said = {"pk": person, "revision": 2, "roles": "Reviewer", "meaning": "", "comment": "", "digest": "d"} | more
    return DecisionFact(reviewer=person, kind=kind, decided_at=NOON, **said)


def finding(severity: Severity, waiver: WaiverFact | None = None) -> FindingFact:
    return FindingFact(
        "DM-1", severity, "orders", "orders has no key.", "Give it one.", "data-model", None, "s", waiver
    )


WAIVER = WaiverFact(1, "A pilot", "Olu", NOON, item=6, expires_on=date(2026, 12, 1))
SIGNED = (decided(REVIEWER), decided(SECOND))
JUDGED = tuple(verdict(person, item.number) for person in (REVIEWER, SECOND) for item in CHECKLIST)

READY = ReviewFacts(
    revision=2,
    digest="d",
    is_head=True,
    is_withdrawn=False,
    approved_at=None,
    today=NOON.date(),
    contributors=frozenset({ARCHITECT}),
    members={
        OWNER: frozenset({Role.OWNER}),
        ARCHITECT: frozenset({Role.ARCHITECT}),
        REVIEWER: frozenset({Role.REVIEWER}),
        SECOND: frozenset({Role.REVIEWER}),
    },
    names={OWNER: "Olu", ARCHITECT: "Ada", REVIEWER: "Rui", SECOND: "Sena"},
    required_approvals=2,
    is_solo=False,
    verdicts=JUDGED,
    decisions=SIGNED,
)


def facts(**other: object) -> ReviewFacts:
    return replace(READY, **other)


def found(key: str, **other: object) -> Requirement:
    return next(each for each in gate(facts(**other)) if each.key == key)


def without(*people: int) -> dict[int, frozenset[Role]]:
    return {person: roles for person, roles in READY.members.items() if person not in people}


def test_all_met_is_open() -> None:
    assert is_open(gate(READY))
    assert becomes_approved(READY)
    assert [each.sentence for each in gate(READY)] == [
        "r2 is the newest revision.",
        "No reviewer is required by name.",
        "2 of 2 approvals: Rui and Sena signed.",
        "No request for changes stands.",
        "All 27 items are decided.",
        "No blocking thread is open.",
        "The findings hold no error.",
    ]


REQUEST = decided(REVIEWER, DecisionKind.REQUEST_CHANGES)
OLDER = decided(REVIEWER, DecisionKind.REQUEST_CHANGES, revision=1)
REVOKED = decided(REVIEWER, ended=Ended.REVOKED)
EARLIER = decided(REVIEWER, pk=9, revision=1, ended=Ended.REVOKED, ended_at=NOON, ended_reason="The key\nis wrong.")
ASKED = (AssignmentFact(REVIEWER, True, NOON),)
THREAD = ThreadFact(uuid4(), "refunds.amount", SECOND, True, ThreadState.ADDRESSED)
FAILED = (*JUDGED, verdict(OWNER, 21, Verdict.FAIL))

CASES = [
    ("head", {"is_withdrawn": True}, UNMET, "r2 was withdrawn.", {OWNER, ARCHITECT}),
    ("head", {"is_head": False}, UNMET, "A newer revision than r2 was submitted.", set()),
    ("required-reviewers", {"assignments": ASKED}, MET, "Every required reviewer has decided.", set()),
    (
        "required-reviewers",
        {"assignments": ASKED, "decisions": ()},
        *(UNMET, "Rui must decide and has not yet.", {REVIEWER}),
    ),
    (
        "required-reviewers",
        {"assignments": ASKED, "members": without(REVIEWER)},
        *(ERROR, "Rui must decide, and cannot: no reviewer here any more, or a contributor.", {OWNER}),
    ),
    ("approvals", {"decisions": SIGNED[:1]}, UNMET, "1 of 2 approvals given.", {OWNER, SECOND}),
    (
        "approvals",
        {"contributors": frozenset({OWNER, ARCHITECT, REVIEWER})},
        *(ERROR, "1 of 2 approvals, and only 1 may approve", {OWNER}),
    ),
    ("objections", {"decisions": (REQUEST,)}, UNMET, "Rui requested changes on r2.", {OWNER, REVIEWER}),
    ("objections", {"decisions": (OLDER, *SIGNED[1:])}, UNMET, "Rui requested changes on r1.", {OWNER, REVIEWER}),
    ("objections", {"decisions": (REVOKED,)}, UNMET, "Rui revoked the sign-off on r2.", {OWNER, REVIEWER}),
    (
        *("objections", {"decisions": (EARLIER, SIGNED[1])}, UNMET),
        *("Rui revoked the sign-off on r1 (The key is wrong).", {OWNER, REVIEWER}),
    ),
    ("objections", {"decisions": (EARLIER, *SIGNED)}, MET, "No request for changes stands.", set()),
    (
        "objections",
        {"decisions": (replace(EARLIER, ended_at=NOON + timedelta(1)), *SIGNED)},
        *(UNMET, "Rui revoked the sign-off on r1", {OWNER, REVIEWER}),
    ),
    (
        "objections",
        {"decisions": (REQUEST,), "contributors": frozenset({OWNER})},
        *(UNMET, "Rui requested changes on r2.", {REVIEWER}),
    ),
    (
        "objections",
        {"decisions": (replace(REQUEST, ended=Ended.DISMISSED),)},
        *(OVERRIDDEN, "No request for changes stands.", set()),
    ),
    ("objections", {"decisions": (replace(REQUEST, ended=Ended.CLEARED),)}, MET, "No request for changes", set()),
    ("items", {"verdicts": FAILED}, UNMET, "Checklist: item 21 fails.", {OWNER, REVIEWER, SECOND}),
    (
        "items",
        {"verdicts": tuple(each for each in JUDGED if each.item not in (4, 6))},
        *(UNMET, "Checklist: items 4, 6 have no verdict.", {OWNER, REVIEWER, SECOND}),
    ),
    ("items", {"waivers": (WAIVER,)}, OVERRIDDEN, "All 27 items are decided, 1 of them by a waiver.", set()),
    ("threads", {"threads": (THREAD,)}, UNMET, "1 blocking thread is open: refunds.amount.", {OWNER, SECOND}),
    ("findings", {"findings": (finding(Severity.WARNING),)}, MET, "The findings hold no error.", set()),
    (
        "findings",
        {"findings": (finding(Severity.ERROR),)},
        *(UNMET, "1 error stands in the findings: orders has no key.", {OWNER, ARCHITECT}),
    ),
    ("findings", {"findings": (finding(Severity.ERROR, WAIVER),)}, OVERRIDDEN, "1 waived, no other error.", set()),
]


@pytest.mark.parametrize(("key", "other", "state", "sentence", "people"), CASES)
def test_each_requirement_in_words(
    key: str, other: dict[str, object], state: RequirementState, sentence: str, people: set[int]
) -> None:
    requirement = found(key, **other)
    assert requirement.state is state
    assert requirement.sentence.startswith(sentence)
    assert requirement.people == people
    assert bool(requirement.who) == bool(people)
    assert becomes_approved(facts(**other)) == is_open(gate(facts(**other)))


def test_a_fail_of_somebody_who_left_still_fails() -> None:
    assert found("items", verdicts=(*JUDGED, verdict(9, 21, Verdict.FAIL))).state is UNMET


def test_verdicts_of_contributors_do_not_count() -> None:
    assert found("items", contributors=frozenset({REVIEWER, SECOND})).sentence.endswith("27 items have no verdict.")


def test_a_waiver_holds_until_the_end_of_its_day() -> None:
    fails = {"verdicts": (*JUDGED, verdict(OWNER, 6, Verdict.FAIL)), "waivers": (WAIVER,)}
    assert found("items", **fails, today=date(2026, 12, 1)).state is OVERRIDDEN
    assert found("items", **fails, today=date(2026, 12, 2)).state is UNMET


@pytest.mark.parametrize(
    ("other", "state"),
    [
        ({}, DesignState.IN_REVIEW),
        ({"decisions": (REQUEST,)}, DesignState.CHANGES_REQUESTED),
        ({"decisions": (OLDER,)}, DesignState.IN_REVIEW),
        ({"decisions": (REVOKED,)}, DesignState.IN_REVIEW),
        ({"decisions": (EARLIER,)}, DesignState.IN_REVIEW),
        ({"is_withdrawn": True, "decisions": (REQUEST,)}, DesignState.WITHDRAWN),
        ({"is_head": False}, DesignState.SUPERSEDED),
        ({"approved_at": NOON, "is_head": False, "decisions": ()}, DesignState.APPROVED),
    ],
)
def test_the_state_follows(other: dict[str, object], state: DesignState) -> None:
    assert derive_state(facts(**other)) is state


def test_one_person_signs_alone_in_solo_mode_only() -> None:
    alone = {"members": {ARCHITECT: frozenset({Role.OWNER})}, "is_solo": True, "required_approvals": 1}
    own = tuple(verdict(ARCHITECT, item.number) for item in CHECKLIST)
    assert becomes_approved(facts(**alone, verdicts=own, decisions=(decided(ARCHITECT),)))
    assert not becomes_approved(facts(**alone | {"is_solo": False}, verdicts=own, decisions=(decided(ARCHITECT),)))


def test_what_is_missing_for_a_signature_counts_drafts_and_waivers() -> None:
    given = tuple(verdict(REVIEWER, item.number) for item in CHECKLIST if item.number not in (4, 6, 21))
    carried = verdict(REVIEWER, 21, Verdict.FAIL, carried_from=1)
    judged = facts(verdicts=(*given, carried))
    assert missing(judged, REVIEWER).sentence == (
        "To sign: decide 2 items (4, 6), and change your fail on item 21 or ask an owner to waive it."
    )
    assert missing(judged, REVIEWER).in_short == "To sign: 2 items to decide, 1 fails."
    drafts = {4: Verdict.PASS, 6: Verdict.FAIL, 21: Verdict.PASS, 7: Verdict.NONE}
    left = missing(judged, REVIEWER, drafts)
    assert (left.undecided, left.failed) == ((7,), (6,))
    assert missing(replace(judged, waivers=(WAIVER,)), REVIEWER, drafts).failed == ()
    assert not missing(replace(judged, waivers=(WAIVER,)), REVIEWER, {4: Verdict.PASS, 21: Verdict.NOT_APPLICABLE})
