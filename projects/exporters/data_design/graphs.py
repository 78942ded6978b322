"""Step 3: the node types of a graph, and the edge types between them."""

from collections.abc import Iterator

from projects.design.tree import Design, Entity, Relationship
from projects.design.vocabulary import StructureKind
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Code,
    Inline,
    Paragraph,
    Strong,
    Table,
    not_specified,
)
from projects.exporters.data_design.entities import fields_table, opening, relationships_of
from projects.exporters.data_design.relationships import Relations, description_of, parent_name


def graph_blocks(design: Design, entity: Entity, relations: Relations) -> Iterator[Block]:
    yield from opening(design, entity)
    if entity.kind is StructureKind.EDGE:
        yield Paragraph((Strong("Edge type"), ", with these ends:"))
        yield _ends(design, entity)
    else:
        yield Paragraph((Strong("Node type"), ", with these properties:"))
    yield fields_table(entity, relations)
    yield from relationships_of(entity, relations)


def _ends(design: Design, edge: Entity) -> Block:
    joining = [relationship for relationship in design.relationships if relationship.junction == edge.uid]
    if not joining:
        return not_specified()
    rows = tuple(_end(design, relationship) for relationship in joining)
    return Table("relationships", ("From", "To", "Type", "Description"), rows)


def _end(design: Design, relationship: Relationship) -> tuple[Inline, ...]:
    child = Code(design.entity_by_uid[relationship.child].full_name)
    about = description_of(design, relationship, says_junction=False) or NOT_SPECIFIED
    return parent_name(design, relationship), child, relationship.cardinality.label, about
