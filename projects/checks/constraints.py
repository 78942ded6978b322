"""Rules about which values and which rows the database lets in: states, ranges, defaults, pairs and deletes."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from projects.checks.facts import Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.words import word_set, words_of
from projects.design.field_types import Family
from projects.design.quantities import read_retention
from projects.design.tree import Entity, EntityField, Relationship
from projects.design.vocabulary import Cardinality, ReferentialAction, Severity

STATE_WORDS = word_set("status state stage phase")
KIND_WORDS = word_set("type kind category level priority mode")
ADDRESS_WORDS = word_set("city town country zip postcode postal")
PERCENT_WORDS = word_set("percent percentage pct ratio latitude longitude")
COUNT_WORDS = word_set("quantity qty")
SOFT_DELETE_WORDS = (("deleted", "at"), ("is", "deleted"), ("deleted",), ("deleted", "on"))
NUMBERS = (Family.INTEGER, Family.DECIMAL, Family.FLOAT)


@rule(
    "state-without-values",
    Severity.WARNING,
    says="“{path}” is a state, and nothing says which states there are.",
    remedy="Give it an enumeration, or a check that lists the states.",
    asks="Does “{path}” take any text, or one of a few values?",
    breaks="refunds.status: varchar(20)",
    keeps="refunds.status: refund_status (requested, approved, settled)",
    source="Checklist item 22: states have checks; Karwin, SQL Antipatterns, 31 Flavors",
)
def state_without_values(facts: Facts) -> Iterator[Claim]:
    """A field that holds a state takes any text.

    The first misspelt state is a row that no query finds, and nobody can list the states there are.
    """
    for entity, field, _ in facts.fields_of(Family.TEXT):
        last = words_of(field.name)[-1:]
        if not last or field.uid in facts.foreign_keys_of_field or facts.limits.is_limited(entity, field):
            continue
        if last[0] in STATE_WORDS and not (last[0] == "state" and _is_address(entity)):
            yield problem(field)
        elif last[0] in KIND_WORDS:
            yield doubt(field)


def _is_address(entity: Entity) -> bool:
    """Beside a city or a country, a state is a place."""
    return any(ADDRESS_WORDS & set(words_of(field.name)) for field in entity.fields)


@rule(
    "range-without-check",
    Severity.ADVICE,
    says="Nothing keeps “{path}” within its range.",
    remedy="Add a rule, like “{example}”.",
    asks="May “{path}” be zero, or less? No rule says so.",
    breaks="discounts.percentage: numeric(5,2), without a check",
    keeps="discounts.percentage: numeric(5,2), from 0 to 100",
    source="Checklist item 22: ranges have checks",
)
def range_without_check(facts: Facts) -> Iterator[Claim]:
    """A number with a natural range has no check.

    One wrong sign or a percentage of 1,000 spreads into sums and reports before anybody looks.
    """
    for entity, field, field_type in (row for family in NUMBERS for row in facts.fields_of(family)):
        words = words_of(field.name)
        if not words or facts.limits.is_limited(entity, field):
            continue
        if PERCENT_WORDS & set(words) and not (field_type.precision and field_type.precision == field_type.scale):
            yield problem(field, example="from 0 to 100")
        elif words[-1] in COUNT_WORDS:
            yield doubt(field)


@rule(
    "check-contradicts-default",
    Severity.ERROR,
    says="“{path}” has the default {default}, which its own rule “{rule}” refuses.",
    remedy="Change the default or the rule.",
    breaks="refund_lines.quantity: default 0, greater than 0",
    keeps="refund_lines.quantity: default 1, greater than 0",
    source="drawDB default mismatch; SQL:2016: a default must meet the checks",
)
def check_contradicts_default(facts: Facts) -> Iterator[Claim]:
    """The default of a field breaks a rule on it.

    Every row that leaves the field out is refused.
    """
    for entity, field, field_type in facts.own_fields:
        default = field.default.strip().strip("'\"")
        if not default or field.generation:
            continue
        limits = facts.limits.of(entity, field)
        number = _number(default)
        is_number = field_type is not None and field_type.family in NUMBERS
        is_outside = number is not None and is_number and not limits.allows(number)
        is_other = limits.values is not None and "(" not in default and default.casefold() not in limits.values
        if is_outside or (is_other and not is_number):
            yield problem(field, field_name="default", default=field.default.strip(), rule=_rule_of(entity, field))


def _rule_of(entity: Entity, field: EntityField) -> str:
    named = (check.expression for check in entity.checks if field.name.casefold() in check.expression.casefold())
    return field.rule.strip() or " ".join(next(named, "").split())


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


@rule(
    "junction-without-unique-pair",
    Severity.ERROR,
    says="Nothing keeps the same pair from standing in “{junction}” twice.",
    remedy="Make {fields} the primary key of “{junction}”, or a unique key.",
    asks="May a pair stand in “{junction}” more than once? Its unique key is over {key}.",
    breaks="product_tags: id, product_id, tag_id, without a key over the pair",
    keeps="product_tags: product_id, tag_id, both the primary key",
    source="Checklist item 22; Karwin, SQL Antipatterns, Jaywalking: the intersection table",
)
def junction_without_unique_pair(facts: Facts) -> Iterator[Claim]:
    """The junction of an N:M relationship has no unique pair.

    The same two things are then tied twice, and counts and sums over the relationship are wrong.
    """
    for line in facts.relationships:
        if line.cardinality is not Cardinality.MANY_TO_MANY or not line.junction or not line.parent:
            continue
        junction = facts.design.entity_by_uid[line.junction]
        sides = [
            side
            for side in facts.foreign_keys_by_child.get(line.junction, ())
            if side.parent in (line.parent, line.child)
        ]
        if junction.reused_from or len(sides) < 2:
            continue
        yield from _unpaired(facts, line, junction, sides)


def _unpaired(facts: Facts, line: Relationship, junction: Entity, sides: list[Relationship]) -> Iterator[Claim]:
    pair = {one.child for side in sides for one in side.pairs}
    unique = [path for path in facts.paths[junction.uid] if path.is_unique and path.is_whole]
    if any(set(path.fields) <= pair for path in unique):
        return
    wider = next((path for path in unique if pair <= set(path.fields)), None)
    if wider:
        key = facts.names(uid for uid in wider.fields if uid)
        yield doubt(line, junction=junction.full_name, key=key)
    else:
        yield problem(
            line,
            junction=junction.full_name,
            fields=facts.names(dict.fromkeys(one.child for side in sides for one in side.pairs)),
        )


@rule(
    "junction-field-optional",
    Severity.ERROR,
    says="“{path}” ties “{junction}” to “{parent}”, and may be empty.",
    remedy="Make “{path}” required.",
    breaks="product_tags.tag_id → tags.id, optional",
    keeps="product_tags.tag_id → tags.id, required",
    source="Checklist item 21: nullability fits the cardinality",
)
def junction_field_optional(facts: Facts) -> Iterator[Claim]:
    """A reference of a junction may be empty.

    A row that ties something to nothing is no part of the relationship.
    """
    junctions = {line.junction for line in facts.relationships if line.junction}
    for line in facts.foreign_keys:
        if line.child in junctions and line.parent:
            for pair in line.pairs:
                field = facts.design.field_by_uid[pair.child]
                if not field.is_required:
                    names = facts.design.entity_by_uid
                    yield problem(
                        field,
                        field_name="is_required",
                        junction=names[line.child].full_name,
                        parent=names[line.parent].full_name,
                    )


@rule(
    "foreign-key-partly-optional",
    Severity.WARNING,
    says="“{path}” is a foreign key of which only {optional} may be empty: a row without it refers to nothing.",
    remedy="Make all of its fields required, or all of them optional.",
    breaks="lines (order_id, order_version), where order_version may be empty",
    keeps="lines (order_id, order_version), both required",
    source="SQL:2016, MATCH SIMPLE; pg-index-health foreign_keys_with_null_values",
)
def foreign_key_partly_optional(facts: Facts) -> Iterator[Claim]:
    """A foreign key over several fields has some that may be null.

    Databases do not check it for rows in which one of the fields is null, whatever the others hold.
    """
    for line in facts.foreign_keys:
        fields = [facts.design.field_by_uid[pair.child] for pair in line.pairs]
        optional = [field.name for field in fields if not field.is_required]
        if len(fields) > 1 and optional and len(optional) < len(fields):
            yield problem(line, optional=", ".join(optional))


@rule(
    "cascade-meets-soft-delete",
    Severity.WARNING,
    says="Rows of “{parent}” are marked as deleted, but a real delete of one takes its rows of “{child}” along.",
    remedy="Restrict the delete, and say how rows of “{child}” are marked when their parent is.",
    breaks="customers with deleted_at; orders.customer_id → customers.id, on delete cascade",
    keeps="customers with deleted_at; orders.customer_id → customers.id, on delete restrict",
    source="The workflow's soft deletes; checklist item 22",
)
def cascade_meets_soft_delete(facts: Facts) -> Iterator[Claim]:
    """A delete cascades from an entity whose rows are only marked as deleted.

    Marking a row does not reach its children, and the one real delete, by mistake or by hand, destroys them.
    """
    for line in facts.foreign_keys:
        if line.parent and line.on_delete is ReferentialAction.CASCADE:
            parent, child = facts.design.entity_by_uid[line.parent], facts.design.entity_by_uid[line.child]
            if soft_delete_field(parent):
                yield problem(line, field_name="on_delete", parent=parent.full_name, child=child.full_name)


def soft_delete_field(entity: Entity) -> EntityField | None:
    return next((field for field in entity.fields if words_of(field.name) in SOFT_DELETE_WORDS), None)


@rule(
    "cascade-meets-retention",
    Severity.WARNING,
    says="A delete in “{parent}” takes rows of “{child}” along, which are kept for {kept_for}.",
    remedy="Restrict the delete, or say how what must be kept survives it.",
    asks="A delete in “{parent}” takes rows of “{child}” along, kept “{kept_for}”: is the parent kept as long?",
    breaks="ledger_entries, kept for 10 years; ledger_entries.refund_id → refunds.id, on delete cascade",
    keeps="ledger_entries, kept for 10 years; ledger_entries.refund_id → refunds.id, on delete restrict",
    source="Checklist item 22; retention rules of the project",
)
def cascade_meets_retention(facts: Facts) -> Iterator[Claim]:
    """A delete cascades into an entity whose rows must be kept longer than the parent's.

    Deleting one parent then breaks the promise on retention, and no one notices until the rows are asked for.
    """
    kept = {element.uid: element.kept_for.strip() for element in facts.design.data_elements}
    for line in facts.foreign_keys:
        if line.parent is None or line.on_delete is not ReferentialAction.CASCADE:
            continue
        parent, child = facts.design.entity_by_uid[line.parent], facts.design.entity_by_uid[line.child]
        its_own = kept.get(child.data_element, "") if child.data_element else ""
        of_parent = kept.get(parent.data_element, "") if parent.data_element else ""
        if not its_own or its_own == of_parent:
            continue
        child_kept, parent_kept = read_retention(its_own), read_retention(of_parent)
        names = {"parent": parent.full_name, "child": child.full_name, "kept_for": its_own}
        if not of_parent or (child_kept and parent_kept and child_kept.seconds > parent_kept.seconds):
            yield problem(line, field_name="on_delete", **names)
        elif child_kept is None or parent_kept is None:
            yield doubt(line, field_name="on_delete", **names)


@rule(
    "unique-ignores-soft-delete",
    Severity.ADVICE,
    says="The unique key {key} of “{entity}” holds for rows marked as deleted too.",
    remedy="Make it a unique index with the condition that the row is not deleted.",
    asks="The unique key {key} of “{entity}” holds for rows marked as deleted too: may its values be given again?",
    breaks="users with deleted_at; unique (email)",
    keeps="users with deleted_at; unique index on (email) where deleted_at is null",
    source="PostgreSQL documentation, Partial Indexes; the workflow's soft deletes",
)
def unique_ignores_soft_delete(facts: Facts) -> Iterator[Claim]:
    """A unique key counts rows that are marked as deleted.

    Whoever comes back, or takes a name that has become free, is refused for a row that nobody can see.
    """
    for entity in facts.tables:
        if not soft_delete_field(entity):
            continue
        for path in facts.paths[entity.uid]:
            is_primary = entity.primary_key is not None and path.uid == entity.primary_key.uid
            if not path.is_unique or not path.is_whole or is_primary or None in path.fields:
                continue
            fields = [uid for uid in path.fields if uid]
            thing = facts.index_by_uid.get(path.uid) or next(key for key in entity.keys if key.uid == path.uid)
            is_reference = any(uid in facts.foreign_keys_of_field for uid in fields)
            yield (doubt if is_reference else problem)(thing, key=f"({facts.names(fields)})", entity=entity.full_name)
