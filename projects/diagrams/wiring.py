"""The lines of a diagram as nets: all lines from one row of a parent share a trunk that its children branch off.

Columns are separated by gutters; gutter n is left of column n. A net lies in one gutter and joins stops at its two
edges. Where a line passes a column that holds neither of its ends, it gets a place there between the boxes (a pass).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from projects.diagrams.links import End

LEFT, RIGHT = -1, 1

# Lines that end at one row are spread over its height.
ROW = 15


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two boxes, all by number; ports say how far below the top of the box it ends."""

    number: int
    parent: int
    child: int
    parent_port: float
    child_port: float
    parent_end: End

    def renumbered(self, boxes: Mapping[int, int]) -> "Edge":
        parent, child = boxes[self.parent], boxes[self.child]
        return Edge(self.number, parent, child, self.parent_port, self.child_port, self.parent_end)


@dataclass(slots=True)
class Stop:
    """Where a net touches the edge of its gutter: at a box, or at a pass. `edge` is the line that ends here."""

    node: int
    offset: float
    side: int
    edge: int | None = None
    # How far it may move within its row to make a line straight, and half the height of its mark.
    leeway: float = 4.0
    reach: float = 4.5


@dataclass(slots=True)
class Net:
    wire: int
    gutter: int
    source: Stop
    stops: list[Stop] = field(default_factory=list)

    def all_stops(self) -> list[Stop]:
        return [self.source, *self.stops]


@dataclass(slots=True)
class Wire:
    """Everything that leaves one row of a parent to one side: its edges, its nets and the passes between them."""

    parent: int
    port: float
    direction: int
    edges: list[Edge] = field(default_factory=list)
    nets: list[Net] = field(default_factory=list)


@dataclass(slots=True)
class Wiring:
    """Columns of boxes and passes (numbered on after the boxes), and the wires between them.

    `shared` are the ends that meet at one side of one row.
    """

    columns: list[list[int]]
    heights: list[int]
    boxes: int
    wires: list[Wire]
    shared: list[list[tuple[Net, Stop]]] = field(default_factory=list)

    def nets(self) -> list[Net]:
        return [net for wire in self.wires for net in wire.nets]

    def by_gutter(self) -> list[list[Net]]:
        gutters: list[list[Net]] = [[] for _ in range(len(self.columns) + 1)]
        for net in self.nets():
            gutters[net.gutter].append(net)
        return gutters


def wiring_of(columns: Sequence[Sequence[int]], heights: Sequence[int], edges: Sequence[Edge]) -> Wiring:
    column_of = {box: number for number, column in enumerate(columns) for box in column}
    wires = _wires(edges, column_of, len(columns) - 1)
    wiring = Wiring([list(column) for column in columns], list(heights), len(heights), wires)
    for number, wire in enumerate(wires):
        _lay_nets(wiring, number, wire, column_of)
    _spread_ports(wiring)
    return wiring


def _wires(edges: Sequence[Edge], column_of: dict[int, int], last: int) -> list[Wire]:
    wires: dict[tuple[int, float, End, int], Wire] = {}
    for edge in edges:
        here, there = column_of[edge.parent], column_of[edge.child]
        if here != there:
            _add(wires, edge, RIGHT if there > here else LEFT)
    for edge in edges:
        here = column_of[edge.parent]
        if here == column_of[edge.child]:
            # A line within a column joins what leaves the row anyway, or keeps outside of the picture's busy middle.
            leaves = [side for side in (RIGHT, LEFT) if (edge.parent, edge.parent_port, edge.parent_end, side) in wires]
            _add(wires, edge, leaves[0] if leaves else LEFT if 0 == here < last else RIGHT)
    return list(wires.values())


def _add(wires: dict[tuple[int, float, End, int], Wire], edge: Edge, direction: int) -> None:
    key = (edge.parent, edge.parent_port, edge.parent_end, direction)
    wires.setdefault(key, Wire(edge.parent, edge.parent_port, direction)).edges.append(edge)


def _lay_nets(wiring: Wiring, number: int, wire: Wire, column_of: dict[int, int]) -> None:
    """From the parent outward, one net for each gutter up to the farthest child."""
    forward, here = wire.direction, column_of[wire.parent]
    arriving: dict[int, list[Edge]] = {}
    for edge in wire.edges:
        arriving.setdefault(column_of[edge.child], []).append(edge)
    farthest = max(arriving, key=lambda column: (column - here) * forward)
    net = Net(number, here + (forward == RIGHT), Stop(wire.parent, wire.port, -forward))
    net.stops += [Stop(edge.child, edge.child_port, -forward, edge.number) for edge in arriving.pop(here, ())]
    wire.nets.append(net)
    for column in range(here + forward, farthest + forward, forward):
        net.stops += [Stop(edge.child, edge.child_port, forward, edge.number) for edge in arriving.get(column, ())]
        if column != farthest:
            node = _new_pass(wiring, column)
            net.stops.append(Stop(node, 0, forward))
            net = Net(number, column + (forward == RIGHT), Stop(node, 0, -forward))
            wire.nets.append(net)


def _new_pass(wiring: Wiring, column: int) -> int:
    wiring.heights.append(0)
    wiring.columns[column].append(len(wiring.heights) - 1)
    return len(wiring.heights) - 1


def _spread_ports(wiring: Wiring) -> None:
    """Give lines that end at the same side of the same row a height of their own."""
    at: dict[tuple[int, int, float], list[tuple[Net, Stop]]] = {}
    for net in wiring.nets():
        for stop in net.all_stops():
            if stop.node < wiring.boxes:
                at.setdefault((stop.node, stop.side, stop.offset), []).append((net, stop))
    wiring.shared += [ends for ends in at.values() if len(ends) > 1]
    for ends in wiring.shared:
        step = ROW / len(ends)
        for place, (_, stop) in enumerate(ends):
            stop.offset += step * (place - (len(ends) - 1) / 2)
            stop.leeway, stop.reach = 0.0, min(3.0, step / 2 - 0.5)


def sort_ports(wiring: Wiring, tops: list[float]) -> None:
    """Where lines share a row, let those that lead up end above those that lead down."""

    def aim(end: tuple[Net, Stop]) -> float:
        net, own = end
        levels = [tops[stop.node] + stop.offset for stop in net.all_stops() if stop is not own]
        return sum(levels) / len(levels)

    for ends in wiring.shared:
        offsets = sorted(stop.offset for _, stop in ends)
        for offset, (_, stop) in zip(offsets, sorted(ends, key=aim), strict=True):
            stop.offset = offset
