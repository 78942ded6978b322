"""What keeps it running: cleanup, backups, migrations and testing."""

from projects.design.entries.kinds import CatalogueEntry, Heading, Theme, in_data_management, in_database

ENTRIES: tuple[CatalogueEntry, ...] = (
    CatalogueEntry.at(
        "automated-cleanup",
        Theme.OPERATION,
        "Automated cleanup",
        "Jobs that remove or archive rows: which, when, and how much at a time.",
        in_database(Heading.CLEANUP),
    ),
    CatalogueEntry.at(
        "manual-cleanup",
        Theme.OPERATION,
        "Manual cleanup",
        "How a person removes data safely, and who approves it.",
        in_database(Heading.CLEANUP),
    ),
    CatalogueEntry.at(
        "file-backups",
        Theme.OPERATION,
        "File backups",
        "How files are backed up: versions, copies elsewhere, for how long.",
        in_data_management(Heading.BACKUPS),
    ),
    CatalogueEntry.at(
        "data-migrations",
        Theme.OPERATION,
        "Data migrations",
        "How rows are rewritten, checked and, if need be, put back.",
        in_data_management(Heading.VERSIONING),
    ),
    CatalogueEntry.at(
        "environment-synchronization",
        Theme.OPERATION,
        "Environment synchronization",
        "What keeps schemas alike from development to production, and which data goes where.",
        in_data_management(Heading.VERSIONING),
    ),
    CatalogueEntry.at(
        "test-database",
        Theme.TESTING,
        "Test database",
        "Which database tests use, and what creates it.",
        in_database(Heading.TESTING),
    ),
    CatalogueEntry.at(
        "test-isolation",
        Theme.TESTING,
        "Isolation of tests",
        "Rolled back after each test, emptied before each suite, or neither?",
        in_database(Heading.TESTING),
    ),
    CatalogueEntry.at(
        "seed-data",
        Theme.TESTING,
        "Seed data",
        "What is in it, where it stands, and the command that loads it.",
        in_database(Heading.TESTING),
    ),
    CatalogueEntry.at(
        "test-data",
        Theme.TESTING,
        "Test data creation",
        "Factories, fixtures or plain rows: which, and where they are.",
        in_database(Heading.TESTING),
    ),
    CatalogueEntry.at(
        "test-cleanup",
        Theme.TESTING,
        "Cleanup after tests",
        "What is left after a test and after a suite.",
        in_database(Heading.TESTING),
    ),
)
