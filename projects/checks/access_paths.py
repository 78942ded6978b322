"""Every way into an entity's rows that a query may take: its indexes, its primary key and its unique keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from projects.design.tree import Design, Entity, EntityKey, Index, IndexPart
from projects.design.vocabulary import IndexMethod, KeyKind


class PathKind(StrEnum):
    PRIMARY = "primary"
    UNIQUE = "unique"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class AccessPath:
    """`uid` is that of the index or key; `name` is the one a database would give a key that has none."""

    uid: UUID
    name: str
    entity: UUID
    parts: tuple[IndexPart, ...]
    method: IndexMethod = IndexMethod.BTREE
    is_unique: bool = False
    condition: str = ""
    kind: PathKind = PathKind.INDEX

    @property
    def fields(self) -> tuple[UUID | None, ...]:
        """The keys in order; None stands for an expression."""
        return tuple(part.field for part in self.parts)

    @property
    def is_whole(self) -> bool:
        """Whether it holds every row, not only those that meet a condition."""
        return not self.condition.strip()

    @property
    def is_ordered(self) -> bool:
        return self.method is IndexMethod.BTREE


def paths_by_entity(design: Design) -> dict[UUID, tuple[AccessPath, ...]]:
    """The access paths of each entity: primary key, unique keys, then indexes in the order of the design."""
    return {
        entity.uid: (*_keys(entity), *(_index(index) for index in design.indexes_by_entity.get(entity.uid, ())))
        for entity in design.entities
    }


def _keys(entity: Entity) -> Iterator[AccessPath]:
    for key in sorted(entity.keys, key=lambda key: key.kind is not KeyKind.PRIMARY):
        is_primary = key.kind is KeyKind.PRIMARY
        yield AccessPath(
            uid=key.uid,
            name=key.name or _usual_name(entity, key),
            entity=entity.uid,
            parts=tuple(IndexPart(field=uid) for uid in key.fields),
            is_unique=True,
            kind=PathKind.PRIMARY if is_primary else PathKind.UNIQUE,
        )


def _usual_name(entity: Entity, key: EntityKey) -> str:
    if key.kind is KeyKind.PRIMARY:
        return f"{entity.name}_pkey"
    names = {field.uid: field.name for field in entity.fields}
    return "_".join([entity.name, *(names.get(uid, "?") for uid in key.fields), "key"])


def _index(index: Index) -> AccessPath:
    return AccessPath(
        uid=index.uid,
        name=index.name,
        entity=index.entity,
        parts=index.parts,
        method=index.method,
        is_unique=index.is_unique,
        condition=index.condition,
    )
