"""Which column each box stands in: parents left of their children and near them, in a picture of good shape."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GUTTER = 48
BETWEEN = 22

# A line within a column is worse than one to the next column, and better than one that passes a column.
WITHIN = 0.8

PASSES = 4


@dataclass(frozen=True)
class Graph:
    """Boxes by number with their sizes, and lines from parent to child, each pair once and none to itself."""

    sizes: Sequence[tuple[int, int]]
    edges: Sequence[tuple[int, int]]

    def children(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.sizes]
        for parent, child in self.edges:
            found[parent].append(child)
        return found


def columns_of(graph: Graph, aspect: float) -> list[list[int]]:
    """The boxes of each column, from left to right, for a picture whose width by height is near `aspect`."""
    layers = layers_of(graph)
    tallest = max(height for _, height in graph.sizes)
    total = sum(height + BETWEEN for _, height in graph.sizes)
    choices = [_filled(graph, layers, max(tallest, total / count)) for count in _counts(len(graph.sizes), len(layers))]
    best = min([layers, *choices], key=lambda columns: _badness(graph, columns, aspect))
    return _settled(graph, best)


def layers_of(graph: Graph) -> list[list[int]]:
    """Layers by the longest path from a root, each box then as near to its children as it may be."""
    order = _order(graph)
    place = {box: number for number, box in enumerate(order)}
    # Lines against the order close a cycle; layering leaves them out.
    children = [[c for c in found if place[c] > place[box]] for box, found in enumerate(graph.children())]
    layer = [0] * len(order)
    for box in order:
        for child in children[box]:
            layer[child] = max(layer[child], layer[box] + 1)
    for box in reversed(order):
        if children[box]:
            layer[box] = min(layer[child] for child in children[box]) - 1
    layers: list[list[int]] = [[] for _ in range(max(layer) + 1)]
    for box in order:
        layers[layer[box]].append(box)
    return [boxes for boxes in layers if boxes]


def _order(graph: Graph) -> list[int]:
    """Reverse postorder of a depth-first walk from the roots: every line that closes no cycle leads forward."""
    children = graph.children()
    has_parent = {child for _, child in graph.edges}
    starts = sorted(range(len(graph.sizes)), key=lambda box: box in has_parent)
    seen: set[int] = set()
    finished: list[int] = []
    for start in reversed(starts):
        stack = [] if start in seen else [(start, iter(reversed(children[start])))]
        seen.add(start)
        while stack:
            box, rest = stack[-1]
            for child in rest:
                if child not in seen:
                    seen.add(child)
                    stack.append((child, iter(reversed(children[child]))))
                    break
            else:
                finished.append(box)
                stack.pop()
    return finished[::-1]


def _counts(boxes: int, layers: int) -> list[float]:
    """Numbers of columns worth trying."""
    middle = math.sqrt(boxes)
    tried = {max(1.0, round(middle * factor, 1)) for factor in (0.45, 0.6, 0.8, 1.0, 1.25, 1.5)}
    return sorted(tried | {float(layers)})


def _filled(graph: Graph, layers: list[list[int]], limit: float) -> list[list[int]]:
    """Columns up to about `limit` high: short layers share one, tall ones get several."""
    is_parent = {parent for parent, _ in graph.edges}
    columns: list[list[int]] = []
    room = 0.0
    for layer in layers:
        height = sum(graph.sizes[box][1] + BETWEEN for box in layer)
        if height <= room:
            columns[-1].extend(layer)
            room -= height
            continue
        # Boxes without children stand left: nothing leads on from them.
        parts = _split(graph, sorted(layer, key=is_parent.__contains__), math.ceil(height / (limit * 1.1)))
        columns.extend(parts)
        room = limit - sum(graph.sizes[box][1] + BETWEEN for box in columns[-1])
    return columns


def _split(graph: Graph, layer: list[int], count: int) -> list[list[int]]:
    """The layer in parts of equal height."""
    share = sum(graph.sizes[box][1] + BETWEEN for box in layer) / count
    parts: list[list[int]] = [[] for _ in range(count)]
    used = 0.0
    for box in layer:
        height = graph.sizes[box][1] + BETWEEN
        parts[min(count - 1, int((used + height / 2) / share))].append(box)
        used += height
    return [part for part in parts if part]


def _badness(graph: Graph, columns: list[list[int]], aspect: float) -> float:
    width = sum(max(graph.sizes[box][0] for box in column) + GUTTER for column in columns)
    height = max(_height(graph, column) for column in columns)
    area = sum((w + GUTTER) * (h + BETWEEN) for w, h in graph.sizes)
    column_of = {box: number for number, column in enumerate(columns) for box in column}
    within = sum(column_of[parent] == column_of[child] for parent, child in graph.edges)
    return (
        abs(math.log(width / height / aspect))
        + 0.6 * math.log(width * height / area)
        + 0.5 * within / max(1, len(graph.edges))
    )


def _height(graph: Graph, column: list[int]) -> int:
    return sum(graph.sizes[box][1] + BETWEEN for box in column) - BETWEEN


def _settled(graph: Graph, columns: list[list[int]]) -> list[list[int]]:
    """Move boxes to neighbouring columns where that shortens lines and the picture grows no taller."""
    column_of = {box: number for number, column in enumerate(columns) for box in column}
    heights = [_height(graph, column) for column in columns]
    limit, costs = max(heights), _costs(len(columns))
    neighbours: list[list[tuple[int, int]]] = [[] for _ in graph.sizes]
    for parent, child in graph.edges:
        neighbours[parent].append((child, 1))
        neighbours[child].append((parent, -1))
    for _ in range(PASSES):
        before = dict(column_of)
        for box, others in enumerate(neighbours):
            here, height = column_of[box], graph.sizes[box][1] + BETWEEN
            near = [(column_of[other], sign) for other, sign in others]
            beside = (c for c in (here - 1, here + 1) if 0 <= c < len(columns) and heights[c] + height <= limit)
            best = _cheapest(near, (here, *beside), costs)
            heights[here] -= height
            heights[best] += height
            column_of[box] = best
        if column_of == before:
            break
    settled: list[list[int]] = [[] for _ in columns]
    for box in (box for column in columns for box in column):
        settled[column_of[box]].append(box)
    return [column for column in settled if column]


def _cheapest(near: list[tuple[int, int]], choices: Iterable[int], costs: list[float]) -> int:
    """The first of the cheapest columns; `near` are the columns of neighbours, 1 for children and -1 for parents."""
    return min(choices, key=lambda column: sum([costs[(there - column) * sign] for there, sign in near]))


def _costs(columns: int) -> list[float]:
    """What a line costs by how many columns it leads to the right; lines to the left have a negative index."""
    right = [WITHIN, *(step - 1.0 for step in range(1, columns))]
    left = [step + 0.4 for step in range(1, columns)]
    return right + left[::-1]
