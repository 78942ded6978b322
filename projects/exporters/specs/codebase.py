"""Document 6, our section of the codebase specification."""

from collections.abc import Iterator

from projects.design.entries import CODEBASE
from projects.design.project import ProjectDesign
from projects.exporters.blocks import Block
from projects.exporters.keeping_code import keeping_code
from projects.exporters.policies.backup import backups_of_features, database_backups, replication
from projects.exporters.policies.databases import databases, environments
from projects.exporters.project_cover import project_cover
from projects.exporters.specs.section import Subject, section

TITLE = "Codebase Specification"


def codebase_spec(project: ProjectDesign) -> Iterator[Block]:
    yield from project_cover(project, TITLE)
    yield from keeping_code(section(project, CODEBASE, "Infrastructure", _infrastructure(project)))


def _infrastructure(project: ProjectDesign) -> Iterator[Subject]:
    yield "Backup Strategy", [*database_backups(project), *backups_of_features(project)]
    yield "Databases", [databases(project), environments(project), replication(project)]
