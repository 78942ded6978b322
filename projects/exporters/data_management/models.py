"""The structures of all features, and how they are related."""

from collections.abc import Iterator

from projects.design.project import ProjectDesign
from projects.exporters.answers import Part, answer, policy
from projects.exporters.blocks import Block, Heading
from projects.exporters.data_management.section import entries, section
from projects.exporters.derived.entities import entities_by_epic
from projects.exporters.derived.relationships import relationship_patterns

ENTITIES, RELATIONSHIPS = "Core Entities", "Relationship Patterns"


def models_and_relationships(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, "Data Models & Relationships")
    yield from section(ENTITIES, _entities(project))
    yield from section(RELATIONSHIPS, _relationships(project))


def _entities(project: ProjectDesign) -> Iterator[Part]:
    yield answer("Main entities", project.handbook.policies.design.entities)
    yield from policy("Entities of the features", entities_by_epic(project))
    yield from entries(project, ENTITIES).rest()


def _relationships(project: ProjectDesign) -> Iterator[Part]:
    yield answer("How entities relate", project.handbook.policies.design.relationships)
    yield from relationship_patterns(project)
    yield from entries(project, RELATIONSHIPS).rest()
