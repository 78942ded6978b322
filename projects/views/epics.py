"""Epics: the groups that features stand in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from projects.access import Right, visit_epic, visit_project
from projects.models import Epic
from projects.views.card import proposal, saved, status_of
from projects.views.person import signed_in
from projects.views.project_page import render_project_page
from projects.workflow import projects as verbs
from projects.workflow.project_forms import EpicForm


@require_safe
def epic(request: HttpRequest, project: str, epic: str) -> HttpResponse:
    """An epic has no page of its own: its features stand in the project's list."""
    visit, found = visit_epic(signed_in(request), project, epic)
    return redirect(f"{reverse('project', args=[visit.project.key])}?epic={found.key}")


@require_http_methods(["GET", "HEAD", "POST"])
def epic_new(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.EDIT)
    blank = Epic(project=visit.project)
    is_post = request.method == "POST"
    form = EpicForm(request.POST, instance=blank) if is_post else proposal(request, EpicForm, instance=blank)
    made = saved(
        request,
        form,
        lambda: verbs.create_epic(visit.project, **form.values, actor=signed_in(request), now=timezone.now()),
    )
    if made:
        messages.success(request, _("%s is there. Add its first feature.") % made.title)
        return redirect("project", visit.project.key)
    return render_project_page(
        request, visit, "projects/epic_form.html", {"form": form, "epic": None}, tab="project", status=status_of(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def epic_edit(request: HttpRequest, project: str, epic: str) -> HttpResponse:
    visit, found = visit_epic(signed_in(request), project, epic, Right.EDIT)
    form = EpicForm(request.POST if request.method == "POST" else None, instance=found)
    changed = saved(
        request,
        form,
        lambda: verbs.change_epic(found, form.values, loaded=form.loaded, actor=signed_in(request), now=timezone.now()),
    )
    if changed:
        messages.success(request, _("Saved."))
        return redirect("project", visit.project.key)
    return render_project_page(
        request, visit, "projects/epic_form.html", {"form": form, "epic": found}, tab="project", status=status_of(form)
    )
