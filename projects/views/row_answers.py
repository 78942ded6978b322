"""What a browser gets for the rows it sent: the row, the grid, the record, or the question before a deletion."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import reswap, retarget, trigger_client_event

from projects.htmx import wants_part
from projects.models.base import Row
from projects.templatetags.grid import row_html
from projects.views.desk import STATUS, Desk, grid_of
from projects.views.workbench import Workbench
from projects.workflow.forms import whole
from projects.workflow.grids import GridBuilder, GridView
from projects.workflow.saving import (
    NEW,
    Outcome,
    Result,
)
from projects.workflow.steps.step import Grid, Record


def answer(desk: Desk, outcome: Outcome, uid: str) -> HttpResponse:
    """The row as it is now, or as it was typed with what stands against it."""
    if not wants_part(desk.request):
        if outcome.is_settled:
            messages.success(desk.request, "Saved.")
            return desk.back(outcome.row)
        return desk.page({uid: outcome})
    if isinstance(desk.part, Record):
        if outcome.result is Result.SAVED and _is_reshaped(desk.part, outcome):
            return lead_to(desk, desk.back(outcome.row))
        return answer_record(desk, outcome)
    return saved(HttpResponse(_row_html(desk, outcome), status=STATUS.get(outcome.result, 200)), outcome)


def _is_reshaped(part: Record, outcome: Outcome) -> bool:
    """Whether the page has other parts now than before the row was saved."""
    form = outcome.form
    return form is not None and any(form.initial.get(name) != getattr(form.instance, name) for name in part.reshapes)


def _row_html(desk: Desk, outcome: Outcome) -> str:
    """The row alone, without the design that it belongs to: findings come with the companion's own reload."""
    builder = GridBuilder(grid_of(desk), desk.scope)
    number = whole(desk.request.POST.get("number")) or number_of(desk, outcome)
    if outcome.result is Result.SAVED and outcome.form is not None:
        return row_html(desk.grid_view(), builder.saved(outcome.form, number))
    return row_html(desk.grid_view(), builder.answered(outcome, number))


def number_of(desk: Desk, outcome: Outcome) -> int:
    row = outcome.row
    if row is None:
        return 1
    return [each.pk for each in desk.part.siblings(row)].index(row.pk) + 1 if row.pk else 1


def saved(response: HttpResponse, outcome: Outcome | None = None) -> HttpResponse:
    """Tell the companion to reload, if something was saved."""
    if outcome is None or outcome.result is Result.SAVED:
        trigger_client_event(response, "saved", {})
    return response


def answer_new(desk: Desk, outcome: Outcome) -> HttpResponse:
    if isinstance(desk.part, Record):
        if outcome.is_settled and outcome.row is not None:
            return lead_to(desk, desk.back(outcome.row))
        return answer_record(desk, outcome) if wants_part(desk.request) else desk.page({NEW: outcome})
    if not wants_part(desk.request):
        return desk.back(outcome.row) if outcome.is_settled else desk.page({NEW: outcome})
    builder, view = GridBuilder(grid_of(desk), desk.scope), desk.grid_view()
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


def ask(desk: Desk, row: Row, along: str) -> HttpResponse:
    if wants_part(desk.request) and isinstance(desk.part, Grid):
        view = GridBuilder(desk.part, desk.scope).row(row, number_of(desk, Outcome(Result.UNCHANGED, row=row)))
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


def lead_to(desk: Desk, response: HttpResponse) -> HttpResponse:
    """Lead to another page: by a header if htmx asked, since it would follow a redirect and swap the page in."""
    if wants_part(desk.request):
        return HttpResponse(headers={"HX-Redirect": response.headers["Location"]})
    return response
