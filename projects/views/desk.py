"""One submission to one part of one feature: what it is about, who sent it, and where its answer is shown."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from projects.access import FeatureVisit, Right, visit_feature
from projects.models.base import Row
from projects.views.addresses import Addresses
from projects.views.parts import find_picked, view_of
from projects.views.step_pages import show_step
from projects.views.workbench import Workbench
from projects.workflow.forms import Scope
from projects.workflow.grids import GridBuilder, GridView
from projects.workflow.saving import (
    Outcome,
    Result,
    Submission,
)
from projects.workflow.steps import STEPS
from projects.workflow.steps.step import Grid, Part, Step

STATUS = {Result.INVALID: 422, Result.CONFLICT: 409, Result.GONE: 409}


@dataclass
class Desk:
    """One submission to one part of one feature, and where its answer is shown."""

    request: HttpRequest
    visit: FeatureVisit
    step: Step
    part: Part
    scope: Scope

    @property
    def submission(self) -> Submission:
        return Submission(self.part, self.scope, self.request.POST, self.visit.user, timezone.now())

    @property
    def at(self) -> str:
        """What the page shows: the row of a record, or the entity whose rows these are."""
        return self.request.POST.get("at") or self.request.GET.get("at") or ""

    @property
    def is_picked_part(self) -> bool:
        """Whether the rows of this part are what the address's `at` names."""
        return self.step.pick is not None and self.step.pick.part == self.part.slug

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.visit.feature)

    def row(self, uid: UUID) -> Row:
        row = self.part.row(self.scope, uid)
        if row is None:
            raise Http404("This row is not in the design any more. Its deletion stands in the history.")
        return row

    def back(self, row: Row | None = None) -> HttpResponse:
        """Lead the browser to the page with this part, at the row if there is one."""
        at = str(row.uid) if row is not None and self.is_picked_part else self.at
        anchor = f"#row-{row.uid}" if row is not None and isinstance(self.part, Grid) else ""
        return redirect(self.addresses.step(self.step.slug, at) + anchor)

    def page(self, outcomes: dict[str, Outcome]) -> HttpResponse:
        """The whole page again, with what was typed in the rows that could not be saved."""
        bench = Workbench(self.visit, self.step, self.at, outcomes, answers=self.part.slug)
        return show_step(self.request, bench, status=max(STATUS.get(each.result, 200) for each in outcomes.values()))

    def bench(self) -> Workbench:
        return Workbench(self.visit, self.step, self.at)

    def grid_view(self) -> GridView:
        """The grid that an answer of single rows belongs to."""
        grid = grid_of(self)
        return view_of(grid, GridBuilder(grid, self.scope), [], self.visit, at=self.at, step=self.step)


def open_desk(request: HttpRequest, project: str, epic: str, feature: str, part: str) -> Desk:
    """Check the right to edit, and find the part and the entity that the submission is about."""
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    for step in STEPS:
        if found := next((each for each in step.parts if each.slug == part), None):
            break
    else:
        raise Http404("No step has such a part.")
    at = request.POST.get("at") or request.GET.get("at") or ""
    scope = Scope(visit.feature, lambda scope: find_picked(step, scope, at))
    return Desk(request, visit, step, found, scope)


def uid_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404("This address names no row.") from error


def grid_of(desk: Desk) -> Grid:
    if not isinstance(desk.part, Grid):
        raise Http404("This part has no rows.")
    return desk.part
