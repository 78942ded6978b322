"""Where something of the handbook is printed: the document and the section, as links."""

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse

from projects.design.entries import Place
from projects.exporters.html_writer import heading_id
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
            " › ".join(_path(place)),
            section_url(project, place.document, place.heading),
        )
        for place in places
    ]


def section_url(project: str, document: str, heading: str) -> str:
    """The address of a document's page at one of its headings."""
    return f"{reverse('project-documents', args=[project])}?at={document}#{heading_id(heading)}"


def _path(place: Place) -> tuple[str, ...]:
    """The heading with those above it."""
    outline = PROJECT_DOCUMENT_BY_SLUG[place.document].outline
    return next((path for path in outline if path[-1] == place.heading), (place.heading,))
