"""What every rule reads: one design with the lookups, the coverage and the words for its places."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from uuid import UUID

from projects.checks.code_in_prose import Passage
from projects.checks.coverage import CoverageReader, QueryCoverage
from projects.checks.lookups import Lookups
from projects.checks.passages import passages
from projects.checks.systems import System, possible_systems
from projects.design.field_types import Family, FieldType
from projects.design.tree import (
    Check,
    DataElement,
    Design,
    Entity,
    EntityField,
    EntityKey,
    Index,
    Node,
    Query,
    Relationship,
    Requirements,
    Source,
    Store,
    Thing,
)

REQUIREMENTS, STORAGE, DATA_MODEL, QUERIES, INDEXING = "requirements", "storage", "data-model", "queries", "indexing"
STEPS_OF_THINGS: dict[type[Node], str] = {
    Requirements: REQUIREMENTS,
    Source: REQUIREMENTS,
    DataElement: REQUIREMENTS,
    Store: STORAGE,
    Query: QUERIES,
    Index: INDEXING,
}


OwnField = tuple[Entity, EntityField, FieldType | None]
TypedField = tuple[Entity, EntityField, FieldType]


class Facts(Lookups):
    """`now` is passed in, as a rule reads no clock."""

    def __init__(self, design: Design, now: datetime) -> None:
        super().__init__(design)
        self.now = now

    @cached_property
    def tables(self) -> tuple[Entity, ...]:
        """The relational entities that this feature designs: what it reuses has an owner who is told elsewhere."""
        return tuple(entity for entity in self.design.own_entities if self.is_relational(entity))

    @cached_property
    def own_fields(self) -> tuple[OwnField, ...]:
        resolve = self.types.resolve
        return tuple((entity, field, resolve(field.type)) for entity in self.tables for field in entity.fields)

    @cached_property
    def typed_fields(self) -> dict[Family, list[TypedField]]:
        """Our fields by the family of their type; those without a type are in none."""
        found: dict[Family, list[TypedField]] = {}
        for entity, field, field_type in self.own_fields:
            if field_type:
                found.setdefault(field_type.family, []).append((entity, field, field_type))
        return found

    def fields_of(self, family: Family) -> list[TypedField]:
        return self.typed_fields.get(family, [])

    @cached_property
    def _table_uids(self) -> frozenset[UUID]:
        return frozenset(entity.uid for entity in self.tables)

    @cached_property
    def relationships(self) -> tuple[Relationship, ...]:
        """The relationships whose child is ours: the child holds the foreign key."""
        return tuple(line for line in self.design.relationships if line.child in self._table_uids)

    @cached_property
    def foreign_keys(self) -> tuple[Relationship, ...]:
        """Those with fields of their own; an N:M through a junction is held by the junction's."""
        return tuple(line for line in self.relationships if line.pairs)

    @cached_property
    def foreign_keys_of_field(self) -> dict[UUID, tuple[Relationship, ...]]:
        found: dict[UUID, list[Relationship]] = {}
        for relationship in self.foreign_keys:
            for pair in relationship.pairs:
                found.setdefault(pair.child, []).append(relationship)
        return {field: tuple(relationships) for field, relationships in found.items()}

    @cached_property
    def indexes(self) -> tuple[Index, ...]:
        return tuple(index for index in self.design.indexes if index.entity in self._table_uids)

    @cached_property
    def coverage(self) -> tuple[QueryCoverage, ...]:
        return CoverageReader(self).read()

    @cached_property
    def passages(self) -> tuple[tuple[Node, str, Passage], ...]:
        """Code found in prose, as (what holds it, its field, the passage)."""
        return tuple(passages(self.design))

    @cached_property
    def foreign_keys_to(self) -> dict[tuple[UUID, UUID | None], tuple[Relationship, ...]]:
        """The foreign keys between each pair of (child, parent)."""
        found: dict[tuple[UUID, UUID | None], list[Relationship]] = {}
        for relationship in self.foreign_keys:
            found.setdefault((relationship.child, relationship.parent), []).append(relationship)
        return {ends: tuple(relationships) for ends, relationships in found.items()}

    @cached_property
    def junctions(self) -> frozenset[UUID]:
        """Entities that only link others: junctions of an N:M, and those whose whole key is foreign keys."""
        stated = {line.junction for line in self.design.relationships if line.junction}
        keyed = {
            entity.uid
            for entity in self.tables
            if entity.primary_key
            and len(entity.primary_key.fields) > 1
            and all(field in self.foreign_keys_of_field for field in entity.primary_key.fields)
        }
        return frozenset(stated | keyed)

    @cached_property
    def all_systems(self) -> tuple[System, ...]:
        """Every system the design's stores may mean, for names that belong to no entity."""
        return tuple(dict.fromkeys(system for store in self.design.stores for system in possible_systems(store.system)))

    @cached_property
    def index_by_uid(self) -> dict[UUID, Index]:
        return {index.uid: index for index in self.design.indexes}

    @cached_property
    def owner_of(self) -> dict[UUID, Entity]:
        """The entity of each key and each check."""
        return {part.uid: entity for entity in self.design.entities for part in (*entity.keys, *entity.checks)}

    @cached_property
    def positions(self) -> dict[UUID, int]:
        return {thing.uid: position for position, thing in enumerate(self.design.things())}

    def names(self, fields: Iterable[UUID]) -> str:
        return ", ".join(self.name_of(field) for field in fields)

    def step(self, node: Node | None) -> str:
        return STEPS_OF_THINGS.get(type(node), DATA_MODEL) if node else REQUIREMENTS

    def path(self, node: Node | None) -> str:
        """A place as people write it: refunds.payment_id, refunds (scope, key), an index or query by its name."""
        if isinstance(node, Entity):
            return node.full_name
        if isinstance(node, EntityField):
            return self.design.path_of_field(node.uid)
        if isinstance(node, Relationship):
            return self._path_of_relationship(node)
        if isinstance(node, EntityKey):
            return f"{self.owner_of[node.uid].full_name} ({self.names(node.fields)})"
        if isinstance(node, Check):
            return f"{self.owner_of[node.uid].full_name} {node.name}".rstrip()
        if isinstance(node, Thing):
            return getattr(node, "name", "") or getattr(node, "title", "") or self._kind(node)
        return type(node).__name__ if node else self.design.identity.path

    def _path_of_relationship(self, relationship: Relationship) -> str:
        child = self.design.entity_by_uid[relationship.child]
        if len(relationship.pairs) == 1:
            return self.design.path_of_field(relationship.pairs[0].child)
        if relationship.pairs:
            return f"{child.full_name} ({self.names(pair.child for pair in relationship.pairs)})"
        parent = self.design.entity_by_uid[relationship.parent].full_name if relationship.parent else "?"
        return f"{child.full_name} → {parent}"

    def _kind(self, thing: Thing) -> str:
        kind = getattr(thing, "kind", None)
        return kind.label if kind is not None else type(thing).__name__
