"""The coverage matrix of step 5: a row for each query, a column for each way into the rows."""

from dataclasses import dataclass
from uuid import UUID

from projects.checks.access_paths import AccessPath, PathKind
from projects.checks.coverage import CoverageReader, QueryCoverage
from projects.checks.lookups import Lookups
from projects.checks.serving import Verdict
from projects.design.tree import Design, Query


@dataclass(frozen=True, slots=True)
class Column:
    """An access path with the number of queries it serves in full or in part."""

    path: AccessPath
    operations_served: int

    @property
    def is_kept_as_rule(self) -> bool:
        """Whether it stands for uniqueness alone, as no query needs it."""
        return self.path.is_unique and not self.operations_served


@dataclass(frozen=True, slots=True)
class Row:
    """A query; a cell is None where the query does not touch the column's entity."""

    query: Query
    coverage: QueryCoverage
    cells: tuple[Verdict | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`hidden_primary_keys` counts those that no query uses: they say nothing and are left out."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    hidden_primary_keys: int


def matrix(design: Design) -> Matrix:
    lookups = Lookups(design)
    return matrix_of(lookups, CoverageReader(lookups).read())


def matrix_of(lookups: Lookups, covered: tuple[QueryCoverage, ...]) -> Matrix:
    cells = [dict(cell for part in query.parts for cell in part.cells) for query in covered]
    served = operations_served(covered)
    paths = [path for entity in lookups.design.own_entities for path in lookups.paths[entity.uid]]
    paths += [
        path
        for entity in lookups.design.entities
        if entity.reused_from
        for path in lookups.paths[entity.uid]
        if served.get(path.uid)
    ]
    columns = [Column(path, served.get(path.uid, 0)) for path in paths]
    shown = tuple(column for column in columns if column.operations_served or column.path.kind is not PathKind.PRIMARY)
    rows = tuple(
        Row(query, coverage, tuple(found.get(column.path.uid) for column in shown))
        for query, coverage, found in zip(lookups.design.queries, covered, cells, strict=True)
    )
    return Matrix(shown, rows, len(columns) - len(shown))


def operations_served(covered: tuple[QueryCoverage, ...]) -> dict[UUID, int]:
    """For each access path that serves any query, in full or in part, how many."""
    counts: dict[UUID, int] = {}
    for query in covered:
        for part in query.parts:
            for uid, verdict in part.cells:
                if verdict in (Verdict.FULL, Verdict.PARTLY):
                    counts[uid] = counts.get(uid, 0) + 1
    return counts
