"""Which verdicts of a revision hold for the next one too."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from projects.design.checklist import CHECKLIST, ITEM_BY_NUMBER, ChecklistItem
from projects.design.digest import canonical
from reviews.rules.facts import VerdictFact
from reviews.rules.terms import Verdict


@dataclass(frozen=True)
class Frozen:
    """What a revision keeps for this question: a digest of each section, and of each item's definition."""

    sections: Mapping[str, str]
    definitions: Mapping[str, str]


def definition(item: ChecklistItem) -> str:
    """sha256 over what the item asks and what it reads; another one means that it is another question."""
    content = [item.number, item.group, item.wording, sorted(item.sections)]
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def definitions() -> dict[str, str]:
    return {str(item.number): definition(item) for item in CHECKLIST}


def is_unchanged(item: int, before: Frozen, after: Frozen) -> bool:
    """Whether nothing that the item depends on differs, nor the item itself."""
    if before.definitions.get(str(item)) != after.definitions.get(str(item)):
        return False
    return all(before.sections.get(name) == after.sections.get(name) for name in ITEM_BY_NUMBER[item].sections)


def carried(verdicts: Iterable[VerdictFact], before: Frozen, after: Frozen) -> Iterator[VerdictFact]:
    """Pass and not applicable if what their item reads is unchanged; a fail always, until it is cleared."""
    for each in verdicts:
        if each.counts and (each.verdict is Verdict.FAIL or is_unchanged(each.item, before, after)):
            yield each
