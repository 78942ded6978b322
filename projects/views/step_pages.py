"""The pages of the steps."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from projects.access import visit_feature
from projects.snapshot.current import current_design
from projects.views.companion import Companion
from projects.views.workbench import Workbench
from projects.workflow.progress import overview_of
from projects.workflow.steps import STEP_BY_SLUG, STEPS


def show_step(request: HttpRequest, bench: Workbench, status: int = 200) -> HttpResponse:
    companion = Companion.of(request, bench.visit, bench.digested, bench.step, bench.picked)
    context = bench.context() | {"companion": companion}
    return render(request, "projects/workbench/step.html", context, status=status)


@require_safe
def feature(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    """Lead to the first step that is not complete."""
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    slug = overview_of(current_design(visit.feature)).next_step()
    return redirect("step", project=project, epic=epic, feature=feature, step=slug)


@require_safe
def step(request: HttpRequest, project: str, epic: str, feature: str, step: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    if step not in STEP_BY_SLUG:
        raise Http404("The workflow has no such step.")
    return show_step(request, Workbench(visit, STEP_BY_SLUG[step], request.GET.get("at", "")))


@require_safe
def choose_step(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    """Lead to the step chosen in the select of a narrow window."""
    chosen = request.GET.get("step", "")
    slug = chosen if chosen in STEP_BY_SLUG else STEPS[0].slug
    return redirect(reverse("step", args=[project, epic, feature, slug]))
