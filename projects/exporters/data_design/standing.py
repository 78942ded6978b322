"""Whether a part of the design follows the project's policies, and why not where it departs."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from projects.design.inheritance import InheritedFact, Standing
from projects.design.vocabulary import PolicyName
from projects.exporters.blocks import Block, Prose, note


def standing(
    found: Iterable[InheritedFact], departure: str, *policies: PolicyName, about: UUID | None = None
) -> Iterator[Block]:
    """Notes on these policies at one thing, and the reason that it gives for departing from any of them."""
    facts = [fact for fact in found if fact.policy in policies and fact.about == about]
    departs = [policy for policy in policies if any(fact.departs for fact in facts if fact.policy is policy)]
    follows = [
        policy
        for policy in policies
        if policy not in departs and any(fact.standing is Standing.FOLLOWS for fact in facts if fact.policy is policy)
    ]
    if follows and not departure.strip():
        yield note(f"Follows the project's {_named(follows)}.")
    if departure.strip():
        yield Prose(departure, label=f"Departs from the project's {_named(departs or policies)}")
    elif departs:
        yield note(f"Departs from the project's {_named(departs)}; no reason is given.")


def _named(policies: Iterable[PolicyName]) -> str:
    return " and ".join(policy.label.lower() for policy in policies)
