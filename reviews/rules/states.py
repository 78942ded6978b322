"""The state of a revision, derived from facts; what is stored of it is a cache."""

from projects.design.vocabulary import DesignState
from reviews.rules.facts import ReviewFacts
from reviews.rules.gate import gate, is_open

OPEN_STATES = (DesignState.IN_REVIEW, DesignState.CHANGES_REQUESTED)


def derive_state(facts: ReviewFacts) -> DesignState:
    """An approved revision stays approved until a signer revokes. A request for changes on an older revision blocks
    the gate of this one, and leaves it in review: the objector is asked to look again."""
    if facts.approved_at:
        return DesignState.APPROVED
    if facts.is_withdrawn:
        return DesignState.WITHDRAWN
    if not facts.is_head:
        return DesignState.SUPERSEDED
    if any(facts.asks_for_changes(each) for each in facts.objections):
        return DesignState.CHANGES_REQUESTED
    return DesignState.IN_REVIEW


def becomes_approved(facts: ReviewFacts) -> bool:
    return derive_state(facts) in OPEN_STATES and is_open(gate(facts))
