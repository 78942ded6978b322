"""Features as cards: title, key and description. What is designed in them is the workbench's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.access import Right, visit_feature, visit_project
from projects.models import Feature
from projects.views.card import proposal, saved, status_of
from projects.views.person import signed_in
from projects.views.project_page import render_project_page
from projects.workflow import projects as verbs
from projects.workflow.project_forms import FeatureForm, NewFeatureForm


@require_http_methods(["GET", "HEAD", "POST"])
def feature_new(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.EDIT)
    if request.method == "POST":
        form = NewFeatureForm(request.POST, project=visit.project)
    else:
        form = proposal(request, NewFeatureForm, project=visit.project)

    def create() -> Feature:
        values = form.values
        epic, new_epic = values.pop("epic"), values.pop("new_epic")
        return verbs.create_feature_with_epic(
            visit.project, epic=epic, new_epic=new_epic, values=values, actor=signed_in(request), now=timezone.now()
        )

    made = saved(request, form, create)
    if made:
        return redirect("feature", visit.project.key, made.epic.key, made.key)
    context = {"form": form, "feature": None}
    return render_project_page(
        request, visit, "projects/feature_form.html", context, tab="project", status=status_of(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def feature_edit(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    visit = visit_feature(signed_in(request), project, epic, feature, Right.EDIT)
    form = FeatureForm(request.POST if request.method == "POST" else None, instance=visit.feature)
    changed = saved(
        request,
        form,
        lambda: verbs.change_feature(
            visit.feature, form.values, loaded=form.loaded, actor=signed_in(request), now=timezone.now()
        ),
    )
    if changed:
        messages.success(request, _("Saved."))
        return redirect("project", visit.project.key)
    context = {"form": form, "feature": visit.feature}
    return render_project_page(
        request, visit, "projects/feature_form.html", context, tab="project", status=status_of(form)
    )
