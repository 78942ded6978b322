"""The documents of a revision to download, as they were made and kept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.access import visit_feature
from projects.exporters import DOCUMENTS
from projects.exporters.archive import with_suffix, zip_bytes
from projects.exporters.document import Document
from projects.models import Revision
from projects.snapshot.revisions import frozen, require_intact
from projects.views.addresses import Addresses
from projects.views.downloads import HTML, JSON, MARKDOWN, PDF, ZIP, download, still_printing
from projects.views.person import signed_in
from projects.workflow.jobs import DOCUMENT_BY_SLUG
from projects.workflow.revision_documents import find_document, find_pdfs, revision_tree

MEDIA_TYPES = {"md": MARKDOWN, "html": HTML, "pdf": PDF}


def _find(request: HttpRequest, keys: tuple[str, str, str], number: int) -> Revision:
    visit = visit_feature(signed_in(request), *keys)
    revision = Revision.objects.filter(feature=visit.feature, number=number).first()
    if revision is None:
        raise Http404("This feature has no revision of that number.")
    revision.feature = visit.feature
    return revision


def _document(slug: str) -> Document:
    if slug not in DOCUMENT_BY_SLUG:
        raise Http404("There is no such document.")
    return DOCUMENT_BY_SLUG[slug]


def _name(revision: Revision, document: Document, form: str) -> str:
    """The number is in the name, so that copies of several revisions can stand in one folder."""
    return f"{document.file_name.removesuffix('.md')}-r{revision.number}.{form}"


@require_safe
def markdown(request: HttpRequest, project: str, epic: str, feature: str, number: int, slug: str) -> HttpResponse:
    return _download(_find(request, (project, epic, feature), number), slug, "md")


@require_safe
def html(request: HttpRequest, project: str, epic: str, feature: str, number: int, slug: str) -> HttpResponse:
    """One file that needs nothing else."""
    return _download(_find(request, (project, epic, feature), number), slug, "html")


def _download(revision: Revision, slug: str, form: str) -> HttpResponse:
    document = _document(slug)
    content = find_document(revision, document, form, timezone.now())
    return download(content, MEDIA_TYPES[form], _name(revision, document, form))


@require_safe
def pdf(request: HttpRequest, project: str, epic: str, feature: str, number: int, slug: str) -> HttpResponse:
    """The PDF, or a page that looks again in a moment while the worker prints it."""
    revision, document = _find(request, (project, epic, feature), number), _document(slug)
    content = find_pdfs(revision)[document.slug]
    if content:
        return download(content, PDF, _name(revision, document, "pdf"))
    at = Addresses(revision.feature)
    parts = {"number": number, "slug": document.slug}
    forms = {
        "Markdown": at.to("review-document-markdown", **parts),
        "HTML": at.to("review-document-html", **parts),
    }
    return still_printing(request, f"{revision.feature.title} {revision}", _review(revision), other_forms=forms)


@require_safe
def archive(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    """The revision's document tree, as Markdown and PDF, with its design file."""
    revision = _find(request, (project, epic, feature), number)
    found = find_pdfs(revision)
    printed = {slug: content for slug, content in found.items() if content}
    if len(printed) < len(found):
        subject, back = f"{revision.feature.title} {revision}", _review(revision)
        return still_printing(request, subject, back, done=len(printed), total=len(found))
    identity = frozen(revision).design.identity
    files = {with_suffix(each.path(identity), "pdf"): printed[each.slug] for each in DOCUMENTS}
    files |= revision_tree(revision, ("md",), timezone.now())
    return download(zip_bytes(files), ZIP, f"{epic}-{feature}-r{number}.zip")


@require_safe
def design_file(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    """The very text that was frozen: its sha256 is the content digest."""
    revision = _find(request, (project, epic, feature), number)
    require_intact(revision)
    return download(revision.text, JSON, f"{epic}-{feature}-r{number}.design.json")


def _review(revision: Revision) -> str:
    return Addresses(revision.feature).to("review", number=revision.number)
