"""Steps 4 and 5: what the application asks of the data, and the indexes that serve it."""

from uuid import UUID

from projects.design.tree.node import Line, Name, Node, Prose, Thing
from projects.design.vocabulary import Direction, Frequency, IndexMethod, OperationKind, Pagination, UseRole


class FieldUse(Node):
    """What an operation does with one field; `direction` counts for sorting only."""

    field: UUID
    role: UseRole
    direction: Direction = Direction.ASCENDING


class Query(Thing):
    """An operation that the application asks of the data."""

    name: Name
    kind: OperationKind = OperationKind.READ
    frequency: Frequency | None = None
    rate: Line = ""
    entity: UUID | None = None
    key_space: UUID | None = None
    pattern: Line = ""
    purpose: Prose = ""
    reason: Prose = ""
    logic: Prose = ""
    uses: tuple[FieldUse, ...] = ()
    condition: Line = ""
    pagination: Pagination | None = None
    aggregation: Line = ""
    bottleneck: Prose = ""
    optimization: Prose = ""
    cache: UUID | None = None
    caching: Prose = ""
    expected_duration: Line = ""
    sql: Prose = ""

    def fields_in(self, role: UseRole) -> tuple[UUID, ...]:
        return tuple(use.field for use in self.uses if use.role is role)


class IndexPart(Node):
    """One key of an index: a field, or an expression over fields."""

    field: UUID | None = None
    expression: Line = ""
    direction: Direction = Direction.ASCENDING


class Index(Thing):
    name: Name
    entity: UUID
    parts: tuple[IndexPart, ...] = ()
    method: IndexMethod = IndexMethod.BTREE
    is_unique: bool = False
    condition: Line = ""
    purpose: Prose = ""
