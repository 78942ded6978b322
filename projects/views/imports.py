"""Import a schema or a design file: bring it, look at what was read, then save all of it or nothing."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from projects.access import FeatureVisit, Right, visit_feature
from projects.importers.source_text import Unreadable
from projects.models import PendingImport
from projects.views.addresses import Addresses
from projects.workflow.apply_import import Applied, ImportRefused
from projects.workflow.counted import counted
from projects.workflow.dto_import import DTOS
from projects.workflow.editing import NotAllowed
from projects.workflow.import_form import ImportForm
from projects.workflow.pending_imports import Preview, keep_for_preview
from projects.workflow.pending_sources import KIND as SOURCES

NOTES_SHOWN = 4


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (pending := _read(visit, form)):
        return redirect(Addresses(visit.feature).to("schema-import-preview", pending=pending.pk))
    return _page(request, visit, "new", {"form": form}, status=422 if request.method == "POST" else 200)


def _read(visit: FeatureVisit, form: ImportForm) -> PendingImport | None:
    """What the file says, kept for the preview; None if it cannot be read, and the form says why."""
    try:
        return keep_for_preview(
            visit.feature,
            form.content,
            source=form.source,
            dialect=form.cleaned_data["dialect"],
            actor=visit.user,
            now=timezone.now(),
        )
    except Unreadable as error:
        form.add_error("file" if form.cleaned_data["file"] else "text", str(error))
        return None


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, project: str, epic: str, feature: str, pending: int) -> HttpResponse:
    """What was read; nothing of it is saved until the person says so, and nobody else sees it."""
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    waiting = PendingImport.objects.filter(feature=visit.feature, actor=visit.user, pk=pending)
    found = waiting.exclude(summary__kind__in=(DTOS, SOURCES)).first()
    if found is None:
        raise Http404("This import was finished or discarded, or it waited for more than a day.")
    if request.method == "GET":
        return _page(request, visit, "preview", {"preview": Preview(found, visit.feature)})
    if "discard" in request.POST:
        found.delete()
        messages.info(request, "Discarded. Nothing was saved.")
        return redirect(Addresses(visit.feature).schema_import)
    return _confirm(request, visit, found)


def _confirm(request: HttpRequest, visit: FeatureVisit, pending: PendingImport) -> HttpResponse:
    chosen = Preview(pending, visit.feature, _taken(request), "replace" in request.POST)
    try:
        applied = chosen.apply(actor=visit.user, now=timezone.now())
    except ImportRefused as refusal:
        return _page(request, visit, "preview", {"preview": chosen, "problems": refusal.shown}, status=422)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    _tell(request, applied)
    return redirect(Addresses(visit.feature).data_model)


def _taken(request: HttpRequest) -> frozenset[UUID]:
    try:
        return frozenset(UUID(text) for text in request.POST.getlist("take"))
    except ValueError as error:
        raise Http404("This address names no entity.") from error


def _tell(request: HttpRequest, applied: Applied) -> None:
    counts = applied.counts.items()
    messages.success(request, f"Brought in: {counted(counts)}." if counts else "There was nothing to bring in.")
    for note in applied.notes[:NOTES_SHOWN]:
        messages.info(request, note)


def _page(
    request: HttpRequest, visit: FeatureVisit, page: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    shared = {"visit": visit, "feature": visit.feature, "addresses": Addresses(visit.feature)}
    return render(request, f"projects/imports/{page}.html", shared | context, status=status)
