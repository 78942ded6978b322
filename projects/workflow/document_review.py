"""The review of step 12: five rules on the generated documents themselves, each with what to do where it fails."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from projects.checks.finding import Finding
from projects.design.tree import Design
from projects.design.vocabulary import StepName
from projects.diagrams.grammar import refusal
from projects.diagrams.graph_mermaid import graph_text
from projects.exporters import DATA_DESIGN, DOCUMENTS
from projects.exporters.blocks import NOT_SPECIFIED, Block, Diagram, Heading, Picture
from projects.exporters.document import Document, Section
from projects.exporters.markdown_writer import write_markdown
from projects.exporters.without_code import CODE_LEFT_OUT

FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})[ \t]*(\S*)", re.MULTILINE)
NAMED_FIELD = re.compile(r"`([^\W\d]\w*)\.([^\W\d]\w*)`")
FILE_ENDINGS = frozenset({"csv", "html", "json", "md", "pdf", "py", "sql", "txt", "yaml", "yml"})


@dataclass(frozen=True)
class Place:
    """Where a rule found something, and the step in which it is mended; `at` is the uid that its page is about."""

    text: str
    step: StepName
    at: UUID | None = None
    file_name: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a rule says of the documents: a sentence, and where it fails, what to do and where."""

    title: str
    said: str
    remedy: str = ""
    places: tuple[Place, ...] = ()

    @property
    def is_passed(self) -> bool:
        return not self.remedy


@dataclass(frozen=True)
class Reading:
    """The documents of a draft as the rules read them."""

    design: Design
    findings: tuple[Finding, ...] = ()

    @cached_property
    def sections(self) -> tuple[tuple[Section, str], ...]:
        """Every section that a step fills, with its Markdown."""
        return tuple(
            (section, write_markdown(section.blocks))
            for document in DOCUMENTS
            for section in document.sections(self.design)
        )

    @cached_property
    def outlines(self) -> dict[str, list[tuple[int, str]]]:
        """The headings that each document has whatever is designed, by its slug."""
        empty = Design(identity=self.design.identity)
        return {document.slug: [_heading(section) for section in document.sections(empty)] for document in DOCUMENTS}


def review(design: Design, findings: tuple[Finding, ...]) -> tuple[Outcome, ...]:
    """The five rules of step 12, in the order of the workflow; `findings` are those of the checks on the design."""
    reading = Reading(design, findings)
    return (
        _complete(reading),
        _cross_references(reading),
        _diagrams(reading),
        _no_code(reading),
        _dto_mapping(reading),
    )


def _complete(reading: Reading) -> Outcome:
    title = "Document complete"
    missing = tuple(f"{document.file_name}: {text}" for document in DOCUMENTS for text in _lost(reading, document))
    if missing:
        return Outcome(title, f"Headings are missing: {', '.join(missing)}.", "Report this: the outline is fixed.")
    places = tuple(_unspecified(reading))
    if not places:
        return Outcome(title, "Every heading of both outlines is there, and every section is filled.")
    sections = "1 section holds" if len(places) == 1 else f"{len(places)} sections hold"
    said = f"Every heading of both outlines is there, but {sections} “{NOT_SPECIFIED}”"
    return Outcome(title, said, "Fill in what is missing, or say of a step that it does not apply.", places)


def _unspecified(reading: Reading) -> Iterator[Place]:
    """The sections of the fixed outline that lack something; what has a heading of its own counts in its section."""
    found: Counter[tuple[Document, StepName, str]] = Counter()
    title = ""
    for section, markdown in reading.sections:
        if _heading(section) in reading.outlines[section.document.slug]:
            title = section.title
        if count := markdown.count(NOT_SPECIFIED):
            found[section.document, section.step, title] += count
    for (document, step, name), count in found.items():
        times = "" if count == 1 else f" ({count} times)"
        yield Place(f"{name}{times}", step, file_name=document.file_name)


def _cross_references(reading: Reading) -> Outcome:
    title = "Cross-references valid"
    places = (*_lost_parents(reading.design), *_sources_nowhere(reading.design), *_unknown_fields(reading))
    if not places:
        return Outcome(title, "Every entity, field and source that the documents refer to is there.")
    said = "1 reference leads nowhere." if len(places) == 1 else f"{len(places)} references lead nowhere."
    return Outcome(title, said, "Correct the name, add what is referred to, or take the reference out.", places)


def _lost_parents(design: Design) -> Iterator[Place]:
    for relationship in design.relationships:
        if relationship.parent is None:
            child = design.entity_by_uid[relationship.child].full_name
            target = relationship.missing_target.strip() or "an entity without a name"
            yield Place(f"{child} refers to {target}", StepName.DATA_MODEL, relationship.child)


def _sources_nowhere(design: Design) -> Iterator[Place]:
    for source in design.sources:
        if not (source.location.strip() or source.file_name.strip()):
            name = source.title.strip() or source.kind.label
            yield Place(f"{name} has neither a location nor a file", StepName.REQUIREMENTS)


def _unknown_fields(reading: Reading) -> Iterator[Place]:
    """Fields that prose names as `entity.field`, of an entity that has no such field."""
    fields: dict[str, set[str]] = {}
    for entity in reading.design.entities:
        names = {field.name.casefold() for field in entity.fields}
        fields.setdefault(entity.name.casefold(), set()).update(names | {name.partition(".")[0] for name in names})
    spoken_for = {f"{each.namespace}.{each.name}".casefold() for each in reading.design.entities if each.namespace}
    for section, markdown in reading.sections:
        for entity_name, name in dict.fromkeys(NAMED_FIELD.findall(markdown)):
            known = fields.get(entity_name.casefold())
            is_other = name.casefold() in FILE_ENDINGS or f"{entity_name}.{name}".casefold() in spoken_for
            if known is not None and name.casefold() not in known and not is_other:
                text = f"{section.title} names {entity_name}.{name}"
                yield Place(text, section.step, file_name=section.document.file_name)


def _diagrams(reading: Reading) -> Outcome:
    title = "Diagram renders"
    texts = [(section, text) for section, _ in reading.sections for text in _mermaid(section.blocks)]
    refused = tuple(
        Place(f"{section.title}: {why}", section.step, file_name=section.document.file_name)
        for section, text in texts
        if (why := refusal(text))
    )
    if refused:
        return Outcome(
            title, "Mermaid would refuse a diagram.", "Shorten or rename what the message points at.", refused
        )
    undrawn = next(
        (markdown for section, markdown in reading.sections if section.title == "Entity Relationship Diagram")
    )
    if NOT_SPECIFIED in undrawn:
        place = Place("Entity Relationship Diagram", StepName.DATA_MODEL, file_name=DATA_DESIGN.file_name)
        return Outcome(title, "There is no entity relationship diagram yet.", "Add the first entity.", (place,))
    counted = {0: "No diagram is needed", 1: "1 diagram is drawn"}.get(len(texts), f"{len(texts)} diagrams are drawn")
    return Outcome(title, f"{counted}{', in a form that Mermaid accepts' if texts else ''}.")


def _no_code(reading: Reading) -> Outcome:
    title = "No code blocks"
    name = DATA_DESIGN.file_name
    own = [(section, markdown) for section, markdown in reading.sections if section.document is DATA_DESIGN]
    fences = [
        Place(f"{section.title}: a block of {language or 'code'}", section.step, file_name=name)
        for section, markdown in own
        for language in FENCE.findall(markdown)[::2]
        if language != "mermaid"
    ]
    left_out = [
        Place(f"{section.title}: code was typed here", section.step, file_name=name)
        for section, markdown in own
        if CODE_LEFT_OUT in markdown
    ]
    if places := (*fences, *left_out):
        said = f"{name} has prose and tables only, but code was typed into it, which readers do not see."
        return Outcome(title, said, "Say in words what the code does.", places)
    return Outcome(title, f"{name} has prose, tables and Mermaid diagrams only.")


def _dto_mapping(reading: Reading) -> Outcome:
    title = "DTO mapping aligned"
    design = reading.design
    if exemption := design.exemption_by_step.get(StepName.CONTRACTS):
        return Outcome(title, f"Not applicable: {exemption.reason}")
    if not design.dtos:
        place = Place("DTO Mapping", StepName.CONTRACTS, file_name=DATA_DESIGN.file_name)
        remedy = "Name the DTOs of the contracts, or say that the step does not apply."
        return Outcome(title, "No DTO is named yet.", remedy, (place,))
    dto_of = {thing.uid: dto.uid for dto in design.dtos for thing in (dto, *dto.fields)}
    places = tuple(
        Place(f"{each.message} {each.remedy}", StepName.CONTRACTS, dto_of.get(each.uid) if each.uid else None)
        for each in reading.findings
        if each.step == StepName.CONTRACTS
    )
    if places:
        said = "1 thing does not fit." if len(places) == 1 else f"{len(places)} things do not fit."
        return Outcome(title, said, "Map what is unmapped, and bring contracts and data model together.", places)
    return Outcome(title, "Every DTO field is mapped, and what it allows the data model allows too.")


def _mermaid(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Diagram):
            yield from (text for _, text in block.parts)
        elif isinstance(block, Picture):
            yield from (graph_text(graph) for graph in block.graphs)


def _heading(section: Section) -> tuple[int, str]:
    first = section.blocks[0]
    return (first.level, first.text) if isinstance(first, Heading) else (0, "")


def _lost(reading: Reading, document: Document) -> Iterator[str]:
    """The headings of the outline that are not there in their order."""
    found = [_heading(section) for section, _ in reading.sections if section.document is document]
    at = 0
    for heading in reading.outlines[document.slug]:
        if heading in found[at:]:
            at = found.index(heading, at) + 1
        else:
            yield heading[1]
