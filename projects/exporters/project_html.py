"""The documents of a project as HTML, for a page and for a file, and as PDF."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Literal

from django.utils.safestring import SafeString

from projects.design.project import ProjectDesign
from projects.design.vocabulary import DesignState
from projects.exporters.blocks import Block, Title
from projects.exporters.escaping import one_line
from projects.exporters.graph_figure import page_picture, print_picture
from projects.exporters.html import article, file_page
from projects.exporters.html_writer import HtmlWriter
from projects.exporters.pdf import Running, people_and_moment, printed, sheets, shortened
from projects.exporters.project_cover import project_digest, project_title
from projects.exporters.project_document import ProjectDocument

_LONGEST_TITLE = 60


def project_html(
    project: ProjectDesign, document: ProjectDocument, *, pictures: Literal["page", "print"]
) -> SafeString:
    """The document's content, the same as in Markdown; for print its pictures have colours of their own."""
    is_print = pictures == "print"
    writer = HtmlWriter(draw=_no_diagram, picture=print_picture if is_print else page_picture)
    return article(_marked(project, document), writer, with_contents=is_print)


def project_page(project: ProjectDesign, document: ProjectDocument) -> str:
    """The document as one file that needs no other."""
    return file_page(_file_title(project, document), project_html(project, document, pictures="print"))


def project_pdf(project: ProjectDesign, document: ProjectDocument) -> bytes:
    """The document as PDF/UA. Equal input gives equal bytes."""
    return printed(project_sheets(project, document))


def project_sheets(project: ProjectDesign, document: ProjectDocument) -> str:
    """The whole page of HTML that is printed."""
    state = f"{document.title} · {DesignState.DRAFT.label}" if project.is_draft else document.title
    running = Running(
        title=_file_title(project, document),
        head=(shortened(one_line(project_title(project)), _LONGEST_TITLE), state),
        foot=f"{project.handbook.project_key} · <code>{escape(document.path)}</code>",
        metadata=tuple(_metadata(project, document)),
        is_draft=project.is_draft,
    )
    return sheets(running, project_html(project, document, pictures="print"))


def _marked(project: ProjectDesign, document: ProjectDocument) -> Iterator[Block]:
    """The blocks, their title marked as a draft as long as any feature in them is one."""
    for block in document.blocks(project):
        if isinstance(block, Title) and project.is_draft:
            block = replace(block, state=DesignState.DRAFT)
        yield block


def _file_title(project: ProjectDesign, document: ProjectDocument) -> str:
    return f"{document.title}: {project_title(project)}"


def _metadata(project: ProjectDesign, document: ProjectDocument) -> Iterator[tuple[str, str]]:
    records = [included.record for included in project.features]
    authors = sorted({author for record in records for author in record.authors})
    yield from people_and_moment(authors, max((each.changed_at for each in records if each.changed_at), default=None))
    yield "keywords", f"{project.handbook.project_key}, {document.title.lower()}"
    state = f"{DesignState.DRAFT.label}, content" if project.is_draft else "Content"
    yield "description", f"{state} digest {project_digest(project)}"


def _no_diagram() -> str:
    raise TypeError("an entity relationship diagram belongs to one feature; a document of a project has pictures")
