"""Who takes part in a review: who may act on it, in which roles, and who is told."""

from django.core.exceptions import PermissionDenied

from projects.design.tree import printable
from projects.design.vocabulary import PROSE_LENGTH, DesignState, Role
from projects.models import Revision
from projects.workflow.people import in_words
from reviews.rules.eligibility import why_not_eligible
from reviews.rules.facts import ReviewFacts
from reviews.rules.gate import owners
from reviews.workflow.door import Refused, ReviewDoor, is_open


def head_in_review(door: ReviewDoor) -> Revision:
    """The head; raises Refused unless it is in review."""
    revision = door.in_hand
    if not is_open(revision):
        state = DesignState(revision.state).label.lower()
        raise Refused(f"r{revision.number} is {state}, not in review. Nothing was done.")
    return revision


def require_eligible(facts: ReviewFacts, person: int) -> None:
    if sentence := why_not_eligible(facts, person):
        raise Refused(sentence)


def require_owner(facts: ReviewFacts, person: int, deed: str) -> None:
    """An owner who did not write the design; `deed` is what only they do: “waives items of the checklist”."""
    if Role.OWNER not in facts.members.get(person, frozenset()):
        raise PermissionDenied(f"Only an owner of this project {deed}. Ask one.")
    if why_not_eligible(facts, person):
        raise Refused(f"Only an owner who did not change r{facts.revision} {deed}: you did since the last approval.")


def roles_in_words(facts: ReviewFacts, person: int) -> str:
    return in_words(facts.members.get(person, frozenset()))


def concerned(facts: ReviewFacts) -> set[int]:
    """Who wrote, was asked, judged or decided, with the owners: those to whom a turn of the review is news."""
    said = {each.reviewer for each in facts.verdicts} | {each.reviewer for each in facts.decisions}
    return said | {each.reviewer for each in facts.assignments} | facts.contributors | owners(facts)


def mending(door: ReviewDoor, facts: ReviewFacts) -> set[int]:
    """Whose turn it is when the design has to change: who wrote it, and who submitted it."""
    return {*facts.contributors, door.in_hand.submitted_by_id}


def written(text: str, what: str) -> str:
    """The text that has to be there; `what` is asked for: “the reason”."""
    text = typed(text)
    if not text:
        raise Refused(f"Write {what}. It is kept with the review.")
    return text


def typed(text: str) -> str:
    """Whatever somebody typed into a review, as it is kept. Raises Refused for control characters, and for too much."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(kept) > PROSE_LENGTH:
        raise Refused(f"This has {len(kept)} characters; at most {PROSE_LENGTH} are kept. Shorten it, then send it.")
    try:
        return printable(kept)
    except ValueError as refusal:
        raise Refused(f"Not saved: {refusal}. Take it out, then send it.") from None
