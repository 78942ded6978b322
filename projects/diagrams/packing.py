"""Puts the separate parts of a diagram side by side: connected groups on shelves, single boxes in a grid."""

import math
from collections.abc import Sequence
from itertools import accumulate

SPACE = 36
BETWEEN = 22

Size = tuple[float, float]
Place = tuple[float, float]


def pack(sizes: Sequence[Size], aspect: float) -> tuple[list[Place], Size]:
    """Places for rectangles, tallest first, on shelves of the width that comes nearest to the aspect."""
    if not sizes:
        return [], (0, 0)
    order = sorted(range(len(sizes)), key=lambda number: (-sizes[number][1], number))
    widest = max(width for width, _ in sizes)
    area = sum((width + SPACE) * (height + SPACE) for width, height in sizes)
    widths = sorted({max(widest, math.sqrt(area * aspect) * factor) for factor in (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0)})
    return min((_shelves(sizes, order, width) for width in widths), key=lambda packed: badness(packed[1], aspect))


def badness(size: Size, aspect: float) -> float:
    """Small for pictures that are small and of the right shape."""
    width, height = size
    return abs(math.log(width / height / aspect)) + 0.5 * math.log(width * height)


def _shelves(sizes: Sequence[Size], order: Sequence[int], limit: float) -> tuple[list[Place], Size]:
    places: list[Place] = [(0, 0)] * len(sizes)
    x = y = shelf = widest = 0.0
    for number in order:
        width, height = sizes[number]
        if x and x + width > limit:
            x, y, shelf = 0, y + shelf + SPACE, 0
        places[number] = (x, y)
        x, shelf = x + width + SPACE, max(shelf, height)
        widest = max(widest, x - SPACE)
    return places, (widest, y + shelf)


def grid(sizes: Sequence[Size], columns: int) -> tuple[list[Place], list[float], Size]:
    """Boxes in columns, each in the column that is shortest yet: their places and widths, and the size of all."""
    bottoms, widths, chosen = [0.0] * columns, [0.0] * columns, []
    for width, height in sizes:
        column = bottoms.index(min(bottoms))
        chosen.append((column, bottoms[column]))
        bottoms[column] += height + BETWEEN
        widths[column] = max(widths[column], width)
    lefts = list(accumulate((width + BETWEEN for width in widths), initial=0.0))
    places = [(lefts[column], top) for column, top in chosen]
    return places, [widths[column] for column, _ in chosen], (lefts[-1] - BETWEEN, max(bottoms) - BETWEEN)
