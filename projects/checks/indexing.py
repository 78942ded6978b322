"""Rules about indexes themselves: missing under foreign keys, doubled, unused, empty or of little use."""

from collections.abc import Iterator
from uuid import UUID

from projects.checks.access_paths import AccessPath, PathKind
from projects.checks.facts import INDEXING, Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.serving import Verdict
from projects.design.field_types import Family
from projects.design.tree import Index, IndexPart, Relationship
from projects.design.vocabulary import IndexMethod, Severity


@rule(
    "foreign-key-without-index",
    Severity.WARNING,
    step=INDEXING,
    says="No index of “{child}” starts with {fields}, which refers to “{parent}”.",
    remedy="Add an index on “{child}” ({fields}).",
    asks="“{child}” has no index on {fields}, because “{reason}”. Does that hold when “{parent}” loses a row?",
    breaks="refunds.payment_id → payments.id, and no index of refunds starts with payment_id",
    keeps="refunds.payment_id → payments.id, with idx_refunds_payment_id on (payment_id, requested_at)",
    source="PostgreSQL documentation, Foreign Keys; tbls requireForeignKeyIndex, schemalint, Azimutt, pg-index-health",
)
def foreign_key_without_index(facts: Facts) -> Iterator[Claim]:
    """No index leads with the fields of a foreign key.

    Each delete of a parent, and each join from it, then reads the whole child table. Keys count as indexes, and so do
    longer indexes that start with these fields. MySQL makes such an index by itself.
    """
    for relationship in facts.foreign_keys:
        child = facts.design.entity_by_uid[relationship.child]
        is_automatic = all(system.indexes_foreign_keys for system in facts.systems_of(child))
        if is_automatic or any(_supports(facts, path, relationship) for path in facts.paths[child.uid]):
            continue
        claim = doubt if child.no_index_reason.strip() else problem
        yield claim(
            relationship,
            child=child.full_name,
            fields=facts.names(pair.child for pair in relationship.pairs),
            parent=_parent_name(facts, relationship),
            reason=child.no_index_reason.strip(),
        )


def _parent_name(facts: Facts, relationship: Relationship) -> str:
    if relationship.parent is None:
        return relationship.missing_target or "an entity outside the design"
    return facts.design.entity_by_uid[relationship.parent].full_name


def _supports(facts: Facts, path: AccessPath, relationship: Relationship) -> bool:
    """Whether a path leads with the foreign key's fields, in any order, for every row that has a parent."""
    fields = {pair.child for pair in relationship.pairs}
    holds_all = path.is_whole or _is_only_not_null(facts, path.condition, fields)
    if path.method is IndexMethod.HASH:
        return holds_all and set(path.fields) == fields
    return path.is_ordered and holds_all and set(path.fields[: len(fields)]) == fields


def _is_only_not_null(facts: Facts, condition: str, fields: set[UUID]) -> bool:
    plain = " ".join(condition.casefold().strip("() ").split())
    return any(plain == f"{facts.name_of(field).casefold()} is not null" for field in fields)


@rule(
    "index-unused",
    Severity.WARNING,
    says="No operation uses the index “{path}”.",
    remedy="Add the operation that it is for in step 4, or delete it.",
    asks="No operation clearly uses “{path}”: does any of them ask for what it indexes?",
    breaks="idx_refunds_currency, while no operation filters or sorts by currency",
    keeps="idx_refunds_payment_id, for the operation “Refunds of a payment”",
    source="pg-index-health unused indexes; checklist item 6: every index has a purpose",
)
def index_unused(facts: Facts) -> Iterator[Claim]:
    """An index serves no operation of the design.

    Each write pays for it, and it takes memory from those that are read. Unique indexes keep a rule and indexes under
    foreign keys serve deletes, so both are left alone.
    """
    if not facts.design.queries:
        return
    verdicts: dict[UUID, set[Verdict]] = {}
    for query in facts.coverage:
        for uid, verdict in (cell for part in query.parts for cell in part.cells):
            verdicts.setdefault(uid, set()).add(verdict)
    under_foreign_keys = _under_foreign_keys(facts)
    indexed = {entity.uid for entity in facts.indexed}
    for index in (index for index in facts.own_indexes if index.entity in indexed):
        found = verdicts.get(index.uid, set())
        if index.is_unique or not index.parts or index.uid in under_foreign_keys:
            continue
        if not found & {Verdict.FULL, Verdict.PARTLY}:
            yield doubt(index) if Verdict.UNDECIDED in found else problem(index)


def _under_foreign_keys(facts: Facts) -> set[UUID]:
    return {
        path.uid
        for relationship in facts.foreign_keys
        for path in facts.paths[relationship.child]
        if _supports(facts, path, relationship)
    }


@rule(
    "index-duplicate",
    Severity.WARNING,
    says="“{path}” indexes the same as “{other}”.",
    remedy="Delete one of the two.",
    breaks="idx_refunds_payment (payment_id) beside idx_refunds_payment_id (payment_id)",
    keeps="idx_refunds_payment_id (payment_id) alone",
    source="Bytebase, Azimutt, SchemaCrawler, pg-index-health, Splinter: duplicate index",
)
def index_duplicate(facts: Facts) -> Iterator[Claim]:
    """Two indexes hold the same keys of the same rows.

    Each write maintains both, and no read gains anything. A key's own index counts as one of the two.
    """
    for entity in facts.indexed:
        first: dict[tuple[object, ...], AccessPath] = {}
        # Unique ones first: where one of two must go, it is the one that keeps no rule.
        for path in sorted(facts.paths[entity.uid], key=lambda path: not path.is_unique):
            if not path.parts:
                continue
            same = first.setdefault(_signature(path), path)
            if same is not path and path.kind is PathKind.INDEX:
                yield problem(facts.index_by_uid[path.uid], other=same.name)


def _signature(path: AccessPath) -> tuple[object, ...]:
    """What an index holds; read backwards an ordered index is the same, so directions count against the first key."""
    turns = tuple(part.direction is path.parts[0].direction for part in path.parts) if path.is_ordered else ()
    return (_keys(path.parts), turns, path.method, " ".join(path.condition.casefold().split()))


def _keys(parts: tuple[IndexPart, ...]) -> tuple[object, ...]:
    return tuple(part.field or " ".join(part.expression.casefold().split()) for part in parts)


@rule(
    "index-prefix-of-another",
    Severity.ADVICE,
    says="“{other}” starts with all the fields of “{path}”.",
    remedy="Delete “{path}”, unless it is kept for being smaller.",
    breaks="idx_refunds_payment_id (payment_id) beside idx_refunds_recent (payment_id, requested_at)",
    keeps="idx_refunds_recent (payment_id, requested_at) alone",
    source="pg-index-health, Azimutt, SchemaCrawler: intersected and redundant indexes",
)
def index_prefix_of_another(facts: Facts) -> Iterator[Claim]:
    """An index is the beginning of a longer one.

    The longer one serves the same queries, so each write maintains the shorter one for little.
    """
    for entity in facts.indexed:
        ordered = [path for path in facts.paths[entity.uid] if path.is_ordered and path.parts]
        longer: dict[tuple[object, ...], AccessPath] = {}
        for path in ordered:
            for length in range(1, len(path.parts)):
                longer.setdefault(_signature(_cut(path, length)), path)
        for path in ordered:
            other = longer.get(_signature(path))
            if other and path.kind is PathKind.INDEX and not path.is_unique:
                yield problem(facts.index_by_uid[path.uid], other=other.name)


def _cut(path: AccessPath, length: int) -> AccessPath:
    return AccessPath(path.uid, path.name, path.entity, path.parts[:length], path.method, condition=path.condition)


@rule(
    "index-without-fields",
    Severity.ERROR,
    says="The index “{path}” has no fields.",
    remedy="Choose the fields that it indexes, in order.",
    breaks="idx_refunds, without a field",
    keeps="idx_refunds_payment_id on (payment_id)",
    source="drawDB, index without fields",
)
def index_without_fields(facts: Facts) -> Iterator[Claim]:
    """An index names no fields.

    It cannot be created and serves nothing.
    """
    for index in facts.own_indexes:
        if not any(part.field or part.expression.strip() for part in index.parts):
            yield problem(index)


@rule(
    "index-field-elsewhere",
    Severity.ERROR,
    says="The index “{path}” of “{entity}” uses “{field}”, a field of another entity.",
    remedy="Choose a field of “{entity}”.",
    breaks="idx_refunds_captured on refunds, over payments.captured_at",
    keeps="idx_payments_captured on payments, over payments.captured_at",
    source="An index belongs to one table in every relational system",
)
def index_field_elsewhere(facts: Facts) -> Iterator[Claim]:
    """An index uses a field of another entity.

    No relational database can create it.
    """
    for index in facts.own_indexes:
        for part in index.parts:
            if part.field and facts.design.entity_of_field[part.field].uid != index.entity:
                entity = facts.design.entity_by_uid[index.entity].full_name
                yield problem(index, entity=entity, field=facts.design.path_of_field(part.field))


@rule(
    "index-without-purpose",
    Severity.ADVICE,
    says="Nothing says what the index “{path}” is for.",
    remedy="Say in its purpose which operation needs it.",
    breaks="idx_refunds_payment_id, without a purpose",
    keeps="idx_refunds_payment_id: refunds of a payment",
    source="Checklist item 6: every index has a purpose",
)
def index_without_purpose(facts: Facts) -> Iterator[Claim]:
    """An index has no purpose.

    Nobody will dare to delete it once the reason for it is forgotten.
    """
    return (problem(index, field_name="purpose") for index in facts.own_indexes if not index.purpose.strip())


@rule(
    "index-on-boolean",
    Severity.ADVICE,
    says="“{path}” indexes only “{field}”, which has two values.",
    remedy="Index a field that tells more rows apart, or only the rows with the rarer value by a condition.",
    breaks="idx_refunds_is_open on (is_open)",
    keeps="idx_refunds_open on (requested_at) where is_open",
    source="Use The Index, Luke; Bytebase and pg-index-health, index on boolean",
)
def index_on_boolean(facts: Facts) -> Iterator[Claim]:
    """An index is over one yes-or-no field alone.

    Reading half of a table through an index costs more than reading it all, so the planner passes it by.
    """
    for index in facts.indexes:
        field = _only_field(index)
        field_type = facts.type_of(field) if field else None
        if field and field_type and field_type.family is Family.BOOLEAN:
            yield problem(index, field=facts.name_of(field))


def _only_field(index: Index) -> UUID | None:
    is_plain = len(index.parts) == 1 and not index.is_unique and not index.condition.strip()
    return index.parts[0].field if is_plain else None
