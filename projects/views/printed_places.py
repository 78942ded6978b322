"""Where something of the handbook is printed: the document and the section, as links."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from django.urls import reverse

from projects.design.entries import Place
from projects.design.project import ProjectDesign
from projects.design.tree import Handbook
from projects.exporters.escaping import file_name
from projects.exporters.project_documents import PROJECT_DOCUMENT_BY_SLUG


class PrintedPlace(NamedTuple):
    """`section` is the heading with that of the section around it, if it is in one."""

    document: str
    heading: str
    section: str
    url: str


def printed_places(project: str, places: Iterable[Place]) -> list[PrintedPlace]:
    """The places, in the order given, by the documents' file names."""
    return [
        PrintedPlace(
            PROJECT_DOCUMENT_BY_SLUG[place.document].file_name,
            str(place.heading),
            " › ".join(_outline(place.document).get(place.heading, (place.heading,))),
            section_url(project, place.document, place.heading),
        )
        for place in places
    ]


def section_url(project: str, document: str, heading: str) -> str:
    """The address of a document's page at one of its headings."""
    return f"{reverse('project-documents', args=[project])}?at={document}#{file_name(heading)}"


@lru_cache(maxsize=8)
def _outline(document: str) -> Mapping[str, tuple[str, ...]]:
    """Each heading of the document with those above it: they are the same for every project."""
    empty = ProjectDesign(Handbook(project_key="project", project_title=""))
    return {section.path[-1]: section.path for section in PROJECT_DOCUMENT_BY_SLUG[document].sections(empty)}
