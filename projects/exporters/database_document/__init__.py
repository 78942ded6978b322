"""Document 3, the database handbook of a project: the outline in order, one module for each part of it."""

from collections.abc import Iterator

from projects.design.project import ProjectDesign
from projects.exporters.blocks import Block
from projects.exporters.database_document.management import data_management
from projects.exporters.database_document.migrations import migrations
from projects.exporters.database_document.operation import monitoring, testing
from projects.exporters.database_document.overview import overview
from projects.exporters.database_document.performance import performance
from projects.exporters.database_document.queries import query_patterns
from projects.exporters.database_document.schema import schema
from projects.exporters.database_document.security import security
from projects.exporters.database_document.using import using_this_file
from projects.exporters.keeping_code import keeping_code
from projects.exporters.project_cover import project_cover

TITLE = "Database"

PARTS = (
    overview,
    schema,
    migrations,
    query_patterns,
    performance,
    data_management,
    security,
    testing,
    monitoring,
    using_this_file,
)


def database_document(project: ProjectDesign) -> Iterator[Block]:
    yield from project_cover(project, TITLE)
    for part in PARTS:
        yield from keeping_code(part(project))
