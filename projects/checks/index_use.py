"""Rules about what indexes cost: too many under heavy writes, keys too wide, kinds that do not suit the type."""

from collections.abc import Iterator
from uuid import UUID

from projects.checks.facts import Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.field_types import Family
from projects.design.tree import Index
from projects.design.vocabulary import Frequency, IndexMethod, OperationKind, Severity, UseRole

MOST_INDEXES = 5
# The widest entry of a btree in bytes: a third of a page in PostgreSQL, the limit of InnoDB.
WIDEST = 2700
NO_ORDER = (Family.JSON, Family.XML, Family.GEOMETRY, Family.SEARCH, Family.BINARY)


@rule(
    "indexes-on-heavy-writes",
    Severity.ADVICE,
    says="“{path}” is written at High frequency, and each write maintains {count} indexes.",
    remedy="Keep those that an operation of High or Medium frequency needs.",
    asks="“{path}” has {count} indexes, and “{query}” writes it: how often?",
    breaks="ledger_entries: seven indexes, written 300 times a second",
    keeps="ledger_entries: two indexes, written 300 times a second",
    source="Use The Index, Luke, Insert; Bytebase INDEX_TOTAL_NUMBER_LIMIT, sqlcheck 2004",
)
def indexes_on_heavy_writes(facts: Facts) -> Iterator[Claim]:
    """An entity with many indexes is written often.

    Each insert writes to every one of them, and so does each change of an indexed field.
    """
    owners = facts.design.entity_of_field
    said: set[UUID] = set()
    for query in facts.design.queries:
        if query.kind is not OperationKind.WRITE or query.frequency not in (Frequency.HIGH, None):
            continue
        written: set[UUID | None] = {owners[uid].uid for uid in query.fields_in(UseRole.WRITTEN)}
        for entity in (
            each for each in facts.indexed if each.uid in (written or {query.entity}) and each.uid not in said
        ):
            count = len(facts.design.indexes_by_entity.get(entity.uid, ())) + len(entity.unique_keys)
            if count > MOST_INDEXES:
                said.add(entity.uid)
                if query.frequency is None:
                    yield doubt(entity, count=count, query=query.name)
                else:
                    yield problem(entity, count=count)


@rule(
    "index-on-wrong-type",
    Severity.ERROR,
    says="“{path}” orders by “{field}”, which is {type} and has no useful order.",
    remedy="Choose {method} as its method, or index a part of the field by an expression.",
    asks="“{path}” orders by “{field}”, a {type}: are its values short and compared as a whole?",
    breaks="idx_refunds_payload, btree on payload jsonb",
    keeps="idx_refunds_payload, gin on payload jsonb",
    source="PostgreSQL documentation, Index Types; Bytebase and pg-index-health, index on blob",
)
def index_on_wrong_type(facts: Facts) -> Iterator[Claim]:
    """A btree index is over a field whose values have no useful order.

    No search within a document, a shape or a text vector uses it, and large values do not fit into it.
    """
    methods = {Family.GEOMETRY: "gist", Family.JSON: "gin", Family.SEARCH: "gin", Family.XML: "another method"}
    for index in facts.indexes:
        if index.method is not IndexMethod.BTREE:
            continue
        for field in (part.field for part in index.parts if part.field):
            field_type = facts.type_of(field)
            if field_type is None or field_type.family not in NO_ORDER:
                continue
            words = {"field": facts.name_of(field), "type": facts.design.field_by_uid[field].type}
            if field_type.family is Family.BINARY:
                # A digest of fixed length is compared as a whole.
                if field_type.length is None and not index.is_unique:
                    yield doubt(index, **words)
            else:
                yield problem(index, method=methods[field_type.family], **words)


@rule(
    "index-too-wide",
    Severity.WARNING,
    says="An entry of “{path}” may have {bytes} bytes, more than the {limit} that fit.",
    remedy="Index fewer fields, a hash of the long one, or its first characters.",
    breaks="idx_notes_body on body varchar(4000)",
    keeps="idx_notes_title on title varchar(200)",
    source="PostgreSQL documentation, B-Tree limits (a third of a page); MySQL manual, InnoDB limits (3072 bytes)",
)
def index_too_wide(facts: Facts) -> Iterator[Claim]:
    """The entries of a btree index may be wider than a page of it allows.

    All goes well until the first long value, whose insert then fails.
    """
    for index in facts.indexes:
        width = _widest_entry(facts, index)
        if index.method is IndexMethod.BTREE and width > WIDEST:
            yield problem(index, bytes=width, limit=WIDEST)


def _widest_entry(facts: Facts, index: Index) -> int:
    """The stated lengths of its texts, at one byte a character; texts without a length are left out."""
    types = (facts.type_of(part.field) for part in index.parts if part.field)
    return sum(found.length or 0 for found in types if found and found.family is Family.TEXT)
