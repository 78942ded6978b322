"""How each part of a diagram looks: by class for pages, whose style sheet knows light and dark, by colour for print."""

from collections.abc import Mapping
from dataclasses import dataclass

ROLES = (
    "box",
    "box-selected",
    "box-reused",
    "box-shared",
    "box-missing",
    "box-faulty",
    "head",
    "head-selected",
    "rule",
    "title",
    "title-missing",
    "tag",
    "pk",
    "key",
    "names",
    "types",
    "more",
    "faulty-row",
    "faulty-name",
    "faulty-type",
    "line",
    "mark",
    "hole",
    "faulty-line",
    "faulty-mark",
    "faulty-hole",
    "note",
    "frame",
    "frame-title",
    "node-title",
    "node-note",
    "flow",
    "flow-strong",
    "flow-dashed",
    "flow-head",
    "flow-label",
)

# Each begins with a space, ready to stand behind the name of an element.
# Classes only: a page's content security policy allows neither style attributes nor style elements.
CLASSES = {role: f' class="erd-{role}"' for role in ROLES}

SURFACE, SUNKEN, ACCENT_SOFT, ERROR_SOFT = "#FFFFFF", "#EFEFEB", "#EBF0FD", "#FCEDEB"
TEXT, TEXT_2, TEXT_3, LINE_STRONG = "#191B1F", "#454A52", "#646A73", "#C9C8C0"
ACCENT, ERROR = "#2348C4", "#B0241C"
PLOTS = ("#4A68CC", "#9AACE6", "#CBCFD8", "#737A86")

MONO = "JetBrains Mono, Liberation Mono, DejaVu Sans Mono, Noto Sans Mono CJK SC, monospace"
PROSE = "Inter, Liberation Sans, DejaVu Sans, sans-serif"

# Colours only: the PDF renderer knows no custom properties inside an SVG, and a picture by itself has no style sheet.
COLOURS = {
    "box": f' fill="{SURFACE}" stroke="{LINE_STRONG}"',
    "box-selected": f' fill="{SURFACE}" stroke="{ACCENT}" stroke-width="2"',
    "box-reused": f' fill="{SURFACE}" stroke="{LINE_STRONG}" stroke-dasharray="3 2"',
    "box-shared": f' fill="{SURFACE}" stroke="{LINE_STRONG}" stroke-dasharray="6 2"',
    "box-missing": f' fill="{SURFACE}" stroke="{ERROR}" stroke-dasharray="3 2"',
    "box-faulty": f' fill="{SURFACE}" stroke="{ERROR}"',
    "head": f' fill="{SUNKEN}"',
    "head-selected": f' fill="{ACCENT_SOFT}"',
    "rule": f' stroke="{LINE_STRONG}"',
    "title": f' fill="{TEXT}" font-weight="600"',
    "title-missing": f' fill="{ERROR}" font-weight="600"',
    "tag": f' fill="{TEXT_2}" font-family="{PROSE}" font-size="9" text-anchor="end"',
    "pk": f' fill="{ACCENT}" font-size="8.5" font-weight="600"',
    "key": f' fill="{TEXT_3}" font-size="8.5"',
    "names": f' fill="{TEXT}"',
    "types": f' fill="{TEXT_3}" text-anchor="end"',
    "more": f' fill="{TEXT_3}"',
    "faulty-row": f' fill="{ERROR_SOFT}"',
    "faulty-name": f' fill="{ERROR}"',
    "faulty-type": f' fill="{ERROR}"',
    "line": f' fill="none" stroke="{TEXT_3}"',
    "mark": f' fill="none" stroke="{TEXT_3}"',
    "hole": f' fill="{SURFACE}" stroke="{TEXT_3}"',
    "faulty-line": f' fill="none" stroke="{ERROR}" stroke-dasharray="4 3"',
    "faulty-mark": f' fill="none" stroke="{ERROR}"',
    "faulty-hole": f' fill="{SURFACE}" stroke="{ERROR}"',
    "note": f' fill="{TEXT_3}"',
    "frame": f' fill="none" stroke="{LINE_STRONG}" stroke-dasharray="3 2"',
    "frame-title": f' fill="{TEXT_2}" font-family="{PROSE}" font-size="9"',
    "node-title": f' fill="{TEXT}" font-weight="600" text-anchor="middle"',
    "node-note": f' fill="{TEXT_3}" font-size="9" text-anchor="middle"',
    "flow": f' fill="none" stroke="{TEXT_3}"',
    "flow-strong": f' fill="none" stroke="{TEXT_2}" stroke-width="2"',
    "flow-dashed": f' fill="none" stroke="{TEXT_3}" stroke-dasharray="4 3"',
    "flow-head": f' fill="{TEXT_2}"',
    "flow-label": f' fill="{TEXT_2}" font-family="{PROSE}" font-size="9" text-anchor="middle"',
}


@dataclass(frozen=True)
class Theme:
    """Where a picture will stand. `ids` begins its ids, one for each picture on a page; `aspect` is width by height."""

    styles: Mapping[str, str]
    root: str
    ids: str = "erd"
    aspect: float = 1.4
    is_print: bool = False


PAGE = Theme(CLASSES, 'class="erd"')
PRINT = Theme(COLOURS, f'font-family="{MONO}" font-size="10"', is_print=True)
