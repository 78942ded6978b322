"""What is stored, where, and why there."""

from collections.abc import Iterator
from uuid import UUID

from projects.design.tree import DataElement, Design
from projects.exporters.blocks import (
    NO_NAME,
    NOT_SPECIFIED,
    Block,
    Bullets,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Strong,
    Table,
    Typed,
    joined,
    named,
    not_specified,
    subject,
    typed,
)
from projects.exporters.data_design.naming import source_name
from projects.exporters.data_design.requirements import element_cells, profile
from projects.exporters.data_design.storage import reasons_of
from projects.exporters.escaping import one_line


def stored_data(design: Design) -> Iterator[Block]:
    yield Heading(2, "Data Persistence")
    yield Heading(3, "What Data Needs to be Stored?")
    if design.data_elements:
        columns = ("Data Element", "Description", "Reason for Storage", "Size Estimate")
        rows = tuple(element_cells(design, element)[:4] for element in design.data_elements)
        yield Table("needs", columns, rows, numeric=frozenset({3}))
    else:
        yield not_specified()
    if design.requirements.volume.strip():
        yield Prose(design.requirements.volume, label="Volume")
    if design.sources:
        yield Paragraph((Strong("Taken from:"), " ", joined([source_name(source) for source in design.sources]), "."))


def storage_choices(design: Design) -> Iterator[Block]:
    yield Heading(3, "Where Should Data be Stored?")
    yield _placement(design)
    yield Heading(3, "Why These Storage Choices?")
    if not design.data_elements:
        yield not_specified()
        return
    yield from profile(design)
    explained: dict[UUID, str] = {}
    for element in design.data_elements:
        yield subject("Data", element.name)
        yield Bullets(tuple(named(name, value) for name, value in _choice(design, element, explained)))


def _placement(design: Design) -> Block:
    if not design.data_elements:
        return not_specified()
    rows = tuple((one_line(element.name) or NO_NAME, *_place(design, element)) for element in design.data_elements)
    return Table("placement", ("Data Element", "Storage Type", "System"), rows)


def _place(design: Design, element: DataElement) -> tuple[str, str]:
    """The kind of the store and its system, or the store's name where the system is not said."""
    if not element.store:
        return NOT_SPECIFIED, NOT_SPECIFIED
    store = design.store_by_uid[element.store]
    return store.kind.label, one_line(store.system) or NOT_SPECIFIED


def _choice(design: Design, element: DataElement, explained: dict[UUID, str]) -> Iterator[tuple[str, Inline]]:
    """The four facts of one element; the rationale of a store is told with the first element that lies there."""
    kind, system = _place(design, element)
    yield "Type", kind
    yield "System", system
    yield "Justification", _justification(design, element, explained)
    yield "Access Patterns", typed(element.access_pattern)


def _justification(design: Design, element: DataElement, explained: dict[UUID, str]) -> Inline:
    said: list[Inline] = [Typed(as_sentence(element.note))] if element.note.strip() else []
    if not element.store:
        return joined(said) or NOT_SPECIFIED
    store = design.store_by_uid[element.store]
    if store.uid in explained:
        said.append(f"{one_line(store.name)} is chosen for the reasons given for {explained[store.uid]}.")
        return joined(said, " ")
    reasons = [(f"{name}: ", Typed(as_sentence(why))) for name, why in reasons_of(store) if why.strip()]
    if reasons:
        explained[store.uid] = one_line(element.name) or NO_NAME
    return joined([*said, *reasons], " ") or NOT_SPECIFIED


def as_sentence(text: str) -> str:
    """Prose that something follows on the same line."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", ":", ";")) else f"{text}."
