"""What every rule reads: one design with the lookups, the coverage and the words for its places."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from uuid import UUID

from projects.capacity.volumes import Forecast, forecasts
from projects.checks.code_in_prose import Passage
from projects.checks.coverage import CoverageReader, QueryCoverage
from projects.checks.field_limits import FieldLimits
from projects.checks.handed_on import Pair, pairs
from projects.checks.lookups import Lookups
from projects.checks.passages import passages
from projects.checks.systems import System, possible_systems
from projects.design.field_types import Family, FieldType
from projects.design.inheritance import InheritedFact, lines
from projects.design.places import Places
from projects.design.tree import Design, Entity, EntityField, Index, Node, Relationship
from projects.design.vocabulary import StepName, StructureKind

REQUIREMENTS, STORAGE, DATA_MODEL = StepName.REQUIREMENTS.value, StepName.STORAGE.value, StepName.DATA_MODEL.value
QUERIES, INDEXING, INTEGRITY = StepName.QUERIES.value, StepName.INDEXING.value, StepName.INTEGRITY.value
PERFORMANCE, BACKUP, CONTRACTS = StepName.PERFORMANCE.value, StepName.BACKUP.value, StepName.CONTRACTS.value
MIGRATION = StepName.MIGRATION.value
# Structures whose rows an index finds; the others are found by what they are.
INDEXED_KINDS = (StructureKind.TABLE, StructureKind.COLLECTION)


OwnField = tuple[Entity, EntityField, FieldType | None]
TypedField = tuple[Entity, EntityField, FieldType]


class Facts(Lookups):
    """`now` is passed in, as a rule reads no clock."""

    def __init__(self, design: Design, now: datetime) -> None:
        super().__init__(design)
        self.now = now

    @cached_property
    def tables(self) -> tuple[Entity, ...]:
        """The tables that this feature designs: what it reuses has an owner who is told elsewhere."""
        return self.design.own_tables

    @cached_property
    def has_structures(self) -> bool:
        return bool(self.design.own_entities or self.design.key_spaces or self.design.file_layouts)

    def own(self, *kinds: StructureKind) -> tuple[Entity, ...]:
        """What this feature designs of these kinds."""
        return tuple(entity for entity in self.design.own_entities if entity.kind in kinds)

    @cached_property
    def own_fields(self) -> tuple[OwnField, ...]:
        """The columns of our tables."""
        resolve = self.types.resolve
        return tuple((entity, field, resolve(field.type)) for entity in self.tables for field in entity.fields)

    @cached_property
    def typed_fields(self) -> dict[Family, list[TypedField]]:
        """The columns of our tables by the family of their type; those without a type are in none."""
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
        """The relationships between tables whose child is ours: the child holds the foreign key.

        A table may refer to what lies in a store of another kind; no database keeps that reference.
        """
        tables = {entity.uid for entity in self.design.tables} | {None}
        return tuple(
            line for line in self.design.relationships if line.child in self._table_uids and line.parent in tables
        )

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
    def foreign_keys_by_child(self) -> dict[UUID, tuple[Relationship, ...]]:
        found: dict[UUID, list[Relationship]] = {}
        for relationship in self.foreign_keys:
            found.setdefault(relationship.child, []).append(relationship)
        return {child: tuple(relationships) for child, relationships in found.items()}

    @cached_property
    def indexes(self) -> tuple[Index, ...]:
        """The indexes of our tables."""
        return tuple(index for index in self.design.indexes if index.entity in self._table_uids)

    @cached_property
    def indexed(self) -> tuple[Entity, ...]:
        """Our tables and collections."""
        return self.own(*INDEXED_KINDS)

    @cached_property
    def own_indexes(self) -> tuple[Index, ...]:
        """The indexes of all that is ours, whatever it is."""
        own = {entity.uid for entity in self.design.own_entities}
        return tuple(index for index in self.design.indexes if index.entity in own)

    @cached_property
    def forecasts(self) -> dict[UUID, Forecast]:
        """Rows and bytes over time of each of our entities that volumes are stated for."""
        if not self.design.volumes:
            return {}
        return {forecast.entity.uid: forecast for forecast in forecasts(self.design) if forecast.volume}

    @cached_property
    def limits(self) -> FieldLimits:
        """What the design says of the values of each field, beyond its type."""
        return FieldLimits(self.design)

    @cached_property
    def handed_on(self) -> tuple[Pair, ...]:
        """The fields of DTOs that hand one stored field on as it is."""
        return tuple(pairs(self))

    @cached_property
    def inherited(self) -> tuple[InheritedFact, ...]:
        """What the project's policies say of the design, and what it says itself."""
        return lines(self.design)

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
    def positions(self) -> dict[UUID, int]:
        return {thing.uid: position for position, thing in enumerate(self.design.things())}

    def names(self, fields: Iterable[UUID]) -> str:
        return ", ".join(self.name_of(field) for field in fields)

    @cached_property
    def _places(self) -> Places:
        return Places(self.design)

    def step(self, node: Node | None) -> str:
        return self._places.step(node)

    def path(self, node: Node | None) -> str:
        return self._places.path(node)
