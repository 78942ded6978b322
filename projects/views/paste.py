"""Paste rows from a spreadsheet into a grid: a preview first, then all of them or none."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from projects.views.desk import Desk, open_desk
from projects.workflow.pasting import CannotRead, Pasted, read_rows, save_rows
from projects.workflow.steps.step import Grid


@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, project: str, epic: str, feature: str, part: str) -> HttpResponse:
    desk = open_desk(request, project, epic, feature, part)
    if not isinstance(desk.part, Grid):
        raise Http404("Rows are pasted into grids.")
    text = request.POST.get("rows", "")
    if request.method == "GET" or "rows" not in request.POST:
        return _page(desk, text)
    try:
        pasted = read_rows(desk.part, desk.scope, text, _left_out(request))
    except CannotRead as error:
        return _page(desk, text, error=str(error), status=422)
    if "save" not in request.POST or pasted.wrong or not pasted.rows:
        return _page(desk, text, pasted, status=422 if pasted.wrong and "save" in request.POST else 200)
    saved = save_rows(pasted, desk.scope, actor=desk.visit.user, now=timezone.now())
    messages.success(request, f"{len(saved)} row{'s' if len(saved) != 1 else ''} added.")
    return desk.back(saved[0])


def _left_out(request: HttpRequest) -> frozenset[int]:
    return frozenset(int(number) for number in request.POST.getlist("leave-out") if number.isdigit())


def _page(desk: Desk, text: str, pasted: Pasted | None = None, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "visit": desk.visit,
        "feature": desk.visit.feature,
        "addresses": desk.addresses,
        "step": desk.step,
        "grid": desk.part.fitted(desk.scope) if isinstance(desk.part, Grid) else desk.part,
        "at": desk.at,
        "back": desk.addresses.step(desk.step.slug, desk.at),
        "text": text,
        "pasted": pasted,
        "error": error,
        "left_out": sorted(_left_out(desk.request)),
    }
    return render(desk.request, "projects/workbench/paste.html", context, status=status)
