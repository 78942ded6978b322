"""What frames a review: where one is in it, how far it is, and what is to be known before reading on."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from projects.access import Right
from projects.design.checklist import GROUPS
from projects.models import Revision
from reviews.comparing import changes_between, side_of
from reviews.rules.terms import ItemState
from reviews.views.banners import Banner, banners
from reviews.views.bar import Bar, Mark
from reviews.views.desk import ReviewDesk
from reviews.views.menus import Link, Links, comparisons, downloads

DIGEST_SHOWN = 16


@dataclass(frozen=True)
class Detail:
    """How much there is of a part, in a few words and in fewer; `is_wrong` marks one where something fails."""

    text: str = ""
    short: str = ""
    is_wrong: bool = False


NO_DETAIL = Detail()


@dataclass(frozen=True)
class Place:
    """A part of the page, as its navigation lists it: `address` chooses it, `url` also leads to it in a wide window."""

    view: str
    label: str
    icon: str
    address: str
    url: str
    detail: Detail = NO_DETAIL
    is_current: bool = False


@dataclass(frozen=True)
class GroupCount:
    """A group of the checklist: how many of its items are decided, and how many fail."""

    title: str
    anchor: str
    decided: int
    total: int
    failed: int


def in_fours(digest: str, length: int = DIGEST_SHOWN) -> str:
    """The beginning of a digest, in groups that an eye can compare."""
    shown = digest[:length]
    return " ".join(shown[place : place + 4] for place in range(0, len(shown), 4))


class Shell:
    """What the page of one revision shows around its sections."""

    def __init__(self, desk: ReviewDesk, view: str, bar: Bar) -> None:
        self.desk = desk
        self.view = view
        # Counts as the reader does: by their own verdicts, if they judge.
        self.bar = bar

    @property
    def is_reading(self) -> bool:
        """Whether the document or the design stands in the middle."""
        return self.view in ("document", "design")

    @property
    def digest(self) -> str:
        return in_fours(self.desk.revision.digest)

    @property
    def banners(self) -> list[Banner]:
        return list(banners(self.desk))

    @property
    def all_revisions(self) -> str:
        return self.desk.addresses.revisions

    @property
    def design_address(self) -> str:
        return f"{self.desk.addresses.review}?view=design"

    @cached_property
    def comparisons(self) -> list[Link]:
        return comparisons(self.desk)

    @cached_property
    def downloads(self) -> list[Links]:
        return downloads(self.desk)

    @property
    def withdraw(self) -> str:
        """Where the revision is withdrawn, for those who may; empty if it cannot be."""
        may = self.desk.is_in_review and self.desk.visit.may(Right.EDIT)
        return self.desk.addresses.at("withdraw") if may else ""

    @cached_property
    def before(self) -> Revision | None:
        """The revision before this one."""
        return next((each for each in self.desk.revisions if each.number < self.desk.revision.number), None)

    @property
    def groups(self) -> list[GroupCount]:
        return [
            self._group(number, title, marks)
            for number, (title, marks) in enumerate(zip(GROUPS, self.bar.marks, strict=True), 1)
        ]

    def _group(self, number: int, title: str, marks: list[Mark]) -> GroupCount:
        decided, failed = sum(mark.is_decided for mark in marks), sum(mark.state is ItemState.FAILED for mark in marks)
        return GroupCount(title, f"group-{number}", decided, len(marks), failed)

    @cached_property
    def places(self) -> list[Place]:
        """Those that stand side by side in a wide window."""
        return [self._changes(), self.checklist, self._threads(), self._approval()]

    def _changes(self) -> Place:
        if self.before is None:
            return self._place("changes", _("Changes"), "diff", Detail(_("first"), ""))
        number = str(len(changes_between(side_of(self.before), side_of(self.desk.revision))))
        return self._place("changes", _("Changes"), "diff", Detail(number, number))

    @property
    def checklist(self) -> Place:
        part, total = self.bar.decided, self.bar.total
        text, short = _part_of(part, total), f"{part}/{total}"
        if self.desk.may_decide:
            text = short = _("you %s") % short
        detail = Detail(text, short, is_wrong=bool(self.bar.failed))
        return self._place("checklist", _("Checklist"), "list-checks", detail)

    def _threads(self) -> Place:
        number = self.bar.open_threads
        return self._place("threads", _("Threads"), "message-square", Detail(_("%d open") % number, str(number)))

    def _approval(self) -> Place:
        detail = NO_DETAIL
        if self.desk.is_in_review:
            met, total = sum(each.is_met for each in self.desk.requirements), len(self.desk.requirements)
            detail = Detail(_part_of(met, total), f"{met}/{total}")
        return self._place("approval", _("Approval"), "shield-check", detail)

    @property
    def readings(self) -> list[Place]:
        return [
            self._place("document", _("Document"), "file-text"),
            self._place("design", _("Design, read-only"), "table-properties"),
        ]

    def _place(self, view: str, label: str, icon: str, detail: Detail = NO_DETAIL) -> Place:
        address = f"{self.desk.addresses.review}?view={view}"
        return Place(view, label, icon, address, f"{address}#review-{view}", detail, is_current=view == self.view)


def _part_of(part: int, total: int) -> str:
    return _("%(part)d of %(all)d") % {"part": part, "all": total}
