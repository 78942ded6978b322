"""Step 1: what the design was made from, what must be kept, and what surrounds it."""

from collections.abc import Iterator

from projects.design.tree import Conventions, DataElement, Design, Entity, Source
from projects.design.vocabulary import LetterCase, TableNumber
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Code,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Strong,
    Table,
    Typed,
    joined,
    not_specified,
    typed,
)
from projects.exporters.escaping import one_line

_CASES = {
    LetterCase.SNAKE: "in snake_case",
    LetterCase.CAMEL: "in camelCase",
    LetterCase.PASCAL: "in PascalCase",
    LetterCase.ANY: "in any letter case",
}
_NUMBERS = {TableNumber.PLURAL: "plural and ", TableNumber.SINGULAR: "singular and ", TableNumber.ANY: ""}


def requirements(design: Design) -> Iterator[Block]:
    yield Heading(2, "Requirements")
    yield Heading(3, "Sources")
    yield _sources(design.sources)
    yield Heading(3, "Data to Persist")
    yield _data_to_persist(design)
    yield Heading(3, "Project Context")
    yield Prose(design.requirements.project_context)
    yield from _reused(design)
    yield _naming(design.conventions)
    if design.conventions.notes.strip():
        yield Prose(design.conventions.notes)
    yield Heading(3, "Access Profile")
    yield from _access_profile(design)


def _sources(sources: tuple[Source, ...]) -> Block:
    if not sources:
        return not_specified()
    rows = tuple((_document(source), _location(source.location), source.status.label) for source in sources)
    return Table("sources", ("Document", "Location", "Status"), rows)


def _document(source: Source) -> str:
    title = one_line(source.title)
    return f"{source.kind.label}: {title}" if title else source.kind.label


def _location(location: str) -> Inline:
    if not location.strip():
        return NOT_SPECIFIED
    return Typed(location) if "://" in location else Code(location)


def _data_to_persist(design: Design) -> Block:
    if not design.data_elements:
        return not_specified()
    rows = tuple(_data_element(design, element) for element in design.data_elements)
    columns = ("Data Element", "Description", "Reason for Storage", "Size Estimate", "Storage")
    return Table("data-elements", columns, rows, numeric=frozenset({3}))


def _data_element(design: Design, element: DataElement) -> tuple[Inline, ...]:
    store = design.store_by_uid[element.store].name if element.store else NOT_SPECIFIED
    size = element.size_estimate or NOT_SPECIFIED
    return element.name, typed(element.description), typed(element.reason), size, store


def _reused(design: Design) -> Iterator[Block]:
    reused = [entity for entity in design.entities if entity.reused_from]
    if reused:
        yield Paragraph(("Reused from other features: ", joined([_with_owner(entity) for entity in reused]), "."))


def _with_owner(entity: Entity) -> Inline:
    return Code(entity.full_name), " of ", Code(entity.reused_from)


def _naming(conventions: Conventions) -> Paragraph:
    """The naming rules as sentences; those that a project leaves empty are not said."""
    number, table_case = _NUMBERS[conventions.table_number], _CASES[conventions.table_case]
    said: list[Inline] = [f"Tables are {number}{table_case}, fields {_CASES[conventions.field_case]}."]
    rules = (
        ("Primary keys are named", conventions.primary_key_name),
        ("Foreign keys follow", conventions.foreign_key_pattern),
        ("Timestamps end in", conventions.timestamp_suffix),
        ("Booleans begin with", conventions.boolean_prefixes),
        ("Indexes follow", conventions.index_pattern),
        ("Standard fields are", conventions.standard_fields),
    )
    said += [(f"{words} ", _names(names), ".") for words, names in rules if names.strip()]
    return Paragraph(joined(said, " "))


def _names(names: str) -> Inline:
    return joined([Code(name.strip()) for name in names.split(",") if name.strip()])


def _access_profile(design: Design) -> Iterator[Block]:
    needs = design.requirements
    profile = f"{needs.access_profile.label}." if needs.access_profile else NOT_SPECIFIED
    yield Paragraph((Strong("Profile:"), f" {profile}"))
    if needs.access_notes.strip():
        yield Prose(needs.access_notes)
    yield Prose(needs.retention, label="Retention")
    yield Prose(needs.volume, label="Volume")
