"""Query coverage: which index serves which query, and the index that is missing where none does."""

from dataclasses import dataclass
from uuid import UUID

from projects.checks.access_paths import AccessPath
from projects.checks.coverage_notes import CoverageNotes
from projects.checks.demands import Demand, DemandReader
from projects.checks.lookups import Lookups
from projects.checks.proposals import Proposal, ProposalMaker
from projects.checks.serving import RANK, Judge, Verdict, leading_filters, reads_one_row
from projects.design.tree import Design, Query
from projects.design.vocabulary import OperationKind, StoreKind

# Elsewhere an order of fields says little about how rows are found.
KINDS_WITH_INDEXES = frozenset({StoreKind.RELATIONAL, StoreKind.DOCUMENT})


@dataclass(frozen=True, slots=True)
class EntityCoverage:
    """How one query is served on one entity, and what each access path of it contributes.

    `is_settled` marks a partial service that needs nothing more: it reads one row at most.
    """

    entity: UUID
    served: Verdict
    by: AccessPath | None
    note: str
    proposal: Proposal | None = None
    is_settled: bool = False
    cells: tuple[tuple[UUID, Verdict], ...] = ()


@dataclass(frozen=True, slots=True)
class QueryCoverage:
    """How a query is served: on its worst entity, as a query is as slow as its slowest part."""

    query: UUID
    served: Verdict
    by: AccessPath | None
    note: str
    proposal: Proposal | None = None
    is_settled: bool = False
    parts: tuple[EntityCoverage, ...] = ()


def coverage(design: Design) -> tuple[QueryCoverage, ...]:
    """The coverage of each query, in the order of the design."""
    return CoverageReader(Lookups(design)).read()


class CoverageReader:
    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups
        self._demands = DemandReader(lookups.design)
        self._judge = Judge(lookups)
        self._proposals = ProposalMaker(lookups)
        self._notes = CoverageNotes(lookups)

    def read(self) -> tuple[QueryCoverage, ...]:
        return tuple(self._query(query) for query in self._lookups.design.queries)

    def _query(self, query: Query) -> QueryCoverage:
        parts = tuple(self._entity(query, demand) for demand in self._demands.demands(query))
        if not parts:
            return self._without_demand(query)
        worst = min(parts, key=lambda part: (RANK[part.served], part.is_settled))
        return QueryCoverage(
            query.uid, worst.served, worst.by, worst.note, worst.proposal, worst.is_settled, parts=parts
        )

    def _without_demand(self, query: Query) -> QueryCoverage:
        if query.kind is OperationKind.WRITE:
            return QueryCoverage(query.uid, Verdict.NOT_APPLICABLE, None, "It looks no rows up.")
        if query.uses:
            return QueryCoverage(query.uid, Verdict.NOT_APPLICABLE, None, "It filters and sorts by nothing.")
        note = "It names no fields, so nobody can tell which index it needs."
        return QueryCoverage(query.uid, Verdict.UNDECIDED, None, note)

    def _entity(self, query: Query, demand: Demand) -> EntityCoverage:
        entity = self._lookups.design.entity_by_uid[demand.entity]
        paths = self._lookups.paths[demand.entity]
        cells = tuple((path.uid, self._judge.verdict(path, demand)) for path in paths)
        by, served = self._best(paths, cells, demand)
        is_settled = by is not None and served is not Verdict.NONE and reads_one_row(by, demand)
        if served is not Verdict.FULL and not is_settled:
            store = self._lookups.store_of(entity)
            is_elsewhere = store is not None and store.kind not in KINDS_WITH_INDEXES
            if entity.reused_from or is_elsewhere:
                note = self._notes.out_of_sight(entity, store)
                return EntityCoverage(demand.entity, Verdict.UNDECIDED, by, note, cells=cells)
        proposal = None
        if served in (Verdict.NONE, Verdict.PARTLY) and not is_settled:
            proposal = self._proposals.proposal(query, demand, by)
        note = self._notes.note(demand, served, by, proposal)
        return EntityCoverage(demand.entity, served, by, note, proposal, is_settled, cells)

    def _best(
        self, paths: tuple[AccessPath, ...], cells: tuple[tuple[UUID, Verdict], ...], demand: Demand
    ) -> tuple[AccessPath | None, Verdict]:
        """The best path with its verdict; among equals one that finds a single row, then the one that narrows most."""
        if not paths:
            return None, Verdict.NONE
        rated = [
            (RANK[verdict], reads_one_row(path, demand), len(leading_filters(path, demand)), path, verdict)
            for path, (_, verdict) in zip(paths, cells, strict=True)
        ]
        *_, path, verdict = max(rated, key=lambda row: row[:3])
        return (None if verdict is Verdict.NONE else path), verdict
