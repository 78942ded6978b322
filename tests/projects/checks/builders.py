"""Small designs in few words. Uids come from names, so a test can point at “refunds.payment_id” as `uid_of` it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from projects.checks import CheckConfig, run
from projects.checks.finding import Finding, Report, Undecided
from projects.design.tree import (
    Design,
    Dto,
    DtoField,
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
    Store,
    Thing,
    Volume,
)
from projects.design.vocabulary import Direction, KeyKind, MappingKind, StoreKind, TypeKind, UseRole

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
IDENTITY = Identity(
    project_key="storefront",
    project_title="Storefront",
    epic_key="billing",
    epic_title="Billing",
    feature_key="refunds",
    feature_title="Refunds",
)
DESCENDING_MARK = "-"

AnyThing = TypeVar("AnyThing", bound=Thing)


def uid_of(path: str) -> UUID:
    return uuid5(NAMESPACE_URL, path)


def make_design(**parts: Any) -> Design:
    return Design(identity=parts.pop("identity", IDENTITY), **parts)


def make_store(system: str = "PostgreSQL 16", **facts: Any) -> Store:
    rationale = dict.fromkeys(
        ("project_patterns", "feature_requirements", "performance_needs", "team_expertise"), "It fits."
    )
    given = {"name": "main", "kind": StoreKind.RELATIONAL, "system": system} | rationale | facts
    return Store(uid=uid_of(f"store {given['name']}"), **given)


def make_entity(
    name: str, *fields: EntityField | str, key: str = "id", unique: Iterable[str] = (), **facts: Any
) -> Entity:
    """Fields as "name type", with "?" behind the name of an optional one; keys as "a, b"."""
    keys = [make_key(name, KeyKind.PRIMARY, key)] if key else []
    keys += [make_key(name, KeyKind.UNIQUE, one) for one in unique]
    return Entity(
        uid=uid_of(name),
        name=name,
        fields=tuple(make_field(name, field) if isinstance(field, str) else field for field in fields),
        keys=tuple(keys),
        **facts,
    )


def make_key(entity: str, kind: KeyKind, fields: str) -> EntityKey:
    uids = tuple(uid_of(f"{entity}.{field.strip()}") for field in fields.split(","))
    return EntityKey(uid=uid_of(f"{entity} {kind} {fields}"), kind=kind, fields=uids)


def make_field(entity: str, text: str, **facts: Any) -> EntityField:
    name, _, field_type = text.partition(" ")
    is_required = not name.endswith("?")
    name = name.removesuffix("?")
    return EntityField(uid=uid_of(f"{entity}.{name}"), name=name, type=field_type, is_required=is_required, **facts)


def make_relationship(child: str, target: str = "", /, **facts: Any) -> Relationship:
    """From "refunds.payment_id" to "payments.id"; several fields as "refunds.a, refunds.b"."""
    children = [path.strip() for path in child.split(",")]
    parents = [path.strip() for path in target.split(",")] if target else [""] * len(children)
    pairs = tuple(
        FieldPair(child=uid_of(one), parent=uid_of(other) if other else None)
        for one, other in zip(children, parents, strict=True)
    )
    given = {"parent": uid_of(parents[0].split(".")[0]) if target else None, "pairs": pairs} | facts
    return Relationship(uid=uid_of(f"{child} → {target}"), child=uid_of(children[0].split(".")[0]), **given)


def make_query(name: str = "Find refunds", entity: str = "", **facts: Any) -> Query:
    """Roles as lists of paths: equality=["refunds.status"], sort=["-refunds.requested_at"] where "-" is descending."""
    uses = []
    for role in UseRole:
        for path in facts.pop(role.value, ()):
            direction = Direction.DESCENDING if path.startswith(DESCENDING_MARK) else Direction.ASCENDING
            uses.append(FieldUse(field=uid_of(path.removeprefix(DESCENDING_MARK)), role=role, direction=direction))
    start = uid_of(entity) if entity else None
    given = {"logic": "All that match.", "caching": "None: it must be current."} | facts
    return Query(uid=uid_of(f"query {name}"), name=name, entity=start, uses=tuple(uses), **given)


def make_index(name: str, entity: str, fields: str, **facts: Any) -> Index:
    """Fields as "payment_id, -requested_at"; what stands in brackets is an expression."""
    parts = tuple(_part(entity, text.strip()) for text in fields.split(",") if text.strip())
    given = {"purpose": "For the tests."} | facts
    return Index(uid=uid_of(f"index {name}"), name=name, entity=uid_of(entity), parts=parts, **given)


def _part(entity: str, text: str) -> IndexPart:
    direction = Direction.DESCENDING if text.startswith(DESCENDING_MARK) else Direction.ASCENDING
    plain = text.removeprefix(DESCENDING_MARK)
    if plain.endswith(")"):
        return IndexPart(expression=plain, direction=direction)
    return IndexPart(field=uid_of(f"{entity}.{plain}"), direction=direction)


def make_type(name: str, kind: TypeKind, **facts: Any) -> NamedType:
    return NamedType(uid=uid_of(f"type {name}"), name=name, kind=kind, **facts)


def make(kind: type[AnyThing], name: str, /, **facts: Any) -> AnyThing:
    """Any thing, found again by `uid_of(f"{its class in small letters} {name}")`; references by their own uid."""
    named = {"name": name} if "name" in kind.model_fields else {}
    return kind(uid=uid_of(f"{kind.__name__.lower()} {name}"), **named | facts)


def make_volume(entity: str, initial: str = "", growth: str = "", peak: str = "") -> Volume:
    return make(Volume, entity, entity=uid_of(entity), initial_rows=initial, growth=growth, peak_rows=peak)


def make_dto(name: str, *fields: DtoField, **facts: Any) -> Dto:
    return make(Dto, name, fields=fields, **facts)


def make_dto_field(path: str, type_: str = "string", source: str = "", **facts: Any) -> DtoField:
    """From "RefundRequest.reason" to "refunds.reason"; several sources as "refunds.a, refunds.b"."""
    sources = tuple(uid_of(one.strip()) for one in source.split(",")) if source else ()
    given = {"kind": MappingKind.STORED, "sources": sources} | facts
    return DtoField(uid=uid_of(path), name=path.rpartition(".")[2], type=type_, **given)


def report_on(design: Design, **config: Any) -> Report:
    return run(design, CheckConfig(**config), NOW)


def findings_of(design: Design, rule: str) -> list[Finding]:
    return [finding for finding in report_on(design).findings if finding.rule == rule]


def undecided_of(design: Design, rule: str) -> list[Undecided]:
    return [question for question in report_on(design).undecided if question.rule == rule]


def paths_of(design: Design, rule: str) -> list[str]:
    """Where a rule found something: the shortest way to say what a test expects."""
    return [finding.path for finding in findings_of(design, rule)]


def open_paths_of(design: Design, rule: str) -> list[str]:
    return [question.path for question in undecided_of(design, rule)]
