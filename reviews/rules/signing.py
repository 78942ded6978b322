"""What one person still has to do before signing a revision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from projects.design.checklist import CHECKLIST
from reviews.rules.facts import ReviewFacts
from reviews.rules.items import failed_by, undecided_by
from reviews.rules.terms import Verdict

Drafts = Mapping[int, Verdict]


@dataclass(frozen=True)
class Missing:
    """Items on which the person has no verdict of their own, and those that the person failed."""

    undecided: tuple[int, ...]
    failed: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.undecided or self.failed)

    @property
    def sentence(self) -> str:
        """“To sign: decide 2 items (4, 6), and change your fail on item 21 or ask an owner to waive it.”; empty if
        nothing is missing."""
        parts = []
        if self.undecided:
            parts.append(f"decide {_counted(self.undecided)} ({numbers(self.undecided)})")
        if len(self.failed) == 1:
            parts.append(f"change your fail on item {self.failed[0]} or ask an owner to waive it")
        elif self.failed:
            parts.append(f"change your fails on items {numbers(self.failed)} or ask an owner to waive them")
        return f"To sign: {', and '.join(parts)}." if parts else ""

    @property
    def in_short(self) -> str:
        """“To sign: 2 items to decide, 1 fails.”; empty if nothing is missing."""
        parts = [f"{_counted(self.undecided)} to decide"] if self.undecided else []
        if self.failed:
            parts.append("1 fails" if len(self.failed) == 1 else f"{len(self.failed)} fail")
        return f"To sign: {', '.join(parts)}." if parts else ""


def missing(facts: ReviewFacts, person: int, drafts: Drafts | None = None) -> Missing:
    """`drafts` are the person's unpublished verdicts by item: signing publishes them, so they count here."""
    drafts = {item: verdict for item, verdict in (drafts or {}).items() if item not in facts.waiver_by_item}
    failed = (set(failed_by(facts, person)) - drafts.keys()) | _of(drafts, Verdict.FAIL)
    undecided = ((set(undecided_by(facts, person)) - drafts.keys()) | _of(drafts, Verdict.NONE)) - failed
    in_order = [item.number for item in CHECKLIST]
    return Missing(tuple(n for n in in_order if n in undecided), tuple(n for n in in_order if n in failed))


def numbers(items: Iterable[int]) -> str:
    """Items by their numbers."""
    return ", ".join(map(str, items))


def _of(drafts: Drafts, verdict: Verdict) -> set[int]:
    return {item for item, drafted in drafts.items() if drafted is verdict}


def _counted(items: tuple[int, ...]) -> str:
    return "1 item" if len(items) == 1 else f"{len(items)} items"
