"""A design's diagram in words, for readers who cannot see it."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from uuid import UUID

from projects.design.tree import Design, Entity, Relationship
from projects.design.vocabulary import Cardinality
from projects.diagrams.measure import isolated, one_line
from projects.diagrams.relational import relational_part

CHILDREN = {
    Cardinality.ONE_TO_ONE: "exactly one row",
    Cardinality.ONE_TO_OPTIONAL: "at most one row",
    Cardinality.ONE_TO_MANY: "any number of rows",
}
NAMED_AT_MOST = 12

# The entities of a whole project that several features work with, with the names of those features.
Shared = Mapping[UUID, tuple[str, ...]]
NOT_SHARED: Shared = MappingProxyType({})


def describe(design: Design, shared: Shared = NOT_SHARED) -> str:
    """Every table and its references, one sentence a line; an empty string if there are no tables."""
    design = relational_part(design)
    if not design.entities:
        return ""
    sentences = [f"{_counts(design)}."]
    sentences += [f"{_named(entity)}: {_contents(entity, shared)}." for entity in design.entities]
    sentences += _relationships(design)
    return "\n".join(sentences)


def summary(design: Design) -> str:
    """One line for a screen reader: how much there is, and the first names."""
    design = relational_part(design)
    if not design.entities:
        return "No entities yet."
    names = [isolated(one_line(entity.full_name)) for entity in design.entities[:NAMED_AT_MOST]]
    rest = len(design.entities) - len(names)
    return f"{_counts(design)}: {', '.join(names)}{f' and {rest} more' if rest else ''}."


def count_of(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _counts(design: Design) -> str:
    entities = count_of(len(design.entities), "entity", "entities")
    return f"{entities}, {count_of(len(design.relationships), 'relationship', 'relationships')}"


def _named(entity: Entity) -> str:
    return isolated(one_line(entity.full_name))


def _contents(entity: Entity, shared: Shared) -> str:
    parts = [count_of(len(entity.fields), "field", "fields")]
    if entity.primary_key:
        names = {field.uid: field.name for field in entity.fields}
        key = ", ".join(isolated(one_line(names[uid])) for uid in entity.primary_key.fields if uid in names)
        parts.append(f"primary key {key}")
    return ", ".join([*parts, *standing(entity, shared)])


def standing(entity: Entity, shared: Shared) -> Iterator[str]:
    """Whose an entity is, where it is not of one feature alone."""
    if entity.reused_from:
        yield f"reused from {isolated(one_line(entity.reused_from))}"
    if features := shared.get(entity.uid):
        yield f"shared: {', '.join(isolated(one_line(name)) for name in features)}"


def _relationships(design: Design) -> Iterator[str]:
    for relationship in design.relationships:
        child = _named(design.entity_by_uid[relationship.child])
        if not relationship.parent:
            target = isolated(one_line(relationship.missing_target)) or "a parent that is not chosen yet"
            yield f"{_child_end(design, relationship)} refers to {target}, which is not in this design."
            continue
        parent = _named(design.entity_by_uid[relationship.parent])
        if relationship.cardinality is Cardinality.MANY_TO_MANY:
            junction = design.entity_by_uid[relationship.junction] if relationship.junction else None
            through = f", through {_named(junction)}" if junction else ""
            yield f"{parent} and {child} are related many to many{through}."
        else:
            many = CHILDREN[relationship.cardinality]
            yield f"{_child_end(design, relationship)} refers to {parent}: {many} of {child} for each row of {parent}."


def _child_end(design: Design, relationship: Relationship) -> str:
    names = [isolated(one_line(design.field_by_uid[pair.child].name)) for pair in relationship.pairs]
    child = _named(design.entity_by_uid[relationship.child])
    if not names:
        return child
    return f"{child}.{names[0]}" if len(names) == 1 else f"{child} ({', '.join(names)})"
