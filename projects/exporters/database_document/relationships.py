"""How the structures of all features are related."""

from collections.abc import Iterator

from projects.design.entries import DATABASE
from projects.design.project import ProjectDesign
from projects.design.tree import Relationship
from projects.design.vocabulary import StepName
from projects.exporters.answers import EntriesAt, Part, told
from projects.exporters.blocks import Block, Code, Heading, Inline, Table
from projects.exporters.data_design.relationships import description_of, parent_name
from projects.exporters.project_features import Feature, features_of

TITLE = "Relationships"


def relationships(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(3, TITLE)
    rows = tuple(
        _cells(feature, relationship)
        for feature in features_of(project, StepName.DATA_MODEL)
        for relationship in feature.design.relationships
    )
    columns = ("From", "To", "Type", "Description", "Feature")
    found = Part("", (Table("project-relationships", columns, rows),) if rows else ())
    yield from told([found, *EntriesAt(project, DATABASE, TITLE).rest()])


def _cells(feature: Feature, relationship: Relationship) -> tuple[Inline, ...]:
    design = feature.design
    child = Code(design.entity_by_uid[relationship.child].full_name)
    about = description_of(design, relationship)
    return parent_name(design, relationship), child, relationship.cardinality.label, about, feature.mark
