"""The list of projects, a new project, and the settings of one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.access import Right, visit_project
from projects.design.vocabulary import Role
from projects.htmx import render_part
from projects.models import Membership, Project, User
from projects.views.card import proposal, saved, status_of
from projects.views.person import signed_in
from projects.views.project_page import feature_count, last_change, render_project_page
from projects.workflow import projects as verbs
from projects.workflow.people import in_words
from projects.workflow.project_forms import ProjectForm

PER_PAGE = 100


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return redirect("projects")


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    page = Paginator(projects_of(signed_in(request), text), PER_PAGE).get_page(request.GET.get("page"))
    for project in page:
        project.my_roles = in_words(Role(membership.role) for membership in project.mine)
    context = {
        "text": text,
        "page": page,
        "current": [project for project in page if not project.is_archived],
        "archived": [project for project in page if project.is_archived],
        "may_create": verbs.may_create_project(signed_in(request)),
    }
    return render_part(request, "projects/list.html", "projects/_list.html", context)


def projects_of(user: User, text: str) -> QuerySet[Any]:
    """The person's projects, each with `mine`, `feature_count` and `changed_at`."""
    mine = Prefetch("memberships", Membership.objects.filter(user=user), to_attr="mine")
    found = Project.objects.visible_to(user)
    if text:
        found = found.mentioning(text)
    counted = found.annotate(feature_count=feature_count(), changed_at=last_change())
    return counted.prefetch_related(mine).order_by("is_archived", Lower("title"), "key")


@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    if not verbs.may_create_project(signed_in(request)):
        raise PermissionDenied(_("Only the staff of this site creates projects. Ask them for one."))
    form = ProjectForm(request.POST) if request.method == "POST" else proposal(request, ProjectForm)
    project = saved(
        request, form, lambda: verbs.create_project(**form.values, owner=signed_in(request), now=timezone.now())
    )
    if project:
        messages.success(request, _("%s is there.") % project.title)
        return redirect("project", project.key)
    return render(request, "projects/new.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def project_settings(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.READ if request.method != "POST" else Right.MANAGE)
    form = ProjectForm(request.POST if request.method == "POST" else None, instance=visit.project)
    changed = saved(
        request,
        form,
        lambda: verbs.change_project(
            visit.project, form.values, loaded=form.loaded, actor=signed_in(request), now=timezone.now()
        ),
    )
    if changed:
        messages.success(request, _("Saved."))
        return redirect("project-settings", changed.key)
    context = {"form": form}
    return render_project_page(
        request, visit, "projects/settings.html", context, tab="project-settings", status=status_of(form)
    )


@require_POST
def project_archive(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.MANAGE)
    verbs.archive_project(visit.project, actor=signed_in(request), now=timezone.now())
    messages.success(request, _("%s is archived: it can be read, and does not change.") % visit.project.title)
    return redirect("project-settings", visit.project.key)


@require_POST
def project_restore(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project, Right.MANAGE)
    verbs.bring_back_project(visit.project, actor=signed_in(request), now=timezone.now())
    messages.success(request, _("%s is back.") % visit.project.title)
    return redirect("project-settings", visit.project.key)
