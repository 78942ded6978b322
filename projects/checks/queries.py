"""Rules about operations: how often, on what, served by what, and entities that none of them touches."""

from collections.abc import Iterator

from projects.checks.coverage import QueryCoverage
from projects.checks.facts import INDEXING, QUERIES, Facts
from projects.checks.questions.access import names_data, touched
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.serving import Verdict
from projects.design.tree import Query
from projects.design.vocabulary import Frequency, Pagination, Severity, StructureKind

SERVED_SAYS = "No index serves “{path}”, an operation of {frequency} frequency. {note}"
SERVED_REMEDY = "Add the index {proposal}, or lower the frequency if it is wrong."
SERVED_ASKS = "Which index serves “{path}”, an operation of {frequency} frequency? {note}"
SERVED_SOURCE = "Winand, Use The Index, Luke; checklist item 24; query coverage of step 5"


@rule(
    "high-frequency-query-unserved",
    Severity.ERROR,
    step=INDEXING,
    says=SERVED_SAYS,
    remedy=SERVED_REMEDY,
    asks=SERVED_ASKS,
    breaks="Refunds of a payment, High, filters by payment_id: no index of refunds starts with payment_id",
    keeps="Refunds of a payment, High, filters by payment_id: idx_refunds_payment_id (payment_id)",
    source=SERVED_SOURCE,
)
def high_frequency_query_unserved(facts: Facts) -> Iterator[Claim]:
    """No index serves an operation that runs more than a hundred times a second.

    Each call reads the whole table, so the operation slows down with every row, and slows all others.
    """
    return _unserved(facts, Frequency.HIGH)


@rule(
    "medium-frequency-query-unserved",
    Severity.WARNING,
    step=INDEXING,
    says=SERVED_SAYS,
    remedy=SERVED_REMEDY,
    asks=SERVED_ASKS,
    breaks="Work queue, Medium, sorts by requested_at: no index of refunds has that order",
    keeps="Work queue, Medium, sorts by requested_at: idx_refunds_requested_at (requested_at)",
    source=SERVED_SOURCE,
)
def medium_frequency_query_unserved(facts: Facts) -> Iterator[Claim]:
    """No index serves an operation that runs ten to a hundred times a second.

    It is fast while the table is small, and grows slower with it.
    """
    return _unserved(facts, Frequency.MEDIUM)


@rule(
    "low-frequency-query-unserved",
    Severity.ADVICE,
    step=INDEXING,
    says=SERVED_SAYS,
    remedy="Add the index {proposal}, or accept that each call reads the whole table and say why.",
    asks=SERVED_ASKS,
    breaks="Refunds asked by a person, Low, filters by requested_by: no index of refunds starts with requested_by",
    keeps="Refunds asked by a person, Low, filters by requested_by: idx_refunds_requested_by (requested_by)",
    source=SERVED_SOURCE,
)
def low_frequency_query_unserved(facts: Facts) -> Iterator[Claim]:
    """No index serves an operation that runs less than ten times a second.

    A scan may be the better choice for a rare operation, but somebody should have made it.
    """
    return _unserved(facts, Frequency.LOW)


@rule(
    "high-frequency-query-partly-served",
    Severity.WARNING,
    step=INDEXING,
    says="“{path}”, an operation of {frequency} frequency, is served only in part. {note}",
    remedy="Add the index {proposal}, or extend the one there is.",
    breaks="Refunds of a payment, newest first, High: idx_refunds_payment_id (payment_id) leaves the sorting",
    keeps="Refunds of a payment, newest first, High: idx_refunds_payment_id (payment_id, requested_at descending)",
    source=SERVED_SOURCE,
)
def high_frequency_query_partly_served(facts: Facts) -> Iterator[Claim]:
    """An index serves only a part of an operation that runs more than a hundred times a second.

    It reads rows that it throws away, or sorts what an index could hand over in order.
    """
    return _partly_served(facts, Frequency.HIGH)


@rule(
    "medium-frequency-query-partly-served",
    Severity.ADVICE,
    step=INDEXING,
    says="“{path}”, an operation of {frequency} frequency, is served only in part. {note}",
    remedy="Add the index {proposal}, or extend the one there is.",
    breaks="Ledger of a refund, in order, Medium: idx_ledger_entries_refund_id (refund_id) leaves the sorting",
    keeps="Ledger of a refund, in order, Medium: idx_ledger_entries_refund_id (refund_id, posted_at)",
    source=SERVED_SOURCE,
)
def medium_frequency_query_partly_served(facts: Facts) -> Iterator[Claim]:
    """An index serves only a part of an operation that runs ten to a hundred times a second.

    That is fine while few rows match; it is worth a thought where many do.
    """
    return _partly_served(facts, Frequency.MEDIUM)


def _unserved(facts: Facts, frequency: Frequency) -> Iterator[Claim]:
    for query, covered in _of_frequency(facts, frequency):
        if covered.served is Verdict.NONE:
            yield problem(query, frequency=frequency.label, note=covered.note, proposal=_proposal(covered))
        elif covered.served is Verdict.UNDECIDED:
            yield doubt(query, frequency=frequency.label, note=covered.note)


def _partly_served(facts: Facts, frequency: Frequency) -> Iterator[Claim]:
    for query, covered in _of_frequency(facts, frequency):
        # Without a proposal, what serves in part is the best there is.
        if covered.served is Verdict.PARTLY and covered.proposal:
            yield problem(query, frequency=frequency.label, note=covered.note, proposal=_proposal(covered))


def _of_frequency(facts: Facts, frequency: Frequency) -> Iterator[tuple[Query, QueryCoverage]]:
    for query, covered in zip(facts.design.queries, facts.coverage, strict=True):
        if query.frequency is frequency:
            yield query, covered


def _proposal(covered: QueryCoverage) -> str:
    return f"“{covered.proposal.name}” on {covered.proposal.in_words}" if covered.proposal else "that is missing"


@rule(
    "queries-missing",
    Severity.WARNING,
    step=QUERIES,
    says="The design names no operations.",
    remedy="Add the operations that the application asks of these entities, with their frequency.",
    breaks="Five entities and no operation",
    keeps="Five entities and “Get a refund”, High, by id",
    source="Checklist item 5",
)
def queries_missing(facts: Facts) -> Iterator[Claim]:
    """A design with entities names no operations.

    Without them nobody can judge indexes, caches or the shape of the entities.
    """
    if facts.has_structures and not facts.design.queries:
        yield problem(None)


@rule(
    "query-frequency-missing",
    Severity.WARNING,
    says="Nothing says how often “{path}” runs.",
    remedy="Choose High, Medium or Low.",
    breaks="Refunds of a payment, without a frequency",
    keeps="Refunds of a payment: Medium, 60/s",
    source="Checklist item 5",
)
def query_frequency_missing(facts: Facts) -> Iterator[Claim]:
    """An operation has no frequency.

    Whether it deserves an index or a cache hangs on how often it runs.
    """
    return (problem(query, field_name="frequency") for query in facts.design.queries if query.frequency is None)


@rule(
    "query-entity-missing",
    Severity.WARNING,
    says="“{path}” names no entity and no key space.",
    remedy="Choose the entity that it starts from, and the fields it filters, sorts and returns.",
    asks="“{path}” names no entity and no key space: does it work on files?",
    breaks="Refunds of a payment, without entity or fields",
    keeps="Refunds of a payment: refunds, filtered by payment_id",
    source="Checklist item 5",
)
def query_entity_missing(facts: Facts) -> Iterator[Claim]:
    """An operation names no entity, no key space and no field.

    Nobody can tell which data it needs or which index would serve it.
    """
    for query in facts.design.queries:
        if not names_data(query):
            # Files have no fields to name, so an operation on them may be without.
            claim = doubt if facts.design.file_layouts else problem
            yield claim(query, field_name="entity")


@rule(
    "query-logic-missing",
    Severity.ADVICE,
    says="“{path}” is not described.",
    remedy="Describe in prose what it filters, sorts and returns.",
    breaks="Refunds of a payment, without logic",
    keeps="Refunds of a payment: all refunds of one payment, the newest first, twenty at a time",
    source="Checklist item 5; the workflow's step 4",
)
def query_logic_missing(facts: Facts) -> Iterator[Claim]:
    """An operation is not described.

    The fields alone do not say what the application does with the answer.
    """
    return (problem(query, field_name="logic") for query in facts.design.queries if not query.logic.strip())


@rule(
    "entity-without-query",
    Severity.WARNING,
    step=QUERIES,
    says="No operation touches “{path}”.",
    remedy="Add the operations that write and read “{path}”, or delete it.",
    breaks="idempotency_keys, and no operation reads or writes it",
    keeps="idempotency_keys, with “Check an idempotency key”",
    source="Checklist item 5: every entity is touched by an operation",
)
def entity_without_query(facts: Facts) -> Iterator[Claim]:
    """No operation touches an entity or a key space.

    Either an operation is missing or nobody needs what is kept there.
    """
    if not facts.design.queries:
        return
    found = touched(facts.design)
    # Whoever follows a relationship of a graph passes over its edges.
    kinds = (kind for kind in StructureKind if kind is not StructureKind.EDGE)
    yield from (problem(entity) for entity in facts.own(*kinds) if entity.uid not in found)
    yield from (problem(space) for space in facts.design.key_spaces if space.uid not in found)


@rule(
    "offset-pagination",
    Severity.ADVICE,
    says="“{path}” pages by offset at High frequency.",
    remedy="Page by key (keyset): remember the last row of a page and ask for those after it.",
    asks="“{path}” pages by offset: how far do people page, and how many rows are there?",
    breaks="Refunds of an account, High, paged by offset",
    keeps="Refunds of an account, High, paged by keyset on (requested_at, id)",
    source="Winand, Use The Index, Luke: Fetching the next page",
)
def offset_pagination(facts: Facts) -> Iterator[Claim]:
    """A frequent operation pages by offset.

    The database reads and throws away every row before the page, and rows shift between pages while others write.
    """
    for query in facts.design.queries:
        if query.pagination is Pagination.OFFSET and query.frequency is Frequency.HIGH:
            yield problem(query, field_name="pagination")
        elif query.pagination is Pagination.OFFSET and query.frequency is Frequency.MEDIUM:
            yield doubt(query, field_name="pagination")
