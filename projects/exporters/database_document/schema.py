"""Every structure of every feature, stated once and marked with its feature."""

from collections.abc import Callable, Iterator
from uuid import UUID

from projects.design.entries import DATABASE
from projects.design.project import ProjectDesign
from projects.design.tree import Design, Entity, Relationship
from projects.design.vocabulary import StepName, StructureKind
from projects.exporters.answers import EntriesAt, Part, extra, table, told
from projects.exporters.blocks import (
    NO_NAME,
    NOT_SPECIFIED,
    Block,
    Bullets,
    Code,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Strong,
    Table,
    joined,
    label,
    note,
)
from projects.exporters.data_design.context import naming_rules
from projects.exporters.data_design.entities import table_blocks
from projects.exporters.data_design.graphs import graph_blocks
from projects.exporters.data_design.indexing import entity_indexes
from projects.exporters.data_design.integrity import entity_constraints, validation_of
from projects.exporters.data_design.key_spaces import file_layouts, key_spaces
from projects.exporters.data_design.named_types import named_types
from projects.exporters.data_design.relationships import Relations, relations_of
from projects.exporters.data_design.structures import (
    collection_structure,
    measurement_blocks,
    search_blocks,
    vector_blocks,
)
from projects.exporters.database_document.relationships import relationships
from projects.exporters.escaping import one_line
from projects.exporters.project_features import Feature, exempt_features, features_of
from projects.exporters.shared_entities import Sharing

TITLE = "Schema Overview"
_SAID_WITH_FIELDS = ("Not null", "Required")
WRITERS: dict[StructureKind, Callable[[Design, Entity, Relations], Iterator[Block]]] = {
    StructureKind.TABLE: table_blocks,
    StructureKind.COLLECTION: collection_structure,
    StructureKind.MEASUREMENT: measurement_blocks,
    StructureKind.VECTORS: vector_blocks,
    StructureKind.NODE: graph_blocks,
    StructureKind.EDGE: graph_blocks,
    StructureKind.SEARCH: search_blocks,
}


def schema(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, TITLE)
    yield note(naming_rules(project.handbook.conventions).text)
    yield from told(_parts(project))
    yield from relationships(project)


def _parts(project: ProjectDesign) -> Iterator[Part]:
    features = list(features_of(project, StepName.DATA_MODEL))
    sharing = Sharing(features)
    held = [
        (each, [entity for entity in each.design.entities if sharing.is_told_by(each, entity)]) for each in features
    ]
    if notes := project.handbook.conventions.notes.strip():
        yield extra([Prose(notes, label="Naming")])
    yield from EntriesAt(project, DATABASE, TITLE).rest()
    if rows := [_row(feature, entity) for feature, entities in held for entity in entities]:
        yield table("Structures", "structures", ("Name", "Kind", "Store", "Feature"), rows)
    for feature, entities in held:
        yield extra(_of_feature(feature, entities, sharing))
    yield exempt_features(project, StepName.DATA_MODEL, "data model")
    yield exempt_features(project, StepName.INDEXING, "indexes")
    yield exempt_features(project, StepName.INTEGRITY, "validation rules")


def _row(feature: Feature, entity: Entity) -> tuple[Inline, ...]:
    store = one_line(feature.design.store_by_uid[entity.store].name) or NO_NAME if entity.store else NOT_SPECIFIED
    return Code(entity.full_name), entity.kind.label, store, feature.mark


def _of_feature(feature: Feature, entities: list[Entity], sharing: Sharing) -> Iterator[Block]:
    design = feature.design
    relations = Relations(references=relations_of(design).references)
    references: dict[UUID, list[Relationship]] = {}
    for relationship in design.relationships:
        references.setdefault(relationship.child, []).append(relationship)
    if design.types:
        yield label(("Named types of ", feature.mark))
        yield named_types(design.types)
    for entity in entities:
        yield Paragraph(
            (Strong(entity.kind.label), " ", Code(entity.full_name), " of ", feature.mark, ":"), style="label"
        )
        # Its name stands above, as the outline has no heading for it.
        yield from (
            block for block in WRITERS[entity.kind](design, entity, relations) if not isinstance(block, Heading)
        )
        yield from _beyond_fields(design, entity, references.get(entity.uid, []))
        if others := sharing.others(feature, entity):
            yield Paragraph(("Shared with ", joined([each.mark for each in others]), "."))
    yield from _without_fields(feature)


def _beyond_fields(design: Design, entity: Entity, references: list[Relationship]) -> Iterator[Block]:
    """Constraints, validation rules and indexes."""
    whole = Code(entity.full_name)
    # What holds of single fields stands with them, above.
    constraints = tuple(
        (kind, rule) for kind, on, rule in entity_constraints(design, entity, references) if on == whole
    )
    if rows := tuple(row for row in constraints if row[0] not in _SAID_WITH_FIELDS):
        yield label(("Constraints of ", whole))
        yield Table("entity-constraints", ("Kind", "Rule"), rows)
    rules = validation_of(design, entity.uid)
    if rules and StepName.INTEGRITY not in design.exemption_by_step:
        yield label(("Validation rules of ", whole))
        yield Bullets(tuple(rules))
    if StepName.INDEXING not in design.exemption_by_step:
        yield from entity_indexes(design, entity)


def _without_fields(feature: Feature) -> Iterator[Block]:
    design = feature.design
    if design.key_spaces:
        yield label(("Key spaces of ", feature.mark))
        yield key_spaces(design)
    if design.file_layouts:
        yield label(("File layouts of ", feature.mark))
        yield file_layouts(design)
    rules = validation_of(design, None)
    if rules and StepName.INTEGRITY not in design.exemption_by_step:
        yield label(("Rules of ", feature.mark, " as a whole"))
        yield Bullets(tuple(rules))
