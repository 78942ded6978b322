"""Relationships as each of their entities sees them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from projects.design.tree import Design, FieldPair, Relationship
from projects.design.vocabulary import Cardinality
from projects.exporters.blocks import Code, Inline, Typed, has_text, joined
from projects.exporters.escaping import one_line

_FROM_CHILD = {
    Cardinality.ONE_TO_ONE: "1:1",
    Cardinality.ONE_TO_OPTIONAL: "0..1:1",
    Cardinality.ONE_TO_MANY: "N:1",
    Cardinality.MANY_TO_MANY: "N:M",
}

Row = tuple[Inline, ...]


@dataclass
class Relations:
    """Each entity's rows of From, To, Type and Description, and what each field of a foreign key refers to."""

    rows: dict[UUID, list[Row]] = field(default_factory=dict)
    references: dict[UUID, list[str]] = field(default_factory=dict)


def relations_of(design: Design) -> Relations:
    relations = Relations()
    for relationship in design.relationships:
        for entity, row in _rows(design, relationship):
            relations.rows.setdefault(entity, []).append(row)
        for pair in relationship.pairs:
            relations.references.setdefault(pair.child, []).append(_reference(design, relationship, pair))
    return relations


def _reference(design: Design, relationship: Relationship, pair: FieldPair) -> str:
    if pair.parent:
        target = f"{design.entity_of_field[pair.parent].full_name}({design.field_by_uid[pair.parent].name})"
    elif relationship.parent:
        target = design.entity_by_uid[relationship.parent].full_name
    else:
        target = relationship.missing_target
    return f"FK {one_line(target)}"


def _rows(design: Design, relationship: Relationship) -> Iterator[tuple[UUID, Row]]:
    child = Code(design.entity_by_uid[relationship.child].full_name)
    parent = parent_name(design, relationship)
    description = description_of(design, relationship)
    yield relationship.child, (child, parent, _FROM_CHILD[relationship.cardinality], description)
    if relationship.parent and relationship.parent != relationship.child:
        yield relationship.parent, (parent, child, relationship.cardinality.label, description)


def parent_name(design: Design, relationship: Relationship) -> Inline:
    if relationship.parent:
        return Code(design.entity_by_uid[relationship.parent].full_name)
    target = one_line(relationship.missing_target)
    return (Code(target), " (not in this design)") if target else "Not specified yet."


def on_events(relationship: Relationship) -> str:
    """What happens to child rows when the parent's row goes or its key changes."""
    events = (("delete", relationship.on_delete), ("update", relationship.on_update))
    return ", ".join(f"on {event}: {action.label.lower()}" for event, action in events if action)


def through_fields(design: Design, relationship: Relationship) -> Inline:
    """The fields that refer and those they refer to."""
    fields = design.field_by_uid
    pairs = [
        (Code(fields[pair.child].name), " → ", Code(fields[pair.parent].name))
        if pair.parent
        # A reference that names no column leads to the primary key.
        else Code(fields[pair.child].name)
        for pair in relationship.pairs
    ]
    return joined(pairs)


def description_of(design: Design, relationship: Relationship, *, says_junction: bool = True) -> Inline:
    """What the relationship means, with its fields, its junction, what a deletion does, and its name."""
    parts: list[Inline] = [through_fields(design, relationship)]
    if relationship.junction and says_junction:
        parts.append(("through ", Code(design.entity_by_uid[relationship.junction].full_name)))
    parts += [on_events(relationship), one_line(relationship.name) and ("named ", Code(relationship.name))]
    details = joined([part for part in parts if has_text(part)], "; ")
    if not relationship.description.strip():
        return details
    return (Typed(relationship.description), " (", details, ")") if details else Typed(relationship.description)
