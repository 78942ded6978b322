"""Reads schemas in tests and puts what came out into names, so that a test can state it."""

from typing import Any

from projects.design.tree import Design, Entity, Identity, Index, Relationship
from projects.importers.sql import SchemaImport, read_schema

IDENTITY = Identity(
    project_key="shop",
    project_title="Shop",
    epic_key="orders",
    epic_title="Orders",
    feature_key="returns",
    feature_title="Returns",
)


def read(text: str | bytes, dialect: str | None = None, **options: Any) -> SchemaImport:
    return read_schema(text, identity=IDENTITY, dialect=dialect, **options)


def entity(design: Design, name: str) -> Entity:
    return next(each for each in design.entities if each.full_name == name)


def types_of(design: Design, name: str) -> dict[str, str]:
    return {field.name: field.type for field in entity(design, name).fields}


def defaults_of(design: Design, name: str) -> dict[str, str]:
    return {field.name: field.default for field in entity(design, name).fields if field.default}


def required_in(design: Design, name: str) -> set[str]:
    return {field.name for field in entity(design, name).fields if field.is_required}


def generated_in(design: Design, name: str) -> dict[str, str]:
    return {field.name: field.generation.value for field in entity(design, name).fields if field.generation}


def keys_of(design: Design, name: str) -> list[tuple[str, str, list[str]]]:
    """Kind, name and fields of each key."""
    return [
        (key.kind.value, key.name, [design.field_by_uid[uid].name for uid in key.fields])
        for key in entity(design, name).keys
    ]


def checks_of(design: Design, name: str) -> list[tuple[str, str]]:
    return [(check.name, check.expression) for check in entity(design, name).checks]


def references_of(design: Design, name: str) -> list[str]:
    """Each foreign key of an entity, like "fk_user: user_id -> users.id, delete cascade"."""
    child = entity(design, name)
    return [_reference(design, each) for each in design.relationships if each.child == child.uid]


def _reference(design: Design, relationship: Relationship) -> str:
    parent = design.entity_by_uid[relationship.parent].full_name if relationship.parent else "nothing"
    pairs = [
        (design.field_by_uid[pair.child].name, design.field_by_uid[pair.parent].name if pair.parent else "?")
        for pair in relationship.pairs
    ]
    left, right = (", ".join(names) for names in zip(*pairs, strict=True))
    words = [f"{relationship.name or '-'}: {left} -> {parent}({right})", relationship.cardinality.value]
    if relationship.on_delete:
        words.append(f"delete {relationship.on_delete.value}")
    if relationship.on_update:
        words.append(f"update {relationship.on_update.value}")
    return ", ".join(words)


def index(design: Design, name: str) -> Index:
    return next(each for each in design.indexes if each.name == name)


def parts_of(design: Design, name: str) -> list[tuple[str | None, str, str]]:
    """Field, expression and direction of each part of an index."""
    return [
        (design.field_by_uid[part.field].name if part.field else None, part.expression, part.direction.value)
        for part in index(design, name).parts
    ]


def counts(found: SchemaImport) -> tuple[int, int, int, int]:
    return found.tables, found.columns, found.foreign_keys, found.indexes
