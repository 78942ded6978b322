"""The documents as a page shows them: whole in step 12, and beside every other step the sections that it fills."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from projects.access import FeatureVisit
from projects.design.review_record import ReviewRecord
from projects.design.vocabulary import DesignState
from projects.exporters import DOCUMENTS
from projects.exporters.blocks import Code, Paragraph
from projects.exporters.document import Document
from projects.exporters.html import document_html
from projects.exporters.html_writer import HtmlWriter
from projects.snapshot.current import Digested
from projects.views.addresses import Addresses
from projects.workflow.document_review import Outcome, review
from projects.workflow.jobs import DOCUMENT_BY_SLUG
from projects.workflow.progress import findings_of
from projects.workflow.records import draft_record
from projects.workflow.standings import NOTHING_SUBMITTED, Standing

OUTLINE_LEVELS = (2, 3)
NO_PICTURE = "<p>The diagram stands here.</p>"


@dataclass(frozen=True)
class DocumentPage:
    """One document of a draft: `slug` says which, the data design if it names none.

    `standing` says which revisions can be downloaded beside the draft.
    """

    visit: FeatureVisit
    digested: Digested
    slug: str = ""
    standing: Standing = NOTHING_SUBMITTED

    @property
    def document(self) -> Document:
        return DOCUMENT_BY_SLUG.get(self.slug, DOCUMENTS[0])

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.visit.feature)

    @property
    def path(self) -> str:
        return self.document.path(self.digested.design.identity)

    @property
    def tabs(self) -> list[dict[str, Any]]:
        return [
            {
                "name": each.file_name,
                "is_current": each is self.document,
                "address": self.addresses.step("document", "" if each is DOCUMENTS[0] else each.slug),
            }
            for each in DOCUMENTS
        ]

    @property
    def downloads(self) -> list[dict[str, Any]]:
        """What can be downloaded: the draft, the approved revision in force, and the newest one if it is another."""
        at = self.addresses
        draft = {
            "label": "Draft",
            "documents": self._documents(at.document),
            "archive": at.archive,
            "design_file": at.design_file,
        }
        return [draft, *(self._revision(number, state) for number, state in self._revisions())]

    def _revisions(self) -> Iterator[tuple[int, DesignState]]:
        standing = self.standing
        if standing.revision:
            yield standing.revision, DesignState.APPROVED
        if standing.head and not standing.is_head_effective and standing.state is not DesignState.DRAFT:
            yield standing.head, standing.state

    def _revision(self, number: int, state: DesignState) -> dict[str, Any]:
        at = partial(self.addresses.to, number=number)
        return {
            "label": f"r{number}, {state.label.lower()}",
            "documents": self._documents(lambda slug, form: at(f"review-document-{form}", slug=slug)),
            "archive": at("review-document-archive"),
            "design_file": at("review-design-file"),
        }

    def _documents(self, address: Callable[[str, str], str]) -> list[dict[str, str]]:
        """Each document in each of its forms, the one on show first."""
        ordered = sorted(DOCUMENTS, key=lambda each: each is not self.document)
        return [
            {"title": each.file_name} | {form: address(each.slug, form) for form in ("markdown", "pdf", "html")}
            for each in ordered
        ]

    @property
    def html(self) -> SafeString:
        """The whole document, its pictures leading to the entities' forms."""
        record = draft_record(self.visit.feature)
        return mark_safe(_preview(self.digested, record, self.document, self.addresses.step("data-model")))

    @property
    def outline(self) -> tuple[dict[str, Any], ...]:
        """The document's headings, to jump to."""
        return _outline(self.digested, self.document)

    @property
    def review(self) -> list[dict[str, Any]]:
        """The rules of step 12, each place with the address where it is mended."""
        return [
            {
                "outcome": outcome,
                "places": [
                    {"place": place, "address": self.addresses.step(place.step, place.at or "")}
                    for place in outcome.places
                ],
            }
            for outcome in _reviewed(self.digested)
        ]

    @property
    def is_ready(self) -> bool:
        return all(outcome.is_passed for outcome in _reviewed(self.digested))

    @property
    def passed(self) -> str:
        """How many of the rules pass, like “4 of 5”."""
        outcomes = _reviewed(self.digested)
        return f"{sum(outcome.is_passed for outcome in outcomes)} of {len(outcomes)}"


@lru_cache(maxsize=16)
def _preview(digested: Digested, record: ReviewRecord, document: Document, step_address: str) -> str:
    return document_html(
        digested.design,
        record,
        diagrams="page",
        entity_link=lambda entity: f"{step_address}?at={entity.uid}",
        document=document,
    )


@lru_cache(maxsize=64)
def _reviewed(digested: Digested) -> tuple[Outcome, ...]:
    return review(digested.design, findings_of(digested))


@lru_cache(maxsize=32)
def _outline(digested: Digested, document: Document) -> tuple[dict[str, Any], ...]:
    writer = HtmlWriter(draw=str, picture=lambda graph, name: "")
    writer.write(document.blocks(digested.design, ReviewRecord()))
    return tuple(
        {"id": identifier, "title": title, "level": level}
        for level, identifier, title in writer.headings
        if level in OUTLINE_LEVELS
    )


@lru_cache(maxsize=64)
def section_html(digested: Digested, slug: str) -> str:
    """What a step fills in each document, without the entity diagram, which has a tab of its own."""
    shown = []
    for document in DOCUMENTS:
        blocks = [
            block for section in document.sections(digested.design) if section.step == slug for block in section.blocks
        ]
        if blocks:
            shown += [Paragraph(Code(document.file_name), style="note"), *blocks]
    return HtmlWriter(draw=lambda: NO_PICTURE).write(shown)
