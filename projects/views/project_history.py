"""What happened in a project, newest first."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from projects.access import visit_project
from projects.models import Event
from projects.views.person import signed_in
from projects.views.project_page import render_project_page

PER_PAGE = 50


@require_safe
def project_history(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project)
    events = Event.objects.filter(project=visit.project).select_related("feature__epic", "actor").defer("kept")
    before = request.GET.get("before", "")
    # Pages go by the number in the chain: what happens while somebody reads does not shift them.
    if before.isascii() and before.isdigit():
        events = events.filter(sequence__lt=int(before[:18]))
    found = list(events.order_by("-sequence")[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    context = {"events": page, "older": page[-1].sequence if len(found) > PER_PAGE else None, "is_newest": not before}
    return render_project_page(request, visit, "projects/history.html", context, tab="project-history")
