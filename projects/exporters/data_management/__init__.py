"""Document 4, data management of a project: the outline in order, one module for each part of it."""

from collections.abc import Callable, Iterator

from projects.design.project import ProjectDesign
from projects.exporters.blocks import Block
from projects.exporters.data_management.access import data_access_patterns
from projects.exporters.data_management.architecture import data_architecture
from projects.exporters.data_management.challenges import current_challenges
from projects.exporters.data_management.files import storage_and_files
from projects.exporters.data_management.integration import synchronization
from projects.exporters.data_management.models import models_and_relationships
from projects.exporters.data_management.performance import performance
from projects.exporters.data_management.recovery import backup_and_recovery
from projects.exporters.data_management.security import security_and_privacy
from projects.exporters.data_management.validation import validation_and_integrity
from projects.exporters.keeping_code import keeping_code
from projects.exporters.project_cover import project_cover

TITLE = "Data Management"

PARTS: tuple[Callable[[ProjectDesign], Iterator[Block]], ...] = (
    data_architecture,
    models_and_relationships,
    data_access_patterns,
    validation_and_integrity,
    security_and_privacy,
    synchronization,
    storage_and_files,
    performance,
    backup_and_recovery,
    current_challenges,
)


def data_management(project: ProjectDesign) -> Iterator[Block]:
    yield from project_cover(project, TITLE)
    for part in PARTS:
        yield from keeping_code(part(project))
