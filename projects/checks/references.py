"""Rules about where foreign keys lead: to an entity that exists, to its key, and to the same type."""

from collections.abc import Iterator
from uuid import UUID

from projects.checks.facts import Facts
from projects.checks.grammatical_number import singular_name
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.words import filled, squashed
from projects.design.field_types import Family, FieldType
from projects.design.tree import Entity, Relationship
from projects.design.vocabulary import Cardinality, Severity


@rule(
    "foreign-key-target-missing",
    Severity.ERROR,
    says="“{path}” refers to {target}, which is not in the design.",
    remedy="Add the entity it refers to, reuse it from the feature that owns it, or delete the relationship.",
    breaks="refunds.payment_id → payments.id, without an entity payments",
    keeps="refunds.payment_id → payments.id, with payments reused from billing/payments",
    source="Azimutt relation-miss-entity and relation-miss-attribute; checklist item 21",
)
def foreign_key_target_missing(facts: Facts) -> Iterator[Claim]:
    """A foreign key refers to an entity or a field that is not in the design.

    The constraint cannot be created, and readers cannot see what a row belongs to.
    """
    for relationship in facts.relationships:
        if relationship.parent is None:
            target = f"“{relationship.missing_target}”" if relationship.missing_target else "an entity"
            yield problem(relationship, target=target)
        elif any(pair.parent is None for pair in relationship.pairs):
            parent = facts.design.entity_by_uid[relationship.parent].full_name
            target = f"“{relationship.missing_target}”" if relationship.missing_target else f"a field of “{parent}”"
            yield problem(relationship, target=target)


@rule(
    "foreign-key-without-fields",
    Severity.ERROR,
    says="The relationship “{path}” names no fields.",
    remedy="Say which field of the child refers to which field of the parent.",
    breaks="payments 1:N refunds, without fields",
    keeps="payments.id 1:N refunds.payment_id",
    source="Checklist item 4: every relationship has its foreign-key field",
)
def foreign_key_without_fields(facts: Facts) -> Iterator[Claim]:
    """A relationship names no fields.

    It cannot become a constraint, and no query can follow it.
    """
    for relationship in facts.relationships:
        if not relationship.pairs and relationship.cardinality is not Cardinality.MANY_TO_MANY:
            yield problem(relationship)


@rule(
    "foreign-key-field-elsewhere",
    Severity.ERROR,
    says="“{path}” uses “{field}”, which is no field of “{entity}”.",
    remedy="Choose a field of “{entity}”.",
    breaks="refunds → payments by invoices.payment_id",
    keeps="refunds → payments by refunds.payment_id",
    source="Azimutt relation-miss-attribute",
)
def foreign_key_field_elsewhere(facts: Facts) -> Iterator[Claim]:
    """A relationship uses a field of an entity that is not one of its ends.

    The constraint would refer to a column that the table does not have.
    """
    for relationship in facts.foreign_keys:
        for pair in relationship.pairs:
            for field, end in ((pair.child, relationship.child), (pair.parent, relationship.parent)):
                if field and end and facts.design.entity_of_field[field].uid != end:
                    entity = facts.design.entity_by_uid[end].full_name
                    yield problem(relationship, field=facts.design.path_of_field(field), entity=entity)


@rule(
    "foreign-key-target-not-key",
    Severity.ERROR,
    says="“{path}” refers to {target}, which is no key of “{parent}”.",
    remedy="Refer to the primary key of “{parent}”, or make {target} a unique key.",
    asks="“{path}” refers to {target}, but nothing says which fields are a key of “{parent}”.",
    breaks="refunds.payment_ref → payments.provider_ref, where provider_ref is not unique",
    keeps="refunds.payment_id → payments.id, the primary key",
    source="SQL:2016, referential constraint definition; PostgreSQL documentation, Foreign Keys; checklist item 21",
)
def foreign_key_target_not_key(facts: Facts) -> Iterator[Claim]:
    """A foreign key refers to fields that are no primary and no unique key.

    A child could then belong to several parents, so databases refuse such a constraint.
    """
    for relationship in facts.foreign_keys:
        parent, targets = _targets(facts, relationship)
        if parent is None or not targets:
            continue
        keys = [path for path in facts.paths[parent.uid] if path.is_unique and path.is_whole]
        if any(set(key.fields) == targets for key in keys):
            continue
        target = facts.names(pair.parent for pair in relationship.pairs if pair.parent)
        claim = doubt if parent.reused_from and not keys else problem
        yield claim(relationship, target=target, parent=parent.full_name)


def _targets(facts: Facts, relationship: Relationship) -> tuple[Entity | None, set[UUID]]:
    """The parent and its fields that are referred to; none where other rules have more to say."""
    if relationship.parent is None:
        return None, set()
    fields = {pair.parent for pair in relationship.pairs if pair.parent}
    is_whole = all(pair.parent for pair in relationship.pairs)
    is_in_place = all(facts.design.entity_of_field[field].uid == relationship.parent for field in fields)
    return facts.design.entity_by_uid[relationship.parent], fields if is_whole and is_in_place else set()


@rule(
    "foreign-key-type-mismatch",
    Severity.ERROR,
    says="“{child}” is {child_type}, but “{parent}”, which it refers to, is {parent_type}.",
    remedy="Give both the same type.",
    asks="“{child}” is {child_type} and “{parent}” is {parent_type}: do the two hold the same values?",
    breaks="ledger_entries.refund_id: bigint → refunds.id: uuid",
    keeps="ledger_entries.refund_id: uuid → refunds.id: uuid",
    source="Azimutt, SchemaCrawler, pg-index-health: foreign key with other type than its target; checklist item 21",
)
def foreign_key_type_mismatch(facts: Facts) -> Iterator[Claim]:
    """The two ends of a foreign key differ in type.

    The database refuses the constraint, or converts on each join and leaves the index unused.
    """
    for relationship in facts.foreign_keys:
        for pair in relationship.pairs:
            child = facts.type_of(pair.child)
            parent = facts.type_of(pair.parent) if pair.parent else None
            if child is None or parent is None or child.matches(parent) or pair.parent is None:
                continue
            claim = doubt if _is_unknown(child) or _is_unknown(parent) else problem
            yield claim(
                relationship,
                child=facts.design.path_of_field(pair.child),
                child_type=facts.design.field_by_uid[pair.child].type,
                parent=facts.design.path_of_field(pair.parent),
                parent_type=facts.design.field_by_uid[pair.parent].type,
            )


def _is_unknown(field_type: FieldType) -> bool:
    """A type of the project's own that the design does not define: what it stores is anyone's guess."""
    return field_type.family is Family.OTHER


@rule(
    "many-to-many-without-junction",
    Severity.ERROR,
    says="The N:M relationship “{path}” has no junction.",
    remedy="Add an entity that refers to both sides, and name it as the junction.",
    breaks="products N:M tags, and nothing else",
    keeps="products N:M tags through product_tags",
    source="Checklist item 4: an N:M relationship has its junction",
)
def many_to_many_without_junction(facts: Facts) -> Iterator[Claim]:
    """An N:M relationship has no junction entity.

    A relational database can store it in no other way.
    """
    for relationship in facts.relationships:
        if relationship.cardinality is Cardinality.MANY_TO_MANY and relationship.junction is None:
            yield problem(relationship)


@rule(
    "relationship-missing",
    Severity.ADVICE,
    says="“{path}” is named like a reference to “{target}”, but there is no relationship.",
    remedy="Add the relationship, or give the field another name.",
    asks="Does “{path}” refer to “{target}”? The types differ.",
    breaks="refunds.payment_id and an entity payments, without a relationship between them",
    keeps="refunds.payment_id → payments.id",
    source="Azimutt relation-missing, SchemaSpy implied relationships, sqlcheck 1005, tbls",
)
def relationship_missing(facts: Facts) -> Iterator[Claim]:
    """A field is named after the key of another entity, and no relationship says so.

    The database will not keep the reference true, and the diagram does not show it.
    """
    pattern = facts.design.conventions.foreign_key_pattern
    if "{singular}" not in pattern:
        return
    targets = {
        squashed(filled(pattern, singular="_".join(singular_name(entity.name)))): entity
        for entity in facts.design.entities
        if entity.primary_key and len(entity.primary_key.fields) == 1
    }
    for entity, field, own in facts.own_fields:
        target = targets.get(squashed(field.name))
        is_key = entity.primary_key is not None and field.uid in entity.primary_key.fields
        if target is None or target.uid == entity.uid or is_key or field.uid in facts.foreign_keys_of_field:
            continue
        key = facts.type_of(target.primary_key.fields[0]) if target.primary_key else None
        claim = problem if own and key and own.matches(key) else doubt
        yield claim(field, target=target.full_name)
