"""The entity relationship diagram on paper: as large as its page allows, on a wider page where it needs more room."""

import re
from dataclasses import dataclass, replace
from html import escape

from projects.design.tree import Design
from projects.diagrams.palette import PRINT
from projects.diagrams.svg import draw
from projects.diagrams.words import summary

_POINTS_PER_PIXEL = 0.75
# Points for one unit of the picture, whose letters are ten units high: below this they are under 5 pt.
_SMALLEST_SCALE = 0.5
_SIZE = re.compile(r' width="([\d.]+)" height="([\d.]+)"')


@dataclass(frozen=True)
class Sheet:
    """A page for the picture, named as in the style sheet, with the points it leaves under its headings."""

    name: str
    width: float
    height: float
    keys_only: bool = False


SHEETS = (
    Sheet("column", 493, 560),
    Sheet("landscape", 739, 390),
    Sheet("large", 1088, 630),
    Sheet("large", 1088, 630, keys_only=True),
)


def print_diagram(design: Design) -> str:
    """The picture as a figure, on the first sheet where its letters can be read, or else on the last."""
    for sheet in SHEETS:
        picture, scale = _fitted(design, sheet)
        if scale >= _SMALLEST_SCALE:
            break
    remark = "<figcaption>Only keys are drawn; all fields are listed below.</figcaption>" if sheet.keys_only else ""
    return f'<figure class="document-diagram on-{sheet.name}">{picture}{remark}</figure>'


def _fitted(design: Design, sheet: Sheet) -> tuple[str, float]:
    """The picture sized for the sheet, and how many points one of its units takes."""
    theme = replace(PRINT, aspect=sheet.width / sheet.height)
    picture = draw(design, theme=theme, keys_only=sheet.keys_only)
    # The PDF renderer takes a figure's alternative text from the title of the picture, and from nowhere else.
    picture = picture.replace("</title>", f". {escape(summary(design))}</title>", 1)
    size = _SIZE.search(picture)
    if not size:
        return picture, _POINTS_PER_PIXEL
    width, height = float(size[1]), float(size[2])
    scale = min(_POINTS_PER_PIXEL, sheet.width / width, sheet.height / height)
    in_points = f' width="{width * scale:.1f}pt" height="{height * scale:.1f}pt"'
    return picture[: size.start()] + in_points + picture[size.end() :], scale
