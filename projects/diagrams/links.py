"""Relationships as the lines that a diagram draws: which rows they join, and how many rows each end may have."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from projects.design.tree import Design, Entity, FieldPair, Relationship
from projects.design.vocabulary import Cardinality


class End(Enum):
    """How many rows may stand at this end of a line, as Mermaid writes it on the left and on the right."""

    ONE = "||", "||"
    ZERO_OR_ONE = "|o", "o|"
    MANY = "}o", "o{"

    @property
    def on_left(self) -> str:
        return self.value[0]

    @property
    def on_right(self) -> str:
        return self.value[1]


CHILD_END = {
    Cardinality.ONE_TO_ONE: End.ONE,
    Cardinality.ONE_TO_OPTIONAL: End.ZERO_OR_ONE,
    Cardinality.ONE_TO_MANY: End.MANY,
    Cardinality.MANY_TO_MANY: End.MANY,
}


@dataclass(frozen=True)
class Missing:
    """A parent that is not in the design, in the words of the reference."""

    name: str


Node = UUID | Missing


@dataclass(frozen=True)
class Link:
    """One line. A field is None where the line belongs to the entity as a whole."""

    relationship: UUID
    parent: Node
    child: UUID
    parent_field: UUID | None
    child_field: UUID | None
    parent_end: End
    child_end: End
    label: str


def links_of(design: Design) -> tuple[Link, ...]:
    """Every line of the design's diagram, in the order of its relationships."""
    direct = {(r.parent, r.child) for r in design.relationships if r.cardinality is not Cardinality.MANY_TO_MANY}
    return tuple(link for relationship in design.relationships for link in _links(design, relationship, direct))


def missing_parents(links: tuple[Link, ...]) -> tuple[Missing, ...]:
    return tuple(dict.fromkeys(link.parent for link in links if isinstance(link.parent, Missing)))


def key_marks(design: Design) -> dict[UUID, tuple[str, ...]]:
    """PK, FK and UQ of each field that is part of a key."""
    primary = {field for entity in design.entities if entity.primary_key for field in entity.primary_key.fields}
    foreign = {pair.child for relationship in design.relationships for pair in relationship.pairs}
    unique = {field for entity in design.entities for key in entity.unique_keys for field in key.fields} - primary
    marks: dict[UUID, tuple[str, ...]] = {}
    for mark, fields in (("PK", primary), ("FK", foreign), ("UQ", unique)):
        for field in fields:
            marks[field] = (*marks.get(field, ()), mark)
    return marks


def _links(design: Design, relationship: Relationship, direct: set[tuple[UUID | None, UUID]]) -> Iterator[Link]:
    ends = (relationship.parent, relationship.child)
    through = relationship.junction if relationship.cardinality is Cardinality.MANY_TO_MANY else None
    if not through or through in ends:
        yield _own_line(design, relationship)
        return
    # Through a junction the N:M is seen as the junction's two references; those that are listed are drawn already.
    junction = design.entity_by_uid[through]
    for end in ends:
        if (end, junction.uid) not in direct:
            yield _junction_line(design, relationship, end, junction)


def _own_line(design: Design, relationship: Relationship) -> Link:
    child = design.entity_by_uid[relationship.child]
    is_many = relationship.cardinality is Cardinality.MANY_TO_MANY
    pairs = _pairs_between(design, relationship, relationship.parent, child)
    return Link(
        relationship=relationship.uid,
        parent=relationship.parent or _missing(relationship),
        child=child.uid,
        parent_field=_parent_field(design, relationship.parent, pairs),
        child_field=pairs[0].child if pairs else None,
        parent_end=End.MANY if is_many else _parent_end(design, pairs, child),
        child_end=CHILD_END[relationship.cardinality],
        label=_label(design, relationship, pairs),
    )


def _junction_line(design: Design, relationship: Relationship, end: UUID | None, junction: Entity) -> Link:
    pairs = _pairs_between(design, relationship, end, junction)
    return Link(
        relationship=relationship.uid,
        parent=end or _missing(relationship),
        child=junction.uid,
        parent_field=_parent_field(design, end, pairs),
        child_field=pairs[0].child if pairs else None,
        parent_end=End.ONE,
        child_end=End.MANY,
        label=_label(design, relationship, pairs),
    )


def _missing(relationship: Relationship) -> Missing:
    name, *_ = relationship.missing_target.partition("(")
    return Missing(name.strip() or relationship.missing_target.strip() or "not chosen yet")


def _pairs_between(design: Design, relationship: Relationship, parent: UUID | None, child: Entity) -> list[FieldPair]:
    """The pairs that lead from the child to this parent, and not to the other side of an N:M."""
    of = design.entity_of_field
    return [
        pair
        for pair in relationship.pairs
        if of[pair.child].uid == child.uid and (pair.parent is None or parent is None or of[pair.parent].uid == parent)
    ]


def _parent_field(design: Design, parent: UUID | None, pairs: list[FieldPair]) -> UUID | None:
    if not pairs or not parent:
        return None
    key = design.entity_by_uid[parent].primary_key
    # A reference that names no column leads to the primary key.
    return pairs[0].parent or (key.fields[0] if key else None)


def _parent_end(design: Design, pairs: list[FieldPair], child: Entity) -> End:
    always = child.primary_key.fields if child.primary_key else ()
    is_optional = any(not design.field_by_uid[pair.child].is_required and pair.child not in always for pair in pairs)
    return End.ZERO_OR_ONE if is_optional else End.ONE


def _label(design: Design, relationship: Relationship, pairs: list[FieldPair]) -> str:
    is_many = relationship.cardinality is Cardinality.MANY_TO_MANY
    names = ", ".join(design.field_by_uid[pair.child].name for pair in pairs)
    return names or relationship.name or ("is related to" if is_many else "refers to")
