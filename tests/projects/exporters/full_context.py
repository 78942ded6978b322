"""The full design’s sources and what they ask for, its operations, indexes, rules and DTOs."""

from projects.design.tree import (
    Cache,
    Component,
    Demand,
    Dto,
    DtoField,
    Endpoint,
    Index,
    IndexPart,
    Query,
    Quote,
    Source,
    ValidationRule,
)
from projects.design.vocabulary import (
    DemandKind,
    Direction,
    DtoDirection,
    Eviction,
    Frequency,
    IndexMethod,
    MappingKind,
    Pagination,
    RuleLevel,
    SourceKind,
    SourceStatus,
    StoreKind,
    UseRole,
)
from tests.projects.exporters.designs import REFUNDS, uid, use
from tests.projects.exporters.full_structures import DISPUTES, EVIDENCE, store

UPLOADED = Source(
    uid=uid("source", "uploaded"),
    kind=SourceKind.OTHER,
    title="Rules of the card schemes",
    status=SourceStatus.APPROVED,
    file_name="scheme-rules-2026.pdf",
    file_digest="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
)
QUOTES = (
    Quote(
        uid=uid("quote", 1),
        source=UPLOADED.uid,
        text="Evidence shall be available for 120 days after the first presentment.",
        place="§ 4.2",
        about=EVIDENCE.uid,
    ),
    Quote(
        uid=uid("quote", 2),
        source=uid("source", SourceKind.PRD),
        text="A refund never exceeds what was captured.",
        about=uid("refunds", "amount_minor"),
    ),
)
COMPONENTS = (
    Component(uid=uid("component", "api"), name="Refund API", description="Takes and answers requests."),
    Component(uid=uid("component", "worker"), name="Settlement worker", description="Talks to the provider."),
)
ENDPOINTS = (
    Endpoint(uid=uid("endpoint", 1), name="GET /refunds/{id}", description="One refund.", query=uid("query", "one")),
    Endpoint(
        uid=uid("endpoint", 2), name="GET /refunds", description="A payment’s refunds.", query=uid("query", "list")
    ),
)
DEMANDS = (
    Demand(
        uid=uid("demand", "amount"),
        kind=DemandKind.VALIDATION,
        text="The amount is positive and at most what is left of the payment.",
        source=uid("source", SourceKind.CONTRACTS),
    ),
    Demand(
        uid=uid("demand", "cache"),
        kind=DemandKind.CACHING,
        text="The refund page answers within 50 ms.",
        source=uid("source", SourceKind.BACKEND),
    ),
)
CACHES = (
    Cache(
        uid=uid("cache", "page"),
        name="Refund page",
        holds="The refund with its lines, ready to show.",
        place="every web process",
        ttl="60 s",
        invalidation="A change of the refund deletes its key.",
        eviction=Eviction.LRU,
        tolerated_staleness="60 s",
        demand=uid("demand", "cache"),
        **store(StoreKind.CACHE),
    ),
)
MORE_QUERIES = (
    Query(
        uid=uid("query", "sums"),
        name="Sum refunds by day",
        frequency=Frequency.LOW,
        rate="one a night",
        entity=uid("refunds"),
        pattern="Aggregation",
        purpose="The daily report.",
        reason="Accounting closes each day.",
        logic="Sums the settled refunds of one day, by currency.",
        uses=(
            use("refunds", "settled_at", UseRole.RANGE),
            use("refunds", "currency", UseRole.RETURNED),
            use("refunds", "reason_note", UseRole.SEARCH),
        ),
        aggregation="sum of amount_minor by currency",
        bottleneck="A month’s end has ten times the rows.",
        optimization="Runs on the follower.",
        cache=uid("cache", "page"),
        caching="The result is kept until the next night.",
        expected_duration="2 s",
    ),
    Query(
        uid=uid("query", "repeat"),
        name="Answer a repeated call",
        frequency=Frequency.HIGH,
        key_space=uid("key space", "idempotency"),
        pattern="Key lookup",
        purpose="Return the first answer.",
        logic="Reads the key of the caller.",
        pagination=Pagination.NONE,
        bottleneck="None known.",
    ),
)
MORE_INDEXES = (
    Index(
        uid=uid("index", "disputes"),
        name="disputes_scheme_sent",
        entity=DISPUTES.uid,
        parts=(
            IndexPart(field=uid("disputes", "scheme")),
            IndexPart(field=uid("disputes", "messages.sentAt"), direction=Direction.DESCENDING),
        ),
        method=IndexMethod.BTREE,
        purpose="Open cases of a scheme, newest first",
    ),
)
RULES = (
    ValidationRule(
        uid=uid("rule", "amount"),
        level=RuleLevel.FIELD,
        entity=uid("refunds"),
        field=uid("refunds", "amount_minor"),
        rule="amount_minor > 0 AND amount_minor <= captured_minor",
        in_api=True,
        in_logic=True,
        in_database=True,
        demand=uid("demand", "amount"),
    ),
    ValidationRule(
        uid=uid("rule", "dispute"), level=RuleLevel.RECORD, entity=DISPUTES.uid, rule="A message has text or a file."
    ),
    ValidationRule(
        uid=uid("rule", "ledger"), level=RuleLevel.BUSINESS, rule="Postings of one refund sum to nought.", in_logic=True
    ),
)
DTOS = (
    Dto(
        uid=uid("dto", "refund"),
        name="RefundResponse",
        direction=DtoDirection.RESPONSE,
        source=uid("source", SourceKind.CONTRACTS),
        entity=REFUNDS.uid,
        description="A refund as callers see it.",
        fields=(
            DtoField(
                uid=uid("dto", "id"),
                name="id",
                type="string",
                is_required=True,
                kind=MappingKind.STORED,
                sources=(uid("refunds", "id"),),
                transformation="written with hyphens",
                alignment="Same as the column.",
            ),
            DtoField(
                uid=uid("dto", "amount"),
                name="amount",
                type="decimal string",
                is_required=True,
                limits="amount > 0",
                kind=MappingKind.COMPUTED,
                sources=(uid("refunds", "amount_minor"), uid("payments", "captured_minor")),
                transformation="amount_minor / 100",
                alignment="The check in the database is the same.",
            ),
            DtoField(uid=uid("dto", "links"), name="links", type="object", kind=MappingKind.UNSTORED),
            DtoField(uid=uid("dto", "open"), name="traceId", type="string"),
        ),
    ),
)
