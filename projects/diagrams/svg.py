"""Paints the entity relationship diagram of a design as SVG text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from uuid import UUID

from projects.design.tree import Design, Entity
from projects.diagrams.layout import Layout, Spot, lay_out
from projects.diagrams.links import Link, Missing, links_of
from projects.diagrams.measure import clipped, isolated, one_line
from projects.diagrams.palette import PAGE, Theme
from projects.diagrams.relational import relational_part
from projects.diagrams.rows import (
    HEADING,
    MARK,
    NAME_CELLS,
    PADDING,
    ROW,
    SIDE,
    TITLE_CELLS,
    TYPE_CELLS,
    Box,
    boxes_of,
)
from projects.diagrams.strokes import paint_wires, written
from projects.diagrams.words import NOT_SHARED, Shared, count_of, standing, summary

TITLE_BASELINE = 15
ROW_BASELINE = 11


def draw(  # noqa: PLR0913 - all but the design by name, and each may be left out
    design: Design,
    *,
    selected: UUID | None = None,
    faulty: frozenset[UUID] = frozenset(),
    shared: Shared = NOT_SHARED,
    link: Callable[[Entity], str] | None = None,
    keys_only: bool = False,
    theme: Theme | None = None,
) -> str:
    """The diagram as one `<svg>` element, equal for equal input.

    `selected` is an entity; `faulty` holds relationships (line and rows in red), fields and entities; `shared` says
    of entities which features work with them; `link` gives the address of an entity. Without a theme the picture is
    for a page of ours, and needs its style sheet erd.css.
    """
    theme, design = theme or PAGE, relational_part(design)
    links = links_of(design)
    boxes = boxes_of(design, links, keys_only=keys_only, shared=shared)
    layout = lay_out(boxes, links, theme.aspect)
    painter = Painter(design, theme, selected, faulty | _faulty_fields(design, faulty), link, shared)
    body = painter.note() if not boxes else painter.lines(layout, links) + painter.boxes(boxes, layout.spots)
    return painter.frame(layout, body)


def _faulty_fields(design: Design, faulty: frozenset[UUID]) -> set[UUID]:
    """The referring fields of the relationships that are faulty."""
    return {pair.child for found in design.relationships if found.uid in faulty for pair in found.pairs}


@dataclass(frozen=True)
class Painter:
    design: Design
    theme: Theme
    selected: UUID | None
    faulty: frozenset[UUID]
    link: Callable[[Entity], str] | None
    shared: Shared

    def frame(self, layout: Layout, body: str) -> str:
        width, height, ids = written(layout.width), written(layout.height), escape(self.theme.ids)
        title = escape(f"Entity relationship diagram of {isolated(one_line(self.design.identity.feature_title))}")
        about = escape(summary(self.design))
        # An image hides what is in it from assistive technology, so a picture with links to follow is a group.
        # The PDF renderer takes the alternative text of its figure from aria-label, and only from there.
        role = "group" if self.link else "img"
        label = f' aria-label="{title}. {about}"' if self.theme.is_print else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {self.theme.root} viewBox="0 0 {width} {height}"'
            f' width="{width}" height="{height}" direction="ltr" role="{role}"{label}'
            f' aria-labelledby="{ids}-title" aria-describedby="{ids}-about">'
            f'<title id="{ids}-title">{title}</title><desc id="{ids}-about">{about}</desc>{body}</svg>'
        )

    def note(self) -> str:
        return f'<text{self.theme.styles["note"]} x="10" y="20">No entities yet</text>'

    def lines(self, layout: Layout, links: tuple[Link, ...]) -> str:
        faulty = frozenset(number for number, link in enumerate(links) if self._is_faulty(link))
        ends = [(link.parent_end, link.child_end) for link in links]
        return paint_wires(layout.wires, ends, faulty, self.theme.styles)

    def _is_faulty(self, link: Link) -> bool:
        return isinstance(link.parent, Missing) or link.relationship in self.faulty or link.child_field in self.faulty

    def boxes(self, boxes: list[Box], spots: tuple[Spot, ...]) -> str:
        return "".join(self._box(box, spot) for box, spot in zip(boxes, spots, strict=True))

    def _box(self, box: Box, spot: Spot) -> str:
        entity = self.design.entity_by_uid.get(box.node) if isinstance(box.node, UUID) else None
        inside = "".join([*self._outline(box, spot.width), *self._rows(box, spot.width)])
        group = f'<g transform="translate({written(spot.x)} {written(spot.y)})">{inside}</g>'
        if not self.link or not entity:
            return group
        current = ' aria-current="true"' if entity.uid == self.selected else ""
        href, label = escape(one_line(self.link(entity))), escape(self._label(entity))
        return f'<a href="{href}" aria-label="{label}"{current}>{group}</a>'

    def _label(self, entity: Entity) -> str:
        named = f"{isolated(one_line(entity.full_name))}, {count_of(len(entity.fields), 'field', 'fields')}"
        return "".join([named, *(f", {words}" for words in standing(entity, self.shared))])

    def _outline(self, box: Box, width: float) -> Iterator[str]:
        style, state = self.theme.styles, self._state(box)
        # A line of odd width is sharp where it runs through the middle of pixels.
        inset = 0 if state == "-selected" else 0.5
        yield (
            f'<rect{style["box" + state]} x="{inset}" y="{inset}" width="{written(width - 2 * inset)}"'
            f' height="{written(box.height - 2 * inset)}" rx="3"/>'
        )
        head = "head-selected" if state == "-selected" else "head"
        foot = "a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2z" if not box.rows else "H1z"
        right, base = written(width - 1), HEADING - 3 if not box.rows else HEADING
        yield f'<path{style[head]} d="M1 {base}V3a2 2 0 0 1 2-2H{written(width - 3)}a2 2 0 0 1 2 2V{base}{foot}"/>'
        if box.rows:
            yield f'<path{style["rule"]} d="M1 {HEADING - 0.5}H{right}"/>'
        title = "title-missing" if box.tag == "missing" else "title"
        yield _text(style[title], str(SIDE), TITLE_BASELINE, box.title, TITLE_CELLS)
        if box.tag:
            yield f'<text{style["tag"]} x="{written(width - SIDE)}" y="{TITLE_BASELINE}">{box.tag}</text>'

    def _state(self, box: Box) -> str:
        if box.node == self.selected:
            return "-selected"
        if box.node in self.faulty:
            return "-faulty"
        return f"-{box.tag}" if box.tag else ""

    def _rows(self, box: Box, width: float) -> Iterator[str]:
        """Tints, keys, names, types: each kind in one group, so that its look is said once."""
        style, name_x, type_x = self.theme.styles, str(box.name_x), written(width - SIDE)
        keys, names, types = [], [], []
        for place, row in enumerate(box.rows):
            top = HEADING + PADDING + ROW * place
            base = top + ROW_BASELINE
            name_style = type_style = ""
            if self.faulty and row.field in self.faulty:
                yield f'<path{style["faulty-row"]} d="M1 {top}H{written(width - 1)}V{top + ROW}H1z"/>'
                name_style, type_style = style["faulty-name"], style["faulty-type"]
            if row.field:
                names.append(_text(name_style, name_x, base, row.name, NAME_CELLS))
            else:
                names.append(_text(style["more"], str(SIDE), base, row.name, NAME_CELLS))
            if row.type:
                types.append(_text(type_style, type_x, base, row.type, TYPE_CELLS))
            for number, mark in enumerate(row.marks):
                role = style["pk" if mark == "PK" else "key"]
                keys.append(f'<text{role} x="{SIDE + MARK * number}" y="{base}">{mark}</text>')
        yield from keys
        for role, texts in (("names", names), ("types", types)):
            if texts:
                yield f"<g{style[role]}>{''.join(texts)}</g>"


def _text(style: str, x: str, y: int, text: str, limit: int) -> str:
    """One string in an element of its own, so that its direction of writing ends there; if cut, whole in a title."""
    shown = clipped(text, limit)
    whole = "" if shown is text else f"<title>{escape(text)}</title>"
    return f'<text{style} x="{x}" y="{y}">{whole}{escape(shown, quote=False)}</text>'
