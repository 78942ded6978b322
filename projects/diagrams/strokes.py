"""Paints the lines of a diagram: orthogonal strokes with crow's feet at their ends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from projects.diagrams.links import End
from projects.diagrams.paths import PlacedWire, Point, Points


@dataclass
class Ink:
    """What one colour draws, gathered into few elements so that the picture stays small."""

    strokes: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    holes: list[str] = field(default_factory=list)

    def add_mark(self, end: End, at: Point, direction: int, reach: float) -> None:
        """Draw an end's mark, twice `reach` high, outside the box, which lies against the direction."""
        x, y = at
        # A full foot is 9 long and 9 high, and the circle beyond it 6 wide; lines that share a row have smaller ones.
        radius, length = min(3.0, reach), min(9.0, 4 + reach)
        if end is End.MANY:
            base, tip = written(x), written(x + direction * length)
            self.marks.append(f"M{base} {written(y - reach)}L{tip} {written(y)}L{base} {written(y + reach)}")
            self._add_hole(x + direction * (length + radius), y, radius)
        elif end is End.ZERO_OR_ONE:
            self._add_bar(x + direction * 5, y, reach)
            self._add_hole(x + direction * (7 + radius), y, radius)
        else:
            self._add_bar(x + direction * 4, y, reach)
            self._add_bar(x + direction * 7, y, reach)

    def _add_bar(self, x: float, y: float, reach: float) -> None:
        self.marks.append(f"M{written(x)} {written(y - min(4, reach))}v{written(2 * min(4, reach))}")

    def _add_hole(self, x: float, y: float, radius: float) -> None:
        r, d = written(radius), written(2 * radius)
        self.holes.append(f"M{written(x - radius)} {written(y)}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0")

    def paint(self, styles: Mapping[str, str], prefix: str) -> Iterator[str]:
        for role, pieces in (("line", self.strokes), ("mark", self.marks), ("hole", self.holes)):
            if pieces:
                yield f'<path{styles[prefix + role]} d="{"".join(pieces)}"/>'


def paint_wires(
    wires: Sequence[PlacedWire], ends: Sequence[tuple[End, End]], faulty: frozenset[int], styles: Mapping[str, str]
) -> str:
    """`ends` are those at parent and child of each edge; an edge that is faulty is painted so from its branch on."""
    sound, wrong = Ink(), Ink()
    for wire in wires:
        is_faulty = all(branch.edge in faulty for branch in wire.branches)
        ink = wrong if is_faulty else sound
        ink.strokes += map(path_of, wire.trunk)
        ink.add_mark(ends[wire.branches[0].edge][0], wire.start, wire.direction, wire.reach)
        for branch in wire.branches:
            ink = wrong if branch.edge in faulty else sound
            ink.strokes.append(path_of(branch.points))
            before, last = branch.points[-2], branch.points[-1]
            ink.add_mark(ends[branch.edge][1], last, 1 if before[0] > last[0] else -1, branch.reach)
    return "".join([*sound.paint(styles, ""), *wrong.paint(styles, "faulty-")])


def path_of(points: Points) -> str:
    """Level and upright strokes through the points; points on the way are left out."""
    (x, y), *rest = points
    path = f"M{written(x)} {written(y)}"
    for place, (to_x, to_y) in enumerate(rest):
        if to_y != y:
            path += f"V{written(to_y)}"
        elif to_x != x and not (place + 1 < len(rest) and rest[place + 1][1] == y):
            path += f"H{written(to_x)}"
        x, y = to_x, to_y
    return path


def written(value: float) -> str:
    """A coordinate in as few characters as it needs."""
    return f"{value:g}"
