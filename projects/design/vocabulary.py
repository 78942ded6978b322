"""Every choice, state and limit of a design, said once for the tree, the models, the forms and the documents."""

from enum import StrEnum
from typing import Self

KEY_PATTERN = r"[a-z0-9][a-z0-9-]{0,63}"
NAME_LENGTH = 128
LINE_LENGTH = 200
PROSE_LENGTH = 20_000

# Keys become parts of URLs and of file paths: Windows' device names cannot be files, the others are words of our URLs.
RESERVED_KEYS = frozenset(
    {
        "new",
        "edit",
        "settings",
        "people",
        "epics",
        "conventions",
        "handbook",
        "model",
        "search",
        "import",
        "export",
        "history",
        "documents",
        "api",
        "static",
    }
    | {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)


class Term(StrEnum):
    """A stored value together with the words that people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        return term

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(term.value, term.label) for term in cls]


class Role(Term):
    OWNER = "owner", "Owner"
    ARCHITECT = "architect", "Architect"
    REVIEWER = "reviewer", "Reviewer"
    VIEWER = "viewer", "Viewer"


class SourceKind(Term):
    PRD = "prd", "PRD"
    RESEARCH = "research-report", "Research report"
    CONTRACTS = "interface-contracts", "Interface contracts"
    BACKEND = "backend-design", "Backend design"
    OTHER = "other", "Other"


class SourceStatus(Term):
    NOT_STARTED = "not-started", "Not started"
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"


class AccessProfile(Term):
    READ_HEAVY = "read-heavy", "Read-heavy"
    WRITE_HEAVY = "write-heavy", "Write-heavy"
    MIXED = "mixed", "Mixed"


class StoreKind(Term):
    RELATIONAL = "relational", "Relational database"
    DOCUMENT = "document", "Document store"
    KEY_VALUE = "key-value", "Key-value store"
    FILE = "file", "File storage"
    TIME_SERIES = "time-series", "Time-series database"
    VECTOR = "vector", "Vector database"
    GRAPH = "graph", "Graph database"
    SEARCH = "search-index", "Search index"
    CACHE = "cache", "Cache"


class StructureKind(Term):
    """What an entity is in its store. Key spaces and file layouts have no fields, so they are classes of their own."""

    TABLE = "table", "Table"
    COLLECTION = "collection", "Collection"
    MEASUREMENT = "measurement", "Measurement"
    VECTORS = "vector-collection", "Vector collection"
    NODE = "node-type", "Node type"
    EDGE = "edge-type", "Edge type"
    SEARCH = "search-index", "Search index"


# The structures that a store of each kind holds; a key-value store holds key spaces, file storage file layouts, and
# a cache what step 8 says of it.
STRUCTURES: dict[StoreKind, tuple[StructureKind, ...]] = {
    StoreKind.RELATIONAL: (StructureKind.TABLE,),
    StoreKind.DOCUMENT: (StructureKind.COLLECTION,),
    StoreKind.KEY_VALUE: (),
    StoreKind.FILE: (),
    StoreKind.TIME_SERIES: (StructureKind.MEASUREMENT,),
    StoreKind.VECTOR: (StructureKind.VECTORS,),
    StoreKind.GRAPH: (StructureKind.NODE, StructureKind.EDGE),
    StoreKind.SEARCH: (StructureKind.SEARCH,),
    StoreKind.CACHE: (),
}


class FieldRole(Term):
    """What a field is for in a measurement or a vector collection."""

    TIME = "time", "Time"
    TAG = "tag", "Tag"
    VALUE = "value", "Value"
    VECTOR = "vector", "Vector"
    FILTER = "filter", "Metadata filter"


class DistanceMetric(Term):
    COSINE = "cosine", "Cosine"
    EUCLIDEAN = "euclidean", "Euclidean (L2)"
    DOT = "dot", "Dot product"
    MANHATTAN = "manhattan", "Manhattan (L1)"
    HAMMING = "hamming", "Hamming"


class VectorIndex(Term):
    HNSW = "hnsw", "HNSW"
    IVF = "ivf", "IVF"
    DISKANN = "diskann", "DiskANN"
    FLAT = "flat", "Flat (exact)"


class Eviction(Term):
    """What a store that is full, or a key that is old, does."""

    NONE = "none", "None: refuses writes when full"
    TTL = "ttl", "By TTL only"
    LRU = "lru", "Least recently used"
    LFU = "lfu", "Least frequently used"
    RANDOM = "random", "Random"
    FIFO = "fifo", "First in, first out"


class DemandKind(Term):
    """What the contracts or the backend design ask of the data."""

    VALIDATION = "validation", "Validation"
    CACHING = "caching", "Caching"


class TypeKind(Term):
    ENUM = "enum", "Enumeration"
    DOMAIN = "domain", "Domain"
    COMPOSITE = "composite", "Composite"


class Generation(Term):
    """How the database fills a field by itself; a computed field keeps its formula in `default`."""

    IDENTITY = "identity", "Numbered by the database"
    COMPUTED = "computed", "Computed from other fields"


class Sensitivity(Term):
    PUBLIC = "public", "Public"
    INTERNAL = "internal", "Internal"
    PERSONAL = "personal", "Personal"
    SPECIAL = "special", "Special category"
    FINANCIAL = "financial", "Financial"
    SECRET = "secret", "Secret"


class KeyKind(Term):
    PRIMARY = "primary", "Primary key"
    UNIQUE = "unique", "Unique"


class Cardinality(Term):
    """How many rows of the child belong to one row of the parent; N:M goes through a junction."""

    ONE_TO_ONE = "1:1", "1:1"
    ONE_TO_OPTIONAL = "1:0..1", "1:0..1"
    ONE_TO_MANY = "1:N", "1:N"
    MANY_TO_MANY = "N:M", "N:M"


class ReferentialAction(Term):
    NO_ACTION = "no-action", "No action"
    RESTRICT = "restrict", "Restrict"
    CASCADE = "cascade", "Cascade"
    SET_NULL = "set-null", "Set null"
    SET_DEFAULT = "set-default", "Set default"


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


class StepName(Term):
    """The twelve steps of the workflow by the slug that names their URL."""

    REQUIREMENTS = "requirements", "Requirements"
    STORAGE = "storage", "Persistence mechanism"
    DATA_MODEL = "data-model", "Data model"
    QUERIES = "queries", "Query patterns"
    INDEXING = "indexing", "Indexing"
    INTEGRITY = "integrity", "Integrity & consistency"
    MIGRATION = "migration", "Migration"
    PERFORMANCE = "performance", "Performance"
    BACKUP = "backup", "Backup & recovery"
    CONTRACTS = "contracts", "DTO mapping"
    CHECKLIST = "checklist", "Quality checklist"
    DOCUMENT = "document", "Document"


CHECKLIST_ITEMS = 27


class LetterCase(Term):
    SNAKE = "snake", "snake_case"
    CAMEL = "camel", "camelCase"
    PASCAL = "pascal", "PascalCase"
    ANY = "any", "Any"


class TableNumber(Term):
    PLURAL = "plural", "Plural (orders)"
    SINGULAR = "singular", "Singular (order)"
    ANY = "any", "Either"


class PolicyName(Term):
    """The policies of a project's handbook that its features start from."""

    DATABASES = "databases", "Database profiles"
    DESIGN = "design", "Design policy"
    CONVENTIONS = "conventions", "Naming conventions"
    MIGRATION = "migration", "Migration policy"
    BACKUP = "backup", "Backup policy"
    CACHING = "caching", "Caching policy"
    MODELLING = "modelling", "Modelling & validation policy"
    RETENTION = "retention", "Retention rules"
    PROTECTION = "protection", "Protection of sensitive data"


class Normalization(Term):
    THIRD_FORM = "3nf", "Normalized (3NF)"
    DENORMALIZED = "denormalized", "Denormalized for performance"
    MIXED = "mixed", "Normalized, denormalized where measured"


class MigrationVersioning(Term):
    SEQUENTIAL = "sequential", "Sequential numbers"
    TIMESTAMPS = "timestamps", "Timestamps"


class Reversibility(Term):
    ALL = "all", "All migrations are reversible"
    WHERE_POSSIBLE = "where-possible", "Reversible where possible"
    FORWARD_ONLY = "forward-only", "Forward only"


class CacheLayer(Term):
    """Where a project caches; none of them is an answer too."""

    NONE = "none", "No caching"
    APPLICATION = "application", "Application cache"
    DATABASE = "database", "Database cache"
    CDN = "cdn", "CDN cache"
    HTTP = "http", "HTTP cache"


class Severity(Term):
    """Error: the design is wrong. Warning: probably. Advice: worth a thought."""

    ERROR = "error", "Error"
    WARNING = "warning", "Warning"
    ADVICE = "advice", "Advice"


class StepState(Term):
    EMPTY = "empty", "Empty"
    STARTED = "started", "Started"
    COMPLETE = "complete", "Complete"


class DesignState(Term):
    """Of the head of a feature: draft, in review, changes requested, approved or archived. Of a revision: all others
    than draft and archived; one that was approved stays so when a later one is approved too."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    CHANGES_REQUESTED = "changes-requested", "Changes requested"
    APPROVED = "approved", "Approved"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ARCHIVED = "archived", "Archived"


class MailWhen(Term):
    """Which news are sent by e-mail too."""

    ALL = "all", "All news"
    MY_TURN = "my-turn", "Only when it is my turn"
    NEVER = "never", "Never"
