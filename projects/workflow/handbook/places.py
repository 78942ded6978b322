"""Where each page of policies is printed: the documents of the project and their sections."""

from collections.abc import Iterator

from projects.design.entries import CODEBASE, DATA_MANAGEMENT, DATABASE, TECHNICAL_DESIGN, Place
from projects.workflow.handbook.pages import PAGES, Page


def _places(**headings: tuple[str, ...]) -> tuple[Place, ...]:
    return tuple(Place(DOCUMENTS[name], heading) for name, each in headings.items() for heading in each)


DOCUMENTS = {
    "specification": TECHNICAL_DESIGN,
    "codebase": CODEBASE,
    "database": DATABASE,
    "management": DATA_MANAGEMENT,
}

# By the slug of the page. A test fills each page by itself and compares with what the documents then say.
PLACES_OF: dict[str, tuple[Place, ...]] = {
    "databases": _places(
        specification=("Storage Engines", "Migration Strategy"),
        codebase=("Databases",),
        database=("Database Overview", "Migrations", "Performance & Optimization"),
        management=("Database Strategy", "Query Performance", "Migration & Versioning"),
    ),
    "conventions": _places(database=("Schema Overview", "Data Cleanup")),
    "design": _places(
        specification=("Entities", "Relationships", "Schema"),
        database=("Database Overview", "Performance & Optimization"),
        management=("Core Entities", "Relationship Patterns", "Query Performance"),
    ),
    "migration": _places(
        specification=("Migrations", "Migration Strategy", "Zero Downtime", "Rollback"),
        database=("Migrations",),
        management=("Data Access Layer", "Migration & Versioning"),
    ),
    "backup": _places(
        specification=("Backups",),
        codebase=("Backup Strategy",),
        database=("Backups",),
        management=("Backup Strategy",),
    ),
    "caching": _places(
        specification=("Caching", "Caching Strategies"),
        database=("Performance & Optimization",),
        management=("Data Loading Strategies", "Query Performance"),
    ),
    "modelling": _places(
        specification=("Validation",),
        database=("Database Overview",),
        management=("Data Access Layer", "Input Validation"),
    ),
    "retention": _places(
        specification=("Data Retention",),
        database=("Data Retention", "Sensitive Data"),
        management=("Data Protection", "Privacy Compliance"),
    ),
    "access": _places(database=("Access Control",)),
    "monitoring": _places(database=("Monitoring & Alerts",), management=("Monitoring & Alerts",)),
}


def pages_at(place: Place) -> Iterator[Page]:
    """The pages of policies that say something under this heading of this document."""
    return (page for page in PAGES if place in PLACES_OF[page.slug])
