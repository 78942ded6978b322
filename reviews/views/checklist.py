"""The checklist section of a review page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from projects.design.checklist import GROUPS, items_of
from reviews.rules.terms import ItemState
from reviews.views.bar import Bar, Mark
from reviews.views.checklist_items import Refusal, Sheet, ShownItem
from reviews.views.desk import ReviewDesk


@dataclass(frozen=True)
class ItemGroup:
    """A group of the checklist as this reader sees it; it may be folded once nothing in it asks for a look."""

    title: str
    number: int
    items: tuple[ShownItem, ...]
    marks: tuple[Mark, ...]

    @property
    def decided(self) -> int:
        return sum(mark.is_decided for mark in self.marks)

    @property
    def failed(self) -> int:
        return sum(mark.state is ItemState.FAILED for mark in self.marks)

    @property
    def is_open(self) -> bool:
        return not all(shown.is_settled for shown in self.items)


class Checklist:
    """For who may judge, the counts are of their own verdicts with their drafts; for others, of all together."""

    def __init__(self, desk: ReviewDesk, refusal: Refusal | None = None) -> None:
        self.desk = desk
        self.sheet = Sheet(desk, refusal)
        self.bar = Bar(desk)

    @cached_property
    def groups(self) -> list[ItemGroup]:
        items = [tuple(self.sheet.item(item.number) for item in items_of(title)) for title in GROUPS]
        return [
            ItemGroup(title, number, shown, tuple(marks))
            for number, (title, shown, marks) in enumerate(zip(GROUPS, items, self.bar.marks, strict=True), 1)
        ]

    @property
    def items(self) -> list[ShownItem]:
        return [shown for group in self.groups for shown in group.items]

    @property
    def carried(self) -> list[ShownItem]:
        """Those whose verdict of the reader was carried over and waits to be confirmed; not where they drafted another
        since: that they look at one by one."""
        return [shown for shown in self.items if shown.is_to_confirm and not shown.unsent]

    @property
    def overtaken(self) -> list[ShownItem]:
        """Those with a draft of the reader on an earlier revision that they never published."""
        return [shown for shown in self.items if shown.unsent]

    @property
    def overtaken_items(self) -> str:
        return ", ".join(str(shown.item.number) for shown in self.overtaken)

    @property
    def carried_from(self) -> str:
        """Like: r2, or r1 and r2."""
        numbers = sorted({shown.standing.carried_from or 0 for shown in self.carried if shown.standing})
        return _(" and ").join(f"r{number}" for number in numbers)

    @property
    def why_not(self) -> str:
        """Why this reader gives no verdicts here; empty if they do."""
        desk = self.desk
        if desk.may_decide:
            return ""
        if desk.is_in_review:
            return desk.why_not_eligible
        if not desk.is_head:
            return _("This is an older revision: its verdicts are read, and no new ones given.")
        return _("This revision is not in review, so no verdicts are given.")


def checklist_section(desk: ReviewDesk, refusal: Refusal | None = None) -> dict[str, Any]:
    """What reviews/_checklist.html needs."""
    return {"checklist": Checklist(desk, refusal)}
