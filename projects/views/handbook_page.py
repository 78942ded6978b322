"""A page of the handbook: the project's page, with the way to every other page of the handbook beside it."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.access import Visit
from projects.design.entries import Theme
from projects.views.project_page import render_project_page
from projects.workflow.handbook.pages import PAGES

OVERVIEW, QUESTIONS = "overview", "questions"
# Before the value of a theme: themes and policies may have the same word.
ENTRIES = "entries/"


class HandbookLink(NamedTuple):
    label: str
    url: str
    is_current: bool


class HandbookLinks(NamedTuple):
    """Links under a heading; the first ones have none."""

    title: str
    links: list[HandbookLink]


def render_handbook_page(
    request: HttpRequest, visit: Visit, template: str, context: dict[str, Any], *, current: str, status: int = 200
) -> HttpResponse:
    """Render a page of the handbook; `current` is OVERVIEW, QUESTIONS, a policy page's slug, or ENTRIES and a theme."""
    context = {"nav": navigation(visit.project.key, current)} | context
    return render_project_page(request, visit, template, context, tab="handbook", status=status)


def navigation(project: str, current: str) -> list[HandbookLinks]:
    first = [(OVERVIEW, _("Overview"), reverse("handbook", args=[project]))]
    first.append((QUESTIONS, _("Five questions"), reverse("handbook-questions", args=[project])))
    policies = [(page.slug, page.title, reverse("handbook-policy", args=[project, page.slug])) for page in PAGES]
    entries = [
        (f"{ENTRIES}{theme}", theme.label, reverse("handbook-entries", args=[project, theme.value])) for theme in Theme
    ]
    groups = (("", first), (_("Policies"), policies), (_("Entries"), entries))
    return [
        HandbookLinks(title, [HandbookLink(label, url, name == current) for name, label, url in links])
        for title, links in groups
    ]
