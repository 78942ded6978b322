"""Any two revisions of a feature side by side, or a revision and the draft: as design changes or as documents."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.access import FeatureVisit, visit_feature
from projects.design.diff import Change, ChangeKind
from projects.design.diff.texts import Stretch
from projects.exporters import DOCUMENTS
from projects.exporters.document import Document
from projects.models import Revision
from projects.snapshot.current import current_design
from reviews.comparing import Side, changes_between, document_changes, side_of, side_of_draft
from reviews.rules.anchors import Anchor
from reviews.views.addresses import ReviewAddresses
from reviews.views.change_rows import ChangeRow, Chip, Links, chips, chosen_group, rows, with_query
from reviews.views.document_lines import DocumentLines
from reviews.views.thread_cards import place_address

DRAFT = "draft"
ROWS_ON_A_PAGE = 200
VIEWS = ("design", "document")


class NoSuchPair(Exception):
    """What the address names is not there; the message says what is."""


@dataclass(frozen=True)
class Option:
    """A choice of a select."""

    value: str
    label: str
    is_chosen: bool


class Comparison:
    """`before` is a revision; `after` is another, or None for the draft."""

    def __init__(self, request: HttpRequest, visit: FeatureVisit, revisions: tuple[Revision, ...]) -> None:
        self.visit, self.revisions, self._query = visit, revisions, request.GET
        self._by_number = {str(each.number): each for each in revisions}
        self.after = self._chosen("to", revisions[0] if len(revisions) > 1 else None)
        self.before = self._chosen("from", self._former())
        if self.before is None:
            raise NoSuchPair(_("The draft stands on the right only: choose a revision to compare it with."))

    def _chosen(self, name: str, otherwise: Revision | None) -> Revision | None:
        asked = self._query.get(name, "").removeprefix("r")
        if not asked:
            return otherwise
        if asked == DRAFT:
            return None
        if asked not in self._by_number:
            raise NoSuchPair(
                _("This feature has no revision “%(asked)s”. Its revisions are r1 to r%(last)d; choose two of them.")
                % {"asked": asked[:20], "last": self.revisions[0].number}
            )
        return self._by_number[asked]

    def _former(self) -> Revision:
        """The revision before `after`, or itself if it is the first."""
        if self.after is None:
            return self.revisions[0]
        earlier = (each for each in self.revisions if each.number < self.after.number)
        return next(earlier, self.after)

    @property
    def title(self) -> str:
        return _("Changes from %(before)s to %(after)s") % {"before": self.before, "after": self.after_name}

    @property
    def after_name(self) -> str:
        return str(self.after) if self.after else _("the draft")

    @property
    def froms(self) -> list[Option]:
        return [Option(str(each.number), str(each), each is self.before) for each in self.revisions]

    @property
    def tos(self) -> list[Option]:
        drafted = Option(DRAFT, _("the draft"), self.after is None)
        return [drafted, *(Option(str(each.number), str(each), each is self.after) for each in self.revisions)]

    @property
    def view(self) -> str:
        asked = self._query.get("as", "")
        return asked if asked in VIEWS else VIEWS[0]

    @property
    def views(self) -> list[Option]:
        """Design and documents, as addresses."""
        words = {"design": _("As a design"), "document": _("As documents")}
        return [
            Option(with_query(self._query, "", **{"as": each}, page=None), words[each], each == self.view)
            for each in VIEWS
        ]

    @cached_property
    def _sides(self) -> tuple[Side, Side]:
        assert self.before is not None
        after = side_of(self.after) if self.after else side_of_draft(current_design(self.visit.feature))
        return side_of(self.before), after

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        return changes_between(*self._sides)

    @property
    def total(self) -> int:
        return len(self.changes)

    @property
    def chips(self) -> list[Chip]:
        return chips(self._query, self.changes, "")

    @cached_property
    def page(self) -> "Page[Change]":
        group = chosen_group(self._query, self.changes)
        chosen = [change for change in self.changes if group in (None, change.group)]
        return Paginator(chosen, ROWS_ON_A_PAGE).get_page(self._query.get("page"))

    @property
    def rows(self) -> list[ChangeRow]:
        return rows(self.page, self._links)

    @property
    def pages(self) -> list[Option]:
        """The pages of a long list, as addresses; none if all is on one."""
        many = self.page.paginator.num_pages
        numbers = range(1, many + 1) if many > 1 else ()
        return [
            Option(with_query(self._query, "", page=str(number)), str(number), number == self.page.number)
            for number in numbers
        ]

    def _links(self, change: Change) -> Links:
        if change.kind is ChangeKind.REMOVED:
            return Links(self._place(self.before, change))
        if self.after is None:
            return Links(ReviewAddresses(self.visit.feature, self.revisions[0]).step(change.step.value))
        return Links(self._place(self.after, change))

    def _place(self, revision: Revision | None, change: Change) -> str:
        """Where a revision's read-only design has it; policies are there by their sections."""
        assert revision is not None
        is_listed = change.uid and not change.section.startswith("policy-")
        anchor = Anchor(uid=change.uid) if is_listed else Anchor(section=change.section)
        return place_address(ReviewAddresses(self.visit.feature, revision), anchor)

    @property
    def document(self) -> Document:
        """The one that the address names, or the first."""
        asked = self._query.get("document", "")
        return next((each for each in DOCUMENTS if each.slug == asked), DOCUMENTS[0])

    @property
    def documents(self) -> list[Option]:
        return [
            Option(with_query(self._query, "", document=each.slug), each.title, each is self.document)
            for each in DOCUMENTS
        ]

    @cached_property
    def _stretches(self) -> tuple[Stretch, ...]:
        return document_changes(*self._sides, self.document)

    @cached_property
    def lines(self) -> DocumentLines:
        return DocumentLines(self._stretches)


@require_safe
def compare(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    found = Revision.objects.filter(feature=visit.feature).order_by("-number")
    revisions = tuple(found.defer("findings", "evidence", "sections", "definitions", "record", "text"))
    for each in revisions:
        each.feature = visit.feature
    context = {"visit": visit, "feature": visit.feature, "revisions": revisions}
    if not revisions:
        return render(request, "reviews/compare.html", context)
    try:
        context["comparison"] = Comparison(request, visit, revisions)
    except NoSuchPair as wrong:
        return render(request, "reviews/compare.html", context | {"error": str(wrong)}, status=404)
    return render(request, "reviews/compare.html", context)
