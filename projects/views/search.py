"""Search or jump: a page with results, and the part of it that the dialog of Ctrl K shows."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.access import visit_project
from projects.checks.findable import Findable
from projects.checks.findable_handbook import CONVENTIONS, ENTRY, LIST, POLICY
from projects.design.entries import ENTRY_BY_KEY, Theme
from projects.design.vocabulary import StepName
from projects.htmx import render_part, wants_part
from projects.models import Project
from projects.search import Found, Hit, Wanted, recent, search_everywhere, search_project, wanted
from projects.views.addresses import Addresses
from projects.views.finding_places import place_of, place_of_answer
from projects.views.handbook_search import PAGE, handbook_pages, page_address
from projects.views.person import signed_in
from projects.views.project_page import tabs

IN_DIALOG = 12
ON_PAGE = 50
ON_PAGE_AT_MOST = 400
# On which page of the handbook each of its lists stands.
PAGES_OF_LISTS = {
    "schedules": "backup",
    "retention_rules": "retention",
    "protections": "retention",
    "access_roles": "access",
    "metrics": "monitoring",
}


@dataclass(frozen=True)
class Result:
    """A hit with its address, and where it stands in words: the feature and the step, or the part of the handbook."""

    hit: Hit
    address: str
    path: str
    place: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The projects and features that the person may see."""
    user, query = signed_in(request), wanted(request.GET.get("q", ""))
    found = search_everywhere(user, query, _at_most(request)) if query.words else recent(user)
    return _answer(request, query, found, {"search_url": reverse("search")})


@require_safe
def search_in_project(request: HttpRequest, project: str) -> HttpResponse:
    """Everything in the project."""
    visit, query = visit_project(signed_in(request), project), wanted(request.GET.get("q", ""))
    if query.words:
        found = search_project(visit.project, query, _at_most(request), handbook_pages())
    else:
        found = recent(visit.user, visit.project)
    context: dict[str, Any] = {"visit": visit, "search_url": reverse("project-search", args=[visit.project.key])}
    if not wants_part(request):
        context["tabs"] = tabs(visit, "project-search")
    return _answer(request, query, found, context)


def _at_most(request: HttpRequest) -> int:
    if wants_part(request):
        return IN_DIALOG
    asked = request.GET.get("shown", "")
    return max(ON_PAGE, min(int(asked[:4]), ON_PAGE_AT_MOST)) if asked.isascii() and asked.isdigit() else ON_PAGE


def _answer(request: HttpRequest, query: Wanted, found: Found, context: dict[str, Any]) -> HttpResponse:
    at_most = _at_most(request)
    context |= {
        "query": query,
        "found": found,
        "results": [_result(hit) for hit in found.hits],
        "next_shown": min(2 * at_most, ON_PAGE_AT_MOST) if at_most < ON_PAGE_AT_MOST else 0,
    }
    return render_part(request, "projects/search/page.html", "projects/search/_options.html", context)


def _result(hit: Hit) -> Result:
    project, item = hit.project, hit.item
    assert project is not None  # every hit is in one
    if hit.feature and hit.digested:
        addresses, path = Addresses(hit.feature), f"{hit.feature.epic.key}/{hit.feature.key}"
        if item.record:
            address = place_of_answer(addresses, item.step, item.record, item.column)
        else:
            address = place_of(addresses, hit.digested, item.step, item.uid)
        return Result(hit, address, path, StepName(item.step).label)
    if hit.feature:
        return Result(hit, Addresses(hit.feature).to("feature"), hit.feature.path, "")
    if hit.epic:
        address = f"{reverse('project', args=[project.key])}?epic={hit.epic.key}"
        return Result(hit, address, f"{project.key}/{hit.epic.key}", "")
    if item.record:
        return Result(hit, _handbook_address(project, item), "", _("Handbook"))
    return Result(hit, reverse("project", args=[project.key]), project.key, "")


def _handbook_address(project: Project, item: Findable) -> str:
    """The page of the handbook that holds what was found, at its row or field."""
    kind, _, name = item.record.partition(":")
    if kind == PAGE:
        return page_address(project.key, item)
    if kind == ENTRY:
        theme = ENTRY_BY_KEY[name].theme if name in ENTRY_BY_KEY else next(iter(Theme))
        return f"{reverse('handbook-entries', args=[project.key, theme])}#id_{name}-text"
    if name == "databases":
        return reverse("handbook-database", args=[project.key, item.uid])
    if kind == LIST and item.uid:
        return f"{reverse('handbook-policy', args=[project.key, PAGES_OF_LISTS[name]])}#row-{item.uid.hex}"
    slug = name if kind == POLICY else CONVENTIONS
    return f"{reverse('handbook-policy', args=[project.key, slug])}#id_{item.column}"
