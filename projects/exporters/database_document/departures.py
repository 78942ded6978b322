"""Where a feature says otherwise than a policy of its project, or says what the policy leaves open; and why."""

from collections.abc import Iterable, Iterator

from projects.design.inheritance import InheritedFact, Standing, lines
from projects.design.vocabulary import PolicyName
from projects.exporters.blocks import Block, Bullets, Inline, Prose, Typed, named
from projects.exporters.policies.features import DEPARTURE
from projects.exporters.project_features import Feature


def own_facts(feature: Feature, *policies: PolicyName) -> list[InheritedFact]:
    """What the feature states itself of these policies, but for what says the same."""
    return [
        line
        for line in lines(feature.stated)
        if line.policy in policies and line.standing is not Standing.FOLLOWS and line.own
    ]


def fact_bullets(facts: Iterable[InheritedFact]) -> Iterator[Block]:
    said: tuple[Inline, ...] = tuple(named(line.fact, Typed(line.own)) for line in facts)
    if said:
        yield Bullets(said)


def reason(text: str) -> Iterator[Block]:
    if text.strip():
        yield Prose(text, label=DEPARTURE)
