"""Subject areas: a design too large for one picture in parts that are read one by one."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from projects.design.tree import Design, Entity
from projects.diagrams.links import Link

MOST_ENTITIES = 30


@dataclass(frozen=True)
class Area:
    title: str
    entities: tuple[Entity, ...]


@dataclass(frozen=True)
class Weight:
    """What an entity and the lines it is the child of take in a diagram."""

    characters: int
    lines: int


def areas_of(
    design: Design, links: tuple[Link, ...], weigh: Callable[[Entity], Weight], most: Weight
) -> tuple[Area, ...]:
    """Namespaces if there are several, else connected groups; small groups together, large ones in equal parts."""
    neighbours = _neighbours(links)
    namespaces = dict.fromkeys(entity.namespace for entity in design.entities)
    areas: list[Area] = []
    if len(namespaces) > 1:
        for namespace in namespaces:
            inside = [entity for entity in design.entities if entity.namespace == namespace]
            parts = list(_parts(_walked(inside, neighbours), weigh, most))
            areas += [_named(f"{namespace or 'no namespace'}", part, n, len(parts)) for n, part in enumerate(parts, 1)]
        return tuple(areas)
    parts = list(_parts(_walked(design.entities, neighbours), weigh, most))
    for part in parts:
        hub = max(part, key=lambda entity: len(neighbours.get(entity.uid, ())))
        rest = f" and {len(part) - 1} more" if len(part) > 1 else ""
        areas.append(Area(f"Subject area: {hub.full_name}{rest}", tuple(part)))
    return tuple(areas)


def _named(name: str, entities: list[Entity], number: int, count: int) -> Area:
    return Area(f"Subject area: {name}{f', part {number} of {count}' if count > 1 else ''}", tuple(entities))


def _neighbours(links: tuple[Link, ...]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for link in links:
        if isinstance(link.parent, UUID) and link.parent != link.child:
            found.setdefault(link.parent, []).append(link.child)
            found.setdefault(link.child, []).append(link.parent)
    return found


def _walked(entities: tuple[Entity, ...] | list[Entity], neighbours: dict[UUID, list[UUID]]) -> list[list[Entity]]:
    """Connected groups, each walked breadth first from its best connected entity, so that neighbours stay together."""
    inside = {entity.uid: entity for entity in entities}
    waiting = sorted(inside, key=lambda uid: -len(neighbours.get(uid, ())))
    seen: set[UUID] = set()
    groups = []
    for start in waiting:
        if start in seen:
            continue
        seen.add(start)
        walk = [start]
        for uid in walk:
            fresh = [other for other in dict.fromkeys(neighbours.get(uid, ())) if other in inside and other not in seen]
            seen.update(fresh)
            walk += fresh
        groups.append([inside[uid] for uid in walk])
    return groups


def _parts(groups: list[list[Entity]], weigh: Callable[[Entity], Weight], most: Weight) -> Iterator[list[Entity]]:
    part: list[Entity] = []
    characters = lines = 0
    for group in groups:
        # 31 entities make parts of 16 and 15, not of 30 and 1.
        share = math.ceil(len(group) / math.ceil(len(group) / MOST_ENTITIES))
        if part and len(part) + min(share, len(group)) > MOST_ENTITIES:
            yield part
            part, characters, lines = [], 0, 0
        for place, entity in enumerate(group):
            weight = weigh(entity)
            is_full = characters + weight.characters > most.characters or lines + weight.lines > most.lines
            if part and (is_full or (place and place % share == 0)):
                yield part
                part, characters, lines = [], 0, 0
            part.append(entity)
            characters, lines = characters + weight.characters, lines + weight.lines
    if part:
        yield part
