"""Rows sent from the workbench: one that focus left, a whole grid without JavaScript, the buttons of a row's menu."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from projects.htmx import wants_part
from projects.models import Event
from projects.models.base import Row
from projects.views.desk import Desk, grid_of, open_desk, uid_of
from projects.views.row_answers import answer, answer_duplicate, answer_new, ask, lead_to, saved, whole_grid
from projects.workflow.deletion import CannotPutBack, Deletion
from projects.workflow.editing import NotAllowed, editing
from projects.workflow.grids import goes_along
from projects.workflow.saving import (
    NEW,
    Outcome,
    Result,
    add_row,
    duplicate_row,
    move_row,
    resolve,
    save_row,
)
from projects.workflow.steps.step import Record

MOVES = {"up": -1, "down": 1}


RESOLVES = {"resolve": "choices", "mine": "mine", "theirs": "theirs"}


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
        return VERBS.get(verb, _save)(desk, uid_of(uid), verb)
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
    outcomes = {uid: save_row(desk.submission, uid_of(uid)) for uid in sent}
    return outcomes | {NEW: add_row(desk.submission)}


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
        return lead_to(desk, redirect(desk.addresses.step(desk.step.slug, at)))
    grid = grid_of(desk).fitted(desk.scope)
    context = {"row": row, "event": event, "part": grid, "addresses": desk.addresses, "along": along}
    return saved(render(desk.request, "projects/workbench/_deleted_row.html", context))


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
        return lead_to(desk, redirect(desk.addresses.step(desk.step.slug, desk.at)))
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
