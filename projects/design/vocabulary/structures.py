"""What is kept, where, and of which kind."""

from projects.design.vocabulary.term import Term


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
