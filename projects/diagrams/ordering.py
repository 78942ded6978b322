"""The order of boxes and passes within each column, so that few lines cross: barycentre sweeps."""

from collections.abc import Sequence

from projects.diagrams.wiring import Wiring

BOX_GAP = 22
PASS_GAP = 8
EDGE_GAP = 12

# Sweeps that may bring nothing before it is given up.
PATIENCE = 3

# How much a neighbour in the same column counts, where one in the next counts 1.
OWN_WEIGHT = 0.4

# For each node, whom it is joined to and where it would stand if that line were straight: (other node, difference).
Pulls = list[list[tuple[int, float]]]


def stacked(wiring: Wiring, column: Sequence[int]) -> tuple[list[float], float]:
    """The tops of a column's nodes stacked as tightly as they may be, and the height of the stack."""
    heights, boxes = wiring.heights, wiring.boxes
    tops: list[float] = []
    bottom = 0.0
    was_pass = column[0] >= boxes
    for node in column:
        is_pass = node >= boxes
        if tops:
            bottom += (BOX_GAP, EDGE_GAP, PASS_GAP)[is_pass + was_pass]
        tops.append(bottom)
        bottom += heights[node]
        was_pass = is_pass
    return tops, bottom


def pulls_of(wiring: Wiring) -> tuple[Pulls, Pulls, Pulls]:
    """The pulls on each node from the column at its left, from its right, and from within its own."""
    left: Pulls = [[] for _ in wiring.heights]
    right: Pulls = [[] for _ in wiring.heights]
    own: Pulls = [[] for _ in wiring.heights]
    for net in wiring.nets():
        source = net.source
        for stop in net.stops:
            difference = source.offset - stop.offset
            if stop.node == source.node:
                continue
            if stop.side == source.side:
                own[stop.node].append((source.node, difference))
                own[source.node].append((stop.node, -difference))
                continue
            to_stop, to_source = (left, right) if stop.side > 0 else (right, left)
            to_stop[stop.node].append((source.node, difference))
            to_source[source.node].append((stop.node, -difference))
    return left, right, own


def order_columns(wiring: Wiring, sweeps: int = 8) -> list[float]:
    """Sort each column in place; gives the tops of the nodes as they are then stacked."""
    left, right, own = pulls_of(wiring)
    tops = [0.0] * len(wiring.heights)
    for column in wiring.columns:
        _stack(wiring, column, tops)
    best, shortest, since = [list(column) for column in wiring.columns], float("inf"), 0
    for sweep in range(sweeps):
        forward = sweep % 2 == 0
        near = left if forward else right
        for column in wiring.columns if forward else reversed(wiring.columns):
            wish = {node: _wish(node, near, own, tops) for node in column}
            column.sort(key=wish.__getitem__)
            _stack(wiring, column, tops)
        length = sum(abs(tops[other] + by - tops[node]) for node, pulls in enumerate(left) for other, by in pulls)
        if length < shortest - 0.5:
            best, shortest, since = [list(column) for column in wiring.columns], length, 0
        elif (since := since + 1) == PATIENCE:
            break
    wiring.columns[:] = best
    for column in wiring.columns:
        _stack(wiring, column, tops)
    return tops


def _wish(node: int, near: Pulls, own: Pulls, tops: list[float]) -> float:
    total = mass = 0.0
    for other, by in near[node]:
        total += tops[other] + by
        mass += 1
    for other, by in own[node]:
        total += OWN_WEIGHT * (tops[other] + by)
        mass += OWN_WEIGHT
    return total / mass if mass else tops[node]


def _stack(wiring: Wiring, column: Sequence[int], tops: list[float]) -> None:
    """Stack the column with its middle at height 0."""
    stack, height = stacked(wiring, column)
    for node, top in zip(column, stack, strict=True):
        tops[node] = top - height / 2
