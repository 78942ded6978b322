"""Step 1: what the design was made from, what must be kept, and what surrounds it."""

from collections.abc import Iterator

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
    label,
    named,
    not_specified,
    typed,
)
from projects.exporters.data_design.context import project_context
from projects.exporters.data_design.retention import kept_by
from projects.exporters.data_design.sources import sources
from projects.exporters.escaping import one_line


def requirements(design: Design) -> Iterator[Block]:
    yield Heading(2, "Requirements")
    yield Heading(3, "Sources")
    yield from sources(design)
    yield Heading(3, "Data to Persist")
    yield _data_to_persist(design)
    yield Heading(3, "Project Context")
    yield from project_context(design)
    yield Heading(3, "Access Profile")
    yield from _access_profile(design)


def _data_to_persist(design: Design) -> Block:
    if not design.data_elements:
        return not_specified()
    rows = tuple(element_cells(design, element) for element in design.data_elements)
    columns = ("Data Element", "Description", "Reason for Storage", "Size Estimate", "Storage")
    return Table("data-elements", columns, rows, numeric=frozenset({3}))


def element_cells(design: Design, element: DataElement) -> tuple[Inline, ...]:
    """Name, description, reason, size and store."""
    store = design.store_by_uid[element.store].name if element.store else NOT_SPECIFIED
    size = element.size_estimate if element.size_estimate.strip() else NOT_SPECIFIED
    return one_line(element.name) or NO_NAME, typed(element.description), typed(element.reason), size, store


def profile(design: Design) -> Iterator[Block]:
    """How much is read for each write."""
    needs = design.requirements
    words = f"{needs.access_profile.label}." if needs.access_profile else NOT_SPECIFIED
    yield Paragraph((Strong("Profile:"), f" {words}"))
    if needs.access_notes.strip():
        yield Prose(needs.access_notes)


def _access_profile(design: Design) -> Iterator[Block]:
    needs = design.requirements
    yield from profile(design)
    yield Prose(needs.retention, label="Retention")
    if periods := [(element.name, period) for element in design.data_elements if (period := kept_by(element))]:
        yield label("Kept for")
        yield Bullets(tuple(named(name, period) for name, period in periods))
    yield Prose(needs.volume, label="Volume")
