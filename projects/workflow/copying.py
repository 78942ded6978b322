"""Copy entities from another feature's design: with their keys, checks and indexes, and what relates them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from projects.design.pruning import changed
from projects.design.tree import Design, Entity, NamedType, Relationship, Store, Thing
from projects.design.type_lookup import TypeLookup
from projects.design.vocabulary import STRUCTURES
from projects.models import Feature, User
from projects.workflow.apply_import import Applied, Prepared, carry_out

AnyThing = TypeVar("AnyThing", bound=Thing)


def copy_structure(
    feature: Feature, source: Design, chosen: frozenset[UUID], *, actor: User | None, now: datetime
) -> Applied:
    """Add the chosen entities of `source` to the feature under new uids.

    Raises ImportRefused with every reason if names are taken, and NotAllowed. The history can undo it as one import.
    """
    count = len([entity for entity in source.own_entities if entity.uid in chosen])
    words = f"{count} {'entity' if count == 1 else 'entities'} of {source.identity.path}"
    return carry_out(
        feature, lambda before: prepare(before, source, chosen), actor=actor, now=now, replace=False, source=words
    )


def prepare(before: Design, source: Design, chosen: frozenset[UUID]) -> Prepared:
    """What is to be written into the design `before`."""
    entities = tuple(_placed(entity, source, before) for entity in source.own_entities if entity.uid in chosen)
    uids = {entity.uid for entity in entities}
    types = tuple(_types_used(entities, source, before))
    relationships = tuple(each for each in source.relationships if _is_among(each, uids))
    indexes = tuple(index for index in source.indexes if index.entity in uids)
    new = {uid: uuid4() for uid in _uids((*types, *entities, *relationships, *indexes))}
    design = Design(
        identity=before.identity,
        conventions=before.conventions,
        stores=before.stores,
        data_elements=before.data_elements,
        types=_renewed(types, new),
        entities=_renewed(entities, new),
        relationships=_renewed(relationships, new),
        indexes=_renewed(indexes, new),
    )
    known = frozenset(thing.uid for thing in (*before.stores, *before.data_elements))
    return Prepared(design, known)


def _placed(entity: Entity, source: Design, before: Design) -> Entity:
    """The entity in the store and for the data element that are called the same here, if there are such."""
    store = _store_here(entity, source, before)
    element = next((each for each in source.data_elements if each.uid == entity.data_element), None)
    same = (each for each in before.data_elements if element and each.name.casefold() == element.name.casefold())
    return changed(entity, store=store.uid if store else None, data_element=next((each.uid for each in same), None))


def _store_here(entity: Entity, source: Design, before: Design) -> Store | None:
    """The store of the same name, or the only one that holds such entities."""
    fitting = [store for store in before.stores if entity.kind in STRUCTURES[store.kind]]
    there = source.store_by_uid.get(entity.store) if entity.store else None
    same = next((store for store in fitting if there and store.name.casefold() == there.name.casefold()), None)
    return same or (fitting[0] if len(fitting) == 1 else None)


def _is_among(relationship: Relationship, uids: set[UUID]) -> bool:
    """Whether both ends are copied; a reference to what was missing there is missing here too."""
    ends = (relationship.parent, relationship.child, relationship.junction)
    is_known = relationship.parent is not None or bool(relationship.missing_target)
    return is_known and all(end is None or end in uids for end in ends)


def _types_used(entities: Iterable[Entity], source: Design, before: Design) -> Iterator[NamedType]:
    """The named types that the fields have, with those they are based on; none that this design has already."""
    lookup, here = TypeLookup(source.types), TypeLookup(before.types)
    waiting = [field.type for entity in entities for field in entity.fields]
    seen: set[UUID] = set()
    while waiting:
        text = waiting.pop(0)
        named = lookup.named(text)
        if named is None or named.uid in seen or here.named(text) is not None:
            continue
        seen.add(named.uid)
        waiting.append(named.base)
        yield named


def _uids(things: Iterable[Thing]) -> Iterator[UUID]:
    for thing in things:
        yield thing.uid
        if isinstance(thing, Entity):
            yield from (held.uid for held in (*thing.fields, *thing.keys, *thing.checks))


def _renewed(things: tuple[AnyThing, ...], new: Mapping[UUID, UUID]) -> tuple[AnyThing, ...]:
    """The same things under new uids, wherever one of those stands in them."""
    return tuple(type(thing).model_validate(_swapped(thing.model_dump(), new)) for thing in things)


def _swapped(value: Any, new: Mapping[UUID, UUID]) -> Any:
    if isinstance(value, UUID):
        return new.get(value, value)
    if isinstance(value, dict):
        return {name: _swapped(each, new) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_swapped(each, new) for each in value)
    return value
