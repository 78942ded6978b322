"""The diagram on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.access import visit_feature
from projects.snapshot.current import current_design
from projects.views.addresses import Addresses
from projects.views.companion import Companion
from projects.workflow.steps import STEP_BY_SLUG


@require_safe
def diagram(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    digested = current_design(visit.feature)
    companion = Companion(visit, digested, STEP_BY_SLUG["data-model"], "diagram", shows_all="keys" not in request.GET)
    context = {"visit": visit, "feature": visit.feature, "addresses": Addresses(visit.feature), "companion": companion}
    return render(request, "projects/workbench/diagram.html", context)
