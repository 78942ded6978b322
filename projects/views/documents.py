"""Documents of a feature to read and to download."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from projects.access import FeatureVisit, visit_feature
from projects.design.digest import design_json
from projects.exporters import DOCUMENTS
from projects.exporters.archive import tree, with_suffix, zip_bytes
from projects.exporters.document import Document
from projects.exporters.html import document_page
from projects.snapshot.current import current_design
from projects.views.addresses import Addresses
from projects.views.downloads import HTML, JSON, MARKDOWN, PDF, ZIP, download, still_printing
from projects.workflow.jobs import DOCUMENT_BY_SLUG, find_pdf
from projects.workflow.records import draft_record


def _find(request: HttpRequest, project: str, epic: str, feature: str, slug: str) -> tuple[FeatureVisit, Document]:
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    if slug not in DOCUMENT_BY_SLUG:
        raise Http404("There is no such document.")
    return visit, DOCUMENT_BY_SLUG[slug]


@require_safe
def markdown(request: HttpRequest, project: str, epic: str, feature: str, slug: str) -> HttpResponse:
    visit, document = _find(request, project, epic, feature, slug)
    design, record = current_design(visit.feature).design, draft_record(visit.feature)
    text = document.markdown(design, record)
    return download(text, MARKDOWN, document.path(design.identity).rpartition("/")[2])


@require_safe
def html(request: HttpRequest, project: str, epic: str, feature: str, slug: str) -> HttpResponse:
    """One file that needs nothing else."""
    visit, document = _find(request, project, epic, feature, slug)
    design, record = current_design(visit.feature).design, draft_record(visit.feature)
    name = document.path(design.identity).rpartition("/")[2].removesuffix(".md")
    return download(document_page(design, record, document), HTML, f"{name}.html")


@require_safe
def pdf(request: HttpRequest, project: str, epic: str, feature: str, slug: str) -> HttpResponse:
    """The PDF, or a page that looks again in a moment while the worker prints it."""
    visit, document = _find(request, project, epic, feature, slug)
    content = find_pdf(visit.feature, document)
    if content is None:
        addresses = Addresses(visit.feature)
        forms = {"Markdown": addresses.document(slug, "markdown"), "HTML": addresses.document(slug, "html")}
        return still_printing(request, visit.feature.title, addresses.document_step, other_forms=forms)
    path = document.path(current_design(visit.feature).design.identity)
    return download(content, PDF, path.rpartition("/")[2].removesuffix(".md") + ".pdf")


@require_safe
def archive(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    """The feature's document tree, as Markdown and PDF, with its design file."""
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    design, record = current_design(visit.feature).design, draft_record(visit.feature)
    files = tree(design, record)
    # Each is asked for before the first is waited for.
    found = {document: find_pdf(visit.feature, document) for document in DOCUMENTS}
    printed = {with_suffix(document.path(design.identity), "pdf"): pdf for document, pdf in found.items() if pdf}
    if len(printed) < len(found):
        back = Addresses(visit.feature).document_step
        return still_printing(request, visit.feature.title, back, done=len(printed), total=len(found))
    return download(zip_bytes(files | printed), ZIP, f"{epic}-{feature}.zip")


@require_safe
def design_file(request: HttpRequest, project: str, epic: str, feature: str) -> HttpResponse:
    visit = visit_feature(request.user, project, epic, feature)  # type: ignore[arg-type]  # signed in, by middleware
    text = design_json(current_design(visit.feature).design)
    return download(text, JSON, f"{epic}-{feature}.design.json")
