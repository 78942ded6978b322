"""Walks over every text of a design, so that no fact that joins the tree is forgotten by a test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from projects.design.tree import Node
from projects.design.vocabulary import Term
from tests.projects.design.fillers import bare_type

# Keys become file paths and have a form of their own.
KEYS = frozenset({"project_key", "epic_key", "feature_key"})
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """One text of a node: where it is in the design, the node's class and the field that holds it."""

    path: Path
    kind: type[Node]
    field: str
    info: FieldInfo
    text: str | None

    @property
    def fact(self) -> str:
        return f"{self.kind.__name__}.{self.field}"


def texts(node: Node, path: Path = ()) -> Iterator[Place]:
    """Every text of the node and of what it holds."""
    for name, info in type(node).model_fields.items():
        value = getattr(node, name)
        if isinstance(value, Node):
            yield from texts(value, (*path, name))
        elif isinstance(value, tuple):
            for number, each in enumerate(value):
                if isinstance(each, Node):
                    yield from texts(each, (*path, name, number))
                elif isinstance(each, str) and not isinstance(each, Term):
                    yield Place((*path, name, number), type(node), name, info, each)
        elif bare_type(info) is str and name not in KEYS:
            yield Place((*path, name), type(node), name, info, value)


def changed(node: Node, change: Callable[[Place], str | None], path: Path = ()) -> Any:
    """The node with every text of it changed; None leaves one as it is."""
    places = {place.path: place for place in texts(node, path)}
    return _changed(node, places, change, path)


def _changed(node: Node, places: dict[Path, Place], change: Callable[[Place], str | None], path: Path) -> Any:
    values: dict[str, Any] = {}
    for name in type(node).model_fields:
        value, here = getattr(node, name), (*path, name)
        if isinstance(value, tuple):
            values[name] = tuple(_value(each, places, change, (*here, n)) for n, each in enumerate(value))
        else:
            values[name] = _value(value, places, change, here)
    return type(node)(**values)


def _value(value: Any, places: dict[Path, Place], change: Callable[[Place], str | None], path: Path) -> Any:
    if isinstance(value, Node):
        return _changed(value, places, change, path)
    if path not in places:
        return value
    text = change(places[path])
    return value if text is None else text
