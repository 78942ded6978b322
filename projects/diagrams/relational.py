"""The part of a design that an entity relationship diagram draws: its tables, and the references among them."""

from projects.design.tree import Design, Relationship
from projects.design.vocabulary import StructureKind


def relational_part(design: Design) -> Design:
    """The design with its tables only; itself, if it holds nothing else."""
    if all(entity.kind is StructureKind.TABLE for entity in design.entities):
        return design
    tables = {entity.uid for entity in design.tables}

    def is_among_tables(relationship: Relationship) -> bool:
        ends = (relationship.parent, relationship.child, relationship.junction)
        return all(end is None or end in tables for end in ends)

    # Not validated: indexes and operations of what is left out would lead nowhere, and the diagram reads neither.
    return Design.model_construct(
        identity=design.identity,
        conventions=design.conventions,
        types=design.types,
        stores=design.stores,
        entities=design.tables,
        relationships=tuple(each for each in design.relationships if is_among_tables(each)),
    )
