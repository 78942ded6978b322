"""Slow work, done by the worker: printing PDFs."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone
from django_tasks import task

from projects.access import features
from projects.design.digest import canonical, plain
from projects.design.review_record import ReviewRecord
from projects.exporters import DOCUMENTS
from projects.exporters.archive import with_suffix
from projects.exporters.document import Document
from projects.exporters.pdf import document_pdf
from projects.exporters.project_document import ProjectDocument
from projects.exporters.project_documents import PROJECT_DOCUMENT_BY_SLUG, PROJECT_DOCUMENTS
from projects.exporters.project_html import project_pdf
from projects.models import Feature, Project, RenderedDocument
from projects.snapshot.current import current_design
from projects.workflow.asked import answered, ask_once
from projects.workflow.project_design import DigestedProject, current_project
from projects.workflow.records import draft_record, record_digest
from projects.workflow.revision_documents import Printed, find_printed_revisions

# Raise it when the look of the documents changes, so that kept ones are printed again.
RENDERER_VERSION = 5
KEPT_FOR = timedelta(days=7)
DOCUMENT_BY_SLUG = {document.slug: document for document in DOCUMENTS}


def rendered_key(design_digest: str, record: ReviewRecord, document: Document, form: str) -> str:
    """Names one rendering: the same design and record give the same bytes."""
    return _key(design_digest, canonical(plain(record)), document.slug, form)


def project_key(project_digest: str, document: ProjectDocument, form: str) -> str:
    """The same for a document of a project."""
    return _key(project_digest, "project", document.slug, form)


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join((*parts, str(RENDERER_VERSION))).encode()).hexdigest()


def find_pdf(feature: Feature, document: Document) -> bytes | None:
    """The PDF of the feature's draft, or None while it is being printed; asks the worker for it the first time."""
    key = rendered_key(current_design(feature).digest, draft_record(feature), document, "pdf")
    return find_printed({key: lambda: print_pdf.enqueue(feature.pk, document.slug, key)}).get(key)


def find_project_pdf(project: Project, document: ProjectDocument) -> bytes | None:
    """The same for a document of a project."""
    key = project_key(current_project(project).digest, document, "pdf")
    return find_printed({key: lambda: print_project_pdf.enqueue(project.pk, document.slug, key)}).get(key)


def find_tree_pdfs(project: Project, current: DigestedProject) -> dict[str, bytes | None]:
    """The same for every document of the project and of its features, by its path in the tree."""
    paths: dict[str, str] = {}
    wanted: dict[str, Callable[[], object]] = {}
    of_revisions: dict[Printed, str] = {}
    for document in PROJECT_DOCUMENTS:
        key = project_key(current.digest, document, "pdf")
        paths[key] = with_suffix(document.path, "pdf")
        wanted[key] = partial(print_project_pdf.enqueue, project.pk, document.slug, key)
    for included, (feature, digest) in zip(current.project.features, current.taken, strict=True):
        record = included.record
        for each in DOCUMENTS:
            path = with_suffix(each.path(included.design.identity), "pdf")
            if record.revision:
                of_revisions[Printed(feature, record.revision, record_digest(record), each.slug)] = path
                continue
            key = rendered_key(digest, record, each, "pdf")
            paths[key] = path
            wanted[key] = partial(print_pdf.enqueue, feature, each.slug, key)
    printed, kept = find_printed(wanted), find_printed_revisions(of_revisions)
    found = {path: printed.get(key) for key, path in paths.items()}
    return found | {path: kept.get(revision) for revision, path in of_revisions.items()}


def find_printed(wanted: Mapping[str, Callable[[], object]]) -> dict[str, bytes]:
    """What is printed already, by the key of its rendering; each that is not is asked for by its function, once."""
    found = _kept(wanted)
    asked = [key for key in wanted if key not in found and ask_once(key, wanted[key])]
    # A queue that works at once, as in tests, has them now.
    return found | _kept(asked) if asked else found


def _kept(keys: Iterable[str]) -> dict[str, bytes]:
    rows = RenderedDocument.objects.filter(key__in=list(keys)).values_list("key", "content")
    return {key: bytes(content) for key, content in rows}


@task()
def print_pdf(feature_pk: int, slug: str, asked_for: str = "") -> None:
    """Print the draft as it is when the worker comes to it, which may be another than the rendering asked for."""
    feature = features().get(pk=feature_pk)
    keep_pdf(feature, DOCUMENT_BY_SLUG[slug], timezone.now())
    answered(asked_for)


@task()
def print_project_pdf(project_pk: int, slug: str, asked_for: str = "") -> None:
    """Print the project's document as it is when the worker comes to it."""
    keep_project_pdf(Project.objects.get(pk=project_pk), PROJECT_DOCUMENT_BY_SLUG[slug], timezone.now())
    answered(asked_for)


def keep_pdf(feature: Feature, document: Document, now: datetime) -> None:
    """Print it, unless the same is kept already."""
    digested, record = current_design(feature), draft_record(feature)
    key = rendered_key(digested.digest, record, document, "pdf")
    if not _is_kept(key):
        _keep(key, document_pdf(digested.design, record, document), now)


def keep_project_pdf(project: Project, document: ProjectDocument, now: datetime) -> None:
    """The same for a document of a project."""
    current = current_project(project)
    key = project_key(current.digest, document, "pdf")
    if not _is_kept(key):
        _keep(key, project_pdf(current.project, document), now)


def _is_kept(key: str) -> bool:
    return RenderedDocument.objects.filter(key=key).exists()


def _keep(key: str, content: bytes, now: datetime) -> None:
    RenderedDocument.objects.filter(rendered_at__lt=now - KEPT_FOR).delete()
    RenderedDocument.objects.update_or_create(key=key, defaults={"content": content, "rendered_at": now})
