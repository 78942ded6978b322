"""What an empty cell could hold: a field named like a reference leads to the entity that it is named after."""

from collections.abc import Iterable, Iterator
from typing import Any

from projects.checks.grammatical_number import singular_name
from projects.checks.words import filled, squashed
from projects.design.tree import Design
from projects.design.vocabulary import KeyKind, StructureKind
from projects.models import EntityField, KeyPart
from projects.workflow.forms import Scope


def propose_reference(scope: Scope, field: EntityField, values: dict[str, Any]) -> dict[str, str]:
    """The target that the field's name speaks of, by the project's pattern for foreign keys; for a table's fields."""
    pattern, name = scope.conventions.foreign_key_pattern, str(values.get("name") or "")
    if values.get("reference") or values.get("key") == KeyKind.PRIMARY or not _may_fit(name, pattern):
        return {}
    if scope.entity is not None and scope.entity.kind != StructureKind.TABLE:
        return {}
    target = scope.remember("reference targets", _targets).get(squashed(name))
    return {"reference": target} if target else {}


def _may_fit(name: str, pattern: str) -> bool:
    """A cheap look before anything is asked of the database."""
    before, brace, rest = pattern.partition("{")
    after = rest.partition("}")[2]
    return bool(brace) and squashed(name).startswith(squashed(before)) and squashed(name).endswith(squashed(after))


def _targets(scope: Scope) -> dict[str, str]:
    """What a reference is called, by the pattern → what it leads to, like customers.id."""
    keys = _keys_of(scope.design) if scope.design else _saved_keys(scope)
    pattern = scope.conventions.foreign_key_pattern
    named: dict[str, str] = {}
    for name, target in keys:
        singular = "_".join(singular_name(name)) or name
        named.setdefault(squashed(filled(pattern, singular=singular, table=name)), target)
    return named


def _keys_of(design: Design) -> Iterator[tuple[str, str]]:
    for entity in design.tables:
        key = entity.primary_key
        if key and len(key.fields) == 1:
            yield entity.name, design.path_of_field(key.fields[0])


def _saved_keys(scope: Scope) -> Iterable[tuple[str, str]]:
    tables = [entity for entity in scope.names.entities.values() if entity.kind == StructureKind.TABLE]
    fields: dict[int, list[str]] = {}
    parts = KeyPart.objects.filter(key__entity__in=tables, key__kind=KeyKind.PRIMARY)
    for entity, field in parts.values_list("key__entity", "field__name"):
        fields.setdefault(entity, []).append(field)
    only = {entity: names[0] for entity, names in fields.items() if len(names) == 1}
    return [(entity.name, f"{entity.full_name}.{only[entity.pk]}") for entity in tables if entity.pk in only]
