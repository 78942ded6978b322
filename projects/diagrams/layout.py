"""Where every box and line of an entity relationship diagram goes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from projects.diagrams.columns import Graph, columns_of
from projects.diagrams.heights import settle_heights
from projects.diagrams.links import Link
from projects.diagrams.ordering import order_columns
from projects.diagrams.packing import BETWEEN, SPACE, Place, Size, badness, grid, pack
from projects.diagrams.paths import PlacedWire, Surveyor, place_wires, survey
from projects.diagrams.routing import gutters_of, width_of
from projects.diagrams.rows import Box
from projects.diagrams.wiring import Edge, sort_ports, wiring_of

BORDER = 10


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a box; boxes in one column are equally wide."""

    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Layout:
    """Spots are in the order of the boxes; the edges of the wires are numbers of links."""

    width: float
    height: float
    spots: tuple[Spot, ...]
    wires: tuple[PlacedWire, ...]


@dataclass(frozen=True)
class Part:
    """A connected group of boxes, laid out from its own (0, 0)."""

    width: float
    height: float
    spots: dict[int, Spot]
    surveyor: Surveyor


def lay_out(boxes: Sequence[Box], links: Sequence[Link], aspect: float) -> Layout:
    """A picture of all boxes and links whose width by height is near `aspect`."""
    groups, singles = _groups(len(boxes), _edges(boxes, links))
    parts = [_part(boxes, group, edges, aspect) for group, edges in groups]
    places, size = pack([(part.width, part.height) for part in parts], aspect)
    spots: dict[int, Spot] = {}
    wires: list[PlacedWire] = []
    for part, (left, top) in zip(parts, places, strict=True):
        x, y = left + BORDER, top + BORDER
        spots |= {box: Spot(spot.x + x, spot.y + y, spot.width) for box, spot in part.spots.items()}
        wires += place_wires(part.surveyor, x, y)
    if singles:
        beside, size = _beside(boxes, singles, size, aspect)
        spots |= beside
    return Layout(
        width=size[0] + 2 * BORDER,
        height=size[1] + 2 * BORDER,
        spots=tuple(spots[number] for number in range(len(boxes))),
        wires=tuple(wires),
    )


def _edges(boxes: Sequence[Box], links: Sequence[Link]) -> list[Edge]:
    number_of = {box.node: number for number, box in enumerate(boxes)}
    edges = []
    for number, link in enumerate(links):
        parent, child = number_of[link.parent], number_of[link.child]
        ports = boxes[parent].port(link.parent_field), boxes[child].port(link.child_field)
        edges.append(Edge(number, parent, child, *ports, link.parent_end))
    return edges


def _groups(count: int, edges: list[Edge]) -> tuple[list[tuple[list[int], list[Edge]]], list[int]]:
    """Connected groups with their edges, and the boxes without any edge."""
    root = list(range(count))

    def find(box: int) -> int:
        while root[box] != box:
            root[box] = box = root[root[box]]
        return box

    for edge in edges:
        root[find(edge.child)] = find(edge.parent)
    joined = {box for edge in edges for box in (edge.parent, edge.child)}
    groups: dict[int, tuple[list[int], list[Edge]]] = {}
    for box in sorted(joined):
        groups.setdefault(find(box), ([], []))[0].append(box)
    for edge in edges:
        groups[find(edge.parent)][1].append(edge)
    return list(groups.values()), [box for box in range(count) if box not in joined]


def _part(boxes: Sequence[Box], group: list[int], edges: list[Edge], aspect: float) -> Part:
    local = {box: number for number, box in enumerate(group)}
    pairs = dict.fromkeys((local[edge.parent], local[edge.child]) for edge in edges if edge.parent != edge.child)
    sizes = [(boxes[box].width, boxes[box].height) for box in group]
    columns = columns_of(Graph(sizes, tuple(pairs)), aspect)
    wiring = wiring_of(columns, [height for _, height in sizes], [edge.renumbered(local) for edge in edges])
    tops, height = settle_heights(wiring, order_columns(wiring))
    sort_ports(wiring, tops)
    gutters = gutters_of(wiring, tops)
    spots: dict[int, Spot] = {}
    sides: list[tuple[float, float]] = []
    x = 0.0
    for number, runs in enumerate(gutters):
        width = width_of(runs, is_outer=number in (0, len(gutters) - 1))
        sides.append((x, x + width))
        x += width
        if number < len(columns):
            wide = max(sizes[node][0] for node in columns[number])
            spots |= {group[node]: Spot(x, tops[node], wide) for node in columns[number]}
            x += wide
    return Part(x, height, spots, survey(wiring, tops, gutters, sides))


def _beside(boxes: Sequence[Box], singles: list[int], size: Size, aspect: float) -> tuple[dict[int, Spot], Size]:
    """A grid of the boxes without lines, below the rest or at its right, in as many columns as look best."""
    sizes: list[Size] = [(boxes[box].width, boxes[box].height) for box in singles]
    space = SPACE if size[0] else 0
    choices: list[tuple[float, Size, Place, list[Place], list[float]]] = []
    for columns in _grid_widths(sizes, size[0]):
        places, widths, (width, height) = grid(sizes, columns)
        below = (max(size[0], width), size[1] + space + height)
        right = (size[0] + space + width, max(size[1], height))
        choices.append((badness(below, aspect), below, (0.0, size[1] + space), places, widths))
        choices.append((badness(right, aspect), right, (size[0] + space, 0.0), places, widths))
    _, whole, (x, y), places, widths = min(choices, key=lambda choice: choice[0])
    spots = {
        box: Spot(BORDER + x + left, BORDER + y + top, width)
        for box, (left, top), width in zip(singles, places, widths, strict=True)
    }
    return spots, whole


def _grid_widths(sizes: list[Size], width: float) -> list[int]:
    """Numbers of columns worth trying: few, about a square, and what fits below the rest."""
    count, typical = len(sizes), sum(width for width, _ in sizes) / len(sizes)
    tried = {1, 2, 3, int((width + BETWEEN) // (typical + BETWEEN))}
    tried |= {round(math.sqrt(count) * factor) for factor in (0.6, 0.8, 1.0, 1.25, 1.6, 2.0)}
    return sorted({min(max(1, columns), count) for columns in tried})
