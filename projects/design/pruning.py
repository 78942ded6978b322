"""Taking out of a design what refers to things that are gone, so that what stays can stand."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from projects.design.tree import (
    LISTS,
    PLACES,
    REFERENCES,
    Design,
    Dto,
    Index,
    Node,
    Query,
    Quote,
    Relationship,
    Thing,
)

AnyNode = TypeVar("AnyNode", bound=Node)
Lists = dict[str, tuple[Thing, ...]]
Places = dict[str, frozenset[UUID]]


def changed(node: AnyNode, **values: Any) -> AnyNode:
    """A copy made anew: `model_copy` would take what the node has computed of itself along."""
    return type(node)(**{name: getattr(node, name) for name in type(node).model_fields} | values)


def with_lists(design: Design, **lists: tuple[Thing, ...]) -> Design:
    """The design with these lists in place of its own, and without what then leads nowhere.

    A reference that may be empty is emptied; a thing that cannot be without what it refers to goes along.
    """
    content: Lists = {name: lists.get(name, getattr(design, name)) for name in LISTS}
    while (less := _pruned(content)) != content:
        content = less
    return changed(design, **content)


def _pruned(content: Lists) -> Lists:
    places = _places(content)
    return {
        name: tuple(kept for thing in things if (kept := _kept(thing, places)) is not None)
        for name, things in content.items()
    }


def _places(content: Mapping[str, tuple[Any, ...]]) -> Places:
    places = {name: frozenset(thing.uid for thing in content[held]) for name, held in PLACES.items()}
    entities = content["entities"]
    places["field"] = frozenset(field.uid for entity in entities for field in entity.fields)
    held = {each.uid for entity in entities for each in (*entity.fields, *entity.keys, *entity.checks)}
    held |= {field.uid for dto in content["dtos"] for field in dto.fields}
    places["thing"] = frozenset({thing.uid for things in content.values() for thing in things} | held)
    return places


def _kept(thing: Thing, places: Places) -> Thing | None:
    """The thing without its lost references; None if it cannot be without them."""
    lost = {
        name: None
        for name, target in REFERENCES.get(type(thing), {}).items()
        if (uid := getattr(thing, name)) and uid not in places[target]
    }
    if any(type(thing).model_fields[name].is_required() for name in lost):
        return None
    fields = places["field"]
    if isinstance(thing, Index) and any(part.field and part.field not in fields for part in thing.parts):
        return None
    less = lost | _less_parts(thing, fields)
    if isinstance(thing, Quote) and thing.about and thing.about not in places["thing"]:
        less["about"] = None
    return changed(thing, **less) if less else thing


def _less_parts(thing: Thing, fields: frozenset[UUID]) -> dict[str, Any]:
    """The parts of the thing whose fields are there, if some are not."""
    if isinstance(thing, Query) and any(use.field not in fields for use in thing.uses):
        return {"uses": tuple(use for use in thing.uses if use.field in fields)}
    if isinstance(thing, Relationship):
        there = tuple(pair for pair in thing.pairs if {pair.child, pair.parent} <= fields | {None})
        return {} if len(there) == len(thing.pairs) else {"pairs": there}
    if isinstance(thing, Dto) and any(uid not in fields for field in thing.fields for uid in field.sources):
        return {
            "fields": tuple(
                changed(field, sources=tuple(uid for uid in field.sources if uid in fields)) for field in thing.fields
            )
        }
    return {}
