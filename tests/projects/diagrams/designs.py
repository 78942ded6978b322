"""Designs for the tests of diagrams, written as short text."""

from uuid import NAMESPACE_URL, UUID, uuid5

from projects.design.tree import (
    Design,
    Entity,
    EntityField,
    EntityKey,
    FieldPair,
    Identity,
    Relationship,
)
from projects.design.vocabulary import Cardinality, KeyKind

IDENTITY = Identity(
    project_key="storefront",
    project_title="Storefront",
    epic_key="billing",
    epic_title="Billing",
    feature_key="refunds",
    feature_title="Refunds",
)


def uid(*names: object) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(map(str, names)))


def entity(name: str, fields: str, *, namespace: str | None = None, reused_from: str = "") -> Entity:
    """An entity from lines like `id uuid pk`; a type ending in `?` is optional, `uq` makes a key of its own."""
    owner = f"{namespace}.{name}" if namespace else name
    found: list[EntityField] = []
    primary, keys = [], []
    for line in fields.strip().splitlines():
        field_name, kind, *marks = line.split()
        field = uid(owner, field_name)
        found.append(EntityField(uid=field, name=field_name, type=kind.rstrip("?"), is_required=not kind.endswith("?")))
        if "pk" in marks:
            primary.append(field)
        if "uq" in marks:
            keys.append(EntityKey(uid=uid(owner, field_name, "uq"), kind=KeyKind.UNIQUE, fields=(field,)))
    if primary:
        keys.insert(0, EntityKey(uid=uid(owner, "pk"), kind=KeyKind.PRIMARY, fields=tuple(primary)))
    return Entity(
        uid=uid(owner),
        namespace=namespace,
        name=name,
        reused_from=reused_from,
        fields=tuple(found),
        keys=tuple(keys),
    )


def reference(child: str, parent: str, cardinality: Cardinality = Cardinality.ONE_TO_MANY) -> Relationship:
    """A foreign key from `child.field` to `parent.field`."""
    (child_name, _, child_field), (parent_name, _, parent_field) = child.rpartition("."), parent.rpartition(".")
    return Relationship(
        uid=uid(child, "refers to", parent),
        parent=uid(parent_name),
        child=uid(child_name),
        pairs=(FieldPair(child=uid(child_name, child_field), parent=uid(parent_name, parent_field)),),
        cardinality=cardinality,
    )


def design(*entities: Entity, relationships: tuple[Relationship, ...] = ()) -> Design:
    return Design(identity=IDENTITY, entities=entities, relationships=relationships)


REFUNDS = design(
    entity(
        "refunds",
        """
        id uuid pk
        payment_id uuid
        status refund_status
        amount_minor bigint
        currency char(3)
        reason_code varchar(32)
        reason_note text?
        requested_by uuid
        provider_ref varchar(64)? uq
        requested_at timestamptz
        settled_at timestamptz?
        version integer
        created_at timestamptz
        updated_at timestamptz
        """,
    ),
    entity(
        "refund_lines",
        """
        id uuid pk
        refund_id uuid
        invoice_line_id uuid
        quantity integer
        amount_minor bigint
        tax_minor bigint
        created_at timestamptz
        """,
    ),
    entity(
        "payments",
        """
        id uuid pk
        invoice_id uuid
        status payment_status
        captured_minor bigint
        currency char(3)
        captured_at timestamptz
        """,
        reused_from="billing/payments",
    ),
    entity(
        "ledger_entries",
        """
        id bigint pk
        refund_id bigint
        entry_group uuid
        account_code varchar(16)
        direction entry_side
        amount_minor bigint
        currency char(3)
        posted_at timestamptz
        """,
    ),
    entity(
        "idempotency_keys",
        """
        id uuid pk
        refund_id uuid?
        scope varchar(24) uq
        key varchar(128) uq
        request_hash bytea
        response_body jsonb
        expires_at timestamptz
        """,
    ),
    relationships=(
        reference("refunds.payment_id", "payments.id"),
        reference("refund_lines.refund_id", "refunds.id"),
        reference("ledger_entries.refund_id", "refunds.id"),
        reference("idempotency_keys.refund_id", "refunds.id", Cardinality.ONE_TO_OPTIONAL),
    ),
)


def many(count: int, *, fields: int = 6, references: int = 1) -> Design:
    """A design of any size with foreign keys spread over it in a fixed, irregular way."""
    names = [f"entity_{number}" for number in range(count)]
    plain = "\n".join(f"field_{number} text" for number in range(fields))
    entities, relationships = [], []
    for number, name in enumerate(names):
        targets = [names[(number * number + 7 * way) % number] for way in range(references)] if number else []
        keys = "\n".join(f"ref_{way} uuid" for way in range(len(targets)))
        entities.append(entity(name, f"id uuid pk\n{keys}\n{plain}".replace("\n\n", "\n")))
        relationships += [reference(f"{name}.ref_{way}", f"{target}.id") for way, target in enumerate(targets)]
    return design(*entities, relationships=tuple(relationships))
