"""Step 6: the constraints that follow from the data model, and the rules beyond them."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from projects.design.tree import Design, Entity, EntityKey, Relationship, ValidationRule
from projects.design.vocabulary import StructureKind
from projects.exporters.blocks import (
    NOT_SPECIFIED,
    Block,
    Code,
    Heading,
    Inline,
    Table,
    Typed,
    has_text,
    joined,
    not_specified,
)
from projects.exporters.data_design.relationships import on_events, parent_name
from projects.exporters.in_words import condition_in_words

Row = tuple[Inline, ...]


def data_integrity(design: Design) -> Iterator[Block]:
    yield Heading(2, "Data Integrity")
    yield Heading(3, "Constraints")
    rows = tuple(_constraints(design))
    yield Table("constraints", ("Kind", "On", "Rule"), rows) if rows else not_specified()
    yield Heading(3, "Validation Rules")
    yield _validation_rules(design)


def _constraints(design: Design) -> Iterator[Row]:
    """The constraints of the entities designed here; those of reused ones are their owners'."""
    foreign_keys: dict[object, list[Relationship]] = {}
    for relationship in design.relationships:
        if relationship.pairs:
            foreign_keys.setdefault(relationship.child, []).append(relationship)
    for entity in design.own_entities:
        yield from entity_constraints(design, entity, foreign_keys.get(entity.uid, ()))


def entity_constraints(design: Design, entity: Entity, references: Iterable[Relationship]) -> Iterator[Row]:
    """Keys, the foreign keys among its references, checks, and the fields that are never empty."""
    yield from (_key(entity, key) for key in entity.keys)
    yield from (_foreign_key(design, entity, each) for each in references if each.pairs)
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
        yield "Not null" if entity.kind is StructureKind.TABLE else "Required", Code(entity.full_name), joined(required)


def _named(name: str) -> Inline:
    return (" (named ", Code(name), ")") if has_text(name) else ""


def _validation_rules(design: Design) -> Block:
    if not design.validation_rules:
        return not_specified()
    rows = tuple(rule_cells(design, rule) for rule in design.validation_rules)
    return Table("rules", ("Level", "On", "Rule", "Enforced in"), rows)


def rule_cells(design: Design, rule: ValidationRule) -> Row:
    said = condition_in_words(rule.rule)
    if demand := next((each for each in design.demands if each.uid == rule.demand), None):
        said = (said, " (asked for: ", Typed(demand.text), ")")
    return rule.level.label, _subject(design, rule), said, _enforced_in(rule)


def _subject(design: Design, rule: ValidationRule) -> Inline:
    if rule.field:
        return Code(design.path_of_field(rule.field))
    return Code(design.entity_by_uid[rule.entity].full_name) if rule.entity else "the feature as a whole"


def _enforced_in(rule: ValidationRule) -> str:
    text = ", ".join(_places(rule))
    return text[0].upper() + text[1:] if text else NOT_SPECIFIED


def _places(rule: ValidationRule) -> list[str]:
    places = (("API", rule.in_api), ("business logic", rule.in_logic), ("database", rule.in_database))
    return [place for place, is_enforced in places if is_enforced]


def rules_of(design: Design, entity: Entity) -> list[Inline]:
    """The checks and validation rules of one entity, as the items of a list."""
    checks = [condition_in_words(check.expression) for check in entity.checks]
    return [*checks, *validation_of(design, entity.uid)]


def validation_of(design: Design, entity: UUID | None) -> list[Inline]:
    """The validation rules of one entity, or those of the feature as a whole, with where each is enforced."""
    rules: list[Inline] = []
    for rule in design.validation_rules:
        if rule.entity == entity:
            on: Inline = (Code(design.field_by_uid[rule.field].name), ": ") if rule.field else ""
            rules.append(
                (on, condition_in_words(rule.rule), f" (enforced in: {', '.join(_places(rule)) or 'nowhere yet'})")
            )
    return rules
