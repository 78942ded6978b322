"""Says in words how a query is served, and names the index that is missing."""

from collections.abc import Iterable
from uuid import UUID

from projects.checks.access_paths import AccessPath
from projects.checks.demands import Demand
from projects.checks.lookups import Lookups
from projects.checks.proposals import Proposal
from projects.checks.serving import OPEN_ENDED_METHODS, Verdict, gives_order, leading_filters, reads_one_row
from projects.design.tree import Entity, Store
from projects.design.vocabulary import Direction, IndexMethod


class CoverageNotes:
    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups

    def note(self, demand: Demand, served: Verdict, by: AccessPath | None, proposal: Proposal | None) -> str:
        if by is None:
            says = self._unserved(demand)
        elif served is Verdict.FULL:
            says = self._full(demand, by)
        elif served is Verdict.PARTLY:
            says = self._partly(demand, by)
        else:
            says = self._open(by)
        missing = f"Missing: an index on {proposal.in_words}." if proposal else ""
        return " ".join(part for part in (says, missing) if part)

    def out_of_sight(self, entity: Entity, store: Store | None) -> str:
        if entity.reused_from:
            return f"{entity.full_name} belongs to {entity.reused_from}; its indexes are designed there."
        kept_in = store.kind.label.lower() if store else "another store"
        return f"{entity.full_name} is kept in a {kept_in}, where indexes work otherwise."

    def _unserved(self, demand: Demand) -> str:
        entity = self._lookups.design.entity_by_uid[demand.entity].full_name
        if demand.filters:
            first = self._names((*demand.equality, *demand.ranges), " or ")
            return f"No index of {entity} starts with {first}, so each call reads the whole table."
        if demand.searches:
            return f"No index of {entity} searches {self._names(demand.searches)}, so each call reads the whole table."
        order = ", ".join(self._ordered(field, direction) for field, direction in demand.sorts)
        return f"No index of {entity} has the order {order}, so each call sorts the whole table."

    def _full(self, demand: Demand, by: AccessPath) -> str:
        if not demand.sorts or gives_order(by, demand):
            after = by.fields[len(demand.equality) : len(demand.equality) + 1]
            unused = [field for field in demand.ranges if field not in after]
            return f"{self._names(unused)} is checked row by row." if unused else ""
        return "The rows are sorted after reading."

    def _partly(self, demand: Demand, by: AccessPath) -> str:
        if reads_one_row(by, demand):
            return f"{by.name} finds one row at most, so nothing more is needed."
        if by.method is IndexMethod.BRIN:
            return f"{by.name} skips blocks of rows, and the rest is read."
        used = leading_filters(by, demand) if by.method in (IndexMethod.BTREE, IndexMethod.HASH) else ()
        searched = [field for field in demand.searches if field in by.fields] if not used else []
        left = [field for field in (*demand.equality, *demand.ranges, *demand.searches) if field not in used]
        left = [field for field in left if field not in searched]
        says = f"{by.name} finds rows by {self._names(used or searched)}" if used or searched else f"{by.name} helps"
        if left:
            says += f"; {self._names(left)} is checked row by row"
        if demand.sorts and not gives_order(by, demand):
            says += "; the rows are sorted after reading"
        return f"{says}."

    def _open(self, by: AccessPath) -> str:
        if not by.is_whole:
            return f"{by.name} serves only if the query's condition means the same as “{by.condition.strip()}”."
        if by.method in OPEN_ENDED_METHODS:
            return f"Whether {by.name} serves depends on its operator class."
        return f"{by.name} is over an expression, and may serve if the query asks for the same one."

    def _names(self, fields: Iterable[UUID], joint: str = ", ") -> str:
        return joint.join(self._lookups.name_of(field) for field in fields)

    def _ordered(self, field: UUID, direction: Direction) -> str:
        name = self._lookups.name_of(field)
        return f"{name} descending" if direction is Direction.DESCENDING else name
