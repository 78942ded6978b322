"""Where the boxes, frames and lines of a graph go: columns from left to right, each line with a place of its own."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from projects.diagrams.graph import Graph, GraphEdge, GraphNode, Group
from projects.diagrams.measure import cells

CELL = 6
PADDING = 10
LINE = 14
PORT = 16
GAP = 16
FRAME_HEAD = 20
CURVE = 56
MARGIN = 8
LABEL_CELLS = 30
LABEL_CELL = 5.5


@dataclass
class Port:
    """Where an edge meets a box: its height, and the words that stand there."""

    edge: GraphEdge
    y: float = 0


@dataclass
class Box:
    node: GraphNode
    x: float = 0
    y: float = 0
    width: float = 0
    left: list[Port] = field(default_factory=list)
    right: list[Port] = field(default_factory=list)
    # A lane is a free place that a line goes through on its way past a column.
    is_lane: bool = False

    @property
    def height(self) -> float:
        words = (2 if self.node.note.strip() else 1) * LINE
        return max(words, PORT * max(len(self.left), len(self.right))) + PADDING

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


Column = dict[Group | None, list[Box]]


@dataclass(frozen=True)
class Frame:
    group: Group
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Wire:
    """A line from the port of its source, through lanes, to that of its target; a side is -1 for left, 1 for right."""

    edge: GraphEdge
    start: tuple[float, float]
    end: tuple[float, float]
    start_side: int
    end_side: int
    lanes: tuple[Box, ...] = ()
    # How far the frame of the target reaches beyond its box.
    inset: float = 0


@dataclass(frozen=True)
class GraphLayout:
    boxes: tuple[Box, ...]
    frames: tuple[Frame, ...]
    wires: tuple[Wire, ...]
    width: float
    height: float


def label_width(edge: GraphEdge) -> float:
    return min(cells(edge.label), LABEL_CELLS) * LABEL_CELL + PADDING


def lay_out_graph(graph: Graph) -> GraphLayout:
    boxes = {node.key: Box(node) for node in graph.nodes}
    sides = [_sides(edge, boxes) for edge in graph.edges]
    ports = [_ports(edge, boxes, side) for edge, side in zip(graph.edges, sides, strict=True)]
    columns = _columns(graph, boxes)
    lanes = [_lanes(edge, boxes, columns) for edge in graph.edges]
    width, height, frames = _place_all(list(columns.values()))
    _spread(boxes)
    wires = tuple(
        Wire(
            edge,
            start=_end(boxes[edge.source], start, side[0]),
            end=_end(boxes[edge.target], end, side[1]),
            start_side=side[0],
            end_side=side[1],
            lanes=through,
            inset=PADDING if boxes[edge.target].node.group else 0,
        )
        for edge, side, (start, end), through in zip(graph.edges, sides, ports, lanes, strict=True)
    )
    return GraphLayout(tuple(boxes.values()), frames, wires, width, height)


def _place_all(columns: list[Column]) -> tuple[float, float, tuple[Frame, ...]]:
    """Give every box its place; the width and the height of all, and the frames around them."""
    height = max((_height(column) for column in columns), default=0)
    frames: list[Frame] = []
    x: float = MARGIN
    for place, column in enumerate(columns):
        x += _gap(column, "left") if place else 0
        width = _place(column, x, MARGIN + (height - _height(column)) / 2, frames)
        x += width + _gap(column, "right")
    return x + MARGIN, height + 2 * MARGIN, tuple(frames)


def _sides(edge: GraphEdge, boxes: dict[Hashable, Box]) -> tuple[int, int]:
    source, target = boxes[edge.source].node.column, boxes[edge.target].node.column
    if source == target:
        return 1, 1
    return (1, -1) if source < target else (-1, 1)


def _ports(edge: GraphEdge, boxes: dict[Hashable, Box], sides: tuple[int, int]) -> tuple[Port, Port]:
    start, end = Port(edge), Port(edge)
    for port, key, side in ((start, edge.source, sides[0]), (end, edge.target, sides[1])):
        (boxes[key].right if side > 0 else boxes[key].left).append(port)
    return start, end


def _columns(graph: Graph, boxes: dict[Hashable, Box]) -> dict[int, Column]:
    """The boxes of each column that has any, by the frame they stand in."""
    found: dict[int, Column] = {}
    for node in sorted(graph.nodes, key=lambda node: node.column):
        found.setdefault(node.column, {}).setdefault(node.group, []).append(boxes[node.key])
    return found


def _lanes(edge: GraphEdge, boxes: dict[Hashable, Box], columns: dict[int, Column]) -> tuple[Box, ...]:
    """A lane in each column that the edge passes, from its source on."""
    source, target = boxes[edge.source].node.column, boxes[edge.target].node.column
    passed = [place for place in columns if min(source, target) < place < max(source, target)]
    lanes = []
    for place in sorted(passed, reverse=source > target):
        lane = Box(GraphNode(None, "", column=place), is_lane=True)
        columns[place].setdefault(None, []).append(lane)
        lanes.append(lane)
    return tuple(lanes)


def _height(column: Column) -> float:
    return sum(_group_height(group, boxes) for group, boxes in column.items()) + GAP * (len(column) - 1)


def _group_height(group: Group | None, boxes: list[Box]) -> float:
    inside = sum(box.height for box in boxes) + GAP * (len(boxes) - 1)
    return inside + (FRAME_HEAD + PADDING if group else 0)


def _gap(column: Column, side: str) -> float:
    """Room beside a column for the words at its ports and half of the curve between them."""
    boxes = [box for found in column.values() for box in found]
    ends = [label_width(port.edge) for box in boxes for port in getattr(box, side) if port.edge.target == box.node.key]
    is_used = any(box.is_lane or getattr(box, side) for box in boxes)
    return max(ends, default=0) + (CURVE / 2 if is_used else 0) + (PADDING if None not in column else 0)


def _place(column: Column, x: float, y: float, frames: list[Frame]) -> float:
    """Give each box of the column its place, and say how wide the column is."""
    inset = PADDING if any(group for group in column) else 0
    widths = [_width(box.node) for boxes in column.values() for box in boxes if not box.is_lane]
    titles = [min(cells(group.title), LABEL_CELLS) * CELL - PADDING for group in column if group]
    width = max([*widths, *titles])
    for group, boxes in column.items():
        if group:
            frames.append(Frame(group, x, y, width + 2 * inset, _group_height(group, boxes)))
        top = y + (FRAME_HEAD if group else 0)
        for box in boxes:
            box.x, box.y, box.width = x + inset, top, width
            top += box.height + GAP
        y += _group_height(group, boxes) + GAP
    return width + 2 * inset


def _width(node: GraphNode) -> float:
    return max(min(cells(text), LABEL_CELLS) for text in (node.label, node.note, "a box")) * CELL + 2 * PADDING


def _spread(boxes: dict[Hashable, Box]) -> None:
    """Order the ports of each side by where their lines come from, and set them apart evenly."""
    for box in boxes.values():
        for ports in (box.left, box.right):
            ports.sort(key=lambda port, own=box: boxes[_other(port.edge, own)].middle)  # type: ignore[misc]
            for number, port in enumerate(ports):
                port.y = box.middle + (number - (len(ports) - 1) / 2) * PORT


def _other(edge: GraphEdge, box: Box) -> Hashable:
    return edge.target if edge.source == box.node.key else edge.source


def _end(box: Box, port: Port, side: int) -> tuple[float, float]:
    return (box.x + box.width if side > 0 else box.x, port.y)
