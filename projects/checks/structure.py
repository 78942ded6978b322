"""Rules about entities as a whole: keys, emptiness, the fields every entity has, and fields that repeat."""

import re
from collections.abc import Iterator

from projects.checks.facts import Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.words import listed, squashed
from projects.design.tree import Entity, EntityField
from projects.design.vocabulary import Severity, StructureKind

APPEND_ONLY = re.compile(
    r"append[- ]only|insert[- ]only|immutable|write[- ]once|never (?:change|update|modif)|not (?:changed|updated)", re.I
)
CHANGE_STAMP = re.compile(r"updated|modified|changed", re.IGNORECASE)
NUMBERED = re.compile(r"(?P<stem>.*?[^\W\d])_?(?P<number>\d{1,2})")
# Numbers that are part of a name, not a count: address lines, hashes, encodings.
NAMED_WITH_NUMBER = re.compile(r"(?:sha|md|utf|iso|base|ipv|oauth|line|int|float|h|x|y|z)_?\d+$", re.IGNORECASE)


@rule(
    "primary-key-missing",
    Severity.ERROR,
    says="“{path}” has no primary key.",
    remedy="Mark the field or fields that name a row of “{path}” as its primary key.",
    breaks="refunds: payment_id uuid, amount_minor bigint",
    keeps="refunds: id uuid (primary key), payment_id uuid, amount_minor bigint",
    source="Codd 1970; PostgreSQL documentation, Constraints; schemalint require-primary-key, tbls, pg-index-health",
)
def primary_key_missing(facts: Facts) -> Iterator[Claim]:
    """An entity has no primary key.

    Without one a row cannot be referred to, changed or replicated with certainty, and duplicates cannot be told apart.
    """
    return (problem(entity) for entity in facts.tables if entity.fields and not entity.primary_key)


@rule(
    "entity-empty",
    Severity.ERROR,
    says="“{path}” has no fields.",
    remedy="Add the fields of “{path}”, or delete it.",
    breaks="refunds, without a field",
    keeps="refunds: id uuid",
    source="Checklist item 2: no empty entity",
)
def entity_empty(facts: Facts) -> Iterator[Claim]:
    """An entity has no fields.

    It holds nothing, so it is either unfinished or not needed.
    """
    # That there is an edge may be all that it says.
    kinds = (kind for kind in StructureKind if kind is not StructureKind.EDGE)
    return (problem(entity) for entity in facts.own(*kinds) if not entity.fields)


@rule(
    "standard-fields-missing",
    Severity.ADVICE,
    says="“{path}” lacks {missing}, which the conventions ask of every entity.",
    remedy="Add {missing}; if rows never change after they are written, say in the purpose that it is append-only.",
    breaks="refunds: id, amount_minor, where the conventions ask for created_at and updated_at",
    keeps="refunds: id, amount_minor, created_at, updated_at",
    source="The project's conventions; Bytebase COLUMN_REQUIRED, schemalint mandatory-columns, tbls requireColumns",
)
def standard_fields_missing(facts: Facts) -> Iterator[Claim]:
    """An entity lacks fields that the project's conventions ask of every entity.

    Audits, synchronisation and support rely on finding them everywhere. Junctions only link, and rows that never
    change need no time of change.
    """
    conventions = facts.design.conventions
    # A key under another name is the business of the rule on key names.
    wanted = [name for name in listed(conventions.standard_fields) if name != conventions.primary_key_name]
    for entity in facts.tables:
        if entity.fields and entity.uid not in facts.junctions:
            present = {squashed(field.name) for field in entity.fields}
            missing = [name for name in wanted if squashed(name) not in present and _is_needed(name, entity)]
            if missing:
                yield problem(entity, missing=" and ".join(missing))


def _is_needed(name: str, entity: Entity) -> bool:
    return not (CHANGE_STAMP.match(name) and APPEND_ONLY.search(entity.purpose))


@rule(
    "fields-numbered",
    Severity.ADVICE,
    says="“{path}” counts values of one kind in fields: {fields}.",
    remedy="Move them into an entity of their own with one row for each value.",
    asks="Are {fields} two different things, or a list that may grow?",
    breaks="customers: phone1, phone2, phone3",
    keeps="customers: id; customer_phones: customer_id, phone",
    source="Karwin, SQL Antipatterns, Multicolumn Attributes; SchemaSpy, SchemaCrawler, pg-index-health, sqlcheck 1007",
)
def fields_numbered(facts: Facts) -> Iterator[Claim]:
    """Numbered fields hold a list.

    A search must ask every one of them, nothing keeps a value from standing twice, and one more value is a migration.
    """
    for entity in facts.indexed:
        groups: dict[tuple[str, str], list[EntityField]] = {}
        for field in entity.fields:
            found = NUMBERED.fullmatch(field.name)
            if found and not NAMED_WITH_NUMBER.search(field.name):
                groups.setdefault((found["stem"].lower(), field.type.lower()), []).append(field)
        for fields in groups.values():
            names = ", ".join(field.name for field in fields)
            if len(fields) > 2:
                yield problem(entity, fields=names)
            elif len(fields) == 2:
                yield doubt(entity, fields=names)


@rule(
    "fields-all-optional",
    Severity.ADVICE,
    says="Every field of “{path}” but its key may be empty.",
    remedy="Say which fields a row of “{path}” cannot do without.",
    breaks="refunds: id (required), amount_minor, currency, reason (none of them required)",
    keeps="refunds: id, amount_minor and currency (required), reason",
    source="SchemaCrawler lint, pg-index-health: all columns nullable except the key",
)
def fields_all_optional(facts: Facts) -> Iterator[Claim]:
    """Nothing but the key of an entity is required.

    A row may then say nothing at all, and every reader has to handle each field missing.
    """
    for entity in facts.tables:
        key = entity.primary_key.fields if entity.primary_key else ()
        is_open = all(not field.is_required or field.uid in key for field in entity.fields)
        # One or two optional facts are what such an entity is for; more of them are an oversight.
        if is_open and len(entity.fields) > len(key) + 2:
            yield problem(entity)
