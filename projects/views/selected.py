"""What is done with several rows of a grid at once."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from projects.htmx import wants_part
from projects.models.base import Row
from projects.views.desk import Desk, open_desk
from projects.views.row_answers import saved
from projects.views.rows import save_sent
from projects.views.step_pages import show_step
from projects.views.workbench import Workbench
from projects.workflow.bulk import Selection, delete_rows, goes_along, set_column
from projects.workflow.editing import NotAllowed
from projects.workflow.grids import GridView
from projects.workflow.saving import NEW
from projects.workflow.steps.step import Column, Grid


@require_POST
def selected(request: HttpRequest, project: str, epic: str, feature: str, part: str) -> HttpResponse:
    """Set a column of the selected rows, or delete them."""
    desk = open_desk(request, project, epic, feature, part)
    grid = desk.part
    if not isinstance(grid, Grid):
        raise Http404("Only the rows of a grid can be selected.")
    try:
        # Without JavaScript the whole grid comes along, with whatever was typed in it.
        if any(name.startswith(f"{NEW}-") or name.endswith("-version") for name in request.POST):
            failed = {uid: outcome for uid, outcome in save_sent(desk).items() if not outcome.is_settled}
            if failed:
                return desk.page(failed)
        return _act(desk, grid.fitted(desk.scope))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error


def _act(desk: Desk, grid: Grid) -> HttpResponse:
    sent = desk.request.POST
    rows = desk.part.rows_named(desk.scope, [uid for text in sent.getlist("selected") if (uid := _uid(text))])
    chosen = Selection(tuple(str(row.uid) for row in rows), sent.get("column", ""), sent.get("value", ""))
    if not rows:
        return _refuse(desk, chosen, "Select rows first, by the boxes at their beginnings.")
    if sent.get("action") == "set":
        column = next((each for each in grid.columns if each.name == chosen.column), None)
        return _set(desk, rows, column, chosen) if column else _refuse(desk, chosen, "Choose a column to set.")
    if sent.get("action") not in ("delete", "delete-all"):
        return _refuse(desk, chosen, "Choose what to do with the rows: set a column, or delete them.")
    return _delete(desk, rows, chosen)


def _set(desk: Desk, rows: list[Row], column: Column, chosen: Selection) -> HttpResponse:
    count, problems = set_column(desk.submission, rows, column, chosen.value)
    if problems:
        return _refuse(desk, chosen, *problems)
    return _done(desk, chosen, f"{_counted(count)} changed." if count else "They say so already; nothing was changed.")


def _delete(desk: Desk, rows: list[Row], chosen: Selection) -> HttpResponse:
    if desk.request.POST.get("action") != "delete-all" and (along := goes_along(rows)):
        chosen.question = f"Delete {_counted(len(rows))}? {along} The history can bring each of them back."
        return _answer(desk, chosen)
    count = delete_rows(desk.submission, rows)
    return _done(desk, Selection(), f"{_counted(count)} deleted. The history can bring each of them back.")


def _done(desk: Desk, chosen: Selection, words: str) -> HttpResponse:
    if wants_part(desk.request):
        return saved(trigger_client_event(_answer(desk, chosen), "toast", {"value": words}))
    messages.success(desk.request, words)
    return desk.back()


def _refuse(desk: Desk, chosen: Selection, *problems: str) -> HttpResponse:
    chosen.problems = list(problems)
    return _answer(desk, chosen)


def _answer(desk: Desk, chosen: Selection) -> HttpResponse:
    """The grid with the same rows selected, and what stands against what was asked; or the whole page with it."""
    bench = Workbench(desk.visit, desk.step, desk.at, answers=desk.part.slug, selection=chosen)
    if not wants_part(desk.request):
        return show_step(desk.request, bench, status=422 if chosen.problems else 200)
    views = [view for view in bench.sections() if isinstance(view, GridView) and view.grid.slug == desk.part.slug]
    if not views:
        raise Http404("These rows are not on that page.")
    context = {"view": views[0], "addresses": desk.addresses, "at": desk.at, "bench": bench}
    return render(desk.request, "projects/workbench/_grid.html", context)


def _counted(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
