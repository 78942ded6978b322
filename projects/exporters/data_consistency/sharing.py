"""Data that more than one component works with, and how its copies are kept in step."""

from collections.abc import Iterator
from uuid import UUID

from projects.design.tree import Component, DataElement, Design, SharedData, SyncStrategy
from projects.diagrams.graph_mermaid import parts_of
from projects.diagrams.sync_graph import access_words, shared_elements, sync_graph
from projects.exporters.blocks import (
    NO_NAME,
    NOT_SPECIFIED,
    Block,
    Bullets,
    Heading,
    Inline,
    Picture,
    Prose,
    Table,
    Typed,
    joined,
    label,
    named,
    not_specified,
    subject,
    typed,
)
from projects.exporters.escaping import one_line


def data_sharing(design: Design) -> Iterator[Block]:
    yield Heading(2, "Data Sharing Between Components")
    yield Heading(3, "Shared Data Elements")
    yield _shared(design)
    if described := [component for component in design.components if component.description.strip()]:
        yield label("Components")
        yield Bullets(tuple(named(each.name, Typed(each.description)) for each in described))
    yield Heading(3, "Data Synchronization")
    if not design.sync_strategies:
        yield not_specified()
    for strategy in design.sync_strategies:
        yield from _strategy(design, strategy)
    if graph := sync_graph(design):
        yield Picture(parts_of(graph))


def _shared(design: Design) -> Block:
    rows = tuple(shared_rows(design))
    if not rows:
        return not_specified()
    return Table("shared-data", ("Data", "Components Accessing", "Why Shared", "Synchronization"), rows)


def shared_rows(design: Design) -> Iterator[tuple[Inline, ...]]:
    """What several components work with, who they are, why, and how it is kept in step."""
    said: dict[UUID, list[SharedData]] = {}
    for shared in design.shared_data:
        said.setdefault(shared.data_element, []).append(shared)
    for element in shared_elements(design):
        yield from _rows(design, element, said.get(element.uid, []))


def _rows(design: Design, element: DataElement, said: list[SharedData]) -> Iterator[tuple[Inline, ...]]:
    """One row for each thing said of the element, and one if nothing is said but several components work with it."""
    names = {strategy.uid: one_line(strategy.name) or NO_NAME for strategy in design.sync_strategies}
    name, users = one_line(element.name) or NO_NAME, joined(_users(design, element)) or NOT_SPECIFIED
    for shared in said:
        strategy = names[shared.strategy] if shared.strategy else NOT_SPECIFIED
        yield name, users, typed(shared.reason), strategy
    if not said:
        yield name, users, NOT_SPECIFIED, NOT_SPECIFIED


def _users(design: Design, element: DataElement) -> list[Inline]:
    names = {component.uid: component for component in design.components}
    return [
        f"{_name(names[access.component])} ({access_words(access)})"
        for access in design.component_accesses
        if access.data_element == element.uid
    ]


def _name(component: Component) -> str:
    return one_line(component.name) or NO_NAME


def _strategy(design: Design, strategy: SyncStrategy) -> Iterator[Block]:
    yield subject("Strategy", strategy.name)
    yield Bullets(
        (
            named("Components involved", joined(_involved(design, strategy)) or NOT_SPECIFIED),
            named("Frequency", typed(strategy.frequency)),
        )
    )
    yield Prose(strategy.description, label="Description")
    yield Prose(strategy.conflict_resolution, label="Conflict resolution")


def _involved(design: Design, strategy: SyncStrategy) -> list[Inline]:
    """The components that work with what the strategy keeps in step."""
    elements = {shared.data_element for shared in design.shared_data if shared.strategy == strategy.uid}
    users = {access.component for access in design.component_accesses if access.data_element in elements}
    return [_name(component) for component in design.components if component.uid in users]
