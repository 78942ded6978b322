"""Rows sent from the workbench: one that focus left, a whole grid without JavaScript, the buttons of a row's menu."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from projects.access import FeatureVisit, Right, visit_feature
from projects.htmx import wants_part
from projects.models import Event
from projects.models.base import Row
from projects.templatetags.grid import row_html
from projects.views.addresses import Addresses
from projects.views.workbench import Workbench, find_picked, show_step, view_of
from projects.workflow.deletion import CannotPutBack, Deletion
from projects.workflow.editing import NotAllowed, editing
from projects.workflow.forms import Scope
from projects.workflow.grids import GridBuilder, GridView, goes_along
from projects.workflow.saving import (
    NEW,
    Outcome,
    Result,
    Submission,
    add_row,
    duplicate_row,
    move_row,
    resolve,
    save_row,
)
from projects.workflow.steps import STEPS
from projects.workflow.steps.step import Grid, Part, Record, Step

STATUS = {Result.INVALID: 422, Result.CONFLICT: 409, Result.GONE: 409}
MOVES = {"up": -1, "down": 1}
RESOLVES = {"resolve": "choices", "mine": "mine", "theirs": "theirs"}


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
        grid = _grid(self)
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


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404("This address names no row.") from error


@require_POST
def row(request: HttpRequest, project: str, epic: str, feature: str, part: str, uid: str) -> HttpResponse:
    """One row: saved, or what its menu says."""
    desk = open_desk(request, project, epic, feature, part)
    verb = request.POST.get("action", "save").partition(":")[0]
    return act(desk, verb, uid)


@require_POST
def rows(request: HttpRequest, project: str, epic: str, feature: str, part: str) -> HttpResponse:
    """A whole grid as it was sent without JavaScript, or the button of one of its rows."""
    desk = open_desk(request, project, epic, feature, part)
    verb, _, uid = request.POST.get("action", "save").partition(":")
    if verb in ("save", "add"):
        return save_grid(desk)
    return act(desk, verb, uid)


def act(desk: Desk, verb: str, uid: str) -> HttpResponse:
    try:
        if uid == NEW:
            if desk.part.held_by and desk.scope.holder is None:
                raise Http404("What these rows belong to is not in the design any more.")
            if there := _only_row(desk):
                return _save_second(desk, there)
            return answer_new(desk, add_row(desk.submission))
        return VERBS.get(verb, _save)(desk, _uid(uid), verb)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error


def _only_row(desk: Desk) -> Row | None:
    """The row of a record of which there is one, if it is there."""
    is_single = isinstance(desk.part, Record) and not desk.is_picked_part
    return next(iter(desk.part.page_rows(desk.scope)), None) if is_single else None


def _save_second(desk: Desk, row: Row) -> HttpResponse:
    """Somebody filled in the record since the page was loaded: what was typed is held against what is saved."""
    sent = {
        name.removeprefix(f"{NEW}-"): text for name, text in desk.request.POST.items() if name.startswith(f"{NEW}-")
    }
    data = {f"{row.uid}-{name}": text for name, text in sent.items()}
    outcome = save_row(replace(desk.submission, data=data), row.uid)
    return answer(desk, outcome, str(row.uid))


def _save(desk: Desk, uid: UUID, verb: str) -> HttpResponse:
    return answer(desk, save_row(desk.submission, uid), str(uid))


def _resolve(desk: Desk, uid: UUID, verb: str) -> HttpResponse:
    return answer(desk, resolve(desk.submission, uid, RESOLVES[verb]), str(uid))


def _keep(desk: Desk, uid: UUID, verb: str) -> HttpResponse:
    return answer(desk, Outcome(Result.UNCHANGED, row=desk.row(uid)), str(uid))


def _move(desk: Desk, uid: UUID, verb: str) -> HttpResponse:
    move_row(desk.submission, desk.row(uid), MOVES[verb])
    return whole_grid(desk, str(uid))


def _duplicate(desk: Desk, uid: UUID, verb: str) -> HttpResponse:
    return answer_duplicate(desk, duplicate_row(desk.submission, desk.row(uid)))


def _delete(desk: Desk, uid: UUID, verb: str) -> HttpResponse:
    return delete(desk, desk.row(uid), is_sure=verb == "delete-all")


def _undo(desk: Desk, uid: UUID, verb: str) -> HttpResponse:
    return undo(desk, uid)


def save_grid(desk: Desk) -> HttpResponse:
    """Save every row that is right; the others stay as they were typed, each with what is wrong."""
    outcomes = save_sent(desk)
    failed = {uid: outcome for uid, outcome in outcomes.items() if not outcome.is_settled}
    if failed:
        return desk.page(failed)
    return desk.back(outcomes[NEW].row)


def save_sent(desk: Desk) -> dict[str, Outcome]:
    """Every row that was sent, saved if it is right, by its uid; the one typed last is `new`."""
    sent = [name.removesuffix("-version") for name in desk.request.POST if name.endswith("-version")]
    outcomes = {uid: save_row(desk.submission, _uid(uid)) for uid in sent}
    return outcomes | {NEW: add_row(desk.submission)}


def answer(desk: Desk, outcome: Outcome, uid: str) -> HttpResponse:
    """The row as it is now, or as it was typed with what stands against it."""
    if not wants_part(desk.request):
        if outcome.is_settled:
            messages.success(desk.request, "Saved.")
            return desk.back(outcome.row)
        return desk.page({uid: outcome})
    if isinstance(desk.part, Record):
        if outcome.result is Result.SAVED and _is_reshaped(desk.part, outcome):
            return _go(desk, desk.back(outcome.row))
        return answer_record(desk, outcome)
    return saved(HttpResponse(_row_html(desk, outcome), status=STATUS.get(outcome.result, 200)), outcome)


def _is_reshaped(part: Record, outcome: Outcome) -> bool:
    """Whether the page has other parts now than before the row was saved."""
    form = outcome.form
    return form is not None and any(form.initial.get(name) != getattr(form.instance, name) for name in part.reshapes)


def _row_html(desk: Desk, outcome: Outcome) -> str:
    """The row alone, without the design that it belongs to: findings come with the companion's own reload."""
    builder = GridBuilder(_grid(desk), desk.scope)
    number = int(desk.request.POST.get("number") or 0) or _number(desk, outcome)
    if outcome.result is Result.SAVED and outcome.form is not None:
        return row_html(desk.grid_view(), builder.saved(outcome.form, number))
    return row_html(desk.grid_view(), builder.answered(outcome, number))


def _number(desk: Desk, outcome: Outcome) -> int:
    row = outcome.row
    if row is None:
        return 1
    return [each.pk for each in desk.part.siblings(row)].index(row.pk) + 1 if row.pk else 1


def _grid(desk: Desk) -> Grid:
    if not isinstance(desk.part, Grid):
        raise Http404("This part has no rows.")
    return desk.part


def saved(response: HttpResponse, outcome: Outcome | None = None) -> HttpResponse:
    """Tell the companion to reload, if something was saved."""
    if outcome is None or outcome.result is Result.SAVED:
        trigger_client_event(response, "saved", {})
    return response


def answer_new(desk: Desk, outcome: Outcome) -> HttpResponse:
    if isinstance(desk.part, Record):
        if outcome.is_settled and outcome.row is not None:
            return _go(desk, desk.back(outcome.row))
        return answer_record(desk, outcome) if wants_part(desk.request) else desk.page({NEW: outcome})
    if not wants_part(desk.request):
        return desk.back(outcome.row) if outcome.is_settled else desk.page({NEW: outcome})
    builder, view = GridBuilder(_grid(desk), desk.scope), desk.grid_view()
    if not outcome.is_settled:
        return HttpResponse(row_html(view, builder.answered(outcome, 0)), status=STATUS[outcome.result])
    added = _row_html(desk, outcome) if outcome.row is not None else ""
    return saved(HttpResponse(added + row_html(view, builder.new_row(0))), outcome)


def answer_duplicate(desk: Desk, outcome: Outcome) -> HttpResponse:
    if not outcome.is_settled or outcome.row is None:
        messages.error(desk.request, "It could not be copied: " + " ".join(_messages(outcome)))
        return whole_grid(desk, "")
    return whole_grid(desk, str(outcome.row.uid))


def _messages(outcome: Outcome) -> list[str]:
    form = outcome.form
    return [] if form is None else [str(message) for errors in form.errors.values() for message in errors]


def whole_grid(desk: Desk, uid: str) -> HttpResponse:
    """The grid in its new order, with the focus where the row is now."""
    if not wants_part(desk.request) or not isinstance(desk.part, Grid):
        return redirect(desk.addresses.step(desk.step.slug, desk.at) + (f"#row-{uid}" if uid else ""))
    bench = desk.bench()
    section = next(each for each in bench.sections() if isinstance(each, GridView) and each.grid.slug == desk.part.slug)
    context = {"view": section, "addresses": desk.addresses, "at": desk.at, "focus": uid, "bench": bench}
    response = render(desk.request, "projects/workbench/_grid.html", context)
    return saved(reswap(retarget(response, f"#grid-{desk.part.slug}"), "outerHTML"))


def answer_record(desk: Desk, outcome: Outcome) -> HttpResponse:
    uid = str(outcome.row.uid) if outcome.row is not None else NEW
    bench = Workbench(desk.visit, desk.step, desk.at or (uid if desk.is_picked_part else ""))
    bench.outcomes, bench.answers = {uid: outcome}, desk.part.slug
    view = bench.record(desk.part) if isinstance(desk.part, Record) else None
    context = {"view": view, "addresses": desk.addresses, "at": desk.at}
    response = render(desk.request, "projects/workbench/_record.html", context, status=STATUS.get(outcome.result, 200))
    return saved(response, outcome)


def delete(desk: Desk, row: Row, *, is_sure: bool) -> HttpResponse:
    """Delete at once if nothing else goes along, and ask first if something does."""
    along = goes_along(Deletion(row))
    if along and not is_sure:
        return ask(desk, row, along)
    with editing(desk.visit.feature, actor=desk.visit.user, now=timezone.now()) as door:
        door.delete(row)
    event = door.events[-1]
    if not wants_part(desk.request) or isinstance(desk.part, Record):
        place = f"{desk.addresses.history}#event-{event.sequence}"
        messages.success(
            desk.request, format_html("Deleted {}. <a href='{}'>Undo it in the history</a>.", row.label, place)
        )
        at = "" if isinstance(desk.part, Record) else desk.at
        return _go(desk, redirect(desk.addresses.step(desk.step.slug, at)))
    grid = _grid(desk).fitted(desk.scope)
    context = {"row": row, "event": event, "part": grid, "addresses": desk.addresses, "along": along}
    return saved(render(desk.request, "projects/workbench/_deleted_row.html", context))


def ask(desk: Desk, row: Row, along: str) -> HttpResponse:
    if wants_part(desk.request) and isinstance(desk.part, Grid):
        view = GridBuilder(desk.part, desk.scope).row(row, _number(desk, Outcome(Result.UNCHANGED, row=row)))
        view.goes_along = along
        return HttpResponse(row_html(desk.grid_view(), view))
    context = {
        "row": row,
        "along": along,
        "feature": desk.visit.feature,
        "at": desk.at,
        "delete_url": desk.addresses.to("delete-row", part=desk.part.slug, uid=row.uid),
        "keep_url": desk.addresses.step(desk.step.slug, desk.at or str(row.uid)),
    }
    return render(desk.request, "projects/workbench/delete.html", context)


def _go(desk: Desk, response: HttpResponse) -> HttpResponse:
    """Lead to another page: by a header if htmx asked, since it would follow a redirect and swap the page in."""
    if wants_part(desk.request):
        return HttpResponse(headers={"HX-Redirect": response.headers["Location"]})
    return response


def undo(desk: Desk, uid: UUID) -> HttpResponse:
    """Put back what the last deletion of this row took."""
    events = Event.objects.filter(feature=desk.visit.feature, object_uid=uid, verb="deleted")
    event = events.order_by("-sequence").first()
    if event is None:
        raise Http404("The history knows of no such deletion.")
    try:
        with editing(desk.visit.feature, actor=desk.visit.user, now=timezone.now()) as door:
            door.restore(event)
    except CannotPutBack as error:
        messages.error(desk.request, str(error))
        return _go(desk, redirect(desk.addresses.step(desk.step.slug, desk.at)))
    return whole_grid(desk, str(uid))


@require_http_methods(["GET", "POST"])
def delete_record(request: HttpRequest, project: str, epic: str, feature: str, part: str, uid: UUID) -> HttpResponse:
    """Ask on a page of its own, and delete."""
    desk = open_desk(request, project, epic, feature, part)
    row: Any = desk.row(uid)
    if request.method == "POST":
        return delete(desk, row, is_sure=True)
    return ask(desk, row, goes_along(Deletion(row)) or "Nothing else goes with it.")


# Any other word saves, as a row that focus left does.
VERBS = {
    **dict.fromkeys(MOVES, _move),
    **dict.fromkeys(RESOLVES, _resolve),
    **dict.fromkeys(("delete", "delete-all"), _delete),
    "duplicate": _duplicate,
    "keep": _keep,
    "undo": _undo,
}
