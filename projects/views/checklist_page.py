"""The page of step 11: the items in their groups with evidence, what it rests on, and the author's note on each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from projects.access import FeatureVisit
from projects.checks.evidence import Evidence
from projects.checks.finding import Finding, Undecided
from projects.checks.readings import EvidenceState
from projects.design.checklist import GROUPS, ChecklistItem, items_of
from projects.models import ItemNote
from projects.snapshot.current import Digested
from projects.views.keyed_forms import KeyedFormView, note_view
from projects.workflow.progress import evidence_of
from projects.workflow.saving import Outcome

# An item may have hundreds of findings; the others stand in their step.
SHOWN = 20


@dataclass(frozen=True)
class Ground:
    """One thing that the evidence rests on, with the place where it is mended."""

    path: str
    words: str
    address: str
    severity: str = ""


@dataclass(frozen=True)
class ShownItem:
    item: ChecklistItem
    evidence: Evidence
    grounds: tuple[Ground, ...]
    hidden: int
    note: KeyedFormView
    step_address: str

    @property
    def mark(self) -> str:
        """The look of the evidence."""
        return "needs-judgement" if self.evidence.state is EvidenceState.JUDGEMENT else self.evidence.state.value


@dataclass(frozen=True)
class ItemGroup:
    title: str
    items: tuple[ShownItem, ...]

    @property
    def passed(self) -> int:
        return sum(shown.evidence.state in (EvidenceState.PASS, EvidenceState.NOT_APPLICABLE) for shown in self.items)


def item_groups(
    visit: FeatureVisit,
    digested: Digested,
    address_of: Callable[[Finding | Undecided], str],
    step_address: Callable[[str], str],
    noting: tuple[int, Outcome] | None = None,
) -> list[ItemGroup]:
    """`noting` is an item and what became of the note just sent for it."""
    notes = {row.item: row for row in ItemNote.objects.filter(feature=visit.feature)}
    found = {each.number: each for each in evidence_of(digested)}
    groups = []
    for title in GROUPS:
        shown = tuple(
            _shown(item, found[item.number], address_of, step_address, _note(visit, item, notes, noting))
            for item in items_of(title)
        )
        groups.append(ItemGroup(title, shown))
    return groups


def _note(visit: FeatureVisit, item: ChecklistItem, notes: dict[int, ItemNote], noting: Any) -> KeyedFormView:
    outcome = noting[1] if noting and noting[0] == item.number else None
    return note_view(visit.feature, item.number, notes.get(item.number), may_edit=visit.may_edit, outcome=outcome)


def _shown(
    item: ChecklistItem,
    evidence: Evidence,
    address_of: Callable[[Finding | Undecided], str],
    step_address: Callable[[str], str],
    note: KeyedFormView,
) -> ShownItem:
    findings = [Ground(each.path, each.message, address_of(each), each.severity.value) for each in evidence.findings]
    questions = [Ground(each.path, each.reason, address_of(each)) for each in evidence.undecided]
    grounds = [*findings, *questions]
    return ShownItem(
        item, evidence, tuple(grounds[:SHOWN]), max(0, len(grounds) - SHOWN), note, step_address(item.step.value)
    )
