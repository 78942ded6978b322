"""Refer to an entity that another feature of the project owns, or stop referring to it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from projects.access import FeatureVisit, Right, visit_feature
from projects.models import Entity, Reuse
from projects.views.addresses import Addresses
from projects.workflow.editing import editing


@require_http_methods(["GET", "POST"])
def reuse(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    if request.method == "POST" and "stop" in request.POST:
        return _stop(request, visit, request.POST["stop"])
    if request.method == "POST":
        return _start(visit, request.POST.get("entity", ""))
    owned = _owned_by_others(visit)
    known = Reuse.objects.filter(feature=visit.feature).values("entity")
    entities = (
        owned.exclude(pk__in=known)
        .select_related("feature__epic")
        .order_by("feature__epic__key", "feature__key", "name")
    )
    context = {"visit": visit, "feature": visit.feature, "addresses": Addresses(visit.feature), "entities": entities}
    return render(request, "projects/workbench/reuse.html", context)


def _owned_by_others(visit: FeatureVisit) -> QuerySet[Entity]:
    owned = Entity.objects.filter(feature__epic__project=visit.project, feature__archived_at=None)
    return owned.exclude(feature=visit.feature)


def _start(visit: FeatureVisit, pk: str) -> HttpResponse:
    owned = _owned_by_others(visit)
    entity = owned.filter(pk=pk).first() if pk.isdigit() else None
    if entity is None:
        raise Http404("This project has no such entity.")
    if not Reuse.objects.filter(feature=visit.feature, entity=entity).exists():
        with editing(visit.feature, actor=visit.user, now=timezone.now()) as door:
            door.create(Reuse(entity=entity))
    return redirect(Addresses(visit.feature).step("data-model", entity.uid))


def _stop(request: HttpRequest, visit: FeatureVisit, uid: str) -> HttpResponse:
    try:
        row = Reuse.objects.select_related("entity").get(feature=visit.feature, entity__uid=UUID(uid))
    except (ValueError, Reuse.DoesNotExist) as error:
        raise Http404("This design does not refer to that entity.") from error
    with editing(visit.feature, actor=visit.user, now=timezone.now()) as door:
        door.delete(row)
    messages.success(request, f"{row.label} is not part of this design any more. The history can bring it back.")
    return redirect(Addresses(visit.feature).step("data-model"))
