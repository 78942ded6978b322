"""One panel of a step's page anew, after something was saved beside it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.access import visit_feature
from projects.snapshot.current import current_design
from projects.views.addresses import Addresses
from projects.views.panels import PANELS, Seen, ShownPanel, address_of
from projects.views.parts import find_picked
from projects.workflow.forms import Scope
from projects.workflow.steps import STEP_BY_SLUG


@require_safe
def panel(request: HttpRequest, project: str, epic: str, feature: str, panel: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    asked = next((each for each in PANELS if each.slug == panel), None)
    if asked is None:
        raise Http404("No step has such a panel.")
    at = request.GET.get("at", "")
    picked = find_picked(STEP_BY_SLUG[asked.step], Scope(visit.feature), at)
    seen = Seen(current_design(visit.feature), Addresses(visit.feature), at, picked)
    content = asked.build(seen)
    if content is None:
        raise Http404("This page has no such panel.")
    shown = ShownPanel(asked, content, address_of(asked, seen))
    return render(request, "projects/workbench/_panel.html", {"shown": shown})
