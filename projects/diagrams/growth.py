"""Draws how a design's data grows in three years: the bytes of each entity, one band on the other, and as a table.

The entities that are largest in the end have a band each, the largest at the bottom; the rest share one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate, pairwise
from math import ceil

from projects.capacity.figures import in_bytes
from projects.capacity.rows import HORIZON
from projects.capacity.volumes import Forecast, forecasts
from projects.design.tree import Design
from projects.diagrams.measure import clipped, isolated, one_line
from projects.diagrams.palette import LINE_STRONG, MONO, PLOTS, PROSE, TEXT, TEXT_2, TEXT_3, Theme
from projects.diagrams.strokes import written

BANDS = 8
OTHERS = "others"
POINTS = 12 * HORIZON
WIDTH, HEIGHT = 452, 300
LEFT, RIGHT, TOP, BOTTOM = 40, 130, 24, 26
LABEL, LABEL_CELLS = 24, 18
STEPS = tuple(power * step for power in (0.1, 1, 10, 100, 1000, 10_000) for step in (1, 2, 2.5, 5))
UNITS = ("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB")
MOST_TICKS = 5

ROLES = ("axis", "tick", "grid", "edge", "name", "size", "note", *(f"band-{number}" for number in range(len(PLOTS))))
CLASSES = {role: f' class="plot-{role}"' for role in ROLES}
COLOURS = {
    "axis": f' stroke="{TEXT_3}"',
    "tick": f' fill="{TEXT_3}" font-family="{PROSE}"',
    "grid": f' stroke="{LINE_STRONG}"',
    "edge": f' fill="none" stroke="{TEXT_2}"',
    "name": f' fill="{TEXT}"',
    "size": f' fill="{TEXT_2}" font-family="{PROSE}"',
    "note": f' fill="{TEXT_3}"',
    **{f"band-{number}": f' fill="{colour}"' for number, colour in enumerate(PLOTS)},
}
PAGE = Theme(CLASSES, 'class="plot"', "growth")
PRINT = Theme(COLOURS, f'font-family="{MONO}" font-size="10"', "growth", is_print=True)


@dataclass(frozen=True, slots=True)
class Band:
    """Bytes after each of evenly spaced moments, from the start to the horizon."""

    name: str
    sizes: tuple[float, ...]

    def after(self, years: int) -> float:
        return self.sizes[years * POINTS // HORIZON]


@dataclass(frozen=True, slots=True)
class GrowthTable:
    """The same figures in words: the bands with the largest first, and their sum if there are several."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


def bands_of(found: Sequence[Forecast]) -> tuple[Band, ...]:
    """The bands from the bottom up; entities whose size is not known have none."""
    known = [forecast for forecast in found if forecast.bytes_after(HORIZON) is not None]
    bands = [Band(forecast.entity.full_name, _sizes(forecast)) for forecast in known]
    bands.sort(key=lambda band: -band.sizes[-1])
    if len(bands) <= BANDS + 1:
        return tuple(bands)
    rest = bands[BANDS:]
    sums = tuple(map(sum, zip(*(band.sizes for band in rest), strict=True)))
    return (*bands[:BANDS], Band(f"{len(rest)} {OTHERS}", sums))


def table(bands: Sequence[Band]) -> GrowthTable:
    years = range(HORIZON + 1)
    columns = ("Entity", "At the start", *(f"{year} year{'s' if year > 1 else ''}" for year in years[1:]))
    rows = tuple((band.name, *(in_bytes(band.after(year)) for year in years)) for band in bands)
    total = ("Total", *(in_bytes(sum(band.after(year) for band in bands)) for year in years))
    return GrowthTable(columns, rows, total if len(bands) > 1 else ())


def draw(design: Design, *, theme: Theme = PAGE) -> str:
    """The plot as one `<svg>` element, equal for equal input; without a theme it needs the style sheet plot.css."""
    title = f"Growth of {isolated(one_line(design.identity.feature_title))}"
    return draw_bands(bands_of(forecasts(design)), title, theme=theme)


def draw_bands(bands: Sequence[Band], title: str, *, theme: Theme = PAGE) -> str:
    plot = Plot(bands, theme)
    ids, about, title = escape(theme.ids), escape(describe(bands)), escape(title)
    # The PDF renderer takes the alternative text of its figure from aria-label, and only from there.
    label = f' aria-label="{title}. {about}"' if theme.is_print else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {theme.root} viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}" direction="ltr" role="img"{label}'
        f' aria-labelledby="{ids}-title" aria-describedby="{ids}-about">'
        f'<title id="{ids}-title">{title}</title><desc id="{ids}-about">{about}</desc>{"".join(plot.parts())}</svg>'
    )


def describe(bands: Sequence[Band]) -> str:
    """The plot in one or two sentences, for readers who cannot see it."""
    if not bands:
        return "No sizes yet."
    start, soon, later = (in_bytes(sum(band.after(years) for band in bands)) for years in (0, 1, HORIZON))
    largest = ", ".join(f"{isolated(one_line(band.name))} {in_bytes(band.after(HORIZON))}" for band in bands)
    return f"{start} at the start, {soon} after 1 year, {later} after {HORIZON} years. In the end: {largest}."


@dataclass(frozen=True)
class Plot:
    bands: Sequence[Band]
    theme: Theme

    @property
    def tops(self) -> list[list[float]]:
        """The upper edge of each band in bytes, moment by moment."""
        moments = zip(*(band.sizes for band in self.bands), strict=True)
        return [list(edge) for edge in zip(*(accumulate(sizes) for sizes in moments), strict=True)]

    def parts(self) -> Iterator[str]:
        if not self.bands:
            yield f'<text{self.theme.styles["note"]} x="10" y="20">No sizes yet</text>'
            return
        tops = self.tops
        scale = Scale.of(max(tops[-1]))
        yield from self._axes(scale)
        edges = [[scale.y(size) for size in edge] for edge in [[0.0] * (POINTS + 1), *tops]]
        for number, (lower, upper) in enumerate(pairwise(edges)):
            style = self.theme.styles[f"band-{number % len(PLOTS)}"]
            yield f'<path{style} d="{_line(upper)}L{_line(lower, is_back=True)}z"/>'
        yield f'<path{self.theme.styles["edge"]} d="{"".join(map(_line, edges[1:]))}"/>'
        yield from self._labels([(lower[-1] + upper[-1]) / 2 for lower, upper in pairwise(edges)])

    def _axes(self, scale: "Scale") -> Iterator[str]:
        style, right, base = self.theme.styles, WIDTH - RIGHT, HEIGHT - BOTTOM
        yield f'<text{style["tick"]} x="{LEFT - 6}" y="12" text-anchor="end">{scale.unit}</text>'
        for tick in scale.ticks:
            y = written(round(scale.y(tick * scale.unit_bytes), 1))
            yield f'<path{style["axis" if not tick else "grid"]} d="M{LEFT} {y}H{right}"/>'
            yield f'<text{style["tick"]} x="{LEFT - 6}" y="{y}" dy="3" text-anchor="end">{tick:g}</text>'
        for year in range(HORIZON + 1):
            x = written(round(_x(year * POINTS // HORIZON), 1))
            words = "start" if not year else f"{year} year{'s' if year > 1 else ''}"
            anchor = "start" if not year else "end" if year == HORIZON else "middle"
            yield f'<path{style["axis"]} d="M{x} {base}v4"/>'
            yield f'<text{style["tick"]} x="{x}" y="{base + 16}" text-anchor="{anchor}">{words}</text>'

    def _labels(self, middles: list[float]) -> Iterator[str]:
        """Name and size of each band at its end, moved apart where bands are too thin for both."""
        x, style = WIDTH - RIGHT + 8, self.theme.styles
        for number, (band, y) in enumerate(zip(self.bands, _apart(middles), strict=True)):
            name = one_line(band.name)
            shown = clipped(name, LABEL_CELLS)
            whole = "" if shown == name else f"<title>{escape(name)}</title>"
            top = written(round(y - 8, 1))
            yield f'<rect{style[f"band-{number % len(PLOTS)}"]} x="{x}" y="{top}" width="7" height="7"/>'
            yield f'<text{style["name"]} x="{x + 11}" y="{top}" dy="7">{whole}{escape(shown, quote=False)}</text>'
            size = in_bytes(band.sizes[-1])
            yield f'<text{style["size"]} x="{x + 11}" y="{top}" dy="17">{size}</text>'


@dataclass(frozen=True, slots=True)
class Scale:
    """The vertical axis: `ticks` in units of so many bytes, from nothing to what all bands reach."""

    unit: str
    unit_bytes: float
    ticks: tuple[float, ...]

    @classmethod
    def of(cls, most: float) -> "Scale":
        place = min(max(len(str(int(most))) - 1, 0) // 3, len(UNITS) - 1)
        size = 1000.0**place
        highest = max(most / size, 1)
        step = next(step for step in STEPS if step * (MOST_TICKS - 1) >= highest)
        return cls(UNITS[place], size, tuple(round(step * number, 2) for number in range(ceil(highest / step) + 1)))

    def y(self, size: float) -> float:
        height = HEIGHT - TOP - BOTTOM
        return HEIGHT - BOTTOM - height * size / (self.ticks[-1] * self.unit_bytes)


def _sizes(forecast: Forecast) -> tuple[float, ...]:
    return tuple(forecast.bytes_after(HORIZON * point / POINTS) or 0 for point in range(POINTS + 1))


def _x(point: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * point / POINTS


def _line(edge: Sequence[float], *, is_back: bool = False) -> str:
    points = [f"{written(round(_x(place), 1))} {written(round(y, 1))}" for place, y in enumerate(edge)]
    words = "L".join(reversed(points) if is_back else points)
    return words if is_back else f"M{words}"


def _apart(middles: Sequence[float]) -> list[float]:
    """The places of the labels, at least a label's height from one to the next, from the bottom up."""
    lowest = HEIGHT - BOTTOM - LABEL / 2
    places: list[float] = []
    for middle in middles:
        places.append(min(middle, places[-1] - LABEL if places else lowest))
    # What was pushed out at the top pushes back.
    ceiling = LABEL / 2
    for number in range(len(places) - 1, -1, -1):
        places[number] = max(places[number], ceiling)
        ceiling = places[number] + LABEL
    return places
