"""The page of a project: its features by epic, and beside them its documents, its handbook and its people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from projects.access import visit_project
from projects.design.vocabulary import Role
from projects.htmx import render_part, wants_part
from projects.models import Membership, Project, User
from projects.views.person import signed_in
from projects.views.project_page import tabs
from projects.views.project_side import counted_side, side_of
from projects.views.still_reading import reading_first
from projects.workflow.feature_list import Filters, feature_list
from projects.workflow.people import in_words
from projects.workflow.standings import HEAD_STATES

PEOPLE_BESIDE_THE_LIST = 8


@require_safe
def project(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project)
    filters = filters_of(request)
    found = feature_list(visit.project, filters, request.GET.get("page"))
    context: dict[str, Any] = {
        "visit": visit,
        "filters": filters,
        "list": found,
        "page": found.page,
        "states": HEAD_STATES,
    }
    if not wants_part(request):
        people = people_of(visit.project)
        context |= {
            "tabs": tabs(visit, "project", (found.total, len(people))),
            "people": people[:PEOPLE_BESIDE_THE_LIST],
            "side": side_of(visit.project, found.total),
        }
    return render_part(request, "projects/detail.html", "projects/_features_part.html", context)


@require_safe
def side(request: HttpRequest, project: str) -> HttpResponse:
    """Count documents and handbook now: for the page that shows them, or on request, which leads back to it."""
    visit = visit_project(signed_in(request), project)
    if not wants_part(request) and (waiting := reading_first(request, visit, "project")):
        return waiting
    context = {"visit": visit, "side": counted_side(visit.project)}
    if not wants_part(request):
        return redirect("project", visit.project.key)
    return render_part(request, "projects/_side.html", "projects/_side.html", context)


def filters_of(request: HttpRequest) -> Filters:
    asked = request.GET
    # PostgreSQL takes no NUL.
    text = " ".join(asked.get("q", "").replace("\x00", " ").split())
    state = asked.get("state", "")
    return Filters(text, asked.get("epic", ""), state if state in HEAD_STATES else "", bool(asked.get("findings")))


def people_of(project: Project) -> list[dict[str, Any]]:
    """The people of the project with their roles in words, owners before others."""
    order = {role: place for place, role in enumerate(Role)}
    held: dict[User, list[Role]] = {}
    for membership in Membership.objects.filter(project=project).select_related("user").order_by("user__name", "user"):
        held.setdefault(membership.user, []).append(Role(membership.role))
    ranked = sorted(held.items(), key=lambda item: min(order[role] for role in item[1]))
    return [{"user": user, "roles": in_words(roles)} for user, roles in ranked]
