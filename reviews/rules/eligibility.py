"""Whose verdicts and sign-offs count: reviewers and owners who did not write what they judge."""

from collections.abc import Iterable, Mapping

from projects.design.vocabulary import Role
from reviews.rules.facts import ReviewFacts
from reviews.rules.terms import APPROVALS, APPROVALS_OF_TWO

DECIDERS = frozenset({Role.OWNER, Role.REVIEWER})
Members = Mapping[int, frozenset[Role]]


def approvals_needed(members: Members, chosen: int | None) -> int:
    """What the project chose; else two, or one where no more than two people are in it."""
    return chosen or (APPROVALS_OF_TWO if len(members) <= 2 else APPROVALS)


def is_solo(members: Members, is_switched_on: bool) -> bool:
    """Solo mode is for projects of one person, and ends when a second one joins."""
    return is_switched_on and len(members) == 1


def eligible_people(members: Members, contributors: Iterable[int], *, solo: bool) -> frozenset[int]:
    written = frozenset() if solo else frozenset(contributors)
    return frozenset(person for person, roles in members.items() if roles & DECIDERS and person not in written)


def eligible(facts: ReviewFacts) -> frozenset[int]:
    return eligible_people(facts.members, facts.contributors, solo=facts.is_solo)


def why_not_eligible(facts: ReviewFacts, person: int) -> str:
    """A sentence for a member who may not decide; empty for one who may."""
    if person in eligible(facts):
        return ""
    if not facts.members.get(person, frozenset()) & DECIDERS:
        return "Only reviewers and owners of this project give verdicts and decide. Ask an owner for the role."
    return (
        f"You changed this design since it was last approved, so r{facts.revision} is judged by others. "
        "You can open advisory threads."
    )


def why_nobody(members: Members, contributors: frozenset[int], needed: int, *, solo: bool) -> str:
    """Why a submission could never be approved, naming the role that is missing; empty if it could."""
    found = eligible_people(members, contributors, solo=solo)
    if len(found) >= needed:
        return ""
    deciders = [person for person, roles in members.items() if roles & DECIDERS]
    wrote = sum(person in contributors for person in deciders)
    people = "1 person who may approve it" if needed == 1 else f"{needed} people who may approve it"
    has = "there is none" if not found else f"there is 1, {needed - len(found)} too few" if len(found) == 1 else ""
    has = has or f"there are {len(found)}, {needed - len(found)} too few"
    because = f" ({wrote} of {len(deciders)} reviewers and owners changed the design themselves)" if wrote else ""
    return (
        f"Approval needs {people}, and {has}{because}. "
        "Somebody with the role Reviewer who did not change the design is missing: an owner can invite one."
    )
