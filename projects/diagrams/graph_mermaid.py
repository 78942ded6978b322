"""Writes boxes and arrows as Mermaid text, in as many parts as Mermaid's limits ask for."""

from collections.abc import Hashable, Iterator
from dataclasses import replace

from projects.diagrams.graph import Arrow, Graph, GraphEdge, GraphNode, Group, Shape, Stroke
from projects.diagrams.mermaid_words import quoted

# Mermaid refuses texts above 50,000 characters and pictures above 500 lines.
MOST_CHARACTERS = 45_000
MOST_EDGES = 450

LABEL_LENGTH = 60
FRAME_LENGTH = 60
# What stands around the words of a node, an edge or a frame.
OVERHEAD = 60

LINES = {
    (Stroke.PLAIN, Arrow.FORWARD): "-->",
    (Stroke.PLAIN, Arrow.BOTH): "<-->",
    (Stroke.STRONG, Arrow.FORWARD): "==>",
    (Stroke.STRONG, Arrow.BOTH): "<==>",
    (Stroke.DASHED, Arrow.FORWARD): "-.->",
    (Stroke.DASHED, Arrow.BOTH): "<-.->",
}
BRACKETS = {Shape.BOX: ("[", "]"), Shape.STORE: ("[(", ")]")}


def graph_text(graph: Graph) -> str:
    names = {node.key: f"n{number}" for number, node in enumerate(graph.nodes, 1)}
    lines = [f"  {names[node.key]}{_words(node)}" for node in graph.nodes if node.group is None]
    for number, (group, nodes) in enumerate(_groups(graph).items(), 1):
        lines.append(f"  subgraph g{number}[{quoted(group.title, FRAME_LENGTH)}]")
        lines += [f"    {names[node.key]}{_words(node)}" for node in nodes]
        lines.append("  end")
    lines += [f"  {_line(edge, names)}" for edge in graph.edges]
    return "\n".join(["graph LR", *lines]) + "\n"


def parts_of(graph: Graph) -> tuple[Graph, ...]:
    """The graph, or several that share its nodes and edges, each within Mermaid's limits."""
    parts: list[tuple[dict[Hashable, None], list[GraphEdge]]] = []
    nodes = {node.key: node for node in graph.nodes}
    used = MOST_CHARACTERS
    for edge, keys in _pieces(graph):
        new = [key for key in keys if not parts or key not in parts[-1][0]]
        size = (len(edge.label) + OVERHEAD if edge else 0) + sum(_size(nodes[key]) for key in new)
        if used + size > MOST_CHARACTERS or len(parts[-1][1]) >= MOST_EDGES:
            parts.append(({}, []))
            used, size = 0, sum(_size(nodes[key]) for key in keys) + OVERHEAD
        used += size
        parts[-1][0].update(dict.fromkeys(keys))
        parts[-1][1].extend([edge] if edge else [])
    if len(parts) < 2:
        return (graph,)
    return tuple(
        replace(
            graph,
            title=f"{graph.title}, part {number} of {len(parts)}",
            nodes=tuple(node for node in graph.nodes if node.key in keys),
            edges=tuple(edges),
        )
        for number, (keys, edges) in enumerate(parts, 1)
    )


def _pieces(graph: Graph) -> Iterator[tuple[GraphEdge | None, tuple[Hashable, ...]]]:
    """Each edge with the nodes it needs, then the nodes that no edge has."""
    joined = {key for edge in graph.edges for key in (edge.source, edge.target)}
    yield from ((edge, (edge.source, edge.target)) for edge in graph.edges)
    yield from ((None, (node.key,)) for node in graph.nodes if node.key not in joined)


def _size(node: GraphNode) -> int:
    frame = quoted(node.group.title, FRAME_LENGTH) if node.group else ""
    # Mermaid counts as JavaScript does, in units of UTF-16.
    return len(f"{_words(node)}{frame}".encode("utf-16-le")) // 2 + OVERHEAD


def _groups(graph: Graph) -> dict[Group, list[GraphNode]]:
    found: dict[Group, list[GraphNode]] = {}
    for node in graph.nodes:
        if node.group:
            found.setdefault(node.group, []).append(node)
    return found


def _words(node: GraphNode) -> str:
    before, after = BRACKETS[node.shape]
    lines = [quoted(text, LABEL_LENGTH)[1:-1] for text in (node.label, node.note) if text.strip()]
    return f'{before}"{"<br/>".join(lines) or " "}"{after}'


def _line(edge: GraphEdge, names: dict[Hashable, str]) -> str:
    source, target = names[edge.source], names[edge.target]
    if edge.arrow is Arrow.BACK:
        source, target = target, source
    arrow = Arrow.BOTH if edge.arrow is Arrow.BOTH else Arrow.FORWARD
    return f"{source} {LINES[edge.stroke, arrow]}|{quoted(edge.label, LABEL_LENGTH)}| {target}"
