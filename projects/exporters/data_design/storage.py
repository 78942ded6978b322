"""Step 2: where the data is kept, and why there."""

from collections.abc import Iterator

from projects.design.tree import DataElement, Design, Store
from projects.exporters.blocks import (
    NO_NAME,
    Block,
    Bullets,
    Heading,
    Inline,
    Paragraph,
    Strong,
    Table,
    Typed,
    joined,
    not_specified,
    typed,
)
from projects.exporters.escaping import one_line


def persistence_mechanism(design: Design) -> Iterator[Block]:
    yield Heading(2, "Persistence Mechanism")
    if not design.stores:
        yield not_specified()
    for store in design.stores:
        yield Heading(3, store.name, thing=store.uid)
        yield Paragraph(_kind_and_system(store))
        yield _rationale(store)
        if kept := [element for element in design.data_elements if element.store == store.uid]:
            yield Paragraph("Kept here:")
            yield Bullets(tuple(_kept(element) for element in kept))


def _kind_and_system(store: Store) -> str:
    system = one_line(store.system)
    return f"{store.kind.label}, {system}." if system else f"{store.kind.label}. System: not specified yet."


def _rationale(store: Store) -> Table:
    return Table("rationale", ("Rationale", "Why"), tuple((name, typed(why)) for name, why in reasons_of(store)))


def reasons_of(store: Store) -> tuple[tuple[str, str], ...]:
    """The four parts of why, each with its name."""
    return (
        ("Project patterns", store.project_patterns),
        ("Feature requirements", store.feature_requirements),
        ("Performance needs", store.performance_needs),
        ("Team expertise", store.team_expertise),
    )


def _kept(element: DataElement) -> Inline:
    details: list[Inline] = [Typed(text) for text in (element.access_pattern, element.note) if text.strip()]
    name = one_line(element.name) or NO_NAME
    return (Strong(f"{name}:"), " ", joined(details, "; ")) if details else name
