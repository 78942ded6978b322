"""What checks and coverage look up again and again in one design, computed once and then only read."""

from functools import cached_property
from uuid import UUID

from projects.checks.access_paths import AccessPath, paths_by_entity
from projects.checks.systems import KNOWN, System, possible_systems
from projects.design.field_types import FieldType
from projects.design.tree import Design, Entity, Store
from projects.design.type_lookup import TypeLookup
from projects.design.vocabulary import StoreKind


class Lookups:
    def __init__(self, design: Design) -> None:
        self.design = design
        self.types = TypeLookup(design.types)

    def name_of(self, field: UUID) -> str:
        return self.design.field_by_uid[field].name

    def type_of(self, field: UUID) -> FieldType | None:
        return self.types.resolve(self.design.field_by_uid[field].type)

    @cached_property
    def paths(self) -> dict[UUID, tuple[AccessPath, ...]]:
        return paths_by_entity(self.design)

    @cached_property
    def _only_relational_store(self) -> Store | None:
        stores = [store for store in self.design.stores if store.kind is StoreKind.RELATIONAL]
        return stores[0] if len(stores) == 1 else None

    def store_of(self, entity: Entity) -> Store | None:
        """Where an entity lives; one without a store lives in the only relational one, if there is just one."""
        return self.design.store_by_uid[entity.store] if entity.store else self._only_relational_store

    def systems_of(self, entity: Entity) -> tuple[System, ...]:
        """The systems an entity may live in: one if its store names it, all known ones if nobody can tell."""
        store = self.store_of(entity)
        return possible_systems(store.system) if store else KNOWN
