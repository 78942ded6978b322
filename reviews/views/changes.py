"""The changes section of a review page: what differs from a revision before, and how much a first one holds."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from projects.design.diff import Change, ChangeKind, Group, Holding, holdings
from projects.design.diff.shape import part_of
from projects.design.digest import SECTIONS
from projects.design.tree import Design
from projects.models import Revision
from reviews.comparing import changes_between, side_of
from reviews.rules.anchors import Anchor
from reviews.thread_reading import FollowedThread
from reviews.views.addresses import ReviewAddresses, compare_page
from reviews.views.change_rows import ChangeRow, Chip, Links, chips, chosen_group, rows, with_query
from reviews.views.desk import ReviewDesk
from reviews.views.thread_cards import may_write, new_thread_address, place_address

# Rows in sight, and those that are folded below them; the rest stands on the page that compares.
SHOWN = 10
FOLDED = 100
PLACE = "#review-changes"


@dataclass(frozen=True)
class Base:
    """A revision that this one is compared with, and why one would."""

    revision: Revision
    label: str | Promise
    address: str
    is_current: bool


class ChangesPanel:
    """What changed since `base`; None if there is none before it."""

    def __init__(self, desk: ReviewDesk) -> None:
        self.desk = desk
        self._query = desk.request.GET

    @cached_property
    def _before(self) -> dict[int, Revision]:
        """The revisions before this one by their numbers, the newest first."""
        number = self.desk.revision.number
        return {each.number: each for each in self.desk.revisions if each.number < number}

    @cached_property
    def base(self) -> Revision | None:
        """The revision that the address names, or the one just before."""
        asked = self._query.get("since", "")
        named = self._before.get(int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
        return named or next(iter(self._before.values()), None)

    @cached_property
    def bases(self) -> list[Base]:
        """What it can be compared with; nothing where there is one choice only."""
        mine = self.desk.last_reviewed if self._before else None
        approved = next((each.number for each in self._before.values() if each.approved_at), None)
        found: dict[int, str] = {}
        if former := next(iter(self._before), None):
            found[former] = _("Since r%d") % former
        if mine is not None and mine not in found:
            found[mine] = _("Since my last review, r%d") % mine
        if approved is not None and approved not in found:
            found[approved] = _("Since the approved r%d") % approved
        if self.base and self.base.number not in found:
            found[self.base.number] = _("Since r%d") % self.base.number
        return [self._base(number, label) for number, label in found.items()] if len(found) > 1 else []

    def _base(self, number: int, label: str) -> Base:
        address = with_query(self._query, PLACE, since=str(number), group=None, view="changes")
        return Base(self._before[number], label, address, self.base is self._before[number])

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        return changes_between(side_of(self.base), side_of(self.desk.revision)) if self.base else ()

    @property
    def total(self) -> int:
        return len(self.changes)

    @property
    def chips(self) -> list[Chip]:
        return chips(self._query, self.changes, PLACE)

    @cached_property
    def _filtered(self) -> list[Change]:
        group: Group | None = chosen_group(self._query, self.changes)
        return [change for change in self.changes if group in (None, change.group)]

    @property
    def shown(self) -> list[ChangeRow]:
        return rows(self._filtered[:SHOWN], self._links)

    @property
    def folded(self) -> list[ChangeRow]:
        return rows(self._filtered[SHOWN : SHOWN + FOLDED], self._links)

    @property
    def more(self) -> int:
        return len(self._filtered) - SHOWN

    @property
    def elsewhere(self) -> int:
        """How many are shown on the page that compares only."""
        return max(0, self.more - FOLDED)

    @property
    def compare(self) -> str:
        """The page that compares any two: a first revision with the draft."""
        former, number = self.base, self.desk.revision.number
        pair = (former.number, number) if former else (number, None)
        return compare_page(self.desk.addresses, *pair)

    @property
    def compare_documents(self) -> str:
        return f"{self.compare}&as=document"

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """What a first revision holds, in counts."""
        return holdings(self.desk.digested.design)

    @cached_property
    def _threads(self) -> defaultdict[UUID, list[FollowedThread]]:
        """Threads by what they are about, unresolved ones first."""
        found: defaultdict[UUID, list[FollowedThread]] = defaultdict(list)
        for each in (*self.desk.threads.unresolved, *self.desk.threads.resolved):
            if each.row.anchor_uid:
                found[each.row.anchor_uid].append(each)
        return found

    @cached_property
    def _known(self) -> frozenset[UUID]:
        """What the design page has places for."""
        return frozenset(thing.uid for thing in self.desk.digested.design.things())

    @cached_property
    def _may_write(self) -> bool:
        return may_write(self.desk)

    def _links(self, change: Change) -> Links:
        threads = self._threads.get(change.uid, []) if change.uid else []
        about = _thread_address(threads[0]) if threads else ""
        if change.kind is ChangeKind.REMOVED and self.base:
            # It is to be seen in the revision that still had it.
            place = place_address(ReviewAddresses(self.desk.feature, self.base), Anchor(uid=change.uid))
            return Links(place, about, len(threads))
        anchor = self._anchor(change)
        new = new_thread_address(self.desk.addresses, anchor) if self._may_write else ""
        return Links(place_address(self.desk.addresses, anchor), about, len(threads), new)

    def _anchor(self, change: Change) -> Anchor:
        """What a thread about the change would be about."""
        if change.uid in self._known:
            return Anchor(uid=change.uid, field=change.field_name)
        record = "" if change.uid else _record_of(change, self.desk.digested.design)
        return Anchor(section=change.section, field=f"{record}.{change.field_name}" if record else "")


def _record_of(change: Change, design: Design) -> str:
    """The part of the design that has the fact, if it is one of those that a design has once."""
    parts = ((part, part_of(design, part)) for part in SECTIONS[change.section] if change.field_name)
    return next((part for part, node in parts if change.field_name in getattr(type(node), "model_fields", ())), "")


def _thread_address(thread: FollowedThread) -> str:
    return f"?view=threads{'&threads=all' if thread.is_resolved else ''}#thread-{thread.uid}"


def changes_section(desk: ReviewDesk) -> dict[str, Any]:
    """What reviews/_changes.html needs."""
    return {"changes": ChangesPanel(desk)}
