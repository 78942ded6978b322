"""Tables for the tests of the statements, from a few words each."""

from uuid import NAMESPACE_URL, UUID, uuid5

from projects.design.tree import (
    Check,
    Design,
    Entity,
    EntityField,
    EntityKey,
    FieldPair,
    Index,
    IndexPart,
    Relationship,
    Store,
)
from projects.design.vocabulary import KeyKind, StoreKind
from tests.projects.importers.reading import IDENTITY


def uid(*words: object) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(map(str, words)))


def column(table: str, name: str, type_: str = "text", **facts: object) -> EntityField:
    return EntityField(uid=uid(table, name), name=name, type=type_, **facts)


def table(name: str, *fields: EntityField, primary: str = "", checks: tuple[str, ...] = (), **facts: object) -> Entity:
    keys = [EntityKey(uid=uid(name, "key"), kind=KeyKind.PRIMARY, fields=(uid(name, primary),))] if primary else []
    keys += facts.pop("keys", ())
    expressions = tuple(Check(uid=uid(name, "check", text), expression=text) for text in checks)
    return Entity(uid=uid(name), name=name, fields=fields, keys=tuple(keys), checks=expressions, **facts)


def unique(of: str, *names: str, name: str = "") -> EntityKey:
    fields = tuple(uid(of, each) for each in names)
    return EntityKey(uid=uid(of, "unique", *names), kind=KeyKind.UNIQUE, name=name, fields=fields)


def reference(child: str, field: str, parent: str, target: str = "id", **facts: object) -> Relationship:
    pair = FieldPair(child=uid(child, field), parent=uid(parent, target))
    return Relationship(uid=uid(child, field, parent), child=uid(child), parent=uid(parent), pairs=(pair,), **facts)


def index(name: str, of: str, *parts: str | IndexPart, **facts: object) -> Index:
    """Parts are names of fields, or parts."""
    whole = tuple(part if isinstance(part, IndexPart) else IndexPart(field=uid(of, part)) for part in parts)
    return Index(uid=uid(of, "index", name), name=name, entity=uid(of), parts=whole, **facts)


def design(*entities: Entity, system: str = "", **facts: object) -> Design:
    stores = (Store(uid=uid("store"), name="main", kind=StoreKind.RELATIONAL, system=system),) if system else ()
    return Design(identity=IDENTITY, entities=entities, stores=stores, **facts)
