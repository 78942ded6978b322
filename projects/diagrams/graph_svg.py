"""Paints boxes and arrows as SVG text, with title and description for those who do not see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from projects.diagrams.graph import Arrow, Graph, Shape, Stroke
from projects.diagrams.graph_layout import (
    CURVE,
    FRAME_HEAD,
    LABEL_CELLS,
    LINE,
    Box,
    Frame,
    Wire,
    label_width,
    lay_out_graph,
)
from projects.diagrams.measure import clipped, one_line
from projects.diagrams.palette import PAGE, Theme
from projects.diagrams.strokes import written

STROKES = {Stroke.PLAIN: "flow", Stroke.STRONG: "flow-strong", Stroke.DASHED: "flow-dashed"}
HEAD_LENGTH, HEAD_HALF = 7, 3.5
RIM = 3


def draw_graph(graph: Graph, *, theme: Theme | None = None) -> str:
    """The graph as one `<svg>` element, equal for equal input; without a theme for a page with erd.css."""
    theme = theme or PAGE
    layout = lay_out_graph(graph)
    painter = GraphPainter(theme)
    body = "".join(
        [
            *(painter.frame(frame) for frame in layout.frames),
            *(painter.wire(wire) for wire in layout.wires),
            *(painter.box(box) for box in layout.boxes),
        ]
    )
    width, height, ids = written(layout.width), written(layout.height), escape(theme.ids)
    title, about = escape(graph.title), escape(" ".join(graph.sentences()))
    # The PDF renderer takes the alternative text of its figure from the title and aria-label, and only from there.
    title = f"{title}. {about}" if theme.is_print else title
    label = f' aria-label="{title}"' if theme.is_print else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {theme.root} viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" direction="ltr" role="img"{label}'
        f' aria-labelledby="{ids}-title" aria-describedby="{ids}-about">'
        f'<title id="{ids}-title">{title}</title><desc id="{ids}-about">{about}</desc>{body}</svg>'
    )


@dataclass(frozen=True)
class GraphPainter:
    theme: Theme

    def frame(self, frame: Frame) -> str:
        return (
            f'<rect{self.theme.styles["frame"]} x="{written(frame.x)}" y="{written(frame.y)}"'
            f' width="{written(frame.width)}" height="{written(frame.height)}" rx="5"/>'
            + self._text("frame-title", frame.x + 10, frame.y + FRAME_HEAD - 7, frame.group.title)
        )

    def box(self, box: Box) -> str:
        style = self.theme.styles["box"]
        x, y, width, height = (written(each) for each in (box.x, box.y, box.width, box.height))
        if box.node.shape is Shape.STORE:
            half, side = written(box.width / 2), written(box.height - 2 * RIM)
            arc = f"a{half} {RIM} 0 0"
            outline = (
                f'<path{style} d="M{x} {written(box.y + RIM)}{arc} 1 {width} 0v{side}{arc} 1-{width} 0z'
                f'M{x} {written(box.y + RIM)}{arc} 0 {width} 0"/>'
            )
        else:
            outline = f'<rect{style} x="{x}" y="{y}" width="{width}" height="{height}" rx="3"/>'
        return outline + "".join(self._words(box))

    def _words(self, box: Box) -> Iterator[str]:
        has_note = bool(box.node.note.strip())
        rim = RIM if box.node.shape is Shape.STORE else 0
        base = box.middle + (-2 if has_note else 4) + rim
        yield self._text("node-title", box.x + box.width / 2, base, box.node.label)
        if has_note:
            yield self._text("node-note", box.x + box.width / 2, base + LINE, box.node.note)

    def wire(self, wire: Wire) -> str:
        """A curve that runs level beside the words at its end, with a head where something arrives."""
        (x, y), (to_x, to_y) = wire.start, wire.end
        level = to_x + wire.end_side * (wire.inset + label_width(wire.edge))
        heads = []
        if wire.edge.arrow is not Arrow.BACK:
            heads.append(_head(to_x, to_y, wire.end_side))
        if wire.edge.arrow is not Arrow.FORWARD:
            heads.append(_head(x, y, wire.start_side))
        words_at = (to_x + wire.end_side * wire.inset + level) / 2
        return (
            f'<path{self.theme.styles[STROKES[wire.edge.stroke]]} d="{_curve(wire, level)}"/>'
            f'<path{self.theme.styles["flow-head"]} d="{"".join(heads)}"/>'
            + self._text("flow-label", words_at, to_y - 4, wire.edge.label)
        )

    def _text(self, role: str, x: float, y: float, text: str) -> str:
        """One string in an element of its own, so that its direction of writing ends there; whole in a title if cut."""
        line = one_line(text).strip()
        shown = clipped(line, LABEL_CELLS)
        whole = "" if shown == line else f"<title>{escape(line)}</title>"
        return (
            f'<text{self.theme.styles[role]} x="{written(x)}" y="{written(y)}">{whole}'
            f"{escape(shown, quote=False)}</text>"
        )


def _curve(wire: Wire, level: float) -> str:
    (x, y), (to_x, to_y) = wire.start, wire.end
    path = f"M{written(x)} {written(y)}"
    for lane in wire.lanes:
        near, far = (lane.x, lane.x + lane.width)[:: wire.start_side]
        path += f"{_bend(x, y, near, lane.middle, wire.start_side, -wire.start_side)}H{written(far)}"
        x, y = far, lane.middle
    return f"{path}{_bend(x, y, level, to_y, wire.start_side, wire.end_side)}H{written(to_x)}"


def _bend(x: float, y: float, to_x: float, to_y: float, side: int, to_side: int) -> str:
    """A curve that leaves and arrives level."""
    reach = CURVE / 2
    points = ((x + side * reach, y), (to_x + to_side * reach, to_y), (to_x, to_y))
    return "C" + " ".join(f"{written(each_x)} {written(each_y)}" for each_x, each_y in points)


def _head(x: float, y: float, side: int) -> str:
    base = written(x + side * HEAD_LENGTH)
    return f"M{written(x)} {written(y)}L{base} {written(y - HEAD_HALF)}V{written(y + HEAD_HALF)}z"
