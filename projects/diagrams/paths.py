"""The lines of a component as points, from the row of the parent to the rows of the children."""

from dataclasses import dataclass

from projects.diagrams.routing import LANE, Run, first_lane
from projects.diagrams.wiring import Net, Stop, Wire, Wiring

Point = tuple[float, float]
Points = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """What belongs to one edge alone; its last point is at the child. `reach` is half the height of its mark."""

    edge: int
    points: Points
    reach: float


@dataclass(frozen=True, slots=True)
class PlacedWire:
    """`start` is at the parent, where the line leaves to the right (1) or to the left (-1)."""

    start: Point
    direction: int
    reach: float
    trunk: tuple[Points, ...]
    branches: tuple[Branch, ...]


@dataclass(slots=True)
class Surveyor:
    """Knows where every gutter begins and ends, and the lane of every net (none if it is one straight line)."""

    wiring: Wiring
    tops: list[float]
    sides: list[tuple[float, float]]
    lanes: dict[int, float]


def survey(wiring: Wiring, tops: list[float], gutters: list[list[Run]], sides: list[tuple[float, float]]) -> Surveyor:
    lanes: dict[int, float] = {}
    for number, (runs, (left, right)) in enumerate(zip(gutters, sides, strict=True)):
        is_first, is_last = number == 0, number == len(gutters) - 1
        first = left + first_lane(runs, right - left, is_first=is_first, is_last=is_last)
        lanes |= {id(run.net): first + LANE * run.lane for run in runs if not run.is_straight}
    return Surveyor(wiring, tops, sides, lanes)


def place_wires(surveyor: Surveyor, x: float, y: float) -> list[PlacedWire]:
    """All wires, moved so that what was at (0, 0) is at (x, y)."""
    moved = Surveyor(
        surveyor.wiring,
        [top + y for top in surveyor.tops],
        [(left + x, right + x) for left, right in surveyor.sides],
        {net: lane + x for net, lane in surveyor.lanes.items()},
    )
    return [_single(moved, wire) if len(wire.edges) == 1 else _branching(moved, wire) for wire in moved.wiring.wires]


def _point(surveyor: Surveyor, net: Net, stop: Stop) -> Point:
    return surveyor.sides[net.gutter][stop.side > 0], surveyor.tops[stop.node] + stop.offset


def _single(surveyor: Surveyor, wire: Wire) -> PlacedWire:
    points: list[Point] = []
    for net in wire.nets:
        source, end = _point(surveyor, net, net.source), _point(surveyor, net, net.stops[0])
        lane = surveyor.lanes.get(id(net))
        bends = [] if lane is None else [(lane, source[1]), (lane, end[1])]
        points += [source, *bends, end]
    branch = Branch(wire.edges[0].number, tuple(points), wire.nets[-1].stops[0].reach)
    return PlacedWire(points[0], wire.direction, wire.nets[0].source.reach, (), (branch,))


def _branching(surveyor: Surveyor, wire: Wire) -> PlacedWire:
    trunk: list[Points] = []
    branches: list[Branch] = []
    for net, following in zip(wire.nets, [*wire.nets[1:], None], strict=True):
        source = _point(surveyor, net, net.source)
        ends = [(stop, _point(surveyor, net, stop)) for stop in net.stops]
        lane = surveyor.lanes.get(id(net))
        bend = source[0] if lane is None else lane
        if lane is not None:
            levels = [source[1], *(end[1] for _, end in ends)]
            trunk += [(source, (lane, source[1])), ((lane, min(levels)), (lane, max(levels)))]
        for stop, end in ends:
            if stop.edge is not None:
                branches.append(Branch(stop.edge, ((bend, end[1]), end), stop.reach))
            elif following:
                trunk.append(((bend, end[1]), _point(surveyor, following, following.source)))
    start = wire.nets[0].source
    return PlacedWire(_point(surveyor, wire.nets[0], start), wire.direction, start.reach, tuple(trunk), tuple(branches))
