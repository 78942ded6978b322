"""Changes as pages show them: rows with a mark and a way to where they are, filtered by group."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.design.diff import Change, ChangeKind, Group
from projects.design.vocabulary import StepName

MARKS = {ChangeKind.ADDED: "+", ChangeKind.REMOVED: "−"}
TONES = {ChangeKind.ADDED: "added", ChangeKind.REMOVED: "removed"}
WORDS = {
    ChangeKind.ADDED: _("Added"),
    ChangeKind.REMOVED: _("Removed"),
    ChangeKind.RENAMED: _("Renamed"),
    ChangeKind.CHANGED: _("Changed"),
    ChangeKind.MOVED: _("Moved"),
    ChangeKind.ORDER: _("In another order"),
}
GROUP_WORDS = {
    Group.MODEL: _("Model"),
    Group.ACCESS: _("Queries and indexes"),
    Group.PLANS: _("Plans"),
    Group.TEXT: _("Text"),
    Group.POLICIES: _("Policies"),
}
STEP_NUMBERS = {step: number for number, step in enumerate(StepName, 1)}


@dataclass(frozen=True)
class Links:
    """Where a change leads: to its place, to the threads about it with their number, and to where one is opened."""

    place: str = ""
    threads: str = ""
    thread_count: int = 0
    new_thread: str = ""


@dataclass(frozen=True)
class ChangeRow:
    change: Change
    links: Links

    @property
    def mark(self) -> str:
        return MARKS.get(self.change.kind, "~")

    @property
    def tone(self) -> str:
        return TONES.get(self.change.kind, "changed")

    @property
    def word(self) -> str | Promise:
        return WORDS[self.change.kind]

    @property
    def step(self) -> int:
        return STEP_NUMBERS[self.change.step]


def rows(changes: Iterable[Change], links: Callable[[Change], Links]) -> list[ChangeRow]:
    return [ChangeRow(change, links(change)) for change in changes]


@dataclass(frozen=True)
class Chip:
    """A choice among groups, with how many changes it leaves."""

    label: str | Promise
    count: int
    address: str
    is_current: bool


def chosen_group(query: QueryDict, changes: Sequence[Change]) -> Group | None:
    """The group of the address, if anything in it changed."""
    asked = query.get("group", "")
    return next((change.group for change in changes if change.group.value == asked), None)


def chips(query: QueryDict, changes: Sequence[Change], place: str) -> list[Chip]:
    """All, and each group in which something changed; none where that would be one choice. `place` is the anchor."""
    counts = Counter(change.group for change in changes)
    if len(counts) < 2:
        return []
    chosen = chosen_group(query, changes)
    found = [Chip(_("All"), len(changes), with_query(query, place, group=None, page=None), chosen is None)]
    return found + [
        Chip(
            GROUP_WORDS[group],
            counts[group],
            with_query(query, place, group=group.value, page=None),
            group is chosen,
        )
        for group in Group
        if counts[group]
    ]


def with_query(query: QueryDict, place: str, **values: str | None) -> str:
    """The address of this page with other values in its query; None leaves one out."""
    changed = query.copy()
    for name, value in values.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    return f"?{changed.urlencode()}{place}"
