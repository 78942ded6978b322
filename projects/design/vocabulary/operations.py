"""How data is used, kept consistent, copied and mapped."""

from projects.design.vocabulary.term import Term


class OperationKind(Term):
    READ = "read", "Read"
    WRITE = "write", "Write"


class Frequency(Term):
    """Bands of the workflow's step 4, in requests per second."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


FREQUENCY_BANDS = {Frequency.HIGH: "> 100/s", Frequency.MEDIUM: "10–100/s", Frequency.LOW: "< 10/s"}


class Pagination(Term):
    NONE = "none", "Not paged"
    OFFSET = "offset", "Offset"
    KEYSET = "keyset", "Keyset (cursor)"


class UseRole(Term):
    """What an operation does with a field."""

    EQUALITY = "equality", "Filter, equal to"
    RANGE = "range", "Filter, range"
    SEARCH = "search", "Search"
    JOIN = "join", "Join"
    SORT = "sort", "Sort"
    RETURNED = "returned", "Returned"
    WRITTEN = "written", "Written"


class Direction(Term):
    ASCENDING = "asc", "Ascending"
    DESCENDING = "desc", "Descending"


class IndexMethod(Term):
    BTREE = "btree", "btree"
    HASH = "hash", "hash"
    GIN = "gin", "gin"
    GIST = "gist", "gist"
    SPGIST = "spgist", "spgist"
    BRIN = "brin", "brin"
    TEXT = "text", "text"
    GEOSPATIAL = "geospatial", "geospatial"
    VECTOR = "vector", "vector"


class RuleLevel(Term):
    FIELD = "field", "Field"
    RECORD = "record", "Record"
    BUSINESS = "business", "Business"


class Access(Term):
    READS = "reads", "Reads"
    WRITES = "writes", "Writes"
    BOTH = "both", "Reads and writes"


class ConsistencyLevel(Term):
    STRONG = "strong", "Strong"
    EVENTUAL = "eventual", "Eventual"
    CAUSAL = "causal", "Causal"
    READ_YOUR_WRITES = "read-your-writes", "Read-your-writes"


class BackupKind(Term):
    FULL = "full", "Full"
    INCREMENTAL = "incremental", "Incremental"
    DIFFERENTIAL = "differential", "Differential"
    LOG = "log", "Log archiving"


class PointInTime(Term):
    """Whether a store can be brought back to any moment."""

    AVAILABLE = "available", "Available"
    NONE = "none", "Not available"


class ReplicationStrategy(Term):
    NONE = "none", "None"
    LEADER_FOLLOWER = "leader-follower", "Leader-follower (master-slave)"
    MULTI_LEADER = "multi-leader", "Multi-leader (multi-master)"
    LEADERLESS = "leaderless", "Leaderless (peer-to-peer)"


class NodeRole(Term):
    LEADER = "leader", "Leader"
    FOLLOWER = "follower", "Follower"
    PEER = "peer", "Peer"


class MappingKind(Term):
    """Where the value of a DTO field comes from, or goes to."""

    STORED = "stored", "Stored"
    COMPUTED = "computed", "Computed"
    UNSTORED = "unstored", "Not stored"


class DtoDirection(Term):
    REQUEST = "request", "Request"
    RESPONSE = "response", "Response"
    BOTH = "both", "Both"
    EVENT = "event", "Event"
