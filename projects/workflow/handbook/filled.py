"""Which sections of the project's documents say something, and where those that do not are edited."""

from dataclasses import dataclass

from projects.design.entries import Place, Theme, entries_at
from projects.design.project import ProjectDesign
from projects.exporters.project_document import ProjectDocument, ProjectSection
from projects.exporters.project_documents import PROJECT_DOCUMENTS
from projects.workflow.handbook.pages import Page
from projects.workflow.handbook.places import pages_at


@dataclass(frozen=True)
class FilledSection:
    """A section of a document. Without `pages` and `themes` it comes from the designs of the features alone."""

    path: tuple[str, ...]
    is_filled: bool
    is_complete: bool
    pages: tuple[Page, ...]
    themes: tuple[Theme, ...]

    @property
    def heading(self) -> str:
        return self.path[-1]


@dataclass(frozen=True)
class FilledDocument:
    document: ProjectDocument
    sections: tuple[FilledSection, ...]

    @property
    def complete(self) -> int:
        return sum(section.is_complete for section in self.sections)


def filled_documents(project: ProjectDesign) -> list[FilledDocument]:
    """Read from the documents themselves, so it says what a reader of them finds."""
    return [
        FilledDocument(document, tuple(_filled(document, section) for section in document.sections(project)))
        for document in PROJECT_DOCUMENTS
    ]


def _filled(document: ProjectDocument, section: ProjectSection) -> FilledSection:
    heading = section.path[-1]
    themes = dict.fromkeys(entry.theme for entry in entries_at(document.slug, heading))
    pages = tuple(pages_at(Place(document.slug, heading)))
    return FilledSection(section.path, section.is_filled, section.is_complete, pages, tuple(themes))
