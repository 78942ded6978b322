"""What waits until the drafts that a change of the whole project made out of date are read again, some a request."""

from django.http import HttpRequest, HttpResponse

from projects.access import Visit
from projects.htmx import wants_part
from projects.views.project_page import render_project_page
from projects.workflow.project_model import bring_up, drafts_of

SECONDS_BETWEEN_READS = 1


def reading_first(request: HttpRequest, visit: Visit, tab: str) -> HttpResponse | None:
    """Read some of the drafts that are out of date; a page that goes on by itself if others are left, else None.

    `tab` is the URL name of the tab that the page belongs to. Each page takes the queries of ten drafts at most.
    """
    features = drafts_of(visit.project)
    left = bring_up(features)
    return still_reading(request, visit, len(features) - left, len(features), tab) if left else None


def still_reading(request: HttpRequest, visit: Visit, done: int, total: int, tab: str) -> HttpResponse:
    """The page that says how far it is and asks for its address again in a moment."""
    if wants_part(request):
        # Of a part there is nothing to show yet: the page itself waits.
        return HttpResponse(status=202, headers={"HX-Redirect": request.get_full_path(), "Vary": "HX-Request"})
    context = {"done": done, "total": total}
    response = render_project_page(request, visit, "projects/model/reading.html", context, tab=tab, status=202)
    response.headers["Refresh"] = str(SECONDS_BETWEEN_READS)
    return response
