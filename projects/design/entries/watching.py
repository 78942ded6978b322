"""What is watched and what is to come: performance, monitoring, challenges and plans."""

from projects.design.entries.kinds import CatalogueEntry, Heading, Theme, in_data_management, in_database

ENTRIES: tuple[CatalogueEntry, ...] = (
    CatalogueEntry.at(
        "performance-targets",
        Theme.MONITORING,
        "Performance targets",
        "How long simple, complex and bulk operations may take.",
        in_database(Heading.PERFORMANCE),
    ),
    CatalogueEntry.at(
        "query-analysis",
        Theme.MONITORING,
        "Query analysis",
        "How plans are read, when, and what is done about a sequential scan.",
        in_database(Heading.PERFORMANCE),
        in_data_management(Heading.QUERY_PERFORMANCE),
    ),
    CatalogueEntry.at(
        "query-batching",
        Theme.MONITORING,
        "Query batching",
        "Where requests are collected into one query.",
        in_data_management(Heading.QUERY_PERFORMANCE),
    ),
    CatalogueEntry.at(
        "slow-query-logging",
        Theme.MONITORING,
        "Slow-query logging",
        "From which duration on, where the log is, and who reads it how often.",
        in_database(Heading.MONITORING),
    ),
    CatalogueEntry.at(
        "dashboards",
        Theme.MONITORING,
        "Dashboards",
        "Links to what shows the database, its queries and its pool.",
        in_database(Heading.MONITORING),
    ),
    CatalogueEntry.at(
        "performance-monitoring",
        Theme.MONITORING,
        "Performance monitoring",
        "What watches query times and the pool, and who is called.",
        in_database(Heading.MONITORING),
        in_data_management(Heading.MONITORING),
    ),
    CatalogueEntry.at(
        "error-tracking",
        Theme.MONITORING,
        "Error tracking",
        "Where failed queries, refused data and lost connections show up.",
        in_database(Heading.MONITORING),
        in_data_management(Heading.MONITORING),
    ),
    CatalogueEntry.at(
        "capacity-planning",
        Theme.MONITORING,
        "Capacity planning",
        "Who compares growth with room, how often, and how far ahead.",
        in_database(Heading.MONITORING),
        in_data_management(Heading.MONITORING),
    ),
    CatalogueEntry.at(
        "known-issues",
        Theme.CHALLENGES,
        "Known issues",
        "What is wrong today, and how people live with it.",
        in_data_management(Heading.ISSUES),
    ),
    CatalogueEntry.at(
        "technical-debt",
        Theme.CHALLENGES,
        "Technical debt",
        "What works but should not stay as it is.",
        in_data_management(Heading.DEBT),
    ),
    CatalogueEntry.at(
        "future-plans",
        Theme.CHALLENGES,
        "Future data plans",
        "What is planned, in what order, and what would bring it forward.",
        in_data_management(Heading.PLANS),
    ),
)
