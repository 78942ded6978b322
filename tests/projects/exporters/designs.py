"""Designs that the documents are tested with: a rich one, an empty one, one of any size, one full of a given text."""

from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from projects.design.review_record import ReviewRecord, SignOffLine, WaiverLine
from projects.design.tree import (
    Check,
    Conventions,
    DataElement,
    Design,
    Entity,
    EntityField,
    EntityKey,
    FieldPair,
    FieldUse,
    Identity,
    Index,
    IndexPart,
    NamedType,
    Query,
    Relationship,
    Requirements,
    Source,
    Store,
)
from projects.design.vocabulary import (
    AccessProfile,
    Cardinality,
    DesignState,
    Direction,
    Frequency,
    Generation,
    KeyKind,
    OperationKind,
    Pagination,
    ReferentialAction,
    Sensitivity,
    SourceKind,
    SourceStatus,
    StoreKind,
    TypeKind,
    UseRole,
)

DRAFT = ReviewRecord(authors=("Architect (AR)",), changed_at=datetime(2026, 11, 20, 10, 42, tzinfo=UTC))
APPROVED = ReviewRecord(
    state=DesignState.APPROVED,
    revision=4,
    authors=("Architect (AR)", "Architect (A2)"),
    approved_by=("Reviewer (RV)", "Reviewer (R2)"),
    changed_at=datetime(2026, 11, 24, 9, 48, tzinfo=UTC),
    sign_offs=(
        SignOffLine(
            reviewer="Reviewer (RV)",
            decision="Approved",
            revision=4,
            decided_at=datetime(2026, 11, 24, 9, 31, tzinfo=UTC),
            comment="The type of the foreign key is fixed. Good to build.",
            role="Reviewer",
            meaning="I have reviewed this revision and approve it as the design to build from.",
            digest="b81f5d2093ac7e41" * 4,
        ),
        SignOffLine(
            reviewer="Reviewer (R2)",
            decision="Changes requested",
            revision=3,
            decided_at=datetime(2026, 11, 20, 11, 5, tzinfo=UTC),
            comment="Foreign key types differ; one operation reads the whole table.",
            role="Owner, Reviewer",
            digest="7f3a91c2e05b44d8" * 4,
            ended="cleared by Reviewer (R2) on 2026-11-24 09:40 UTC: The types agree now.",
        ),
    ),
    waivers=(
        WaiverLine(
            what="Item 27",
            reason="Measured first, decided in r5.",
            by="Owner (OO)",
            at=datetime(2026, 11, 24, 9, 20, tzinfo=UTC),
            expires_on=date(2027, 3, 31),
        ),
    ),
)


def uid(*parts: object) -> UUID:
    """Equal for equal names, so that what tests make is the same on every run."""
    return uuid5(NAMESPACE_URL, "/".join(map(str, parts)))


def identity(**changes: str) -> Identity:
    given = {
        "project_key": "storefront",
        "project_title": "Payments platform",
        "epic_key": "billing",
        "epic_title": "Billing",
        "feature_key": "refunds",
        "feature_title": "Refunds",
    }
    return Identity(**(given | changes))


def fields_of(entity: str, lines: str, **changes: dict[str, object]) -> tuple[EntityField, ...]:
    """Fields from lines of name, type and description; a question mark after the name makes one optional."""
    found = []
    for line in lines.strip().splitlines():
        name, kind, about = (part.strip() for part in line.split("|"))
        plain = name.removesuffix("?")
        given = {"name": plain, "type": kind, "description": about, "is_required": plain == name}
        found.append(EntityField(uid=uid(entity, plain), **(given | changes.get(plain, {}))))
    return tuple(found)


def key(entity: str, kind: KeyKind, *names: str) -> EntityKey:
    return EntityKey(uid=uid(entity, kind, *names), kind=kind, fields=tuple(uid(entity, name) for name in names))


def reference(child: str, column: str, parent: str, **changes: object) -> Relationship:
    given = {
        "uid": uid(child, column, parent),
        "parent": uid(parent),
        "child": uid(child),
        "pairs": (FieldPair(child=uid(child, column), parent=uid(parent, "id")),),
        "on_delete": ReferentialAction.RESTRICT,
    }
    return Relationship(**(given | changes))


def use(entity: str, column: str, role: UseRole, direction: Direction = Direction.ASCENDING) -> FieldUse:
    return FieldUse(field=uid(entity, column), role=role, direction=direction)


def empty_design() -> Design:
    return Design(identity=identity())


REQUIREMENTS = Requirements(
    access_profile=AccessProfile.READ_HEAVY,
    access_notes="About nine reads for each write; support reads single refunds by key.",
    retention="Refunds and their postings are kept for *ten years*, as the law asks:\n\n"
    "- ledger entries are never deleted\n- idempotency keys go after 30 days",
    volume="1.2 million refunds a year, growing by a fifth each year.",
    project_context="The project runs one PostgreSQL 16 cluster, reached through an ORM with versioned migrations.",
)
SOURCES = tuple(
    Source(uid=uid("source", kind), kind=kind, location=f"docs/plan/billing/refunds/{name}", status=status)
    for kind, name, status in (
        (SourceKind.PRD, "prd.md", SourceStatus.APPROVED),
        (SourceKind.RESEARCH, "00-research-report.md", SourceStatus.APPROVED),
        (SourceKind.CONTRACTS, "02-contracts.md", SourceStatus.DRAFT),
        (SourceKind.BACKEND, "04-backend-design.md", SourceStatus.NOT_STARTED),
    )
)
POSTGRES = Store(
    uid=uid("store", "postgres"),
    name="PostgreSQL 16",
    kind=StoreKind.RELATIONAL,
    system="PostgreSQL 16",
    project_patterns="Every billing feature keeps its records in this cluster; payments share its transactions.",
    feature_requirements="A refund, its lines and its postings must change together.",
    performance_needs="300 reads a second by key, well inside one primary with a follower.",
    team_expertise="The team runs it today, backups and failover included.",
)
DATA_ELEMENTS = tuple(
    DataElement(
        uid=uid("element", name),
        name=name,
        description=about,
        reason=reason,
        size_estimate=size,
        store=POSTGRES.uid,
        access_pattern=access,
    )
    for name, about, reason, size, access in (
        (
            "Refund",
            "A request to return money",
            "State survives a restart; support looks it up for ten years",
            "4.70 GB",
            "by key, and by payment",
        ),
        (
            "Refund line",
            "What is returned, by invoice line",
            "Tax is reported line by line",
            "4.73 GB",
            "with its refund",
        ),
        ("Ledger entry", "One posting of a balanced pair", "Books are kept for ten years by law", "10.9 GB", ""),
        (
            "Idempotency key",
            "A caller’s own key and the answer it got",
            "A repeated call must return the first answer",
            "236 MB",
            "",
        ),
    )
)
TYPES = (
    NamedType(
        uid=uid("type", "refund_status"),
        name="refund_status",
        kind=TypeKind.ENUM,
        values=("requested", "sent", "settled", "failed"),
        description="Where a refund stands.",
    ),
    NamedType(
        uid=uid("type", "minor_units"), name="minor_units", kind=TypeKind.DOMAIN, base="bigint", rule="VALUE >= 0"
    ),
)
PAYMENTS = Entity(
    uid=uid("payments"),
    name="payments",
    purpose="A captured payment.",
    reused_from="billing/payments",
    fields=fields_of(
        "payments",
        """
        id | uuid | Unique identifier
        status | payment_status | Where the payment stands
        captured_minor | bigint | Captured amount, in minor units
        """,
    ),
    keys=(key("payments", KeyKind.PRIMARY, "id"),),
)
REFUNDS = Entity(
    uid=uid("refunds"),
    name="refunds",
    purpose="One request to return money for a captured payment. The amount never exceeds what is left of the payment.",
    store=POSTGRES.uid,
    fields=fields_of(
        "refunds",
        """
        id | uuid | Unique identifier
        payment_id | uuid | Returned payment
        status | refund_status | State of the refund
        amount_minor | minor_units | Returned amount, in minor units
        currency | char(3) | ISO 4217 code
        reason_note? | text | What the caller wrote
        requested_by | uuid | Who asked for it
        provider_ref? | varchar(64) | The provider’s own key
        requested_at | timestamptz | When it was asked for
        settled_at? | timestamptz | When the money had arrived
        """,
        id={"default": "gen_random_uuid()"},
        status={"default": "'requested'::refund_status"},
        amount_minor={"rule": "amount_minor > 0"},
        reason_note={"sensitivity": Sensitivity.PERSONAL},
        requested_at={"default": "now()"},
    ),
    keys=(key("refunds", KeyKind.PRIMARY, "id"), key("refunds", KeyKind.UNIQUE, "provider_ref")),
    checks=(
        Check(
            uid=uid("refunds", "check"),
            name="refunds_settled",
            expression="(status = 'settled') = (settled_at IS NOT NULL)",
        ),
        Check(uid=uid("refunds", "check 2"), expression="status IN ('requested', 'sent', 'settled', 'failed')"),
    ),
)
LINES = Entity(
    uid=uid("refund_lines"),
    name="refund_lines",
    purpose="What is returned, by invoice line.",
    store=POSTGRES.uid,
    fields=fields_of(
        "refund_lines",
        """
        refund_id | uuid | Its refund
        position | smallint | Place on the refund, from 1
        quantity | integer | How many are returned
        unit_minor | bigint | Price of one
        total_minor | bigint | Price of all
        """,
        total_minor={"generation": Generation.COMPUTED, "default": "quantity * unit_minor"},
    ),
    keys=(key("refund_lines", KeyKind.PRIMARY, "refund_id", "position"),),
)
LEDGER = Entity(
    uid=uid("ledger_entries"),
    namespace="books",
    name="ledger_entries",
    purpose="One posting of a balanced pair.",
    store=POSTGRES.uid,
    no_index_reason="it is read by the accounting export only, once a night and whole",
    fields=fields_of(
        "ledger_entries",
        """
        id | bigint | Unique identifier
        refund_id | uuid | Its refund
        account_id | uuid | Account that is posted to
        amount_minor | bigint | Posted amount
        """,
        id={"generation": Generation.IDENTITY},
    ),
    keys=(key("ledger_entries", KeyKind.PRIMARY, "id"),),
)
RELATIONSHIPS = (
    reference("refunds", "payment_id", "payments", description="A payment is returned in parts or as a whole."),
    reference(
        "refund_lines", "refund_id", "refunds", name="refund_lines_refund_id_fkey", on_delete=ReferentialAction.CASCADE
    ),
    reference("ledger_entries", "refund_id", "refunds", cardinality=Cardinality.ONE_TO_MANY),
    Relationship(
        uid=uid("ledger_entries", "to a missing account"),
        child=uid("ledger_entries"),
        pairs=(FieldPair(child=uid("ledger_entries", "account_id")),),
        missing_target="accounts(id)",
    ),
)
QUERIES = (
    Query(
        uid=uid("query", "one"),
        name="Fetch a refund by its key",
        frequency=Frequency.HIGH,
        rate="300/s",
        entity=uid("refunds"),
        pattern="Single record lookup",
        purpose="Show one refund to support and to the caller.",
        logic="Reads the refund with its lines.",
        uses=(use("refunds", "id", UseRole.EQUALITY), use("refund_lines", "refund_id", UseRole.JOIN)),
        pagination=Pagination.NONE,
        caching="None: a refund that was just changed must be seen.",
        sql="SELECT * FROM refunds WHERE id = $1",
    ),
    Query(
        uid=uid("query", "list"),
        name="List refunds of a payment",
        frequency=Frequency.MEDIUM,
        entity=uid("refunds"),
        pattern="Filtered list with pagination",
        logic="Newest first. Failed refunds are left out.",
        uses=(
            use("refunds", "payment_id", UseRole.EQUALITY),
            use("refunds", "requested_at", UseRole.SORT, Direction.DESCENDING),
        ),
        condition="status <> 'failed'",
        pagination=Pagination.KEYSET,
        bottleneck="A payment in many parts has long lists.",
        expected_duration="5 ms",
    ),
    Query(
        uid=uid("query", "settle"),
        name="Mark a refund as settled",
        kind=OperationKind.WRITE,
        frequency=Frequency.LOW,
        entity=uid("refunds"),
        uses=(
            use("refunds", "provider_ref", UseRole.EQUALITY),
            use("refunds", "settled_at", UseRole.RETURNED),
        ),
    ),
)
INDEXES = (
    Index(
        uid=uid("index", "payment"),
        name="idx_refunds_payment_id_requested_at",
        entity=uid("refunds"),
        parts=(
            IndexPart(field=uid("refunds", "payment_id")),
            IndexPart(field=uid("refunds", "requested_at"), direction=Direction.DESCENDING),
        ),
        condition="status <> 'failed'",
        purpose="List the refunds of a payment, newest first",
    ),
    Index(
        uid=uid("index", "provider"),
        name="idx_refunds_provider_ref",
        entity=uid("refunds"),
        parts=(IndexPart(expression="lower(provider_ref)"),),
        is_unique=True,
        purpose="Find a refund by the provider’s key",
    ),
)


def rich_design() -> Design:
    """A small design in which every step that exists has something to say."""
    return Design(
        identity=identity(),
        conventions=Conventions(notes="Money is kept in minor units, never as a fraction."),
        requirements=REQUIREMENTS,
        sources=SOURCES,
        stores=(POSTGRES,),
        data_elements=DATA_ELEMENTS,
        types=TYPES,
        entities=(PAYMENTS, REFUNDS, LINES, LEDGER),
        relationships=RELATIONSHIPS,
        queries=QUERIES,
        indexes=INDEXES,
    )
