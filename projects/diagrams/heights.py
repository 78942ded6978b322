"""How high each box and pass stands: as level with its neighbours as the order in its column lets it."""

from projects.diagrams.ordering import Pulls, pulls_of, stacked
from projects.diagrams.wiring import Wiring

SWEEPS = 4

# A pass bends a line twice if it is not level, a box without lines may stand anywhere.
PASS_WEIGHT = 3.0
FREE_WEIGHT = 0.01


def settle_heights(wiring: Wiring, tops: list[float]) -> tuple[list[float], int]:
    """The tops of all nodes from 0 down, and the height of the picture: that of its tallest column."""
    stacks = [stacked(wiring, column) for column in wiring.columns]
    total = max(height for _, height in stacks)
    left, right, own = pulls_of(wiring)
    everyone = [a + b + c for a, b, c in zip(left, right, own, strict=True)]
    middle = total / 2
    settled = [top + middle for top in tops]
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        pulls = everyone if sweep >= SWEEPS - 2 else left if forward else right
        numbers = range(len(wiring.columns)) if forward else reversed(range(len(wiring.columns)))
        for number in numbers:
            _level(wiring, number, stacks[number][0], total, pulls, settled)
    # Rows have their middle at half a pixel, so that is where a pass is level with one.
    return [round(top) if node < wiring.boxes else round(top) + 0.5 for node, top in enumerate(settled)], round(total)


def _level(wiring: Wiring, number: int, stack: list[float], total: float, pulls: Pulls, settled: list[float]) -> None:
    column = wiring.columns[number]
    wishes, weights = [], []
    for node, top in zip(column, stack, strict=True):
        near = [settled[other] + by for other, by in pulls[node]]
        if near:
            # The median, unlike the mean, makes one line straight rather than all of them nearly so.
            near.sort()
            wishes.append(near[(len(near) - 1) // 2] - top)
            weights.append(PASS_WEIGHT if node >= wiring.boxes else 1.0)
        else:
            wishes.append(settled[node] - top)
            weights.append(FREE_WEIGHT)
    most = total - stack[-1] - wiring.heights[column[-1]]
    for node, top, shift in zip(column, stack, _rising(wishes, weights), strict=True):
        settled[node] = top + (0.0 if shift < 0 else most if shift > most else shift)


def _rising(wishes: list[float], weights: list[float]) -> list[float]:
    """The nearest sequence that never falls (isotonic regression by pooling neighbours)."""
    pools: list[tuple[float, float, int]] = []
    for wish, weight in zip(wishes, weights, strict=True):
        pool = (wish, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            value, mass, count = pools.pop()
            together = mass + pool[1]
            pool = ((value * mass + pool[0] * pool[1]) / together, together, count + pool[2])
        pools.append(pool)
    return [value for value, _, count in pools for _ in range(count)]
