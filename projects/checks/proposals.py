"""The index that a query lacks: its fields in the order that serves, and a name after the project's convention."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from projects.checks.access_paths import AccessPath
from projects.checks.demands import Demand
from projects.checks.lookups import Lookups
from projects.checks.serving import SEARCH_METHODS, leading_filters, search_methods
from projects.checks.systems import System
from projects.checks.words import filled
from projects.design.field_types import FieldType
from projects.design.tree import Entity, IndexPart, Query
from projects.design.vocabulary import Direction, IndexMethod, Pagination

USUAL_PATTERN = "idx_{table}_{fields}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An index to add; `in_words` names its entity and fields the way people write them."""

    name: str
    entity: UUID
    parts: tuple[IndexPart, ...]
    method: IndexMethod
    in_words: str


class ProposalMaker:
    """Proposes indexes for one design; two queries that lack the same index are proposed the same one."""

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups
        self._taken = {index.name.casefold() for index in lookups.design.indexes}
        self._made: dict[tuple[UUID, tuple[IndexPart, ...], IndexMethod], Proposal] = {}

    def proposal(self, query: Query, demand: Demand, by: AccessPath | None) -> Proposal | None:
        """The missing index, or None where what serves in part is the best there is."""
        if demand.searches:
            if by and by.method in SEARCH_METHODS:
                return None
            method = search_proposal_method(self._lookups.type_of(demand.searches[0]))
            alike = (field for field in demand.searches if method in self._methods(field))
            return self._make(demand.entity, tuple(IndexPart(field=field) for field in alike), method)
        leading = leading_filters(by, demand) if by else ()
        return self._make(demand.entity, proposed_parts(demand, query, leading), IndexMethod.BTREE)

    def _methods(self, field: UUID) -> frozenset[IndexMethod]:
        return search_methods(self._lookups.type_of(field))

    def _make(self, entity_uid: UUID, parts: tuple[IndexPart, ...], method: IndexMethod) -> Proposal:
        key = (entity_uid, parts, method)
        if key not in self._made:
            entity = self._lookups.design.entity_by_uid[entity_uid]
            in_words = f"{entity.full_name} ({', '.join(map(self._in_words, parts))})"
            self._made[key] = Proposal(self._free_name(entity, parts), entity_uid, parts, method, in_words)
        return self._made[key]

    def _in_words(self, part: IndexPart) -> str:
        name = self._lookups.name_of(part.field) if part.field else part.expression
        return f"{name} descending" if part.direction is Direction.DESCENDING else name

    def _free_name(self, entity: Entity, parts: tuple[IndexPart, ...]) -> str:
        """A name after the pattern, cut to what the system allows and numbered where it is taken."""
        pattern = self._lookups.design.conventions.index_pattern
        fields = "_".join(self._lookups.name_of(part.field) for part in parts if part.field)
        usable = pattern if "{fields}" in pattern else USUAL_PATTERN
        name = filled(usable, table=entity.name, fields=fields)
        system = self._lookups.systems_of(entity)[0]
        free, count = shortened(name, system), 1
        while free.casefold() in self._taken:
            count += 1
            free = shortened(name, system, f"_{count}")
        self._taken.add(free.casefold())
        return free


def proposed_parts(demand: Demand, query: Query, leading: Iterable[UUID] = ()) -> tuple[IndexPart, ...]:
    """Equality fields, those that an index already leads with first, then the sort or the range.

    One index serves one of the two: the sort where the answer is read page by page, the range otherwise.
    """
    equality = dict.fromkeys(field for field in leading if field in demand.equality)
    equality |= dict.fromkeys(demand.equality)
    parts = [IndexPart(field=field) for field in equality]
    is_paged = query.pagination in (Pagination.KEYSET, Pagination.OFFSET)
    starts_alike = bool(demand.sorts) and demand.sorts[0][0] in demand.ranges
    if demand.sorts and (not demand.ranges or is_paged or starts_alike):
        parts += [IndexPart(field=field, direction=direction) for field, direction in demand.sorts]
    elif demand.ranges:
        parts.append(IndexPart(field=demand.ranges[0]))
    return tuple(parts)


def search_proposal_method(field_type: FieldType | None) -> IndexMethod:
    methods = search_methods(field_type)
    preferred = (IndexMethod.GIN, IndexMethod.GEOSPATIAL, IndexMethod.VECTOR)
    return next(method for method in preferred if method in methods)


def shortened(name: str, system: System, ending: str = "") -> str:
    limit = system.name_limit
    while limit and name and system.length_of(name + ending) > limit:
        name = name[:-1]
    return name + ending
