"""What a picture of boxes and arrows shows, before it is Mermaid text, SVG or sentences."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    BOX = "box"
    STORE = "store"


class Arrow(StrEnum):
    """Which way something flows between the source and the target of an edge."""

    FORWARD = "forward"
    BACK = "back"
    BOTH = "both"


class Stroke(StrEnum):
    PLAIN = "plain"
    STRONG = "strong"
    DASHED = "dashed"


@dataclass(frozen=True)
class Group:
    """Nodes in one frame, like the data of one store or the servers in one place."""

    key: Hashable
    title: str


@dataclass(frozen=True)
class GraphNode:
    """A box in one of the columns that the picture has from left to right; `note` is its second line."""

    key: Hashable
    label: str
    note: str = ""
    shape: Shape = Shape.BOX
    column: int = 0
    group: Group | None = None


@dataclass(frozen=True)
class GraphEdge:
    """A line between two nodes. Its words stand at the target; `sentence` says the same for those who do not see."""

    source: Hashable
    target: Hashable
    label: str
    sentence: str
    arrow: Arrow = Arrow.FORWARD
    stroke: Stroke = Stroke.PLAIN


@dataclass(frozen=True)
class Graph:
    title: str
    summary: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...] = ()

    def sentences(self) -> list[str]:
        """The graph in words: what there is, then a sentence for each line."""
        return [self.summary, *(edge.sentence for edge in self.edges)]
