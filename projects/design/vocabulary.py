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


class LetterCase(Term):
    SNAKE = "snake", "snake_case"
    CAMEL = "camel", "camelCase"
    PASCAL = "pascal", "PascalCase"
    ANY = "any", "Any"


class TableNumber(Term):
    PLURAL = "plural", "Plural (orders)"
    SINGULAR = "singular", "Singular (order)"
    ANY = "any", "Either"


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
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    CHANGES_REQUESTED = "changes-requested", "Changes requested"
    APPROVED = "approved", "Approved"
