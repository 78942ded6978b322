"""One finished design that breaks no rule, to be changed in a single place by the tests of each rule."""

from collections.abc import Iterable
from typing import Any

from projects.design.tree import Design, Entity, Index, Query, Relationship
from projects.design.vocabulary import Cardinality, Frequency, OperationKind, Pagination, ReferentialAction, TypeKind
from tests.projects.checks.builders import (
    make_design,
    make_entity,
    make_index,
    make_query,
    make_relationship,
    make_store,
    make_type,
    uid_of,
)

STAMPS = ("created_at timestamptz", "updated_at timestamptz")


def finished_design(**changed: Any) -> Design:
    """Refunds of payments, as the pictures of the product show them; name a part to put another in its place."""
    parts = {
        "stores": (make_store(),),
        "types": (make_type("refund_status", TypeKind.ENUM, values=("requested", "approved", "settled")),),
        "entities": finished_entities(),
        "relationships": finished_relationships(),
        "queries": finished_queries(),
        "indexes": finished_indexes(),
    }
    return make_design(**parts | changed)


def finished_entities() -> tuple[Entity, ...]:
    return (
        make_entity("payments", "id uuid", "currency char(3)", reused_from="billing/payments"),
        make_entity(
            "refunds",
            "id uuid",
            "payment_id uuid",
            "status refund_status",
            "amount_minor bigint",
            "currency char(3)",
            "reason_note? text",
            "provider_ref? varchar(64)",
            "is_partial boolean",
            "requested_at timestamptz",
            *STAMPS,
            unique=["provider_ref"],
            purpose="One request to return money for a captured payment.",
        ),
        make_entity(
            "ledger_entries",
            "id bigint",
            "refund_id uuid",
            "account_code varchar(16)",
            "amount_minor bigint",
            "posted_at timestamptz",
            "created_at timestamptz",
            purpose="A posting that moves money. Append-only.",
        ),
        make_entity(
            "idempotency_keys",
            "id uuid",
            "refund_id uuid",
            "scope varchar(24)",
            "request_hash bytea",
            "expires_at timestamptz",
            *STAMPS,
            unique=["refund_id", "scope, request_hash"],
        ),
    )


def finished_relationships() -> tuple[Relationship, ...]:
    chosen = {"on_delete": ReferentialAction.RESTRICT}
    return (
        make_relationship("refunds.payment_id", "payments.id", **chosen),
        make_relationship("ledger_entries.refund_id", "refunds.id", **chosen),
        make_relationship(
            "idempotency_keys.refund_id", "refunds.id", cardinality=Cardinality.ONE_TO_OPTIONAL, **chosen
        ),
    )


def finished_queries() -> tuple[Query, ...]:
    high, medium, low = Frequency.HIGH, Frequency.MEDIUM, Frequency.LOW
    return (
        make_query("Get a refund", "refunds", frequency=high, equality=["refunds.id"]),
        make_query(
            "Refunds of a payment",
            "refunds",
            frequency=medium,
            equality=["refunds.payment_id"],
            sort=["-refunds.requested_at"],
            pagination=Pagination.KEYSET,
        ),
        make_query("Refund by reference", "refunds", frequency=low, equality=["refunds.provider_ref"]),
        make_query(
            "Check a key",
            "idempotency_keys",
            frequency=high,
            equality=["idempotency_keys.scope", "idempotency_keys.request_hash"],
        ),
        make_query(
            "Purge expired keys",
            "idempotency_keys",
            frequency=low,
            kind=OperationKind.WRITE,
            range=["idempotency_keys.expires_at"],
        ),
        make_query("Postings of a refund", "ledger_entries", frequency=high, equality=["ledger_entries.refund_id"]),
        make_query(
            "Post an entry",
            "ledger_entries",
            frequency=high,
            kind=OperationKind.WRITE,
            returned=["ledger_entries.id"],
        ),
    )


def finished_indexes() -> tuple[Index, ...]:
    return (
        make_index("idx_refunds_payment_id", "refunds", "payment_id, -requested_at"),
        make_index("idx_ledger_entries_refund_id", "ledger_entries", "refund_id"),
        make_index("idx_idempotency_keys_expires_at", "idempotency_keys", "expires_at"),
    )


def with_entity(name: str, *fields: str, **facts: Any) -> Design:
    """The finished design and one more entity, touched by one more operation so that only its own faults show."""
    entity = make_entity(name, *fields, **facts)
    query = make_query(f"Add {name}", name, frequency=Frequency.LOW, kind=OperationKind.WRITE)
    return finished_design(entities=(*finished_entities(), entity), queries=(*finished_queries(), query))


def without(things: Iterable[Any], path: str) -> tuple[Any, ...]:
    return tuple(thing for thing in things if thing.uid != uid_of(path))
