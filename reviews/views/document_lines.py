"""What differs between two documents, as the page shows it: not more than a browser likes to hold."""

from dataclasses import dataclass
from functools import cached_property

from projects.design.diff.texts import Line, Stretch

# Lines in sight, and unchanged ones that a fold opens to.
MOST_LINES = 3000
MOST_FOLDED = 400


@dataclass(frozen=True)
class ShownStretch:
    """`count` lines that are folded, which hold `lines` unless they are too many; or lines in sight."""

    lines: tuple[Line, ...]
    count: int
    is_folded: bool
    heading: str


class DocumentLines:
    def __init__(self, stretches: tuple[Stretch, ...]) -> None:
        self._all = stretches

    @property
    def is_same(self) -> bool:
        return not self._all

    @property
    def added(self) -> int:
        return _signed(self._all, "+")

    @property
    def removed(self) -> int:
        return _signed(self._all, "-")

    @cached_property
    def shown(self) -> list[ShownStretch]:
        """The stretches up to the most lines that are shown; the last one may be cut there."""
        found, left = [], MOST_LINES
        for each in self._all:
            if left <= 0:
                break
            count = len(each.lines)
            if each.is_folded:
                lines = each.lines if count <= MOST_FOLDED else ()
            else:
                lines = each.lines[:left]
                left -= count
            found.append(ShownStretch(lines, count, each.is_folded, each.heading))
        return found

    @property
    def left_out(self) -> int:
        """How many changed lines are not shown."""
        in_sight = (line for each in self.shown for line in each.lines if line.sign)
        return self.added + self.removed - sum(1 for _ in in_sight)


def _signed(stretches: tuple[Stretch, ...], sign: str) -> int:
    return sum(line.sign == sign for stretch in stretches for line in stretch.lines)
