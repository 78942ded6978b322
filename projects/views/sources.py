"""Sources: bring files, look at what was read, take over what is ticked; download a file; quote words of one."""

from typing import Any
from urllib.parse import quote as percent_encoded
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.access import FeatureVisit, Right, visit_feature
from projects.exporters.reading import blocks_of, place_of
from projects.importers.source_text import Unreadable
from projects.models import PendingImport, Source
from projects.views.addresses import Addresses
from projects.views.companion import Companion
from projects.views.workbench import Workbench
from projects.workflow.apply_import import ImportRefused
from projects.workflow.counted import counted
from projects.workflow.editing import NotAllowed
from projects.workflow.forms import Scope
from projects.workflow.pending_sources import KIND, keep_sources
from projects.workflow.quoting import PaneQuoteForm, save_quote
from projects.workflow.saving import NEW
from projects.workflow.sources_form import SourcesForm
from projects.workflow.steps.requirements import STEP
from projects.workflow.stored_files import file_of
from projects.workflow.take_sources import SourcesPreview

NOTES_SHOWN = 4


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    form = SourcesForm(request.POST, request.FILES) if request.method == "POST" else SourcesForm()
    if form.is_valid() and (pending := _read(visit, form)):
        return redirect(Addresses(visit.feature).to("sources-preview", pending=pending.pk))
    return _page(request, visit, "new", {"form": form}, status=422 if request.method == "POST" else 200)


def _read(visit: FeatureVisit, form: SourcesForm) -> PendingImport | None:
    try:
        return keep_sources(visit.feature, form.brought, actor=visit.user, now=timezone.now())
    except Unreadable as error:
        form.add_error("documents", str(error))
        return None


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, project: str, epic: str, feature: str, pending: int) -> HttpResponse:
    """What was read; nothing of it is saved until the person says so, and nobody else sees it."""
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    found = PendingImport.objects.filter(
        feature=visit.feature, actor=visit.user, summary__kind=KIND, pk=pending
    ).first()
    if found is None:
        raise Http404("These files were taken over or discarded, or they waited for more than a day.")
    if request.method == "GET":
        return _page(request, visit, "preview", {"preview": SourcesPreview(found, visit.feature)})
    if "discard" in request.POST:
        found.delete()
        messages.info(request, "Discarded. Nothing was saved.")
        return redirect(Addresses(visit.feature).step(STEP.slug))
    return _take_over(request, visit, SourcesPreview(found, visit.feature, request.POST))


def _take_over(request: HttpRequest, visit: FeatureVisit, chosen: SourcesPreview) -> HttpResponse:
    try:
        taken = chosen.apply(actor=visit.user, now=timezone.now())
    except ImportRefused as refusal:
        return _page(request, visit, "preview", {"preview": chosen, "problems": refusal.shown}, status=422)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, f"Taken over: {counted(taken.counts.items())}.")
    for note in taken.notes[:NOTES_SHOWN]:
        messages.info(request, note)
    shown = f"?companion=sources&source={taken.first.uid}#companion" if taken.first else ""
    return redirect(Addresses(visit.feature).step(STEP.slug) + shown)


@require_safe
def download(request: HttpRequest, project: str, epic: str, feature: str, source: UUID) -> HttpResponse:
    """The file as it was brought; the browser saves it and shows nothing of it."""
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    row = _source(visit, source)
    file = file_of(row, visit.project)
    if file is None:
        raise Http404("The file of this source is not here.")
    name = percent_encoded(row.file_name or "source", safe="")
    return HttpResponse(
        bytes(file.content),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def _source(visit: FeatureVisit, uid: UUID) -> Source:
    row = Source.objects.filter(feature=visit.feature, uid=uid).first()
    if row is None:
        raise Http404("This source is not in the design any more. Its deletion stands in the history.")
    return row


@require_POST
def quote(request: HttpRequest, project: str, epic: str, feature: str, source: UUID) -> HttpResponse:
    """Keep words of a source, and put them where the person says."""
    visit = visit_feature(request.user, project, epic, feature, Right.EDIT)  # type: ignore[arg-type]  # signed in
    row = _source(visit, source)
    data = request.POST.copy()
    place, is_known = _place(visit, row, data.get(f"{NEW}-text", ""))
    if not data.get(f"{NEW}-place", "").strip():
        data[f"{NEW}-place"] = place
    form = PaneQuoteForm(data, prefix=NEW, scope=Scope(visit.feature))
    if not form.is_valid():
        return _page_with(request, visit, form)
    try:
        went = save_quote(form, row, actor=visit.user, now=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return _page_with(request, visit, form)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, f"Quoted, and put into {went}." if went else "Quoted.")
    if not is_known:
        messages.info(request, "These words do not stand in the text of the source as it was read. Compare them.")
    query = request.GET.copy()
    query["companion"], query["source"] = "sources", str(row.uid)
    return redirect(f"{Addresses(visit.feature).step(STEP.slug)}?{query.urlencode()}#companion")


def _place(visit: FeatureVisit, source: Source, text: str) -> tuple[str, bool]:
    """Where the words stand in the source, and whether they do; a source without a text cannot say."""
    file = file_of(source, visit.project)
    if file is None:
        return "", True
    place = place_of(blocks_of(file.text, file.media_type), text)
    return place or "", place is not None


def _page_with(request: HttpRequest, visit: FeatureVisit, form: PaneQuoteForm) -> HttpResponse:
    """The page of the step again, with what was typed below the text."""
    bench = Workbench(visit, STEP, request.GET.get("at", ""))
    companion = Companion.of(request, visit, bench.digested, STEP, None)
    companion.typed = form
    return render(request, "projects/workbench/step.html", bench.context() | {"companion": companion}, status=422)


def _page(
    request: HttpRequest, visit: FeatureVisit, page: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    shared = {"visit": visit, "feature": visit.feature, "addresses": Addresses(visit.feature)}
    return render(request, f"projects/sources/{page}.html", shared | context, status=status)
