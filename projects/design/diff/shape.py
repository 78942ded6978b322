"""What classes of the tree are made of: facts of their own, and things that they hold."""

from functools import cache
from typing import Any, get_args

from projects.design.tree import Design, Node, Thing
from projects.design.vocabulary import PROSE_LENGTH

# What people call a thing, the first that its class has; `namespace` stands before it.
_NAMES = ("name", "pattern", "structure", "title", "system")


@cache
def held_by(kind: type[Node]) -> tuple[str, ...]:
    """The facts that are lists of things with uids of their own."""
    return tuple(name for name, field in kind.model_fields.items() if _holds_things(field.annotation))


def _holds_things(annotation: Any) -> bool:
    return any(isinstance(each, type) and issubclass(each, Thing) for each in get_args(annotation))


@cache
def name_of_class(kind: type[Node]) -> tuple[str, ...]:
    """The facts that together are its name."""
    own = next((name for name in _NAMES if name in kind.model_fields), "")
    if not own or not issubclass(kind, Thing):
        return ()
    return ("namespace", own) if "namespace" in kind.model_fields else (own,)


@cache
def facts_of(kind: type[Node]) -> tuple[str, ...]:
    """All that it says itself but its name."""
    others = {"uid", *held_by(kind), *name_of_class(kind)}
    return tuple(name for name in kind.model_fields if name not in others)


@cache
def is_prose(kind: type[Node], name: str) -> bool:
    return any(getattr(each, "max_length", 0) == PROSE_LENGTH for each in kind.model_fields[name].metadata)


def part_of(design: Design, part: str) -> Any:
    """A part as digest.SECTIONS names it: `entities`, or `policies.databases`."""
    value: Any = design
    for name in part.split("."):
        value = getattr(value, name)
    return value
