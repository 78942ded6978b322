"""Steps 7 and 8: how the schema changes, how much data there will be, and what keeps it fast."""

from uuid import UUID

from projects.design.tree.node import Line, Name, Node, Prose, Thing
from projects.design.vocabulary import Eviction


class Migration(Node):
    """Step 7: how the schema comes to be, changes, and goes back."""

    tool: Line = ""
    setup: Prose = ""
    seeding: Prose = ""
    baseline: Line = ""
    naming: Prose = ""
    tracking: Prose = ""
    generating: Prose = ""
    dependencies: Prose = ""
    zero_downtime: Prose = ""
    data_migrations: Prose = ""
    rollback: Prose = ""
    data_preservation: Prose = ""
    rollback_testing: Prose = ""
    backup_before: Prose = ""
    departure: Prose = ""


class Volume(Thing):
    """How many rows an entity has and gains: counts and rates as typed, which quantities.py reads."""

    entity: UUID
    initial_rows: Line = ""
    growth: Line = ""
    peak_rows: Line = ""
    row_size: Line = ""


class Cache(Thing):
    """Copies kept for speed: what, where, for how long, and what makes them go."""

    name: Name
    holds: Prose = ""
    store: UUID | None = None
    place: Line = ""
    ttl: Line = ""
    invalidation: Prose = ""
    eviction: Eviction | None = None
    tolerated_staleness: Line = ""
    demand: UUID | None = None


class Optimization(Node):
    """Step 8 in prose: an answer for each strategy, if only that it is not needed and why."""

    partitioning: Prose = ""
    caching: Prose = ""
    denormalization: Prose = ""
    pooling: Prose = ""
    query_optimization: Prose = ""
    departure: Prose = ""


class Lifecycle(Node):
    """When and how data comes to be, changes, moves aside and goes."""

    creation: Prose = ""
    modification: Prose = ""
    archival: Prose = ""
    deletion: Prose = ""
