"""Copy the structure of another feature into this one: choose the feature, then its entities."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from projects.access import FeatureVisit, Moved, Right, visit_feature
from projects.design.tree import Design, Entity
from projects.models import Entity as EntityRow
from projects.models import Feature, Project
from projects.snapshot.current import current_design
from projects.views.addresses import Addresses
from projects.workflow.apply_import import ImportRefused
from projects.workflow.copying import copy_structure as copy
from projects.workflow.editing import NotAllowed


@dataclass(frozen=True)
class Offered:
    """An entity of the other feature; `is_taken` says that this design has one of its name."""

    entity: Entity
    is_taken: bool
    is_chosen: bool


@require_http_methods(["GET", "POST"])
def copy_structure(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    path = request.POST.get("from") or request.GET.get("from") or ""
    if not path:
        return _page(request, visit, {"features": _features(visit)})
    source = current_design(_source(visit, path)).design
    chosen = frozenset(uid for text in request.POST.getlist("entity") if (uid := _uid(text)))
    if request.method == "GET":
        return _choose(request, visit, source, chosen)
    if not chosen & {entity.uid for entity in source.own_entities}:
        return _choose(request, visit, source, chosen, ["Choose at least one entity."])
    try:
        copy(visit.feature, source, chosen, actor=visit.user, now=timezone.now())
    except ImportRefused as error:
        return _choose(request, visit, source, chosen, list(error.shown))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    messages.success(request, f"Copied from {source.identity.feature_title}. The history can undo it.")
    return redirect(Addresses(visit.feature).step("data-model", _first_copy(visit, source, chosen)))


def _source(visit: FeatureVisit, path: str) -> Feature:
    """The feature to copy from; 404 if the person may not see it."""
    if "\0" in path:
        raise Http404("There is no such feature.")
    project, _, rest = path.partition("/")
    epic, _, feature = rest.partition("/")
    try:
        return visit_feature(visit.user, project, epic, feature).feature
    except Moved as moved:
        raise Http404("That feature has another key now. Choose it again.") from moved


def _features(visit: FeatureVisit) -> list[Feature]:
    """The features that the person sees and that have entities of their own, those of this project first."""
    held = EntityRow.objects.filter(feature=OuterRef("pk")).order_by().values("feature").annotate(count=Count("pk"))
    rows = (
        Feature.objects.filter(epic__project__in=Project.objects.visible_to(visit.user), archived_at=None)
        .exclude(pk=visit.feature.pk)
        .annotate(entity_count=Subquery(held.values("count")))
        .filter(entity_count__gt=0)
        .select_related("epic__project")
        .order_by("epic__project__key", "epic__key", "key")
    )
    return sorted(rows, key=lambda row: row.epic.project_id != visit.project.pk)


def _first_copy(visit: FeatureVisit, source: Design, chosen: frozenset[UUID]) -> UUID | str:
    name = next(entity.full_name for entity in source.own_entities if entity.uid in chosen)
    rows = EntityRow.objects.filter(feature=visit.feature, folded_name=name.casefold())
    return next(iter(rows.values_list("uid", flat=True)), "")


def _choose(
    request: HttpRequest,
    visit: FeatureVisit,
    source: Design,
    chosen: frozenset[UUID],
    problems: list[str] | None = None,
) -> HttpResponse:
    there = {entity.full_name.casefold() for entity in current_design(visit.feature).design.own_entities}
    offered = [
        Offered(entity, entity.full_name.casefold() in there, entity.uid in chosen) for entity in source.own_entities
    ]
    context = {"source": source, "offered": offered, "problems": problems or []}
    return _page(request, visit, context, status=422 if problems else 200)


def _page(request: HttpRequest, visit: FeatureVisit, context: dict[str, object], status: int = 200) -> HttpResponse:
    context |= {"visit": visit, "feature": visit.feature, "addresses": Addresses(visit.feature)}
    return render(request, "projects/workbench/copying.html", context, status=status)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
