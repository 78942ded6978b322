"""What stands beside the features of a project: how full its documents and its handbook are.

Both are counted by making the documents, so the figures are kept, with the state of the project they are of.
"""

from typing import Any, NamedTuple

from django.core.cache import cache
from django.urls import reverse

from projects.exporters.project_documents import PROJECT_DOCUMENTS
from projects.models import Project
from projects.snapshot.handbook import take_handbook
from projects.views.handbook_overview import next_step
from projects.views.project_document_page import standing
from projects.workflow.handbook.progress import HandbookProgress, take_progress
from projects.workflow.jobs import RENDERER_VERSION
from projects.workflow.project_design import current_project
from projects.workflow.project_model import bring_up, drafts_of

KEPT_SECONDS = 30 * 24 * 3600
# Of more features than these, the documents are not made while somebody waits for the page.
FEATURES_AT_ONCE = 10


class Side(NamedTuple):
    """Figures as they were counted last; `is_current` unless the project changed since. None if never counted."""

    documents: list[dict[str, Any]]
    handbook: dict[str, Any] | None
    is_current: bool


def side_of(project: Project, feature_count: int) -> Side:
    """What is known of the project; counted now only the first time, and only if that is quick."""
    kept = cache.get(_key(project))
    if kept is None and feature_count <= FEATURES_AT_ONCE:
        kept = _count(project)
    return _side(project, kept)


def counted_side(project: Project) -> Side:
    """What is true now, counted if the project changed since the last time.

    While drafts are out of date some of them are read instead, and the figures stay as they were: ask again.
    """
    kept = cache.get(_key(project))
    if (kept is None or kept["state"] != _state(project)) and not bring_up(drafts_of(project)):
        kept = _count(project)
    return _side(project, kept)


def _key(project: Project) -> str:
    return f"project-side-{project.pk}"


def _state(project: Project) -> str:
    """Names what the figures are of: every change of a project or of a feature in it ends its chain of events anew."""
    return f"{project.event_hash} {project.policy_stamp} {RENDERER_VERSION}"


def _count(project: Project) -> dict[str, Any]:
    current = current_project(project)
    sections = {document.slug: tuple(standing(current, document)) for document in PROJECT_DOCUMENTS}
    handbook = _handbook_facts(project, take_progress(project, take_handbook(project)))
    kept = {"state": _state(project), "sections": sections, "handbook": handbook}
    cache.set(_key(project), kept, KEPT_SECONDS)
    return kept


def _handbook_facts(project: Project, progress: HandbookProgress) -> dict[str, Any]:
    return {
        "answered": progress.answered,
        "questions": len(progress.questions),
        "policies_filled": progress.policies_filled,
        "policies": len(progress.policies),
        "entries_written": progress.entries_written,
        "entries": progress.entries_total,
        # The first is for owners, the other for architects.
        "next": _step(project, progress, may_manage=True),
        "next_to_write": _step(project, progress, may_manage=False),
    }


def _step(project: Project, progress: HandbookProgress, *, may_manage: bool) -> dict[str, str] | None:
    step = next_step(project.key, progress, may_manage=may_manage)
    return {"label": str(step.label), "url": step.url} if step else None


def _side(project: Project, kept: dict[str, Any] | None) -> Side:
    sections = kept["sections"] if kept else {}
    documents = [
        {
            "name": document.file_name,
            "folder": document.path.rpartition("/")[0],
            "sections": sections.get(document.slug),
            "address": f"{reverse('project-documents', args=[project.key])}?at={document.slug}#document",
            "markdown": reverse("project-document-markdown", args=[project.key, document.slug]),
            "pdf": reverse("project-document-pdf", args=[project.key, document.slug]),
        }
        for document in PROJECT_DOCUMENTS
    ]
    is_current = kept is not None and kept["state"] == _state(project)
    return Side(documents, kept["handbook"] if kept else None, is_current)
