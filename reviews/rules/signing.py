"""What one person still has to do before signing a revision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from projects.design.checklist import CHECKLIST
from reviews.rules.facts import ReviewFacts
from reviews.rules.items import failed_by, undecided_by
from reviews.rules.terms import Verdict

# More numbers than these are not named one by one.
NAMED_AT_MOST = 8
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
        """“To sign: decide 2 items (4, 6), and clear or have waived the one that fails (21).”; empty if nothing is."""
        parts = []
        if self.undecided:
            parts.append(f"decide {_counted(self.undecided)} ({numbers(self.undecided)})")
        if self.failed:
            which = "the one that fails" if len(self.failed) == 1 else f"the {len(self.failed)} that fail"
            parts.append(f"clear or have waived {which} ({numbers(self.failed)})")
        return f"To sign: {', and '.join(parts)}." if parts else ""


def missing(facts: ReviewFacts, person: int, drafts: Drafts | None = None) -> Missing:
    """`drafts` are the person's unpublished verdicts by item: signing publishes them, so they count here."""
    drafts = {item: verdict for item, verdict in (drafts or {}).items() if item not in facts.waiver_by_item}
    failed = (set(failed_by(facts, person)) - drafts.keys()) | _of(drafts, Verdict.FAIL)
    undecided = ((set(undecided_by(facts, person)) - drafts.keys()) | _of(drafts, Verdict.NONE)) - failed
    in_order = [item.number for item in CHECKLIST]
    return Missing(tuple(n for n in in_order if n in undecided), tuple(n for n in in_order if n in failed))


def numbers(items: Iterable[int]) -> str:
    """Items by their numbers; of many, the first."""
    listed = [str(item) for item in items]
    return ", ".join(listed[:NAMED_AT_MOST]) + (", …" if len(listed) > NAMED_AT_MOST else "")


def _of(drafts: Drafts, verdict: Verdict) -> set[int]:
    return {item for item, drafted in drafts.items() if drafted is verdict}


def _counted(items: tuple[int, ...]) -> str:
    return "1 item" if len(items) == 1 else f"{len(items)} items"
