"""Where the copies of a store are, and which of them follows which: the replication topology."""

from uuid import UUID

from projects.design.tree import Design, ReplicationNode, Store
from projects.diagrams.graph import Graph, GraphEdge, GraphNode, Group, Shape, Stroke
from projects.diagrams.measure import isolated, one_line
from projects.diagrams.words import count_of

NO_LOCATION = "location not specified"


def topology_graphs(design: Design) -> tuple[Graph, ...]:
    """One graph for each store that has nodes, in the order of the stores."""
    graphs = []
    for store in design.stores:
        if nodes := tuple(node for node in design.replication_nodes if node.store == store.uid):
            graphs.append(_topology(store, nodes))
    return tuple(graphs)


def _topology(store: Store, nodes: tuple[ReplicationNode, ...]) -> Graph:
    by_uid = {node.uid: node for node in nodes}
    places = {node.uid: _place(node) for node in nodes}
    columns = _columns(nodes, places)
    groups = {place: Group(place, _title(nodes, place)) for place in columns}
    known = sum(1 for place in groups if place)
    counted = f"{count_of(len(nodes), 'node', 'nodes')} in {count_of(known, 'location', 'locations')}"
    return Graph(
        title=f"Replication of {isolated(one_line(store.name))}",
        summary=f"{counted}.",
        nodes=tuple(
            GraphNode(
                key=node.uid,
                label=node.name,
                note=node.role.label,
                shape=Shape.STORE,
                column=columns[places[node.uid]],
                group=groups[places[node.uid]],
            )
            for node in nodes
        ),
        edges=tuple(_edge(by_uid[node.replicates_from], node) for node in nodes if node.replicates_from in by_uid),
    )


def _edge(source: ReplicationNode, node: ReplicationNode) -> GraphEdge:
    words = "synchronous" if node.is_synchronous else "asynchronous"
    names = isolated(one_line(node.name)), isolated(one_line(source.name))
    place = isolated(one_line(node.location))
    return GraphEdge(
        source=source.uid,
        target=node.uid,
        label=words,
        sentence=f"{names[0]}{f' in {place}' if place else ''} replicates from {names[1]}, {words}.",
        stroke=Stroke.PLAIN if node.is_synchronous else Stroke.DASHED,
    )


def _place(node: ReplicationNode) -> str:
    return one_line(node.location).strip().casefold()


def _title(nodes: tuple[ReplicationNode, ...], place: str) -> str:
    return next(node.location for node in nodes if _place(node) == place).strip() or NO_LOCATION


def _columns(nodes: tuple[ReplicationNode, ...], places: dict[UUID, str]) -> dict[str, int]:
    """Each location's column: behind those that it receives from. A ring begins with its first location."""
    feeders: dict[str, set[str]] = {place: set() for place in places.values()}
    for node in nodes:
        if node.replicates_from in places and places[node.replicates_from] != places[node.uid]:
            feeders[places[node.uid]].add(places[node.replicates_from])
    columns: dict[str, int] = {}
    while left := [place for place in feeders if place not in columns]:
        following = next((place for place in left if feeders[place] <= columns.keys()), left[0])
        before = [columns[place] for place in feeders[following] if place in columns]
        columns[following] = max(before, default=-1) + 1
    return columns
