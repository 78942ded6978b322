"""The constraints that the data model keeps already, each with the place where it is edited."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from projects.design.tree import Design, Entity, Relationship
from projects.design.vocabulary import KeyKind
from projects.snapshot.current import Digested
from projects.views.addresses import Addresses

KINDS = {
    "Primary key": ("primary key", "primary keys"),
    "Foreign key": ("foreign key", "foreign keys"),
    "Unique": ("unique key", "unique keys"),
    "Check": ("check", "checks"),
    "Not null": ("required field", "required fields"),
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """`uid` is the row that says it, on the page of `entity`."""

    kind: str
    on: str
    rule: str
    entity: UUID
    uid: UUID


def constraints(design: Design) -> Iterator[Constraint]:
    """Those of the entities designed here; what is reused, its owner looks after."""
    foreign_keys: dict[UUID, list[Relationship]] = {}
    for line in design.relationships:
        if line.pairs:
            foreign_keys.setdefault(line.child, []).append(line)
    for entity in design.own_entities:
        yield from _keys(entity)
        yield from (_foreign_key(design, entity, line) for line in foreign_keys.get(entity.uid, ()))
        yield from _checks(entity)
        yield from _required(entity)


def _keys(entity: Entity) -> Iterator[Constraint]:
    names = {field.uid: field.name for field in entity.fields}
    for key in entity.keys:
        kind = "Primary key" if key.kind is KeyKind.PRIMARY else "Unique"
        fields = ", ".join(names[uid] for uid in key.fields if uid in names)
        yield Constraint(kind, entity.full_name, fields, entity.uid, key.uid)


def _checks(entity: Entity) -> Iterator[Constraint]:
    for check in entity.checks:
        yield Constraint("Check", entity.full_name, check.expression, entity.uid, check.uid)
    for field in entity.fields:
        if field.rule.strip():
            yield Constraint("Check", f"{entity.full_name}.{field.name}", field.rule, entity.uid, field.uid)


def _required(entity: Entity) -> Iterator[Constraint]:
    for field in entity.fields:
        if field.is_required:
            path = f"{entity.full_name}.{field.name}"
            yield Constraint("Not null", path, "always holds a value", entity.uid, field.uid)


def _foreign_key(design: Design, entity: Entity, line: Relationship) -> Constraint:
    children = ", ".join(design.field_by_uid[pair.child].name for pair in line.pairs)
    parents = ", ".join(design.field_by_uid[pair.parent].name for pair in line.pairs if pair.parent)
    parent = design.entity_by_uid[line.parent].full_name if line.parent else line.missing_target or "?"
    target = f"{parent} ({parents})" if parents else parent
    removal = f"; on delete: {line.on_delete.label.lower()}" if line.on_delete else "; on delete is not chosen"
    return Constraint("Foreign key", entity.full_name, f"{children} → {target}{removal}", entity.uid, line.uid)


@lru_cache(maxsize=16)
def constraint_counts(digested: Digested) -> tuple[str, ...]:
    """Like “2 primary keys”, for each kind there is."""
    counted = Counter(each.kind for each in constraints(digested.design))
    return tuple(f"{counted[kind]} {words[counted[kind] != 1]}" for kind, words in KINDS.items() if counted[kind])


def all_constraints(digested: Digested, addresses: Addresses) -> list[tuple[Constraint, str]]:
    model = addresses.data_model
    return [(each, f"{model}?at={each.entity}#row-{each.uid}") for each in constraints(digested.design)]
