"""The catalogue of the handbook's prose: form, documents and completeness all come from it.

Each entry is asked once and printed at every place that it names. Adding one is a line in the module of its theme.
"""

from projects.design.entries import building, exchanging, guarding, running, watching
from projects.design.entries.kinds import (
    CODEBASE,
    DATA_MANAGEMENT,
    DATABASE,
    TECHNICAL_DESIGN,
    CatalogueEntry,
    Heading,
    Place,
    Theme,
)

__all__ = [
    "CATALOGUE",
    "CODEBASE",
    "DATABASE",
    "DATA_MANAGEMENT",
    "ENTRY_BY_KEY",
    "TECHNICAL_DESIGN",
    "CatalogueEntry",
    "Heading",
    "Place",
    "Theme",
    "entries_at",
    "entries_of",
]

CATALOGUE: tuple[CatalogueEntry, ...] = (
    *building.ENTRIES,
    *guarding.ENTRIES,
    *exchanging.ENTRIES,
    *running.ENTRIES,
    *watching.ENTRIES,
)
ENTRY_BY_KEY = {entry.key: entry for entry in CATALOGUE}


def entries_of(theme: Theme) -> tuple[CatalogueEntry, ...]:
    return tuple(entry for entry in CATALOGUE if entry.theme is theme)


def entries_at(document: str, heading: str) -> tuple[CatalogueEntry, ...]:
    """What is printed under this heading of this document, in the order of the catalogue."""
    return tuple(entry for entry in CATALOGUE if entry.is_printed_in(document, heading))
