"""What the page of a project's documents shows: how full each is, what they were made of, and one of them to read."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from projects.access import Visit
from projects.design.project import Included
from projects.exporters.html_writer import HtmlWriter
from projects.exporters.project_document import ProjectDocument
from projects.exporters.project_documents import PROJECT_DOCUMENT_BY_SLUG, PROJECT_DOCUMENTS
from projects.exporters.project_html import project_html
from projects.workflow.project_design import DigestedProject

OUTLINE_LEVELS = (2, 3)


class Standing(NamedTuple):
    """How many sections of a document are complete."""

    complete: int
    total: int


@dataclass(frozen=True)
class ProjectDocumentsPage:
    """The documents of a project; `slug` says which is read, if any."""

    visit: Visit
    current: DigestedProject
    slug: str = ""

    @property
    def document(self) -> ProjectDocument | None:
        return PROJECT_DOCUMENT_BY_SLUG.get(self.slug)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each document with how full it is and its addresses."""
        here = reverse("project-documents", args=[self.visit.project.key])
        return [
            {
                "name": document.file_name,
                "path": document.path,
                "title": document.title,
                "standing": standing(self.current, document),
                "is_current": document is self.document,
                "address": f"{here}?at={document.slug}#document",
                **{form: self._address(document, form) for form in ("markdown", "pdf", "html")},
            }
            for document in PROJECT_DOCUMENTS
        ]

    def _address(self, document: ProjectDocument, form: str) -> str:
        keys = {"project": self.visit.project.key, "slug": document.slug}
        return reverse(f"project-document-{form}", kwargs=keys)

    @property
    def features(self) -> list[dict[str, Any]]:
        """Which designs are merged, and in which state: a draft leads to its feature, a revision to its review."""
        return [
            {
                "title": included.design.identity.feature_title or included.design.identity.feature_key,
                "path": included.path,
                "mark": included.mark,
                "state": included.record.state,
                "address": self._home(included),
            }
            for included in self.current.project.features
        ]

    def _home(self, included: Included) -> str:
        identity, number = included.design.identity, included.record.revision
        keys = [self.visit.project.key, identity.epic_key, identity.feature_key]
        return reverse("review", args=[*keys, number]) if number else reverse("feature", args=keys)

    @property
    def merged(self) -> dict[str, int]:
        drafts = sum(included.record.is_draft for included in self.current.project.features)
        return {"drafts": drafts, "approved": len(self.current.project.features) - drafts}

    @property
    def html(self) -> SafeString:
        return mark_safe(_preview(self.current, self.document)) if self.document else mark_safe("")

    @property
    def outline(self) -> tuple[dict[str, Any], ...]:
        """The headings of the document that is read, to jump to."""
        return _outline(self.current, self.document) if self.document else ()


@lru_cache(maxsize=32)
def standing(current: DigestedProject, document: ProjectDocument) -> Standing:
    return Standing(*document.standing(current.project))


@lru_cache(maxsize=8)
def _preview(current: DigestedProject, document: ProjectDocument) -> str:
    return project_html(current.project, document, pictures="page")


@lru_cache(maxsize=32)
def _outline(current: DigestedProject, document: ProjectDocument) -> tuple[dict[str, Any], ...]:
    writer = HtmlWriter(draw=str, picture=lambda graph, name: "")
    writer.write(document.blocks(current.project))
    return tuple(
        {"id": identifier, "title": title, "level": level}
        for level, identifier, title in writer.headings
        if level in OUTLINE_LEVELS
    )
