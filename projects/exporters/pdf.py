"""Documents as PDF: tagged for screen readers, the same bytes for the same content, and nothing fetched for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib import import_module

from projects.design.digest import design_json, digest
from projects.design.review_record import ReviewRecord
from projects.design.tree import Design
from projects.exporters import DATA_DESIGN
from projects.exporters.data_design.cover import approved_on, date, marked_status, revision, status, title
from projects.exporters.document import Document
from projects.exporters.escaping import one_line
from projects.exporters.html import document_html
from projects.exporters.print_runs import with_breaks
from projects.exporters.prose_html import text_html

_LONGEST_IN_HEAD = 24


@dataclass(frozen=True)
class Running:
    """What a printed document says around its content: `head` from left to right, both at the top of each sheet.

    `title` and the pairs of `metadata` are the file's; `foot` is HTML. A draft is marked across each sheet.
    """

    title: str
    head: tuple[str, str]
    foot: str
    metadata: tuple[tuple[str, str], ...]
    is_draft: bool


def document_pdf(design: Design, record: ReviewRecord, document: Document = DATA_DESIGN) -> bytes:
    """The document as PDF/UA. Equal input gives equal bytes, so it can be kept by the digests of its input."""
    return printed(print_page(design, record, document))


def print_page(design: Design, record: ReviewRecord, document: Document) -> str:
    """The whole page of HTML that is printed, with what runs at the head and foot of each sheet."""
    return sheets(
        _running(design, record, document), document_html(design, record, diagrams="print", document=document)
    )


def printed(page: str) -> bytes:
    # Loaded when something is printed: it takes half a second and 20 MB, which web processes can do without.
    paper = import_module("projects.exporters.paper")
    pdf: bytes = paper.printed(page, bytes.fromhex(digest(page))[:16])
    return pdf


def sheets(running: Running, content: str) -> str:
    """The page of HTML that is printed; text without spaces in it can be broken at intervals."""
    left, right = running.head
    mark = '<p class="draft-mark" aria-hidden="true">DRAFT</p>\n' if running.is_draft else ""
    metadata = "".join(f'<meta name="{name}" content="{escape(said)}">\n' for name, said in running.metadata)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(running.title)}</title>\n{metadata}</head>\n"
        f'<body class="document-print">\n{mark}'
        f'<p class="running head-left">{text_html(left)}</p>\n'
        f'<p class="running head-right">{text_html(right)}</p>\n'
        f'<p class="running foot-left">{running.foot}</p>\n'
        f"{with_breaks(content)}\n</body>\n</html>\n"
    )


def shortened(text: str, longest: int = _LONGEST_IN_HEAD) -> str:
    """The text cut so that three of its kind fit beside one another at the head of a page."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def people_and_moment(authors: Iterable[str], changed_at: datetime | None) -> Iterator[tuple[str, str]]:
    """Metadata: who wrote it, and when it was last changed."""
    yield from (("author", author) for author in authors)
    if changed_at:
        moment = changed_at.isoformat(timespec="seconds")
        yield from (("dcterms.created", moment), ("dcterms.modified", moment))


def _running(design: Design, record: ReviewRecord, document: Document) -> Running:
    identity = design.identity
    feature = title(identity.feature_title, identity.feature_key)
    places = (title(identity.project_title, identity.project_key), title(identity.epic_title, identity.epic_key))
    file_name = document.path(identity).rpartition("/")[2]
    return Running(
        title=f"{document.title}: {feature}",
        head=(
            " · ".join(shortened(one_line(text)) for text in (*places, feature)),
            _state(record, document),
        ),
        foot=f"{identity.epic_key}/{identity.feature_key} · <code>{escape(file_name)}</code>",
        metadata=tuple(_metadata(design, record)),
        is_draft=record.is_draft,
    )


def _state(record: ReviewRecord, document: Document) -> str:
    """What the head says: “Data Design · Draft”, “… · r4 · Draft · In review”, “… · r4 · Approved 24 Nov 2026”."""
    if not record.revision:
        return f"{document.title} · {marked_status(record)}"
    said = marked_status(record)
    if not record.is_draft and not record.superseded_by and (signed := approved_on(record)):
        said = f"{said} {date(signed)}"
    return f"{document.title} · {revision(record)} · {said}"


def _metadata(design: Design, record: ReviewRecord) -> Iterator[tuple[str, str]]:
    identity = design.identity
    yield from people_and_moment(record.authors, record.changed_at)
    yield "keywords", ", ".join((identity.project_key, identity.epic_key, identity.feature_key, "data design"))
    signed = record.digest or digest(design_json(design))
    yield "description", f"{status(record)}, content digest {signed}"
