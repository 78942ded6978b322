"""A design of any number of entities, with something in every list: the same for the same number."""

from uuid import NAMESPACE_URL, UUID, uuid5

from projects.design import tree


def uid(*parts: object) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(map(str, parts)))


def entity(number: int) -> tree.Entity:
    names = ("id", "parent_id", "status", "amount_minor", "currency", "note", "created_at", "updated_at")
    fields = [tree.EntityField(uid=uid(number, name), name=name, type="bigint") for name in names]
    return tree.Entity(
        uid=uid(number),
        name=f"entities_{number:04}",
        purpose="Holds something.",
        store=uid("store"),
        fields=tuple(fields),
        keys=(
            tree.EntityKey(uid=uid(number, "pk"), kind="primary", fields=(uid(number, "id"),)),
            tree.EntityKey(uid=uid(number, "uq"), kind="unique", fields=(uid(number, "note"), uid(number, "status"))),
        ),
        checks=(tree.Check(uid=uid(number, "check"), name="positive", expression="amount_minor > 0"),),
    )


def sized_design(entities: int) -> tree.Design:
    numbers = range(entities)
    return tree.Design(
        identity=tree.Identity(
            project_key="sized",
            project_title="Sized",
            epic_key="billing",
            epic_title="Billing",
            feature_key="refunds",
            feature_title="Refunds",
        ),
        requirements=tree.Requirements(retention="Ten years"),
        sources=(tree.Source(uid=uid("source"), kind="prd", title="Requirements"),),
        stores=(tree.Store(uid=uid("store"), name="PostgreSQL 16", kind="relational", system="PostgreSQL 16"),),
        data_elements=(tree.DataElement(uid=uid("element"), name="Refund", store=uid("store")),),
        types=(tree.NamedType(uid=uid("type"), name="state", kind="enum", values=("open", "closed")),),
        entities=tuple(entity(number) for number in numbers),
        relationships=tuple(
            tree.Relationship(
                uid=uid(number, "relationship"),
                parent=uid(number - 1),
                child=uid(number),
                pairs=(tree.FieldPair(child=uid(number, "parent_id"), parent=uid(number - 1, "id")),),
            )
            for number in numbers
            if number
        ),
        queries=tuple(
            tree.Query(
                uid=uid(number, "query"),
                name=f"Find {number}",
                entity=uid(number),
                uses=(
                    tree.FieldUse(field=uid(number, "status"), role="equality"),
                    tree.FieldUse(field=uid(number, "created_at"), role="sort", direction="desc"),
                ),
            )
            for number in numbers
        ),
        indexes=tuple(
            tree.Index(
                uid=uid(number, "index"),
                name=f"idx_{number}",
                entity=uid(number),
                parts=(tree.IndexPart(field=uid(number, "status")), tree.IndexPart(field=uid(number, "created_at"))),
            )
            for number in numbers
        ),
    )
