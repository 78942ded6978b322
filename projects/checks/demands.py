"""What each query asks of each entity: the fields it filters by, ranges over, sorts by and searches in."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from projects.design.tree import Design, Query
from projects.design.vocabulary import Direction, UseRole


@dataclass(frozen=True, slots=True)
class Demand:
    """One query's needs on one entity, without what cannot matter: a field equal to one value needs no sorting."""

    entity: UUID
    equality: tuple[UUID, ...] = ()
    ranges: tuple[UUID, ...] = ()
    sorts: tuple[tuple[UUID, Direction], ...] = ()
    searches: tuple[UUID, ...] = ()
    condition: str = ""

    @property
    def sort_fields(self) -> tuple[UUID, ...]:
        return tuple(field for field, _ in self.sorts)

    @property
    def filters(self) -> frozenset[UUID]:
        return frozenset((*self.equality, *self.ranges))

    @property
    def fields(self) -> frozenset[UUID]:
        return frozenset((*self.equality, *self.ranges, *self.sort_fields, *self.searches))


class DemandReader:
    """Reads demands out of queries; the relationships tell which field a join looks rows up by."""

    def __init__(self, design: Design) -> None:
        self._owners = design.entity_of_field
        self._partners: dict[UUID, list[UUID]] = {}
        for relationship in design.relationships:
            for pair in relationship.pairs:
                if pair.parent:
                    self._partners.setdefault(pair.child, []).append(pair.parent)
                    self._partners.setdefault(pair.parent, []).append(pair.child)

    def _entity_of(self, field: UUID) -> UUID:
        return self._owners[field].uid

    def demands(self, query: Query) -> tuple[Demand, ...]:
        """One demand for each entity whose rows the query must find or order, in the order of its uses."""
        inner = self._inner_join_fields(query)
        used = _once(self._entity_of(use.field) for use in query.uses)
        demands = (self._demand(query, entity, inner.get(entity, ())) for entity in _once((*used, *inner)))
        return tuple(demand for demand in demands if demand.fields)

    def _demand(self, query: Query, entity: UUID, join_fields: Iterable[UUID]) -> Demand:
        roles: dict[UseRole, list[UUID]] = {role: [] for role in UseRole}
        directions: dict[UUID, Direction] = {}
        for use in query.uses:
            if self._entity_of(use.field) == entity:
                roles[use.role].append(use.field)
                if use.role is UseRole.SORT:
                    directions.setdefault(use.field, use.direction)
        equality = _once((*roles[UseRole.EQUALITY], *join_fields))
        return Demand(
            entity=entity,
            equality=equality,
            ranges=_once(field for field in roles[UseRole.RANGE] if field not in equality),
            sorts=tuple((field, direction) for field, direction in directions.items() if field not in equality),
            searches=_once(roles[UseRole.SEARCH]),
            condition=query.condition,
        )

    def _inner_join_fields(self, query: Query) -> dict[UUID, tuple[UUID, ...]]:
        """The fields that each joined entity is looked up by, walking outwards from the entity the query starts at."""
        joins = query.fields_in(UseRole.JOIN)
        if not joins:
            return {}
        start = query.entity or self._entity_of(query.uses[0].field)
        used = {self._entity_of(use.field) for use in query.uses}
        inner: dict[UUID, tuple[UUID, ...]] = {}
        reached, waiting = {start}, [start]
        while waiting:
            found = self._joined_to(waiting.pop(0), joins, used, reached)
            inner |= found
            reached |= found.keys()
            waiting.extend(found)
        for entity in used - reached:
            if stated := tuple(field for field in joins if self._entity_of(field) == entity):
                inner[entity] = stated
        return inner

    def _joined_to(
        self, entity: UUID, joins: tuple[UUID, ...], used: set[UUID], reached: set[UUID]
    ) -> dict[UUID, tuple[UUID, ...]]:
        """The entities one step further, each with its end of the relationships that the query joins by."""
        found: dict[UUID, tuple[UUID, ...]] = {}
        for field in joins:
            partners = self._partners.get(field, ())
            for partner in partners:
                near, far = (field, partner) if self._entity_of(field) == entity else (partner, field)
                outer = self._entity_of(far)
                is_meant = far == field or outer in used or len(partners) == 1
                if self._entity_of(near) == entity and outer not in reached and is_meant:
                    found[outer] = _once((*found.get(outer, ()), far))
        return found


def _once(uids: Iterable[UUID]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(uids))
