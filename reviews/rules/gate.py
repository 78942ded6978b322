"""What stands between a revision and its approval, as sentences, each with who can act.

The same list drives the pages, the command and its exit code.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from projects.design.diff.excerpts import shortened
from projects.design.vocabulary import Role, Severity
from reviews.rules.eligibility import eligible
from reviews.rules.facts import DecisionFact, ReviewFacts, names_of
from reviews.rules.items import item_states
from reviews.rules.terms import Ended, ItemState, RequirementState

SATISFIED, UNSATISFIED = RequirementState.SATISFIED, RequirementState.UNSATISFIED
PASSING = (RequirementState.SATISFIED, RequirementState.OVERRIDDEN, RequirementState.NOT_APPLICABLE)


@dataclass(frozen=True)
class Requirement:
    """`people` are the primary keys of those who can act, `who` says it in words; both empty once it is met. `named`
    are those of them with whose names `who` begins."""

    key: str
    state: RequirementState
    sentence: str
    people: frozenset[int] = frozenset()
    who: str = ""
    named: frozenset[int] = frozenset()

    @property
    def is_met(self) -> bool:
        return self.state in PASSING


def gate(facts: ReviewFacts) -> tuple[Requirement, ...]:
    return (
        _head(facts),
        _required_reviewers(facts),
        _approvals(facts),
        _objections(facts),
        _items(facts),
        _threads(facts),
        _findings(facts),
    )


def is_open(requirements: Iterable[Requirement]) -> bool:
    """Whether nothing stands in the way any more."""
    return all(each.is_met for each in requirements)


def _head(facts: ReviewFacts) -> Requirement:
    if facts.is_withdrawn:
        return _unmet("head", f"r{facts.revision} was withdrawn.", architects(facts), "an architect, by submitting")
    if not facts.is_head:
        return _unmet("head", f"A newer revision than r{facts.revision} was submitted.", frozenset(), "")
    return Requirement("head", SATISFIED, f"r{facts.revision} is the newest revision.")


def _required_reviewers(facts: ReviewFacts) -> Requirement:
    key = "required-reviewers"
    required = [each.reviewer for each in facts.assignments if each.is_required]
    if not required:
        return Requirement(key, RequirementState.NOT_APPLICABLE, "No reviewer is required by name.")
    able = eligible(facts)
    if gone := [person for person in required if person not in able]:
        sentence = f"{names_of(facts, gone)} must decide, and cannot: no reviewer here any more, or a contributor."
        who = "an owner, by taking them off the review"
        return Requirement(key, RequirementState.ERROR, sentence, owners(facts), who)
    decided = {each.reviewer for each in facts.approvals}
    decided |= {each.reviewer for each in facts.objections if facts.asks_for_changes(each)}
    if waiting := [person for person in required if person not in decided]:
        sentence = f"{names_of(facts, waiting)} must decide and {_has(waiting)} not yet."
        return _unmet(key, sentence, frozenset(waiting), names_of(facts, waiting), frozenset(waiting))
    return Requirement(key, SATISFIED, "Every required reviewer has decided.")


def _approvals(facts: ReviewFacts) -> Requirement:
    key, able = "approvals", eligible(facts)
    signed = {each.reviewer for each in facts.approvals} & able
    needed = facts.required_approvals
    if needed is None:
        sentence = f"No review covers r{facts.revision}, so it is not known how many approvals it needs."
        who = "an architect, by submitting a changed design"
        return Requirement(key, RequirementState.ERROR, sentence, architects(facts), who)
    counted = f"{len(signed)} of {needed} approvals"
    if len(signed) >= needed:
        return Requirement(key, SATISFIED, f"{counted}: {names_of(facts, signed)} signed.")
    left = able - signed
    if len(able) < needed:
        sentence = (
            f"{counted}, and only {len(able)} may approve: reviewers and owners who did not change the design. "
            "Somebody with the role Reviewer is missing."
        )
        return Requirement(key, RequirementState.ERROR, sentence, owners(facts), "an owner, by inviting a reviewer")
    return _unmet(key, f"{counted} given.", left, names_of(facts, left), left)


def _objections(facts: ReviewFacts) -> Requirement:
    key = "objections"
    if not facts.objections:
        dismissed = any(each.ended is Ended.DISMISSED for each in facts.decisions)
        state = RequirementState.OVERRIDDEN if dismissed else SATISFIED
        return Requirement(key, state, "No request for changes stands.")
    objectors = frozenset(each.reviewer for each in facts.objections)
    which = "; ".join(objection_in_words(facts, each) for each in facts.objections)
    who = f"{names_of(facts, objectors)} by deciding anew, or an owner by dismissing it with a reason"
    return _unmet(key, f"{which}.", objectors | able_owners(facts), who, objectors)


def objection_in_words(facts: ReviewFacts, objection: DecisionFact) -> str:
    """Like: Rui revoked the sign-off on r1 (the key is wrong). What a request asks for is listed with it."""
    did = "requested changes" if objection.stands else "revoked the sign-off"
    said = f"{facts.name(objection.reviewer)} {did} on r{objection.revision}"
    return f"{said} ({shortened(objection.ended_reason).rstrip('.')})" if objection.ended_reason else said


def _items(facts: ReviewFacts) -> Requirement:
    key, states = "items", item_states(facts)
    failed = [item for item, state in states.items() if state is ItemState.FAILED]
    undecided = [item for item, state in states.items() if state is ItemState.OPEN]
    waived = sum(state is ItemState.WAIVED for state in states.values())
    if failed or undecided:
        parts = [
            f"{_items_in_words(items)} {one if len(items) == 1 else several}"
            for items, one, several in ((failed, "fails", "fail"), (undecided, "has no verdict", "have no verdict"))
            if items
        ]
        able = eligible(facts)
        who = f"{names_of(facts, able)}" if able else "an owner, by inviting a reviewer"
        who += "; an owner can waive an item that fails" if failed else ""
        return _unmet(key, f"Checklist: {' and '.join(parts)}.", able, who, able)
    if waived:
        sentence = f"All 27 items are decided, {waived} of them by a waiver."
        return Requirement(key, RequirementState.OVERRIDDEN, sentence)
    return Requirement(key, SATISFIED, "All 27 items are decided.")


def _threads(facts: ReviewFacts) -> Requirement:
    blocking = facts.blocking_threads
    if not blocking:
        return Requirement("threads", SATISFIED, "No blocking thread is open.")
    openers = frozenset(each.opened_by for each in blocking)
    labels = ", ".join(each.label for each in blocking[:3])
    labels += f" and {len(blocking) - 3} more" if len(blocking) > 3 else ""
    number = "1 blocking thread is" if len(blocking) == 1 else f"{len(blocking)} blocking threads are"
    who = f"{names_of(facts, openers)}, or an owner with a reason"
    return _unmet("threads", f"{number} open: {labels}.", openers | owners(facts), who, openers)


def _findings(facts: ReviewFacts) -> Requirement:
    errors = [each for each in facts.findings if each.severity is Severity.ERROR]
    standing = [each for each in errors if each.waiver is None]
    if standing:
        number = "1 error stands" if len(standing) == 1 else f"{len(standing)} errors stand"
        who = "an architect, by mending the design and submitting again; an owner can waive an error"
        people = architects(facts)
        return _unmet("findings", f"{number} in the findings: {standing[0].message}", people, who)
    if errors:
        return Requirement("findings", RequirementState.OVERRIDDEN, f"{len(errors)} waived, no other error.")
    return Requirement("findings", SATISFIED, "The findings hold no error.")


def architects(facts: ReviewFacts) -> frozenset[int]:
    from_roles = {Role.OWNER, Role.ARCHITECT}
    return frozenset(person for person, roles in facts.members.items() if roles & from_roles)


def owners(facts: ReviewFacts) -> frozenset[int]:
    return frozenset(person for person, roles in facts.members.items() if Role.OWNER in roles)


def able_owners(facts: ReviewFacts) -> frozenset[int]:
    """The owners who did not write the design: they waive and dismiss."""
    return owners(facts) & eligible(facts)


def _unmet(
    key: str, sentence: str, people: frozenset[int], who: str, named: frozenset[int] = frozenset()
) -> Requirement:
    return Requirement(key, UNSATISFIED, sentence, people, who, named)


def _has(people: list[int]) -> str:
    return "has" if len(people) == 1 else "have"


def _items_in_words(items: list[int]) -> str:
    if len(items) == 1:
        return f"item {items[0]}"
    return f"{len(items)} items" if len(items) > 4 else "items " + ", ".join(map(str, items))
