"""A graph as a figure: on a page with its sentences to open, on paper as large as its column allows."""

import re
from dataclasses import replace

from projects.diagrams.graph import Graph
from projects.diagrams.graph_svg import draw_graph
from projects.diagrams.palette import PAGE, PRINT
from projects.exporters.prose_html import text_html

_POINTS_PER_PIXEL = 0.75
_COLUMN_WIDTH, _COLUMN_HEIGHT = 493, 560
_SIZE = re.compile(r' width="([\d.]+)" height="([\d.]+)"')


def page_picture(graph: Graph, name: str) -> str:
    sentences = "".join(f"<li>{text_html(sentence)}</li>" for sentence in graph.sentences())
    return (
        f'<figure class="document-diagram">{draw_graph(graph, theme=replace(PAGE, ids=name))}</figure>'
        f"<details><summary>The diagram in words</summary><ul>{sentences}</ul></details>"
    )


def print_picture(graph: Graph, name: str) -> str:
    drawn = draw_graph(graph, theme=replace(PRINT, ids=name))
    size = _SIZE.search(drawn)
    if size:
        width, height = float(size[1]), float(size[2])
        scale = min(_POINTS_PER_PIXEL, _COLUMN_WIDTH / width, _COLUMN_HEIGHT / height)
        in_points = f' width="{width * scale:.1f}pt" height="{height * scale:.1f}pt"'
        drawn = drawn[: size.start()] + in_points + drawn[size.end() :]
    return f'<figure class="document-diagram on-column">{drawn}</figure>'
