"""Where each line runs: a lane for each net, chosen so that lines cross seldom and do not lie on one another."""

from dataclasses import dataclass

from projects.diagrams.wiring import Net, Stop, Wiring

LANE = 7
MARGIN = 18
NARROWEST = 46
OUTER = 8

# Two lines nearer than this to one another look like one.
TOUCHING = 3.0
OVERLAY = 50


@dataclass(slots=True)
class Run:
    """A net with the heights of its stops, ready to get its lane."""

    net: Net
    left: list[float]
    right: list[float]
    top: float
    bottom: float
    lane: int = 0

    @property
    def is_straight(self) -> bool:
        return self.top == self.bottom


def gutters_of(wiring: Wiring, tops: list[float]) -> list[list[Run]]:
    """The nets of each gutter with their lanes. Lines that are almost straight are made so."""
    for net in wiring.nets():
        _straighten(net, wiring.boxes, tops)
    for nets in wiring.by_gutter():
        _untangle(nets, wiring.boxes, tops)
    gutters = [[_run(net, tops) for net in nets] for nets in wiring.by_gutter()]
    for runs in gutters:
        _choose_lanes([run for run in runs if not run.is_straight])
    return gutters


def width_of(runs: list[Run], *, is_outer: bool) -> int:
    """How wide a gutter is; left of the first and right of the last column it has only what its lines need."""
    lanes = _lanes(runs)
    if is_outer:
        return MARGIN + LANE * (lanes - 1) + OUTER if lanes else 0
    return max(NARROWEST, 2 * MARGIN + LANE * (lanes - 1))


def first_lane(runs: list[Run], width: float, *, is_first: bool, is_last: bool) -> float:
    """How far from the left edge of its gutter the first lane runs."""
    if is_first or is_last:
        return OUTER if is_first else MARGIN
    return (width - LANE * (_lanes(runs) - 1)) / 2


def _lanes(runs: list[Run]) -> int:
    return max((run.lane + 1 for run in runs if not run.is_straight), default=0)


def _straighten(net: Net, boxes: int, tops: list[float]) -> None:
    level = tops[net.source.node] + net.source.offset
    for stop in net.stops:
        shift = level - tops[stop.node] - stop.offset
        if abs(shift) > (stop.leeway if stop.node < boxes else LANE / 2):
            continue
        if stop.node < boxes:
            stop.offset += shift
        else:
            tops[stop.node] += shift


def _untangle(nets: list[Net], boxes: int, tops: list[float]) -> None:
    """Move a stop of each two nets that change places, for then no order of lanes keeps one off the other."""
    stops = [(number, stop) for number, net in enumerate(nets) for stop in net.all_stops()]
    at_left: dict[int, list[tuple[float, int]]] = {}
    for number, stop in stops:
        if stop.side < 0:
            level = tops[stop.node] + stop.offset
            for row in range(int(level // TOUCHING) - 1, int(level // TOUCHING) + 2):
                at_left.setdefault(row, []).append((level, number))
    meets: dict[tuple[int, int], Stop] = {}
    for number, stop in stops:
        if stop.side > 0:
            level = tops[stop.node] + stop.offset
            near = at_left.get(int(level // TOUCHING), ())
            meets |= {(other, number): stop for at, other in near if abs(level - at) < TOUCHING}
    for (one, other), stop in meets.items():
        if one < other and (other, one) in meets:
            _move(stop, boxes, tops)


def _move(stop: Stop, boxes: int, tops: list[float]) -> None:
    if stop.node >= boxes:
        tops[stop.node] += LANE / 2
    else:
        stop.offset += min(stop.leeway, LANE / 2)


def _run(net: Net, tops: list[float]) -> Run:
    left: list[float] = []
    right: list[float] = []
    for stop in net.all_stops():
        (left if stop.side < 0 else right).append(tops[stop.node] + stop.offset)
    levels = left + right
    return Run(net, left, right, min(levels), max(levels))


def _choose_lanes(runs: list[Run]) -> None:
    """Order the runs of a gutter from left to right; runs that do not meet may share a lane."""
    balance = [0] * len(runs)
    meets: list[list[int]] = [[] for _ in runs]
    before: dict[tuple[int, int], int] = {}
    by_top = sorted(range(len(runs)), key=lambda number: runs[number].top)
    for place, one in enumerate(by_top):
        for other in by_top[place + 1 :]:
            if runs[other].top > runs[one].bottom + TOUCHING:
                break
            gain = _cost(runs[one], runs[other]) - _cost(runs[other], runs[one])
            before[one, other], before[other, one] = gain, -gain
            balance[one] += gain
            balance[other] -= gain
            meets[one].append(other)
            meets[other].append(one)
    order = sorted(range(len(runs)), key=lambda number: (balance[number], runs[number].top))
    _swap_neighbours(order, before)
    _part_overlays(order, {pair for pair, gain in before.items() if gain > OVERLAY / 2})
    placed: set[int] = set()
    for number in order:
        runs[number].lane = max((runs[other].lane + 1 for other in meets[number] if other in placed), default=0)
        placed.add(number)


def _swap_neighbours(order: list[int], gains: dict[tuple[int, int], int]) -> None:
    for _ in order:
        swapped = False
        for place in range(len(order) - 1):
            first, second = order[place], order[place + 1]
            if gains.get((first, second), 0) > 0:
                order[place], order[place + 1], swapped = second, first, True
        if not swapped:
            return


def _part_overlays(order: list[int], wrong: set[tuple[int, int]]) -> None:
    """Move runs left of those on whose lines they would lie. Runs that ask it of each other stay as they are."""
    for _ in wrong:
        for place, number in enumerate(order):
            earlier = next((at for at in range(place) if (order[at], number) in wrong), None)
            if earlier is not None:
                order.insert(earlier, order.pop(place))
                break
        else:
            return


def _cost(first: Run, second: Run) -> int:
    """What it costs to have `first` left of `second`: lines that cross, and much more for lines on top of others."""
    cost = 0
    for y in first.right:
        if second.top <= y <= second.bottom:
            cost += 1
        for other in second.left:
            if -TOUCHING < y - other < TOUCHING:
                cost += OVERLAY
    for y in second.left:
        if first.top <= y <= first.bottom:
            cost += 1
    return cost
