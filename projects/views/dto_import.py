"""Import DTOs from an API description: bring it, look at what was read, then take what this feature is about."""

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
from projects.workflow.apply_import import ImportRefused
from projects.workflow.counted import counted
from projects.workflow.dto_import import DTOS, DtoImportForm, DtoPreview, keep_dtos
from projects.workflow.editing import NotAllowed


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    form = DtoImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (pending := _read(visit, form)):
        return redirect(Addresses(visit.feature).to("dto-import-preview", pending=pending.pk))
    return _page(request, visit, "dtos_new", {"form": form}, status=422 if request.method == "POST" else 200)


def _read(visit: FeatureVisit, form: DtoImportForm) -> PendingImport | None:
    try:
        return keep_dtos(visit.feature, form.content, source=form.source, actor=visit.user, now=timezone.now())
    except Unreadable as error:
        form.add_error("file" if form.cleaned_data["file"] else "text", str(error))
        return None


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, project: str, epic: str, feature: str, pending: int) -> HttpResponse:
    """What was read; nothing of it is saved until the person says so, and nobody else sees it."""
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    mine = PendingImport.objects.filter(feature=visit.feature, actor=visit.user, summary__kind=DTOS)
    found = mine.filter(pk=pending).first()
    if found is None:
        raise Http404("This import was finished or discarded, or it waited for more than a day.")
    if request.method == "GET":
        return _page(request, visit, "dtos_preview", {"preview": DtoPreview(found, visit.feature)})
    if "discard" in request.POST:
        found.delete()
        messages.info(request, "Discarded. Nothing was saved.")
        return redirect(Addresses(visit.feature).step("contracts"))
    return _confirm(request, visit, found)


def _confirm(request: HttpRequest, visit: FeatureVisit, pending: PendingImport) -> HttpResponse:
    chosen = DtoPreview(pending, visit.feature, _taken(request))
    try:
        applied = chosen.apply(actor=visit.user, now=timezone.now())
    except ImportRefused as refusal:
        return _page(request, visit, "dtos_preview", {"preview": chosen, "problems": refusal.shown}, status=422)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, f"Brought in: {counted(applied.counts.items())}.")
    return redirect(Addresses(visit.feature).step("contracts"))


def _taken(request: HttpRequest) -> frozenset[UUID]:
    try:
        return frozenset(UUID(text) for text in request.POST.getlist("take"))
    except ValueError as error:
        raise Http404("This address names no DTO.") from error


def _page(
    request: HttpRequest, visit: FeatureVisit, page: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    addresses = Addresses(visit.feature)
    shared = {"visit": visit, "feature": visit.feature, "contracts": addresses.step("contracts")}
    return render(request, f"projects/imports/{page}.html", shared | context, status=status)
