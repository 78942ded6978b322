"""What happened in a project, newest first: its audit trail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from projects.access import visit_project
from projects.views.person import signed_in
from projects.views.project_page import render_project_page
from projects.workflow.audit import Filters, features_in, people_in, trail

PER_PAGE = 50
LONGEST_SEARCH = 200
# More digits than any number here has.
DIGITS = 18


@require_safe
def project_history(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project)
    filters = filters_of(request)
    events = trail(visit.project, filters).select_related("feature__epic", "actor").defer("kept")
    before = _number(request.GET.get("before", ""))
    # Pages go by the number in the chain: what happens while somebody reads does not shift them.
    if before is not None:
        events = events.filter(sequence__lt=before)
    found = list(events[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    context: dict[str, Any] = {
        "events": page,
        "older": page[-1].sequence if len(found) > PER_PAGE else None,
        "is_newest": before is None,
        "filters": filters,
        "is_filtered": filters != Filters(),
        "person": str(filters.person or ""),
        "features": features_in(visit.project),
        "people": people_in(visit.project),
    }
    return render_project_page(request, visit, "projects/history.html", context, tab="project-history")


def filters_of(request: HttpRequest) -> Filters:
    asked = request.GET
    # PostgreSQL takes no NUL.
    text = " ".join(asked.get("q", "").replace("\x00", " ").split())[:LONGEST_SEARCH]
    feature = asked.get("feature", "").replace("\x00", "")
    return Filters(text, feature, _number(asked.get("person", "")), bool(asked.get("reviews")))


def _number(text: str) -> int | None:
    return int(text[:DIGITS]) if text.isascii() and text.isdigit() else None
