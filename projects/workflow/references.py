"""The short way to keys and references: one cell of a field, where the rows behind it may span several fields."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Value, When

from projects.design.vocabulary import Cardinality, KeyKind
from projects.models import Entity, EntityField, EntityKey, KeyPart, Relationship, RelationshipPair
from projects.workflow.editing import Door
from projects.workflow.names import Names

# What the cell `key` of one field needs, asked for with the field.
PARTS_OF_FIELD = KeyPart.objects.filter(field=OuterRef("pk"))
KEY_KIND = Case(
    When(Exists(PARTS_OF_FIELD.filter(key__kind=KeyKind.PRIMARY)), then=Value(KeyKind.PRIMARY.value)),
    When(Exists(PARTS_OF_FIELD.annotate(size=Count("key__parts")).filter(size=1)), then=Value(KeyKind.UNIQUE.value)),
    default=Value(""),
)
# What the cell `reference` needs.
REFERENCES = (
    Prefetch(
        "child_pairs",
        RelationshipPair.objects.select_related("relationship__parent", "parent_field")
        .annotate(size=Count("relationship__pairs"))
        .order_by("pk"),
    ),
)


class FieldKeys:
    """The keys that one field takes part in, as far as one cell can say them."""

    def __init__(self, field: EntityField) -> None:
        self.field = field

    @property
    def kind(self) -> str:
        """`primary` for a part of the primary key, `unique` for a unique key of this field alone."""
        if "key_kind" in vars(self.field):
            return str(vars(self.field)["key_kind"])
        kinds = {part.key.kind for part in self._parts() if part.key.kind == KeyKind.PRIMARY or part.size == 1}
        return KeyKind.PRIMARY.value if KeyKind.PRIMARY in kinds else KeyKind.UNIQUE.value if kinds else ""

    def change(self, door: Door, kind: str) -> None:
        """Make the field what `kind` says: out of the keys that say otherwise, into the one that does."""
        vars(self.field).pop("key_kind", None)
        for part in self._parts():
            if part.key.kind != kind and (part.key.kind == KeyKind.PRIMARY or part.size == 1):
                self._leave(door, part.key)
        if kind == KeyKind.PRIMARY:
            self._join(door, EntityKey.objects.filter(entity=self.field.entity, kind=kind).first())
        elif kind == KeyKind.UNIQUE:
            self._join(door, None, KeyKind.UNIQUE)

    def _parts(self) -> Any:
        if (known := _prefetched(self.field, "key_parts")) is not None:
            return known
        return self.field.key_parts.select_related("key").annotate(size=Count("key__parts"))

    def _leave(self, door: Door, key: EntityKey) -> None:
        fields = _fields(key)
        rest = [field for field in fields if field.pk != self.field.pk]
        if rest:
            _set_fields(door, key, fields, rest)
        else:
            door.delete(key)

    def _join(self, door: Door, key: EntityKey | None, kind: KeyKind = KeyKind.PRIMARY) -> None:
        if key is None:
            key = EntityKey(entity=self.field.entity, kind=kind)
            door.create(key, {"Fields": ["", self.field.name]})
            door.replace_parts(key, "parts", [KeyPart(field=self.field)])
            return
        fields = _fields(key)
        if self.field.pk not in {field.pk for field in fields}:
            _set_fields(door, key, fields, [*fields, self.field])


def _fields(key: EntityKey) -> list[EntityField]:
    return [part.field for part in key.parts.select_related("field").order_by("position")]


def _set_fields(door: Door, key: EntityKey, before: list[EntityField], after: list[EntityField]) -> None:
    words = [", ".join(field.name for field in fields) for fields in (before, after)]
    door.update(key, version=key.version, changes={"Fields": words})
    door.replace_parts(key, "parts", [KeyPart(field=field) for field in after])


@dataclass(frozen=True)
class Target:
    """What a reference points at: an entity, and a field of it if there is one to point at."""

    entity: Entity
    field: EntityField | None


def find_target(names: Names, text: str) -> Target | None:
    """What `payments` or `payments.id` means, or None if no entity has that name.

    Raises ValidationError if the entity is there and has no such field.
    """
    if entity := names.entities.get(text.casefold()):
        return Target(entity, _only_key_field(entity))
    if names.owner_of(text) is None:
        return None
    field = names.field(text, None)
    return Target(field.entity, field)


# What numbers itself in the table it is in is a plain number where it is referred to.
SERIAL_TYPES = {"serial": "integer", "bigserial": "bigint", "smallserial": "smallint"}
SERIAL_TYPES |= {"serial4": "integer", "serial8": "bigint", "serial2": "smallint"}


def referring_type(key_type: str) -> str:
    """The type of a field that refers to a key of this type."""
    return SERIAL_TYPES.get(key_type.strip().casefold(), key_type)


def _only_key_field(entity: Entity) -> EntityField | None:
    parts = KeyPart.objects.filter(key__entity=entity, key__kind=KeyKind.PRIMARY).select_related("field__entity")
    found = [part.field for part in parts[:2]]
    return found[0] if len(found) == 1 else None


def reference_text(field: EntityField) -> str:
    """The target of the reference that this field makes alone."""
    pair = _own_pair(field)
    if pair is None:
        return ""
    parent = pair.relationship.parent
    if parent is None:
        return pair.relationship.missing_target
    return f"{parent.full_name}.{pair.parent_field.name}" if pair.parent_field else parent.full_name


def set_reference(door: Door, field: EntityField, target: Target | None, text: str) -> None:
    """Let the field refer to the target, to the missing thing that `text` names, or, if that is empty, to nothing."""
    pair = _own_pair(field)
    if not text:
        if pair:
            door.delete(pair.relationship)
        return
    row = pair.relationship if pair else Relationship(child=field.entity, cardinality=_cardinality(field))
    changes = {"From": [reference_text(field), text]}
    row.parent = target.entity if target else None
    row.missing_target = "" if target else text
    if pair:
        door.update(row, version=row.version, changes=changes)
    else:
        door.create(row, changes)
    door.replace_parts(
        row, "pairs", [RelationshipPair(child_field=field, parent_field=target.field if target else None)]
    )


def _own_pair(field: EntityField) -> Any:
    pairs = _prefetched(field, "child_pairs")
    if pairs is None:
        pairs = (
            field.child_pairs.select_related("relationship__parent", "parent_field")
            .annotate(size=Count("relationship__pairs"))
            .order_by("pk")
        )
    return next((pair for pair in pairs if pair.size == 1), None)


def _prefetched(field: EntityField, name: str) -> Any:
    return getattr(field, "_prefetched_objects_cache", {}).get(name)


def _cardinality(field: EntityField) -> Cardinality:
    is_unique = field.key_parts.annotate(size=Count("key__parts")).filter(size=1).exists()
    return Cardinality.ONE_TO_OPTIONAL if is_unique else Cardinality.ONE_TO_MANY
