"""What comes and goes: synchronization, integration and files."""

from projects.design.entries.kinds import CatalogueEntry, Heading, Theme, in_data_management

ENTRIES: tuple[CatalogueEntry, ...] = (
    CatalogueEntry.at(
        "third-party-apis",
        Theme.INTEGRATION,
        "Third-party APIs",
        "Whose data is read or copied, how often, and what stands in when they are away.",
        in_data_management(Heading.EXTERNAL),
    ),
    CatalogueEntry.at(
        "webhooks",
        Theme.INTEGRATION,
        "Webhooks",
        "Which are taken, how they are proved genuine, and how twice becomes once.",
        in_data_management(Heading.EXTERNAL),
    ),
    CatalogueEntry.at(
        "import-export",
        Theme.INTEGRATION,
        "Import and export",
        "Files and feeds that come in and go out, and who may ask for them.",
        in_data_management(Heading.EXTERNAL),
    ),
    CatalogueEntry.at(
        "live-data",
        Theme.INTEGRATION,
        "Live data",
        "What is pushed to readers, and over what.",
        in_data_management(Heading.REAL_TIME),
    ),
    CatalogueEntry.at(
        "change-notifications",
        Theme.INTEGRATION,
        "Change notifications",
        "How other parts learn that a row changed: events, triggers, an outbox.",
        in_data_management(Heading.REAL_TIME),
    ),
    CatalogueEntry.at(
        "conflict-resolution",
        Theme.INTEGRATION,
        "Conflict resolution",
        "Which of two changes counts, and who hears of the other.",
        in_data_management(Heading.REAL_TIME),
    ),
    CatalogueEntry.at(
        "file-uploads",
        Theme.FILES,
        "File uploads",
        "Where uploads go, how large they may be, and what checks them.",
        in_data_management(Heading.FILES),
    ),
    CatalogueEntry.at(
        "image-processing",
        Theme.FILES,
        "Image processing",
        "What is made of a picture, when, and where the results are kept.",
        in_data_management(Heading.FILES),
    ),
    CatalogueEntry.at(
        "cdn",
        Theme.FILES,
        "CDN",
        "What is delivered through one, for how long, and what clears it.",
        in_data_management(Heading.FILES),
    ),
    CatalogueEntry.at(
        "user-content",
        Theme.FILES,
        "User-generated content",
        "What people upload, how it is named, and when it goes.",
        in_data_management(Heading.PATTERNS),
    ),
    CatalogueEntry.at(
        "static-assets",
        Theme.FILES,
        "Static assets",
        "What comes with a release or from editors, and how it is versioned.",
        in_data_management(Heading.PATTERNS),
    ),
    CatalogueEntry.at(
        "temporary-files",
        Theme.FILES,
        "Temporary files",
        "Exports and intermediate results: where they lie and what removes them.",
        in_data_management(Heading.PATTERNS),
    ),
)
