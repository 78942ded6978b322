"""The boxes of a diagram: what stands in each row, and how much room it takes."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from projects.design.tree import Design, EntityField
from projects.diagrams.links import Link, Node, key_marks, missing_parents
from projects.diagrams.measure import cells, one_line

CELL = 6.05
HEADING = 23
ROW = 15
PADDING = 4
SIDE = 8
MARK = 19
GAP = 14
NARROWEST = 132

TITLE_CELLS = 40
NAME_CELLS = 30
TYPE_CELLS = 26

# Beyond MOST_ROWS a box shows its keys, up to MOST_KEYS, and then plain fields until it holds SHORTENED.
MOST_ROWS = 20
SHORTENED = 14
MOST_KEYS = 30


class Row(NamedTuple):
    field: UUID | None
    marks: tuple[str, ...]
    name: str
    type: str


@dataclass(frozen=True)
class Box:
    """One entity, or one parent that is missing. `name_x` is where the names of its fields begin."""

    node: Node
    title: str
    tag: str
    rows: tuple[Row, ...]
    name_x: int
    width: int
    height: int

    def port(self, field: UUID | None) -> float:
        """How far below the top of the box a line to this field ends: at its row, or at the heading."""
        if field is None or not self.rows:
            return HEADING / 2
        # A field that is not shown is one of those that the last row counts.
        return middle_of_row(next((at for at, row in enumerate(self.rows) if row.field == field), len(self.rows) - 1))


def middle_of_row(row: int) -> float:
    return HEADING + PADDING + ROW * row + ROW / 2


def boxes_of(design: Design, links: tuple[Link, ...], *, keys_only: bool, shared: Container[UUID] = ()) -> list[Box]:
    marks = key_marks(design)
    linked = {field for link in links for field in (link.parent_field, link.child_field) if field}
    boxes = []
    for entity in design.entities:
        fields = list(entity.fields)
        if keys_only or len(fields) > MOST_ROWS:
            keys = [field for field in fields if field.uid in marks or field.uid in linked]
            candidates = keys if keys_only else fields
            fields = _shown(candidates, keys)
            hidden = len(candidates) - len(fields)
        else:
            hidden = 0
        rows = tuple(_rows(fields, marks, hidden))
        tag = "reused" if entity.reused_from else "shared" if entity.uid in shared else ""
        boxes.append(_box(entity.uid, entity.full_name, tag, rows))
    return boxes + [_box(missing, missing.name, "missing", ()) for missing in missing_parents(links)]


def _shown(fields: list[EntityField], keys: list[EntityField]) -> list[EntityField]:
    if len(fields) <= MOST_ROWS:
        return fields
    chosen = {field.uid for field in keys[:MOST_KEYS]}
    for field in fields:
        if len(chosen) >= SHORTENED:
            break
        chosen.add(field.uid)
    return [field for field in fields if field.uid in chosen]


def _rows(fields: list[EntityField], marks: dict[UUID, tuple[str, ...]], hidden: int) -> Iterator[Row]:
    for field in fields:
        yield Row(field.uid, marks.get(field.uid, ())[:2], one_line(field.name), one_line(field.type))
    if hidden:
        yield Row(None, (), f"+ {hidden} more", "")


def _box(node: Node, title: str, tag: str, rows: tuple[Row, ...]) -> Box:
    title = one_line(title)
    most_marks = max((len(row.marks) for row in rows), default=0)
    name_x = SIDE + MARK * max(most_marks, 1)
    heading = 2 * SIDE + CELL * min(cells(title), TITLE_CELLS) + (GAP + CELL * len(tag) if tag else 0)
    widest = max((_row_width(row, name_x) for row in rows), default=0)
    return Box(
        node=node,
        title=title,
        tag=tag,
        rows=rows,
        name_x=name_x,
        width=round(max(NARROWEST, heading, widest)),
        height=HEADING + (2 * PADDING + ROW * len(rows) if rows else 0),
    )


def _row_width(row: Row, name_x: int) -> float:
    name, kind = cells(row.name), cells(row.type)
    both = min(name, NAME_CELLS) + min(kind, TYPE_CELLS)
    return name_x + CELL * both + (GAP if kind else 0) + SIDE
