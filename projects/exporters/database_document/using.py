"""Our own words on the file itself: who needs which part, and how it stays right."""

from collections.abc import Iterator

from projects.design.entries import DATABASE
from projects.design.project import ProjectDesign
from projects.exporters.answers import EntriesAt
from projects.exporters.blocks import Block, Bullets, Heading, Table, label

TITLE = "Using This File"
READERS = (
    ("Write code", "Schema Overview, Query Patterns, Migrations", "names, types and keys; which index a query needs"),
    ("Find a fault", "Query Patterns, Performance & Optimization, Monitoring & Alerts", "what should be fast, and why"),
    ("Test", "Testing Database, Schema Overview", "where test data comes from, and what the constraints refuse"),
    ("Plan", "Database Overview, Data Management, Security & Access Control", "what exists, how long, and for whom"),
)
UPKEEP = (
    "It is generated: an export writes the sections above anew, so a change typed into them is lost with the next one.",
    "A fact of a feature, like a field, an index or a query, is changed in that feature's design.",
    "A fact of the project, like a role, a policy or a threshold, is changed in the project's handbook.",
    "Export it again with each migration, and when a design is approved; the mark after a feature says which revision "
    "is told, and “draft” that none was approved yet.",
    "“Not specified yet.” stands where nobody has said anything: search for it to see what is missing.",
)


def using_this_file(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, TITLE)
    yield Table("readers", ("To", "Read", "For"), READERS)
    yield label("Keeping it current")
    yield Bullets(UPKEEP)
    yield from (block for part in EntriesAt(project, DATABASE, TITLE).rest() for block in part.blocks)
