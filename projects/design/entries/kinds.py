"""What an entry of the handbook is: its theme, and the sections of documents that print it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

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

    @classmethod
    def at(cls, key: str, theme: Theme, label: str, hint: str, *places: Place) -> Self:
        return cls(key, theme, label, hint, places)

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


def in_database(heading: Heading) -> Place:
    return Place(DATABASE, heading)


def in_data_management(heading: Heading) -> Place:
    return Place(DATA_MANAGEMENT, heading)
