"""Documents as PDF: tagged for screen readers, the same bytes for the same content, and nothing fetched for it."""

from html import escape
from importlib import import_module

from projects.design.digest import design_json, digest
from projects.design.review_record import ReviewRecord
from projects.design.tree import Design
from projects.exporters import DATA_DESIGN
from projects.exporters.data_design.cover import date, revision, title
from projects.exporters.document import Document
from projects.exporters.escaping import one_line
from projects.exporters.html import document_html
from projects.exporters.prose_html import text_html

_LONGEST_IN_HEAD = 24


def document_pdf(design: Design, record: ReviewRecord, document: Document = DATA_DESIGN) -> bytes:
    """The document as PDF/UA. Equal input gives equal bytes, so it can be kept by the digests of its input."""
    page = print_page(design, record, document)
    # Loaded when something is printed: it takes half a second and 20 MB, which web processes can do without.
    paper = import_module("projects.exporters.paper")
    pdf: bytes = paper.printed(page, bytes.fromhex(digest(page))[:16])
    return pdf


def print_page(design: Design, record: ReviewRecord, document: Document) -> str:
    """The whole page of HTML that is printed, with what runs at the head and foot of each sheet."""
    identity = design.identity
    feature = title(identity.feature_title, identity.feature_key)
    places = (title(identity.project_title, identity.project_key), title(identity.epic_title, identity.epic_key))
    head = " · ".join(_shortened(one_line(text)) for text in (*places, feature))
    file_name = document.path(identity).rpartition("/")[2]
    foot = f"{identity.epic_key}/{identity.feature_key} · <code>{escape(file_name)}</code>"
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(f'{document.title}: {feature}')}</title>\n{_metadata(design, record)}</head>\n"
        f'<body class="document-print">\n'
        f'<p class="running head-left">{text_html(head)}</p>\n'
        f'<p class="running head-right">{text_html(_state(record, document))}</p>\n'
        f'<p class="running foot-left">{foot}</p>\n'
        f"{document_html(design, record, diagrams='print', document=document)}\n</body>\n</html>\n"
    )


def _shortened(text: str) -> str:
    """The text cut so that three of its kind fit beside one another at the head of a page."""
    return text if len(text) <= _LONGEST_IN_HEAD else f"{text[: _LONGEST_IN_HEAD - 1].rstrip()}…"


def _state(record: ReviewRecord, document: Document) -> str:
    """What the head says of the revision: “Data Design · Draft”, “Data Design · r4 · Approved 24 Nov 2026”."""
    if not record.revision:
        return f"{document.title} · {record.state.label}"
    changed = f" {date(record.changed_at)}" if record.changed_at else ""
    return f"{document.title} · {revision(record)} · {record.state.label}{changed}"


def _metadata(design: Design, record: ReviewRecord) -> str:
    identity = design.identity
    names = {
        "keywords": ", ".join((identity.project_key, identity.epic_key, identity.feature_key, "data design")),
        "description": f"{record.state.label}, content digest {digest(design_json(design))}",
    }
    pairs = [("author", author) for author in record.authors] + list(names.items())
    if record.changed_at:
        moment = record.changed_at.isoformat(timespec="seconds")
        pairs += [("dcterms.created", moment), ("dcterms.modified", moment)]
    return "".join(f'<meta name="{name}" content="{escape(content)}">\n' for name, content in pairs)
