"""Step 6: what must hold, for one row, among writers, and between components."""

from uuid import UUID

from projects.design.tree.node import Line, Name, Node, Prose, Thing
from projects.design.vocabulary import Access, ConsistencyLevel, RuleLevel


class ValidationRule(Thing):
    """What must hold of the data beyond types and keys, and where it is enforced."""

    level: RuleLevel = RuleLevel.FIELD
    entity: UUID | None = None
    field: UUID | None = None
    rule: Prose
    in_api: bool = False
    in_logic: bool = False
    in_database: bool = False
    demand: UUID | None = None


class Consistency(Node):
    """Step 6 in prose: what happens when several write at once, and what readers may rely on."""

    concurrent_reads: Prose = ""
    concurrent_writes: Prose = ""
    reads_during_writes: Prose = ""
    transactions: Prose = ""
    level: ConsistencyLevel | None = None
    justification: Prose = ""
    implementation: Prose = ""
    departure: Prose = ""


class SyncStrategy(Thing):
    """How copies or views of shared data are kept in step."""

    name: Name
    description: Prose = ""
    frequency: Line = ""
    conflict_resolution: Prose = ""


class SharedData(Thing):
    """A data element that more than one component works with."""

    data_element: UUID
    reason: Prose = ""
    strategy: UUID | None = None


class ComponentAccess(Thing):
    """What one component does with one data element."""

    component: UUID
    data_element: UUID
    access: Access = Access.READS
    is_owner: bool = False
