"""Step 6: the constraints that follow from the data model."""

from collections.abc import Iterator

from projects.design.tree import Design, Entity, EntityKey, Relationship
from projects.exporters.blocks import Block, Code, Heading, Inline, Table, has_text, joined, not_specified
from projects.exporters.data_design.relationships import on_events, parent_name
from projects.exporters.in_words import condition_in_words

Row = tuple[Inline, ...]


def data_integrity(design: Design) -> Iterator[Block]:
    yield Heading(2, "Data Integrity")
    yield Heading(3, "Constraints")
    rows = tuple(_constraints(design))
    yield Table("constraints", ("Kind", "On", "Rule"), rows) if rows else not_specified()
    yield Heading(3, "Validation Rules")
    yield not_specified()


def _constraints(design: Design) -> Iterator[Row]:
    """The constraints of the entities designed here; those of reused ones are their owners'."""
    foreign_keys: dict[object, list[Relationship]] = {}
    for relationship in design.relationships:
        if relationship.pairs:
            foreign_keys.setdefault(relationship.child, []).append(relationship)
    for entity in design.own_entities:
        yield from (_key(entity, key) for key in entity.keys)
        yield from (_foreign_key(design, entity, found) for found in foreign_keys.get(entity.uid, ()))
        yield from _checks(entity)
        yield from _not_null(entity)


def _key(entity: Entity, key: EntityKey) -> Row:
    names = {field.uid: field.name for field in entity.fields}
    fields = joined([Code(names[uid]) for uid in key.fields if uid in names])
    return key.kind.label, Code(entity.full_name), (fields, _named(key.name))


def _foreign_key(design: Design, entity: Entity, relationship: Relationship) -> Row:
    fields = design.field_by_uid
    children = joined([Code(fields[pair.child].name) for pair in relationship.pairs])
    parents = [Code(fields[pair.parent].name) for pair in relationship.pairs if pair.parent]
    rule: list[Inline] = [children, " refers to ", parent_name(design, relationship)]
    if parents:
        rule += [" by ", joined(parents)]
    if events := on_events(relationship):
        rule += ["; ", events]
    return "Foreign key", Code(entity.full_name), (*rule, _named(relationship.name))


def _checks(entity: Entity) -> Iterator[Row]:
    for check in entity.checks:
        yield "Check", Code(entity.full_name), (condition_in_words(check.expression), _named(check.name))
    for field in entity.fields:
        if field.rule.strip():
            yield "Check", Code(f"{entity.full_name}.{field.name}"), condition_in_words(field.rule)


def _not_null(entity: Entity) -> Iterator[Row]:
    if required := [Code(field.name) for field in entity.fields if field.is_required]:
        yield "Not null", Code(entity.full_name), joined(required)


def _named(name: str) -> Inline:
    return (" (named ", Code(name), ")") if has_text(name) else ""
