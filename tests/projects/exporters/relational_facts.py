"""The relational part of a design in names, so that two designs with other uids can be compared.

What makes no difference: the order of keys, checks, references and indexes; `public` as a namespace; brackets around a
whole default; capitals of types; that a primary key is required; cardinality, which follows from the keys. SQLite has
neither namespaces nor stored descriptions.
"""

from collections import Counter
from typing import Any

from projects.design.tree import Design, Entity, EntityField, Relationship
from projects.design.vocabulary import Generation, KeyKind
from projects.exporters.sql import Dialect

Facts = dict[str, Any]


def facts(design: Design, dialect: Dialect) -> Facts:
    has_descriptions = dialect is not Dialect.SQLITE
    return {
        "types": {
            _full(each.namespace, each.name, dialect): (each.kind, each.base, each.values, each.rule)
            for each in design.types
        },
        "tables": {_table(each, dialect): _fields(each, has_descriptions) for each in design.own_tables if each.fields},
        "keys": Counter(
            (_table(each, dialect), key.kind, key.name, _names(design, key.fields))
            for each in design.own_tables
            for key in each.keys
        ),
        "checks": Counter(
            (_table(each, dialect), check.name, check.expression) for each in design.own_tables for check in each.checks
        ),
        "references": Counter(_reference(design, each, dialect) for each in design.relationships),
        "indexes": Counter(
            (
                each.name,
                _table(design.entity_by_uid[each.entity], dialect),
                tuple(
                    (design.field_by_uid[part.field].name if part.field else "", _bare(part.expression), part.direction)
                    for part in each.parts
                ),
                each.method,
                each.is_unique,
                each.condition,
            )
            for each in design.indexes
        ),
    }


def _full(namespace: str | None, name: str, dialect: Dialect) -> str:
    return f"{namespace}.{name}" if namespace and namespace != "public" and dialect is not Dialect.SQLITE else name


def _table(entity: Entity, dialect: Dialect) -> str:
    return _full(entity.namespace, entity.name, dialect)


def _fields(entity: Entity, has_descriptions: bool) -> tuple[Any, ...]:
    primary = {uid for key in entity.keys if key.kind is KeyKind.PRIMARY for uid in key.fields}
    fields = tuple(_field(each, each.uid in primary, has_descriptions) for each in entity.fields)
    return (entity.purpose.strip() if has_descriptions else "", fields)


def _field(each: EntityField, is_primary: bool, has_descriptions: bool) -> tuple[Any, ...]:
    is_required = each.is_required or is_primary or each.generation is Generation.IDENTITY
    return (
        each.name,
        each.type.casefold(),
        is_required,
        _bare(each.default),
        each.generation,
        each.rule,
        each.description.strip() if has_descriptions else "",
    )


def _bare(text: str) -> str:
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text


def _names(design: Design, uids: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(design.field_by_uid[uid].name for uid in uids)


def _reference(design: Design, each: Relationship, dialect: Dialect) -> tuple[Any, ...]:
    pairs = tuple(
        (design.field_by_uid[pair.child].name, design.field_by_uid[pair.parent].name if pair.parent else "")
        for pair in each.pairs
    )
    parent = _table(design.entity_by_uid[each.parent], dialect) if each.parent else each.missing_target
    child = _table(design.entity_by_uid[each.child], dialect)
    return (each.name, child, parent, pairs, each.on_delete, each.on_update)
