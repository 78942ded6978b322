"""The documents of a project, to read and to download, and the whole tree as one ZIP."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.access import Visit, visit_project
from projects.exporters.archive import zip_bytes
from projects.exporters.project_document import ProjectDocument
from projects.exporters.project_documents import PROJECT_DOCUMENT_BY_SLUG
from projects.exporters.project_html import project_page
from projects.views.downloads import HTML, MARKDOWN, PDF, ZIP, download, still_printing
from projects.views.person import signed_in
from projects.views.project_document_page import ProjectDocumentsPage
from projects.views.project_page import render_project_page
from projects.views.still_reading import reading_first
from projects.workflow.jobs import find_project_pdf, find_tree_pdfs
from projects.workflow.project_design import current_project, project_design
from projects.workflow.revision_documents import whole_tree

TAB = "project-documents"


@require_safe
def documents(request: HttpRequest, project: str) -> HttpResponse:
    visit = visit_project(signed_in(request), project)
    if waiting := reading_first(request, visit, TAB):
        return waiting
    page = ProjectDocumentsPage(visit, current_project(visit.project), request.GET.get("at", ""))
    return render_project_page(request, visit, "projects/documents.html", {"page": page}, tab=TAB)


def _find(request: HttpRequest, project: str, slug: str) -> tuple[Visit, ProjectDocument]:
    visit = visit_project(signed_in(request), project)
    if slug not in PROJECT_DOCUMENT_BY_SLUG:
        raise Http404("There is no such document.")
    return visit, PROJECT_DOCUMENT_BY_SLUG[slug]


@require_safe
def markdown(request: HttpRequest, project: str, slug: str) -> HttpResponse:
    visit, document = _find(request, project, slug)
    if waiting := reading_first(request, visit, TAB):
        return waiting
    return download(document.markdown(project_design(visit.project)), MARKDOWN, document.file_name)


@require_safe
def html(request: HttpRequest, project: str, slug: str) -> HttpResponse:
    """One file that needs nothing else."""
    visit, document = _find(request, project, slug)
    if waiting := reading_first(request, visit, TAB):
        return waiting
    name = document.file_name.removesuffix(".md")
    return download(project_page(project_design(visit.project), document), HTML, f"{name}.html")


@require_safe
def pdf(request: HttpRequest, project: str, slug: str) -> HttpResponse:
    """The PDF, or a page that looks again in a moment while the worker prints it."""
    visit, document = _find(request, project, slug)
    if waiting := reading_first(request, visit, TAB):
        return waiting
    content = find_project_pdf(visit.project, document)
    if content is None:
        back = f"{reverse('project-documents', args=[project])}?at={slug}"
        forms = {
            "Markdown": reverse("project-document-markdown", args=[project, slug]),
            "HTML": reverse("project-document-html", args=[project, slug]),
        }
        return still_printing(request, visit.project.title, back, other_forms=forms)
    return download(content, PDF, f"{document.file_name.removesuffix('.md')}.pdf")


@require_safe
def archive(request: HttpRequest, project: str) -> HttpResponse:
    """The whole tree, as Markdown and PDF, with the features' design files."""
    visit = visit_project(signed_in(request), project)
    if waiting := reading_first(request, visit, TAB):
        return waiting
    current = current_project(visit.project)
    found = find_tree_pdfs(visit.project, current)
    printed = {path: content for path, content in found.items() if content is not None}
    if len(printed) < len(found):
        back = reverse("project-documents", args=[project])
        return still_printing(request, visit.project.title, back, done=len(printed), total=len(found))
    return download(zip_bytes(whole_tree(current, ("md",), timezone.now()) | printed), ZIP, f"{project}.zip")
