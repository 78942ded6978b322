"""The printed table: each measure with what was measured, what it must reach at least, and the aim."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """Upper bounds. A measure without bounds is printed for information."""

    at_least: float | None = None
    aim: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Row:
    measure: str
    value: float
    goal: Goal = Goal()
    note: str = ""

    @property
    def verdict(self) -> str:
        bounds = self.goal
        if bounds.at_least is None:
            return ""
        if bounds.aim is not None and self.value <= bounds.aim:
            return "aim"
        return "at least" if self.value <= bounds.at_least else "MISSED"

    @property
    def cells(self) -> tuple[str, ...]:
        unit = self.goal.unit
        bounds = (shown(bound, unit) for bound in (self.goal.at_least, self.goal.aim))
        return (self.measure, shown(self.value, unit), *bounds, self.verdict, self.note)


HEAD = ("measure", "measured", "at least", "aim", "verdict", "note")


def shown(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    digits = 2 if unit in ("×", "s") else 1 if unit in ("ms", "kB") and value < 100 else 0
    return f"{value:.{digits}f} {unit}".strip()


def printed(rows: list[Row]) -> str:
    """The rows as a Markdown table, so that it can be pasted into an issue."""
    lines = [HEAD, *(row.cells for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    rule = tuple("-" * width for width in widths)
    padded = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in (HEAD, rule, *lines[1:])
    ]
    return "\n".join(padded)
