"""What a row of an entity takes in the system of its store, and what its indexes add.

Collections are counted as BSON, whatever the document store, since others keep the names of fields as well; structures
of systems whose storage is not known here by their values alone.
"""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from projects.capacity import bson, innodb, postgresql, sqlite, values
from projects.capacity.contents import Value, values_of
from projects.capacity.figures import NO_BREAK_SPACE, grouped_bytes
from projects.capacity.row import RowSize
from projects.design.field_types import Family
from projects.design.quantities import read_size
from projects.design.systems import SystemName, named_system
from projects.design.tree import Design, Entity, Index, Store
from projects.design.type_lookup import TypeLookup
from projects.design.vocabulary import STRUCTURES, IndexMethod, StructureKind

INNODB = (SystemName.MYSQL, SystemName.MARIADB)
INDEX_SOURCES = {
    SystemName.POSTGRESQL: postgresql.INDEX_SOURCE,
    SystemName.SQLITE: sqlite.INDEX_SOURCE,
    **dict.fromkeys(INNODB, innodb.INDEX_SOURCE),
}


@dataclass(frozen=True, slots=True)
class IndexSize:
    """What all indexes of an entity take for each row; `left_out` names those that no formula is known for."""

    bytes: int
    formula: str
    source: str
    left_out: tuple[str, ...] = ()


class Sizes:
    """The sizes of all entities of one design."""

    def __init__(self, design: Design) -> None:
        self.design = design

    @cached_property
    def _types(self) -> TypeLookup:
        return TypeLookup(self.design.types)

    @cached_property
    def _stores_by_kind(self) -> dict[StructureKind, list[Store]]:
        kinds: dict[StructureKind, list[Store]] = {}
        for store in self.design.stores:
            for kind in STRUCTURES[store.kind]:
                kinds.setdefault(kind, []).append(store)
        return kinds

    def store_of(self, entity: Entity) -> Store | None:
        """The store of an entity, or the only one that can hold it."""
        if entity.store:
            return self.design.store_by_uid[entity.store]
        fitting = self._stores_by_kind.get(entity.kind, [])
        return fitting[0] if len(fitting) == 1 else None

    def system_of(self, entity: Entity) -> SystemName | None:
        store = self.store_of(entity)
        return named_system(store.system or store.name) if store and entity.kind is StructureKind.TABLE else None

    def row(self, entity: Entity, typed: str = "") -> RowSize | None:
        """The size that people typed, or else the one computed from the fields; None if there are none."""
        given = read_size(typed)
        if given is not None:
            return RowSize(given, f"{grouped_bytes(given)}, as given", "as given", is_given=True)
        return self._computed(entity) if entity.fields or entity.dimensions else None

    def indexes(self, entity: Entity) -> IndexSize | None:
        """What its keys and indexes take for each row; None where no formula is known for the system."""
        system = self.system_of(entity)
        if system not in INDEX_SOURCES:
            return None
        sizes, left_out = [], []
        for name, fields in self._keys(entity, system):
            sizes.append((name, self._entry(system, entity, fields)))
        for index in self.design.indexes_by_entity.get(entity.uid, ()):
            fields = tuple(part.field for part in index.parts if part.field)
            if fields and len(fields) == len(index.parts) and _is_plain(index):
                sizes.append((index.name, self._entry(system, entity, fields)))
            else:
                left_out.append(index.name)
        total = sum(size for _, size in sizes)
        terms = " + ".join(f"{name} {size}" for name, size in sizes)
        formula = f"{terms} = {grouped_bytes(total)}" if len(sizes) > 1 else f"{terms}{NO_BREAK_SPACE}B"
        return IndexSize(total, formula if sizes else grouped_bytes(0), INDEX_SOURCES[system], tuple(left_out))

    def _computed(self, entity: Entity) -> RowSize:
        found = values_of(entity.fields, self._types)
        key = entity.primary_key
        if entity.kind is StructureKind.COLLECTION:
            return bson.row_of(found)
        if entity.kind is StructureKind.VECTORS:
            has_vector = any(field.role == "vector" for field in entity.fields)
            return values.row_of(found, 0 if has_vector and _has_length(found) else entity.dimensions or 0)
        system = self.system_of(entity)
        if system is SystemName.POSTGRESQL:
            return postgresql.row_of(found)
        if system in INNODB:
            return innodb.row_of(found, has_key=bool(key))
        if system is SystemName.SQLITE:
            return sqlite.row_of(found, self._row_number(entity))
        return values.row_of(found)

    def _keys(self, entity: Entity, system: SystemName) -> list[tuple[str, tuple[UUID, ...]]]:
        """The keys that have an index of their own in this system."""
        found = []
        for key in entity.keys:
            is_primary = key is entity.primary_key
            if is_primary and (system in INNODB or (system is SystemName.SQLITE and self._row_number(entity))):
                continue
            found.append(("primary key" if is_primary else key.name or "unique key", key.fields))
        return found

    def _entry(self, system: SystemName, entity: Entity, fields: tuple[UUID, ...]) -> int:
        found = self._values(entity, fields)
        if system is SystemName.POSTGRESQL:
            return postgresql.entry_size(found)
        if system is SystemName.SQLITE:
            return sqlite.entry_size(found)
        key = entity.primary_key
        return innodb.entry_size(found, self._values(entity, key.fields) if key else ())

    def _values(self, entity: Entity, fields: tuple[UUID, ...]) -> tuple[Value, ...]:
        by_uid = {field.uid: field for field in entity.fields}
        return values_of(tuple(by_uid[uid] for uid in fields if uid in by_uid), self._types)

    def _row_number(self, entity: Entity) -> str:
        """The name of the field that is SQLite's row number: a primary key of one INTEGER."""
        key = entity.primary_key
        found = self._values(entity, key.fields) if key and len(key.fields) == 1 else ()
        return next((value.name for value in found if value.type and value.type.name == "integer"), "")


def _is_plain(index: Index) -> bool:
    """Whether it has one entry for each row: neither partial nor of a kind with another structure."""
    return index.method is IndexMethod.BTREE and not index.condition.strip()


def _has_length(found: tuple[Value, ...]) -> bool:
    return any(value.type and value.type.family is Family.OTHER and value.type.length for value in found)
