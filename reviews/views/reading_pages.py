"""The read-only views of a revision, from which threads are opened: its design as a list, and its documents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from projects.design.digest import SECTIONS
from projects.design.review_record import ReviewRecord
from projects.design.vocabulary import StepName
from projects.exporters import DOCUMENTS
from projects.exporters.blocks import Block, Heading
from projects.exporters.document import Document
from projects.exporters.html import page_writer
from projects.snapshot.current import Digested
from projects.workflow.jobs import DOCUMENT_BY_SLUG
from projects.workflow.records import revision_record
from reviews.rules.anchors import Anchor
from reviews.rules.design_listing import ListedGroup, ListedSection, ListedThing, listing
from reviews.rules.fact_words import SECTION_TITLES, Fact
from reviews.views.desk import ReviewDesk
from reviews.views.thread_cards import may_write, new_thread_address

# So many things that hold others stand unfolded in a group.
UNFOLDED = 3
FACT = '<span class="design-fact"><span class="design-fact-label">{}</span> <span dir="auto">{}</span></span>'


@dataclass(frozen=True)
class DesignRow:
    """A thing with its facts in a line, and what it holds; `address` is where a thread about it is opened."""

    id: str
    name: str
    kind: str
    facts: SafeString
    address: str
    open: int
    held: tuple["DesignGroup", ...]
    is_open: bool

    @property
    def open_within(self) -> int:
        """Open threads about what it holds."""
        return sum(row.open + row.open_within for group in self.held for row in group.rows)

    @property
    def holds(self) -> str:
        """What it holds, counted: 12 fields, 2 keys."""
        return ", ".join(f"{len(group.rows)} {group.title.lower()}" for group in self.held)


@dataclass(frozen=True)
class DesignGroup:
    title: str
    rows: tuple[DesignRow, ...]


@dataclass(frozen=True)
class RecordFact:
    fact: Fact
    address: str


@dataclass(frozen=True)
class DesignSection:
    listed: ListedSection
    facts: tuple[RecordFact, ...]
    groups: tuple[DesignGroup, ...]
    address: str
    open: int


class DesignView:
    """The frozen design of the desk's revision, as it was typed."""

    def __init__(self, desk: ReviewDesk) -> None:
        self.desk = desk
        self._new = new_thread_address(desk.addresses, Anchor()) if may_write(desk) else ""
        self._at = desk.request.GET.get("at", "")

    @cached_property
    def sections(self) -> tuple[DesignSection, ...]:
        return tuple(self._section(each) for each in _listed(self.desk.digested) if not each.is_empty)

    @property
    def empty(self) -> list[str]:
        """Sections that say nothing."""
        return [each.title for each in _listed(self.desk.digested) if each.is_empty]

    def _section(self, listed: ListedSection) -> DesignSection:
        facts = (
            RecordFact(fact, self._address(f"section={listed.name}&field={record.part}.{fact.name}"))
            for record in listed.records
            for fact in record.facts
        )
        return DesignSection(
            listed,
            tuple(facts),
            tuple(self._group(each) for each in listed.groups),
            self._address(f"section={listed.name}"),
            self.desk.threads.open_by_section[listed.name],
        )

    def _group(self, group: ListedGroup, within: str = "") -> DesignGroup:
        is_short = sum(bool(each.held) for each in group.things) <= UNFOLDED
        return DesignGroup(group.title, tuple(self._row(each, within, is_short) for each in group.things))

    def _row(self, thing: ListedThing, within: str, is_open: bool) -> DesignRow:
        held = tuple(self._group(each, thing.path) for each in thing.held)
        return DesignRow(
            id=f"thing-{thing.uid}" if thing.uid else "",
            name=thing.path.removeprefix(f"{within}.") if within else thing.path,
            kind=thing.kind,
            facts=_facts_html(thing.facts),
            address=self._address(f"uid={thing.uid}") if thing.uid else "",
            open=self.desk.threads.open_by_uid[thing.uid] if thing.uid else 0,
            held=held,
            is_open=is_open or self._is_asked_for(thing),
        )

    def _is_asked_for(self, thing: ListedThing) -> bool:
        uids = {thing.uid, *(each.uid for group in thing.held for each in group.things)}
        return bool(self._at) and self._at in {str(uid) for uid in uids}

    def _address(self, query: str) -> str:
        return f"{self._new}{query}" if self._new else ""


def design_section(desk: ReviewDesk) -> dict[str, Any]:
    """What reviews/_design.html needs; `?at=` unfolds the thing with this uid."""
    return {"design": DesignView(desk)}


@lru_cache(maxsize=4)
def _listed(digested: Digested) -> tuple[ListedSection, ...]:
    return listing(digested.design)


@lru_cache(maxsize=16_384)
def _facts_html(facts: tuple[Fact, ...]) -> SafeString:
    return format_html_join("", FACT, ((each.label, each.text) for each in facts))


@dataclass(frozen=True)
class DocumentPart:
    """A chapter of a document; `address` is where a thread about it is opened, empty for what no section fills."""

    html: SafeString
    section: str = ""
    address: str = ""
    open: int = 0

    @property
    def title(self) -> str:
        return SECTION_TITLES.get(self.section, "")


class DocumentView:
    """One document of the desk's revision, with its record as it stands now."""

    def __init__(self, desk: ReviewDesk) -> None:
        self.desk = desk
        self.document: Document = DOCUMENT_BY_SLUG.get(desk.request.GET.get("document", ""), DOCUMENTS[0])

    @property
    def tabs(self) -> list[dict[str, Any]]:
        base = f"{self.desk.addresses.review}?view=document"
        return [
            {
                "name": each.file_name,
                "is_current": each is self.document,
                "address": base if each is DOCUMENTS[0] else f"{base}&document={each.slug}",
            }
            for each in DOCUMENTS
        ]

    @property
    def parts(self) -> Iterator[DocumentPart]:
        record = revision_record(self.desk.revision)
        base = f"{self.desk.addresses.review}?view=design"
        for section, html in _chapters(self.desk.digested, record, self.document, base):
            anchor = Anchor(section=section)
            may = section and may_write(self.desk)
            address = new_thread_address(self.desk.addresses, anchor) if may else ""
            yield DocumentPart(html, section, address, self.desk.threads.open_by_section[section])


def document_section(desk: ReviewDesk) -> dict[str, Any]:
    """What reviews/_document.html needs; `?document=` says which, the data design if it names none."""
    return {"document": DocumentView(desk)}


@lru_cache(maxsize=16)
def _chapters(
    digested: Digested, record: ReviewRecord, document: Document, design_address: str
) -> tuple[tuple[str, SafeString], ...]:
    """Each chapter as HTML with the section of the design that it is made of; no section for what stands above."""
    writer = page_writer(digested.design, lambda entity: f"{design_address}&at={entity.uid}#thing-{entity.uid}")
    steps = {each.title: each.step for each in document.sections(digested.design)}
    written = []
    for chapter in _cut(document.blocks(digested.design, record)):
        section = next((_section_of(steps[title]) for title in _titles(chapter) if title in steps), "")
        written.append((section, mark_safe(writer.write(chapter))))
    return tuple(written)


def _cut(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """The blocks up to each heading of the second level."""
    chapter: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2 and chapter:
            yield chapter
            chapter = []
        chapter.append(block)
    if chapter:
        yield chapter


def _titles(chapter: Iterable[Block]) -> list[str]:
    return [block.text for block in chapter if isinstance(block, Heading)]


def _section_of(step: StepName) -> str:
    if step.value in SECTIONS:
        return step.value
    return "notes" if step is StepName.CHECKLIST else ""
