"""The quality checklist of step 11: its 27 items, and the sections of a design that each of them reads.

A verdict on an item carries over to the next revision if none of its sections (digest.SECTIONS) has changed.
"""

from dataclasses import dataclass

from projects.design.digest import SECTIONS
from projects.design.vocabulary import StepName

COMPLETENESS = "Completeness"
NO_CODE = "NO CODE constraint"
CONSISTENCY = "Consistency"
INTEGRITY = "Data Integrity"
PERFORMANCE = "Performance"
GROUPS = (COMPLETENESS, NO_CODE, CONSISTENCY, INTEGRITY, PERFORMANCE)


@dataclass(frozen=True)
class ChecklistItem:
    """`step` is where an author works on it. Where that step is said not to apply, the item does not apply either."""

    number: int
    group: str
    wording: str
    step: StepName
    sections: tuple[str, ...]


def _item(number: int, group: str, wording: str, step: StepName, *sections: str) -> ChecklistItem:
    return ChecklistItem(number, group, wording, step, (*sections, "exemptions"))


# All that the data design document prints; item notes stand under the checklist itself.
PRINTED = tuple(section for section in SECTIONS if section != "exemptions")

CHECKLIST: tuple[ChecklistItem, ...] = (
    _item(1, COMPLETENESS, "Persistence mechanism selected and justified", StepName.STORAGE, "storage", "data-model"),
    _item(
        2,
        COMPLETENESS,
        "All entities/collections defined",
        StepName.DATA_MODEL,
        *("requirements", "storage", "data-model", "descriptions", "performance"),
    ),
    _item(3, COMPLETENESS, "All fields have types and constraints", StepName.DATA_MODEL, "data-model"),
    _item(
        4, COMPLETENESS, "Relationships documented", StepName.DATA_MODEL, "conventions", "data-model", "descriptions"
    ),
    _item(5, COMPLETENESS, "Query patterns identified", StepName.QUERIES, "data-model", "queries"),
    _item(
        6,
        COMPLETENESS,
        "Indexes designed",
        StepName.INDEXING,
        *("storage", "data-model", "queries", "indexing"),
    ),
    _item(7, COMPLETENESS, "Migration strategy defined", StepName.MIGRATION, "policy-migration", "migration"),
    _item(
        8,
        COMPLETENESS,
        "Performance considerations addressed",
        StepName.PERFORMANCE,
        *("policy-databases", "policy-caching", "storage", "data-model", "performance"),
    ),
    _item(9, COMPLETENESS, "Backup plan documented", StepName.BACKUP, "policy-backup", "storage", "backup"),
    _item(10, COMPLETENESS, "DTO mapping complete", StepName.CONTRACTS, "data-model", "descriptions", "contracts"),
    _item(11, NO_CODE, "No SQL CREATE statements", StepName.DOCUMENT, *PRINTED),
    _item(12, NO_CODE, "No ORM model code (SQLAlchemy, Prisma, etc.)", StepName.DOCUMENT, *PRINTED),
    _item(13, NO_CODE, "No migration code", StepName.DOCUMENT, *PRINTED),
    _item(14, NO_CODE, "Only prose descriptions and specifications", StepName.DOCUMENT, *PRINTED),
    _item(15, NO_CODE, "Mermaid ERD for visualization", StepName.DATA_MODEL, "data-model"),
    _item(
        16,
        CONSISTENCY,
        "Follows project persistence patterns",
        StepName.STORAGE,
        *("conventions", "policy-databases", "policy-design", "policy-migration", "policy-backup", "policy-caching"),
        *("policy-modelling", "policy-retention", "policy-protection"),
        *("requirements", "storage", "data-model", "integrity", "migration", "performance", "backup"),
    ),
    _item(
        17,
        CONSISTENCY,
        "Naming matches conventions",
        StepName.DATA_MODEL,
        *("conventions", "storage", "data-model", "descriptions", "indexing"),
    ),
    _item(18, CONSISTENCY, "Constraints align with DTOs", StepName.CONTRACTS, "data-model", "contracts"),
    _item(
        19,
        CONSISTENCY,
        "Aligns with backend design",
        StepName.REQUIREMENTS,
        *("requirements", "queries", "contracts"),
    ),
    _item(20, INTEGRITY, "Primary keys defined", StepName.DATA_MODEL, "data-model"),
    _item(
        21, INTEGRITY, "Foreign keys for relationships", StepName.DATA_MODEL, "conventions", "data-model", "indexing"
    ),
    _item(
        22,
        INTEGRITY,
        "Constraints prevent invalid data",
        StepName.DATA_MODEL,
        *("storage", "data-model", "indexing", "integrity"),
    ),
    _item(
        23,
        INTEGRITY,
        "Validation rules comprehensive",
        StepName.INTEGRITY,
        *("policy-modelling", "requirements", "data-model", "integrity", "contracts"),
    ),
    _item(
        24,
        PERFORMANCE,
        "Indexes support common queries",
        StepName.INDEXING,
        *("storage", "data-model", "queries", "indexing"),
    ),
    _item(
        25,
        PERFORMANCE,
        "Volume estimates realistic",
        StepName.PERFORMANCE,
        *("policy-retention", "requirements", "data-model", "queries", "performance"),
    ),
    _item(
        26,
        PERFORMANCE,
        "Scalability considered",
        StepName.PERFORMANCE,
        *("policy-retention", "requirements", "storage", "data-model", "performance"),
    ),
    _item(
        27,
        PERFORMANCE,
        "Caching strategy defined",
        StepName.PERFORMANCE,
        *("policy-caching", "requirements", "queries", "performance"),
    ),
)
ITEM_BY_NUMBER = {item.number: item for item in CHECKLIST}


def items_of(group: str) -> tuple[ChecklistItem, ...]:
    return tuple(item for item in CHECKLIST if item.group == group)
