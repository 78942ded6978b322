"""The tabs of a project, and the page they stand on."""

from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.access import Visit
from projects.exporters.project_documents import PROJECT_DOCUMENTS
from projects.models import Feature, Membership, Project
from projects.workflow.events import Event


class Tab(NamedTuple):
    label: str
    url: str
    is_current: bool
    number: int | None = None


def render_project_page(
    request: HttpRequest, visit: Visit, template: str, context: dict[str, Any], *, tab: str = "", status: int = 200
) -> HttpResponse:
    """Render a page of the project under its heading; `tab` is the URL name of the tab that it belongs to."""
    return render(request, template, {"visit": visit, "tabs": tabs(visit, tab)} | context, status=status)


def tabs(visit: Visit, current: str, counted: tuple[int, int] | None = None) -> list[Tab]:
    """The tabs; `counted` are the numbers of features and people, where the page knows them already."""
    if counted is None:
        counted = Project.objects.filter(pk=visit.project.pk).values_list(feature_count(), people_count()).get()
    names = [
        ("project", _("Features"), counted[0]),
        ("project-documents", _("Documents"), len(PROJECT_DOCUMENTS)),
        ("project-model", _("Model"), None),
        ("handbook", _("Handbook"), None),
        ("project-people", _("People"), counted[1]),
        ("project-history", _("History"), None),
        ("project-settings", _("Settings"), None),
    ]
    return [
        Tab(label, reverse(name, kwargs={"project": visit.project.key}), name == current, count)
        for name, label, count in names
    ]


def feature_count() -> Coalesce:
    in_use = Feature.objects.filter(epic__project=OuterRef("pk"), archived_at=None)
    return _count(in_use.values("epic__project"), "pk")


def people_count() -> Coalesce:
    return _count(Membership.objects.filter(project=OuterRef("pk")).values("project"), "user")


def last_change() -> Subquery:
    events = Event.objects.filter(project=OuterRef("pk")).order_by("-sequence")
    return Subquery(events.values("at")[:1])


def _count(grouped: QuerySet[Any], column: str) -> Coalesce:
    # A subquery for each count: joining both would multiply the rows.
    return Coalesce(Subquery(grouped.order_by().annotate(number=Count(column, distinct=True)).values("number")), 0)
