"""The full design’s stores, and the structures that lie in them."""

from projects.design.tree import DataElement, Entity, FileLayout, KeySpace, Relationship, Store
from projects.design.vocabulary import (
    Cardinality,
    DistanceMetric,
    Eviction,
    FieldRole,
    KeyKind,
    ReferentialAction,
    Sensitivity,
    StoreKind,
    StructureKind,
    VectorIndex,
)
from tests.projects.exporters.designs import fields_of, key, uid

STORES = tuple(
    Store(
        uid=uid("store", kind),
        name=name,
        kind=kind,
        system=system,
        project_patterns=f"{name} is what the other billing features use.",
        feature_requirements=needs,
        performance_needs="Well inside what one node serves today.",
        team_expertise="The team runs it.",
    )
    for kind, name, system, needs in (
        (StoreKind.DOCUMENT, "Case files", "MongoDB 8", "A dispute’s evidence differs by card scheme."),
        (StoreKind.KEY_VALUE, "Short-lived keys", "Redis 8", "Locks and answers are found by one key."),
        (StoreKind.FILE, "Evidence files", "Amazon S3", "Scans are written once and read rarely."),
        (StoreKind.TIME_SERIES, "Measurements", "TimescaleDB 2.17", "Provider latency is watched by the minute."),
        (StoreKind.VECTOR, "Similar cases", "Qdrant 1.12", "Support looks for cases like this one."),
        (StoreKind.GRAPH, "Fraud graph", "Neo4j 5", "Rings of accounts are walked in both directions."),
        (StoreKind.SEARCH, "Support search", "OpenSearch 2", "Support searches notes by any word."),
        (StoreKind.CACHE, "Application cache", "Redis 8", "The refund page asks for the same rows again."),
    )
)


def store(kind: StoreKind) -> dict[str, object]:
    return {"store": uid("store", kind)}


EVIDENCE = DataElement(
    uid=uid("element", "Dispute evidence"),
    name="Dispute evidence",
    description="What a merchant sends to contest a chargeback",
    reason="The scheme asks for it up to 120 days later",
    size_estimate="40 GB",
    access_pattern="written once, read by case",
    note="Scans stay in files, what they say in documents.",
    retention_rule="Disputes",
    kept_for="18 months",
    departure="The scheme asks for six months more than the rule.",
    afterwards="deleted, with an entry in the audit log",
    **store(StoreKind.DOCUMENT),
)
DISPUTES = Entity(
    uid=uid("disputes"),
    kind=StructureKind.COLLECTION,
    name="disputes",
    purpose="A contested charge with all that was sent for it.",
    departure="Its names are those of the scheme's messages.",
    size_limit="16 MB, which 400 messages stay below",
    data_element=EVIDENCE.uid,
    fields=fields_of(
        "disputes",
        """
        _id | objectId | Unique identifier
        scheme | string | Card scheme
        refundId? | string | Key of the refund in PostgreSQL
        messages | object | What was written, newest last
        messages.text | string | The words
        messages.sentAt | date | When they were sent
        contact.email? | string | Where the merchant is reached
        """,
        messages={"is_array": True},
        scheme={"rule": "scheme IN ('visa', 'mastercard')"},
        **{"contact.email": {"sensitivity": Sensitivity.PERSONAL, "protection": "encrypted by the application"}},
    ),
    keys=(key("disputes", KeyKind.PRIMARY, "_id").model_copy(update={"name": "disputes_key"}),),
    **store(StoreKind.DOCUMENT),
)
LATENCY = Entity(
    uid=uid("latency"),
    kind=StructureKind.MEASUREMENT,
    name="provider_latency",
    purpose="How long a provider takes to answer.",
    resolution="1 minute",
    downsampling="After 7 days the mean and the 99th percentile of each hour; after a year of each day.",
    data_element=EVIDENCE.uid,
    fields=fields_of(
        "latency",
        """
        at | timestamp | When it was measured
        provider | string | Which provider
        region | string | From where it was called
        p99_ms | double | 99th percentile, in milliseconds
        """,
        at={"role": FieldRole.TIME},
        provider={"role": FieldRole.TAG},
        region={"role": FieldRole.TAG},
        p99_ms={"role": FieldRole.VALUE},
    ),
    **store(StoreKind.TIME_SERIES),
)
CASES = Entity(
    uid=uid("cases"),
    kind=StructureKind.VECTORS,
    name="case_embeddings",
    purpose="Finds closed cases whose words mean the same.",
    derived_from="the text of disputes.messages",
    embedding_model="all-MiniLM-L6-v2",
    dimensions=384,
    metric=DistanceMetric.COSINE,
    vector_index=VectorIndex.HNSW,
    fields=fields_of(
        "cases",
        """
        embedding | vector | The text as numbers
        scheme | keyword | Card scheme
        closed_at? | datetime | When the case was closed
        """,
        embedding={"role": FieldRole.VECTOR},
        scheme={"role": FieldRole.FILTER},
        closed_at={"role": FieldRole.FILTER},
    ),
    **store(StoreKind.VECTOR),
)
ACCOUNT = Entity(
    uid=uid("Account"),
    kind=StructureKind.NODE,
    name="Account",
    purpose="An account that received a refund.",
    fields=fields_of("Account", "iban_hash | string | Hash of the account’s number"),
    keys=(key("Account", KeyKind.UNIQUE, "iban_hash"),),
    **store(StoreKind.GRAPH),
)
DEVICE = Entity(
    uid=uid("Device"),
    kind=StructureKind.NODE,
    name="Device",
    purpose="A device that asked for a refund.",
    fields=fields_of("Device", "fingerprint | string | What tells it from others"),
    **store(StoreKind.GRAPH),
)
USED = Entity(
    uid=uid("USED"),
    kind=StructureKind.EDGE,
    name="USED",
    purpose="An account’s owner was seen on a device.",
    fields=fields_of("USED", "last_seen | datetime | The last time"),
    **store(StoreKind.GRAPH),
)
NOTES = Entity(
    uid=uid("notes"),
    kind=StructureKind.SEARCH,
    name="refund_notes",
    purpose="Support’s search over notes.",
    derived_from="refunds.reason_note",
    refresh="every 5 seconds",
    fields=fields_of(
        "notes",
        """
        reason_note | text | What the caller wrote
        currency | keyword | ISO 4217 code
        """,
        reason_note={"analyser": "standard with English stemming", "weight": "3"},
        currency={"analyser": "none", "weight": "1"},
    ),
    **store(StoreKind.SEARCH),
)
USED_BY = Relationship(
    uid=uid("used by"),
    name="used",
    parent=ACCOUNT.uid,
    child=DEVICE.uid,
    junction=USED.uid,
    cardinality=Cardinality.MANY_TO_MANY,
    on_update=ReferentialAction.CASCADE,
    description="Shared devices point at rings.",
)
KEY_SPACES = (
    KeySpace(
        uid=uid("key space", "idempotency"),
        pattern="idempotency:{caller_id}:{key}",
        value_type="JSON",
        ttl="30 days",
        eviction=Eviction.TTL,
        size_estimate="2 KB each",
        purpose="The first answer to a repeated call.",
        data_element=uid("element", "Idempotency key"),
        **store(StoreKind.KEY_VALUE),
    ),
)
FILE_LAYOUTS = (
    FileLayout(
        uid=uid("layout", "evidence"),
        structure="evidence/{year}/{dispute_id}/",
        format="PDF/A",
        naming="{sha256}.pdf",
        access_pattern="Written once; read by case handlers through signed links.",
        size_estimate="400 KB each",
        data_element=EVIDENCE.uid,
        **store(StoreKind.FILE),
    ),
)
