"""Which components read and write which shared data, and who owns it: the synchronization graph of a design."""

from uuid import UUID

from projects.design.tree import Component, ComponentAccess, DataElement, Design
from projects.design.vocabulary import Access
from projects.diagrams.graph import Arrow, Graph, GraphEdge, GraphNode, Group, Shape, Stroke
from projects.diagrams.measure import isolated, one_line
from projects.diagrams.words import count_of

WRITERS, DATA, READERS = range(3)
ARROWS = {Access.READS: Arrow.FORWARD, Access.WRITES: Arrow.BACK, Access.BOTH: Arrow.BOTH}


def shared_elements(design: Design) -> tuple[DataElement, ...]:
    """The data elements that are said to be shared, and those that more than one component works with."""
    users: dict[UUID, set[UUID]] = {shared.data_element: set() for shared in design.shared_data}
    said = set(users)
    for access in design.component_accesses:
        users.setdefault(access.data_element, set()).add(access.component)
    return tuple(
        element for element in design.data_elements if element.uid in said or len(users.get(element.uid, ())) > 1
    )


def sync_graph(design: Design) -> Graph | None:
    """The graph of what is shared, or None while no component is known to work with shared data."""
    elements = shared_elements(design)
    shown = {element.uid for element in elements}
    accesses = [access for access in design.component_accesses if access.data_element in shown]
    if not accesses:
        return None
    used = {access.component for access in accesses}
    components = [component for component in design.components if component.uid in used]
    named: list[Component | DataElement] = [*components, *elements]
    names = {each.uid: isolated(one_line(each.name)) for each in named}
    people = count_of(len(components), "component", "components")
    return Graph(
        title=f"Data synchronization of {isolated(one_line(design.identity.feature_title))}",
        summary=f"{people} and {count_of(len(elements), 'shared data element', 'shared data elements')}.",
        nodes=(*(_component(each, accesses) for each in components), *_data(design, elements)),
        edges=tuple(_edge(access, names) for access in accesses),
    )


def access_words(access: ComponentAccess) -> str:
    """Like “owns, reads and writes”."""
    words = access.access.label.lower()
    if not access.is_owner:
        return words
    return f"owns, {words}" if access.access is Access.BOTH else f"owns and {words}"


def _component(component: Component, accesses: list[ComponentAccess]) -> GraphNode:
    own = [access for access in accesses if access.component == component.uid]
    writes = any(access.is_owner or access.access is not Access.READS for access in own)
    return GraphNode(component.uid, component.name, column=WRITERS if writes else READERS)


def _data(design: Design, elements: tuple[DataElement, ...]) -> list[GraphNode]:
    """The data in the frames of its stores, each with the strategy that keeps its copies in step."""
    names = {strategy.uid: strategy.name for strategy in design.sync_strategies}
    strategies = {shared.data_element: names[shared.strategy] for shared in design.shared_data if shared.strategy}
    groups = {store.uid: Group(store.uid, store.name) for store in design.stores}
    order = [None, *groups]
    return [
        GraphNode(
            key=element.uid,
            label=element.name,
            note=strategies.get(element.uid, ""),
            shape=Shape.STORE,
            column=DATA,
            group=groups[element.store] if element.store else None,
        )
        for element in sorted(elements, key=lambda element: order.index(element.store))
    ]


def _edge(access: ComponentAccess, names: dict[UUID, str]) -> GraphEdge:
    words = access_words(access)
    return GraphEdge(
        source=access.data_element,
        target=access.component,
        label=words,
        sentence=f"{names[access.component]} {words} {names[access.data_element]}.",
        arrow=ARROWS[access.access],
        stroke=Stroke.STRONG if access.is_owner else Stroke.PLAIN,
    )
