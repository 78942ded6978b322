"""The companion's tabs “Sharing” and “Topology”: boxes and arrows that follow from the rows, drawn and in words."""

from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from projects.diagrams.graph import Graph
from projects.diagrams.graph_svg import draw_graph
from projects.diagrams.palette import PAGE
from projects.diagrams.sync_graph import sync_graph
from projects.diagrams.topology_graph import topology_graphs
from projects.snapshot.current import Digested


@dataclass(frozen=True)
class DrawnGraph:
    title: str
    svg: SafeString
    sentences: tuple[str, ...]


@lru_cache(maxsize=32)
def sharing(digested: Digested) -> DrawnGraph | None:
    """Who reads and writes what; None while no component is known to work with shared data."""
    graph = sync_graph(digested.design)
    return _drawn(graph, "sharing") if graph else None


@lru_cache(maxsize=32)
def topology(digested: Digested, store: UUID | None) -> DrawnGraph | None:
    """The nodes of one store; None while it has none."""
    stores = [each.uid for each in digested.design.stores]
    held = {node.store for node in digested.design.replication_nodes}
    drawn = [uid for uid in stores if uid in held]
    if store not in drawn:
        return None
    return _drawn(topology_graphs(digested.design)[drawn.index(store)], "topology")


def _drawn(graph: Graph, name: str) -> DrawnGraph:
    svg = draw_graph(graph, theme=replace(PAGE, ids=f"companion-{name}"))
    return DrawnGraph(graph.title, mark_safe(svg), tuple(graph.sentences()))
