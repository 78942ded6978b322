"""The catalogue of the handbook's prose: form, documents and completeness all come from it.

Each entry is asked once and printed at every place that it names. Adding one is a line.
"""

from dataclasses import dataclass
from enum import StrEnum

from projects.design.vocabulary import Term

DATABASE, DATA_MANAGEMENT = "database", "data-management"
TECHNICAL_DESIGN, CODEBASE = "technical-design-spec", "codebase-spec"


class Theme(Term):
    """What entries are about: one page of the handbook each."""

    ARCHITECTURE = "architecture", "Architecture"
    ACCESS = "data-access", "Data access"
    VALIDATION = "validation", "Validation & integrity"
    SECURITY = "security", "Security & privacy"
    INTEGRATION = "integration", "Synchronization & integration"
    FILES = "files", "Files"
    OPERATION = "operation", "Cleanup, backups & migrations"
    TESTING = "testing", "Testing"
    MONITORING = "monitoring", "Performance & monitoring"
    CHALLENGES = "challenges", "Challenges & plans"


@dataclass(frozen=True)
class Place:
    """A section of a document, by the document's slug and the heading."""

    document: str
    heading: str


@dataclass(frozen=True)
class CatalogueEntry:
    """`hint` says what belongs there, under the label, in the form."""

    key: str
    theme: Theme
    label: str
    hint: str
    places: tuple[Place, ...]

    def is_printed_in(self, document: str, heading: str) -> bool:
        return Place(document, heading) in self.places


class Heading(StrEnum):
    """Headings of the outlines that entries stand under."""

    OVERVIEW = "Database Overview"
    QUERIES = "Query Patterns"
    OPTIMIZATION = "Query Optimization"
    N_PLUS_ONE = "N+1 Prevention"
    PERFORMANCE = "Performance & Optimization"
    CLEANUP = "Data Cleanup"
    COMPLIANCE = "Compliance"
    CREDENTIALS = "Credentials"
    SENSITIVE = "Sensitive Data"
    AUDIT = "Audit Logging"
    TESTING = "Testing Database"
    MONITORING = "Monitoring & Alerts"
    STRATEGY = "Database Strategy"
    ACCESS_LAYER = "Data Access Layer"
    LOADING = "Data Loading Strategies"
    VALIDATION = "Input Validation"
    INTEGRITY = "Data Integrity"
    ACCESS_CONTROL = "Access Control"
    PROTECTION = "Data Protection"
    PRIVACY = "Privacy Compliance"
    EXTERNAL = "External Data Sources"
    REAL_TIME = "Real-time Updates"
    FILES = "File Storage Strategy"
    PATTERNS = "Storage Patterns"
    QUERY_PERFORMANCE = "Query Performance"
    BACKUPS = "Backup Strategy"
    VERSIONING = "Migration & Versioning"
    ISSUES = "Known Issues"
    DEBT = "Technical Debt"
    PLANS = "Future Data Plans"


def _3(heading: Heading) -> Place:
    return Place(DATABASE, heading)


def _4(heading: Heading) -> Place:
    return Place(DATA_MANAGEMENT, heading)


def _entry(key: str, theme: Theme, label: str, hint: str, *places: Place) -> CatalogueEntry:
    return CatalogueEntry(key, theme, label, hint, places)


A, D, V, S, I = Theme.ARCHITECTURE, Theme.ACCESS, Theme.VALIDATION, Theme.SECURITY, Theme.INTEGRATION  # noqa: E741
F, O, T, M, C = Theme.FILES, Theme.OPERATION, Theme.TESTING, Theme.MONITORING, Theme.CHALLENGES  # noqa: E741
H = Heading

CATALOGUE: tuple[CatalogueEntry, ...] = (
    _entry(
        "philosophy",
        A,
        "Philosophy",
        "Rows that change or events that add up? One database, or one for each service? Why?",
        _3(H.OVERVIEW),
    ),
    _entry(
        "environment-strategy",
        A,
        "Environment strategy",
        "Which environments have a database of their own, and what they share.",
        _4(H.STRATEGY),
    ),
    _entry(
        "connection-management",
        A,
        "Connection management",
        "Beyond the pool's figures: who opens connections, replicas to read from, balancing.",
        _3(H.PERFORMANCE),
        _4(H.STRATEGY),
        _4(H.QUERY_PERFORMANCE),
    ),
    _entry(
        "schema-management",
        A,
        "Schema management",
        "What leads: the code, a schema file or the migrations? Who may change it?",
        _4(H.ACCESS_LAYER),
    ),
    _entry(
        "standard-operations",
        D,
        "Standard operations",
        "How a row is created, read, changed and deleted in this code base; a short example helps.",
        _3(H.QUERIES),
        _4(H.QUERIES),
    ),
    _entry(
        "filtering-search",
        D,
        "Filtering and search",
        "Which filters are usual, and what answers a search in text.",
        _4(H.QUERIES),
    ),
    _entry(
        "pagination",
        D,
        "Pagination",
        "By cursor or by offset, from which size on, and how many rows a page has.",
        _3(H.QUERIES),
        _4(H.QUERIES),
        _4(H.QUERY_PERFORMANCE),
    ),
    _entry(
        "aggregation",
        D,
        "Aggregation",
        "Where sums and counts are computed: when asked, ahead of time, or elsewhere.",
        _4(H.QUERIES),
    ),
    _entry("joins", D, "Joins and relations", "How far one query reaches, and when two are better.", _4(H.QUERIES)),
    _entry(
        "query-optimization",
        D,
        "Query optimization",
        "Habits that keep queries cheap: columns asked for, work left to the database.",
        _3(H.OPTIMIZATION),
        _4(H.LOADING),
    ),
    _entry(
        "n-plus-one",
        D,
        "N+1 prevention",
        "How related rows are fetched along, and what catches it when they are not.",
        _3(H.N_PLUS_ONE),
        _4(H.LOADING),
    ),
    _entry(
        "frontend-real-time",
        D,
        "Front end: real-time data",
        "What a page keeps up to date by itself, and how.",
        _4(H.LOADING),
    ),
    _entry(
        "frontend-caching",
        D,
        "Front end: caching",
        "What the browser or the app keeps, for how long, and what makes it ask again.",
        _4(H.LOADING),
    ),
    _entry(
        "optimistic-updates",
        D,
        "Front end: optimistic updates",
        "What is shown before the server agrees, and what happens when it does not.",
        _4(H.LOADING),
    ),
    _entry(
        "runtime-validation",
        V,
        "Runtime validation",
        "Where in the code the schemas stand, and what calls them. The policy says what is validated where.",
        _4(H.VALIDATION),
    ),
    _entry(
        "database-constraints",
        V,
        "Database constraints",
        "Where in the code constraints stand, like models or migrations, and how one is written.",
        _4(H.VALIDATION),
    ),
    _entry(
        "application-rules",
        V,
        "Application rules",
        "The modules that own rules on more than one row, how one is written, and what calls it.",
        _4(H.VALIDATION),
    ),
    _entry(
        "validation-examples",
        V,
        "Validation examples",
        "One typical schema or rule, as it looks in this code base.",
        _4(H.VALIDATION),
    ),
    _entry(
        "referential-integrity",
        V,
        "Referential integrity",
        "What keeps references whole, and what deleting a parent does by default.",
        _4(H.INTEGRITY),
    ),
    _entry(
        "transactional-operations",
        V,
        "Transactional operations",
        "What has to happen together, and at which isolation level.",
        _4(H.INTEGRITY),
    ),
    _entry(
        "consistency-checks",
        V,
        "Consistency checks",
        "What looks for data that should not be there, how often, and who is told.",
        _4(H.INTEGRITY),
    ),
    _entry(
        "credential-storage",
        S,
        "Credentials: where they are kept",
        "The store of secrets by its name. Never a secret itself.",
        _3(H.CREDENTIALS),
    ),
    _entry(
        "credential-rotation",
        S,
        "Credentials: rotation",
        "How often they change, and after which events.",
        _3(H.CREDENTIALS),
    ),
    _entry(
        "credential-access",
        S,
        "Credentials: access",
        "How a person or a service is granted access, and how it ends.",
        _3(H.CREDENTIALS),
    ),
    _entry(
        "row-level-security",
        S,
        "Row-level security",
        "What keeps one tenant or user from another's rows.",
        _4(H.ACCESS_CONTROL),
    ),
    _entry(
        "field-level-security",
        S,
        "Field-level security",
        "Which fields only some roles see, and what masks them.",
        _4(H.ACCESS_CONTROL),
    ),
    _entry(
        "audit-logging",
        S,
        "Audit logging: what is tracked",
        "Changes of schema, of data, reads of sensitive data: what leaves a trace, and where.",
        _3(H.AUDIT),
        _4(H.ACCESS_CONTROL),
    ),
    _entry("audit-retention", S, "Audit logging: kept for", "How long the trace is kept.", _3(H.AUDIT)),
    _entry("audit-review", S, "Audit logging: review", "Who reads it, how often, and after what.", _3(H.AUDIT)),
    _entry(
        "encryption-at-rest",
        S,
        "Encryption at rest",
        "Disks, database, backups: what is encrypted, and who holds the keys.",
        _3(H.SENSITIVE),
        _4(H.PROTECTION),
    ),
    _entry(
        "encryption-in-transit",
        S,
        "Encryption in transit",
        "Between which parts, with what, and what refuses a plain connection.",
        _3(H.SENSITIVE),
        _4(H.PROTECTION),
    ),
    _entry(
        "application-encryption",
        S,
        "Encryption in the application",
        "What is hashed or encrypted before the database sees it.",
        _3(H.SENSITIVE),
        _4(H.PROTECTION),
    ),
    _entry(
        "privacy",
        S,
        "Privacy",
        "Export, correction, deletion, consent: who asks where, and what is done by when.",
        _3(H.COMPLIANCE),
        _4(H.PRIVACY),
    ),
    _entry(
        "data-sovereignty",
        S,
        "Data sovereignty",
        "In which countries data may lie, and what keeps it there.",
        _3(H.COMPLIANCE),
    ),
    _entry(
        "third-party-apis",
        I,
        "Third-party APIs",
        "Whose data is read or copied, how often, and what stands in when they are away.",
        _4(H.EXTERNAL),
    ),
    _entry(
        "webhooks",
        I,
        "Webhooks",
        "Which are taken, how they are proved genuine, and how twice becomes once.",
        _4(H.EXTERNAL),
    ),
    _entry(
        "import-export",
        I,
        "Import and export",
        "Files and feeds that come in and go out, and who may ask for them.",
        _4(H.EXTERNAL),
    ),
    _entry("live-data", I, "Live data", "What is pushed to readers, and over what.", _4(H.REAL_TIME)),
    _entry(
        "change-notifications",
        I,
        "Change notifications",
        "How other parts learn that a row changed: events, triggers, an outbox.",
        _4(H.REAL_TIME),
    ),
    _entry(
        "conflict-resolution",
        I,
        "Conflict resolution",
        "Which of two changes counts, and who hears of the other.",
        _4(H.REAL_TIME),
    ),
    _entry(
        "file-uploads", F, "File uploads", "Where uploads go, how large they may be, and what checks them.", _4(H.FILES)
    ),
    _entry(
        "image-processing",
        F,
        "Image processing",
        "What is made of a picture, when, and where the results are kept.",
        _4(H.FILES),
    ),
    _entry("cdn", F, "CDN", "What is delivered through one, for how long, and what clears it.", _4(H.FILES)),
    _entry(
        "user-content",
        F,
        "User-generated content",
        "What people upload, how it is named, and when it goes.",
        _4(H.PATTERNS),
    ),
    _entry(
        "static-assets",
        F,
        "Static assets",
        "What comes with a release or from editors, and how it is versioned.",
        _4(H.PATTERNS),
    ),
    _entry(
        "temporary-files",
        F,
        "Temporary files",
        "Exports and intermediate results: where they lie and what removes them.",
        _4(H.PATTERNS),
    ),
    _entry(
        "automated-cleanup",
        O,
        "Automated cleanup",
        "Jobs that remove or archive rows: which, when, and how much at a time.",
        _3(H.CLEANUP),
    ),
    _entry(
        "manual-cleanup", O, "Manual cleanup", "How a person removes data safely, and who approves it.", _3(H.CLEANUP)
    ),
    _entry(
        "file-backups",
        O,
        "File backups",
        "How files are backed up: versions, copies elsewhere, for how long.",
        _4(H.BACKUPS),
    ),
    _entry(
        "data-migrations",
        O,
        "Data migrations",
        "How rows are rewritten, checked and, if need be, put back.",
        _4(H.VERSIONING),
    ),
    _entry(
        "environment-synchronization",
        O,
        "Environment synchronization",
        "What keeps schemas alike from development to production, and which data goes where.",
        _4(H.VERSIONING),
    ),
    _entry("test-database", T, "Test database", "Which database tests use, and what creates it.", _3(H.TESTING)),
    _entry(
        "test-isolation",
        T,
        "Isolation of tests",
        "Rolled back after each test, emptied before each suite, or neither?",
        _3(H.TESTING),
    ),
    _entry(
        "seed-data", T, "Seed data", "What is in it, where it stands, and the command that loads it.", _3(H.TESTING)
    ),
    _entry(
        "test-data",
        T,
        "Test data creation",
        "Factories, fixtures or plain rows: which, and where they are.",
        _3(H.TESTING),
    ),
    _entry("test-cleanup", T, "Cleanup after tests", "What is left after a test and after a suite.", _3(H.TESTING)),
    _entry(
        "performance-targets",
        M,
        "Performance targets",
        "How long simple, complex and bulk operations may take.",
        _3(H.PERFORMANCE),
    ),
    _entry(
        "query-analysis",
        M,
        "Query analysis",
        "How plans are read, when, and what is done about a sequential scan.",
        _3(H.PERFORMANCE),
        _4(H.QUERY_PERFORMANCE),
    ),
    _entry(
        "query-batching", M, "Query batching", "Where requests are collected into one query.", _4(H.QUERY_PERFORMANCE)
    ),
    _entry(
        "slow-query-logging",
        M,
        "Slow-query logging",
        "From which duration on, where the log is, and who reads it how often.",
        _3(H.MONITORING),
    ),
    _entry(
        "dashboards", M, "Dashboards", "Links to what shows the database, its queries and its pool.", _3(H.MONITORING)
    ),
    _entry(
        "performance-monitoring",
        M,
        "Performance monitoring",
        "What watches query times and the pool, and who is called.",
        _3(H.MONITORING),
        _4(H.MONITORING),
    ),
    _entry(
        "error-tracking",
        M,
        "Error tracking",
        "Where failed queries, refused data and lost connections show up.",
        _3(H.MONITORING),
        _4(H.MONITORING),
    ),
    _entry(
        "capacity-planning",
        M,
        "Capacity planning",
        "Who compares growth with room, how often, and how far ahead.",
        _3(H.MONITORING),
        _4(H.MONITORING),
    ),
    _entry("known-issues", C, "Known issues", "What is wrong today, and how people live with it.", _4(H.ISSUES)),
    _entry("technical-debt", C, "Technical debt", "What works but should not stay as it is.", _4(H.DEBT)),
    _entry(
        "future-plans",
        C,
        "Future data plans",
        "What is planned, in what order, and what would bring it forward.",
        _4(H.PLANS),
    ),
)
ENTRY_BY_KEY = {entry.key: entry for entry in CATALOGUE}


def entries_of(theme: Theme) -> tuple[CatalogueEntry, ...]:
    return tuple(entry for entry in CATALOGUE if entry.theme is theme)


def entries_at(document: str, heading: str) -> tuple[CatalogueEntry, ...]:
    """What is printed under this heading of this document, in the order of the catalogue."""
    return tuple(entry for entry in CATALOGUE if entry.is_printed_in(document, heading))
