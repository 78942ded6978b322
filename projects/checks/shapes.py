"""Rules about shapes that do not fit tables: references to anything, fields as rows, circles, and too much in one."""

from collections.abc import Iterator
from uuid import UUID

from projects.checks.facts import Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.words import squashed, word_set, words_of
from projects.design.field_types import Family
from projects.design.tree import Entity, EntityField
from projects.design.vocabulary import Severity

MOST_FIELDS = 30
ATTRIBUTE_NAMES = word_set(
    "attribute attributename attributeid attr attrname property propertyname metakey fieldname key"
)
VALUE_NAMES = word_set("value attributevalue attrvalue propertyvalue metavalue fieldvalue val stringvalue textvalue")
# Settings are looked up by their key on purpose.
SETTINGS = word_set("setting settings preference preferences option options config configuration flag flags")


@rule(
    "fields-too-many",
    Severity.ADVICE,
    says="“{path}” has {count} fields.",
    remedy="Look for fields that belong together, or that only some rows have, and give them an entity of their own.",
    breaks="customers, with 45 fields",
    keeps="customers with 14 fields, customer_addresses with 9",
    source="tbls columnCount, Azimutt entity-too-large (30 attributes)",
)
def fields_too_many(facts: Facts) -> Iterator[Claim]:
    """An entity has more than thirty fields.

    Rows grow wide, most readers need a few of the fields, and two things are often hidden in one.
    """
    for entity in facts.indexed:
        if len(entity.fields) > MOST_FIELDS:
            yield problem(entity, count=len(entity.fields))


@rule(
    "reference-to-anything",
    Severity.WARNING,
    says="“{path}” may refer to any entity that “{kind}” names, so no foreign key can hold it.",
    remedy="Give each kind of target a reference of its own, or let the targets share a parent entity.",
    asks="Does “{path}” refer to what “{kind}” names, or are the two independent?",
    breaks="comments: target_type varchar, target_id bigint",
    keeps="comments: refund_id → refunds.id, payment_id → payments.id, one of them present",
    source="Karwin, SQL Antipatterns, Polymorphic Associations",
)
def reference_to_anything(facts: Facts) -> Iterator[Claim]:
    """A field refers to rows of whichever entity another field names.

    The database cannot keep such a reference true, and every join has to know all the kinds there are.
    """
    for entity in facts.tables:
        names = {squashed(field.name): field for field in entity.fields}
        for field in entity.fields:
            words = words_of(field.name)
            if len(words) < 2 or words[-1] != "id" or field.uid in facts.foreign_keys_of_field:
                continue
            stem = "".join(words[:-1])
            kind = names.get(f"{stem}type") or names.get(f"{stem}kind") or names.get(f"{stem}class")
            if kind and not _is_key(entity, field):
                has_parent = any(squashed(other.name).startswith(stem) for other in facts.design.entities)
                yield (doubt if has_parent else problem)(field, kind=kind.name)


def _is_key(entity: Entity, field: EntityField) -> bool:
    return entity.primary_key is not None and entity.primary_key.fields == (field.uid,)


@rule(
    "fields-as-rows",
    Severity.WARNING,
    says="“{path}” keeps the names of fields in “{attribute}” and what they hold in “{value}”.",
    remedy="Give the facts fields of their own; keep those that nobody can foresee in one JSON field.",
    asks="“{path}” has “{attribute}” and “{value}”: are they settings looked up by name, or fields of another entity?",
    breaks="product_attributes: product_id, attribute, value",
    keeps="products: weight_grams integer, colour varchar(20), extra jsonb",
    source="Karwin, SQL Antipatterns, Entity-Attribute-Value; sqlcheck 1006",
)
def fields_as_rows(facts: Facts) -> Iterator[Claim]:
    """An entity keeps the fields of another one as rows of name and value.

    Nothing can have a type, be required or refer to anything, and reading one thing back takes a join for each fact.
    """
    for entity in facts.tables:
        attribute = next((field for field in entity.fields if squashed(field.name) in ATTRIBUTE_NAMES), None)
        value = next((field for field in entity.fields if squashed(field.name) in VALUE_NAMES), None)
        if attribute is None or value is None or SETTINGS & set(words_of(entity.name)):
            continue
        of_another = any(
            pair.child != attribute.uid
            for line in facts.foreign_keys_by_child.get(entity.uid, ())
            for pair in line.pairs
        )
        yield (problem if of_another else doubt)(entity, attribute=attribute.name, value=value.name)


@rule(
    "entity-without-relationships",
    Severity.ADVICE,
    says="“{path}” is tied to no other entity.",
    remedy="Add the relationships of “{path}”, or say in its purpose why it stands alone.",
    asks="“{path}” is tied to no other entity, though {fields} may refer to something: to what?",
    breaks="refunds and payments, and nothing between them",
    keeps="refunds.payment_id → payments.id",
    source="tbls unrelatedTable, pg-index-health, SchemaSpy; checklist item 4",
)
def entity_without_relationships(facts: Facts) -> Iterator[Claim]:
    """An entity has no relationship to any other.

    A reference was forgotten, or it lives in code alone. What stands alone on purpose says so in its purpose.
    """
    tied = {uid for line in facts.design.relationships for uid in (line.parent, line.child, line.junction)}
    tables = facts.design.tables
    for entity in facts.tables:
        if len(tables) < 2 or entity.uid in tied or not entity.fields or "alone" in entity.purpose.casefold():
            continue
        own_key = entity.primary_key.fields if entity.primary_key else ()
        open_ends = [f.name for f in entity.fields if words_of(f.name)[-1:] == ("id",) and f.uid not in own_key]
        yield doubt(entity, fields=", ".join(open_ends)) if open_ends else problem(entity)


@rule(
    "references-in-a-circle",
    Severity.WARNING,
    says="No row of “{path}” can be the first: {circle} all require one another.",
    remedy="Make one of the references optional, or check it at the end of the transaction and say so.",
    asks="Every row of “{path}” refers to another row of “{path}”: what does the first one refer to?",
    breaks="orders.current_invoice_id → invoices.id and invoices.order_id → orders.id, both required",
    keeps="orders.current_invoice_id → invoices.id, optional",
    source="SchemaCrawler table cycles; drawDB circular dependencies",
)
def references_in_a_circle(facts: Facts) -> Iterator[Claim]:
    """Required references form a circle.

    The first row of each entity needs one of the others to be there before it. Deleting meets the same wall.
    """
    needs: dict[UUID, set[UUID]] = {}
    for line in facts.foreign_keys:
        is_required = all(facts.design.field_by_uid[pair.child].is_required for pair in line.pairs)
        if is_required and line.parent and "deferr" not in line.description.casefold():
            needs.setdefault(line.child, set()).add(line.parent)
    for child, parents in needs.items():
        if child in parents:
            yield doubt(facts.design.entity_by_uid[child])
    for circle in _circles(needs):
        first = facts.design.entity_by_uid[circle[0]]
        names = " and ".join(facts.design.entity_by_uid[uid].full_name for uid in circle)
        yield problem(first, circle=names)


def _circles(needs: dict[UUID, set[UUID]]) -> Iterator[tuple[UUID, ...]]:
    """Each group of two or more that all reach one another, in the order in which they were met."""
    needed_by: dict[UUID, set[UUID]] = {}
    for child, parents in needs.items():
        for parent in parents:
            needed_by.setdefault(parent, set()).add(child)
    left = dict.fromkeys(uid for uid in needs if uid in needed_by)
    while left:
        start = next(iter(left))
        circle = _reached(start, needs) & _reached(start, needed_by)
        if len(circle) > 1:
            yield tuple(uid for uid in left if uid in circle)
        left = dict.fromkeys(uid for uid in left if uid not in circle and uid != start)


def _reached(start: UUID, ways: dict[UUID, set[UUID]]) -> set[UUID]:
    found, waiting = {start}, [start]
    while waiting:
        new = ways.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return found


@rule(
    "list-in-a-field",
    Severity.WARNING,
    says="“{path}” holds a list, by its name, in one text.",
    remedy="Move the list into an entity of its own with one row for each value, or into an array.",
    asks="Does “{path}” hold one value or a list of them?",
    breaks="refunds.line_ids: text",
    keeps="refund_lines: refund_id, line_id",
    source="Karwin, SQL Antipatterns, Jaywalking; sqlcheck 1001",
)
def list_in_a_field(facts: Facts) -> Iterator[Claim]:
    """A text holds a list.

    No foreign key holds its parts, a search reads every row, and the longest list is as long as the text may be.
    """
    for _, field, field_type in facts.fields_of(Family.TEXT):
        if field_type.is_array or field.is_array:
            continue
        last = words_of(field.name)[-1:]
        if last in (("ids",), ("csv",), ("list",)):
            yield problem(field)
        elif last in (("tags",), ("emails",), ("roles",), ("codes",)):
            yield doubt(field)
