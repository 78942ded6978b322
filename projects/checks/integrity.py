"""Rules about what the database keeps true: deletes, uniqueness, and the fields that they hang on."""

from collections.abc import Iterator
from uuid import UUID

from projects.checks.facts import Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.tree import Thing
from projects.design.vocabulary import Cardinality, ReferentialAction, Severity

ONE_TO_ONE = frozenset({Cardinality.ONE_TO_ONE, Cardinality.ONE_TO_OPTIONAL})


@rule(
    "on-delete-not-chosen",
    Severity.WARNING,
    says="Nothing says what happens to “{child}” when a row of “{parent}” that “{path}” refers to is deleted.",
    remedy="Choose what a delete does: restrict, cascade, set null, set default or no action.",
    breaks="refunds.payment_id → payments.id, on delete left open",
    keeps="refunds.payment_id → payments.id, on delete restrict",
    source="schemalint reference-actions; checklist item 21",
)
def on_delete_not_chosen(facts: Facts) -> Iterator[Claim]:
    """A relationship leaves open what a delete of the parent does.

    The default refuses the delete in one system and one framework, and takes the children along in another.
    """
    for relationship in facts.foreign_keys:
        if relationship.on_delete is None and relationship.parent:
            child = facts.design.entity_by_uid[relationship.child].full_name
            yield problem(relationship, child=child, parent=facts.design.entity_by_uid[relationship.parent].full_name)


@rule(
    "set-null-on-required-field",
    Severity.ERROR,
    says="“{path}” is set to null when its parent goes, but “{field}” is required.",
    remedy="Make “{field}” optional, or choose another action on delete.",
    breaks="refunds.payment_id, required, on delete set null",
    keeps="refunds.payment_id, required, on delete restrict",
    source="PostgreSQL documentation, Foreign Keys; checklist item 21: nullability fits",
)
def set_null_on_required_field(facts: Facts) -> Iterator[Claim]:
    """A delete sets a required field to null.

    Every delete of a parent with children then fails, with a message about another table.
    """
    for relationship in facts.foreign_keys:
        if ReferentialAction.SET_NULL in (relationship.on_delete, relationship.on_update):
            fields = [facts.design.field_by_uid[pair.child] for pair in relationship.pairs]
            if fields and all(field.is_required for field in fields):
                yield problem(relationship, field=", ".join(field.name for field in fields))


@rule(
    "one-to-one-not-unique",
    Severity.ERROR,
    says="“{path}” is {cardinality}, but nothing keeps a second row of “{child}” away.",
    remedy="Make “{path}” a unique key.",
    breaks="refunds 1:0..1 idempotency_keys.refund_id, not unique",
    keeps="refunds 1:0..1 idempotency_keys.refund_id, with a unique key on refund_id",
    source="Checklist item 22: a 1:1 relationship has its unique key",
)
def one_to_one_not_unique(facts: Facts) -> Iterator[Claim]:
    """A one-to-one relationship has no unique key on its child's side.

    The first race between two writers makes it one-to-many, and nobody notices.
    """
    for relationship in facts.foreign_keys:
        if relationship.cardinality in ONE_TO_ONE:
            fields = {pair.child for pair in relationship.pairs}
            paths = facts.paths[relationship.child]
            if not any(path.is_unique and path.fields and set(path.fields) <= fields for path in paths):
                child = facts.design.entity_by_uid[relationship.child].full_name
                yield problem(relationship, cardinality=relationship.cardinality.label, child=child)


@rule(
    "unique-key-nullable-part",
    Severity.WARNING,
    says="The unique key {key} of “{entity}” has optional parts ({parts}): rows that lack one may repeat.",
    remedy="Make {parts} required, or state a condition under which the key holds.",
    asks="The unique key {key} of “{entity}” has optional parts ({parts}): may rows that lack one repeat?",
    breaks="prices: unique (product_id, valid_from), valid_from optional",
    keeps="prices: unique (product_id, valid_from), both required",
    source="SQL:2016: nulls are distinct; PostgreSQL documentation, Unique Constraints; SchemaCrawler",
)
def unique_key_nullable_part(facts: Facts) -> Iterator[Claim]:
    """A unique key over several fields has one that may be null.

    Most systems take two nulls for different, so the rule is off for every row that lacks the part. A key over one
    optional field is left alone: "unique where present" is what people mean by it.
    """
    for thing, entity_uid, fields in _unique_keys(facts):
        entity = facts.design.entity_by_uid[entity_uid]
        optional = [uid for uid in fields if not facts.design.field_by_uid[uid].is_required]
        if len(fields) < 2 or not optional:
            continue
        repeats = {system.repeats_partial_nulls for system in facts.systems_of(entity)}
        if True in repeats:
            claim = problem if repeats == {True} else doubt
            key = f"({facts.names(fields)})"
            yield claim(thing, key=key, entity=entity.full_name, parts=facts.names(optional))


def _unique_keys(facts: Facts) -> Iterator[tuple[Thing, UUID, tuple[UUID, ...]]]:
    for entity in facts.tables:
        for key in entity.unique_keys:
            yield key, entity.uid, key.fields
    for index in facts.indexes:
        fields = tuple(part.field for part in index.parts if part.field)
        if index.is_unique and not index.condition.strip() and len(fields) == len(index.parts):
            yield index, index.entity, fields
