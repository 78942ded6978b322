"""Where a claim leads: the step of a thing, and its place in the words that people use for it."""

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from projects.design.tree import (
    BackupSchedule,
    Cache,
    Check,
    Component,
    ComponentAccess,
    Consistency,
    DataElement,
    Demand,
    Design,
    Dto,
    DtoField,
    Endpoint,
    Entity,
    EntityField,
    EntityKey,
    Exemption,
    Index,
    ItemNote,
    Lifecycle,
    Migration,
    Node,
    Optimization,
    Query,
    Quote,
    Recovery,
    Relationship,
    Replication,
    ReplicationNode,
    Requirements,
    SharedData,
    Source,
    Store,
    SyncStrategy,
    Thing,
    ValidationRule,
    Volume,
)
from projects.design.vocabulary import StepName

HELD_BY_STEP: dict[StepName, tuple[type[Node], ...]] = {
    StepName.REQUIREMENTS: (Requirements, Source, Quote, Component, Endpoint, Demand, DataElement),
    StepName.STORAGE: (Store,),
    StepName.QUERIES: (Query,),
    StepName.INDEXING: (Index,),
    StepName.INTEGRITY: (Consistency, ValidationRule, SyncStrategy, SharedData, ComponentAccess),
    StepName.MIGRATION: (Migration,),
    StepName.PERFORMANCE: (Volume, Cache, Optimization, Lifecycle),
    StepName.BACKUP: (Recovery, BackupSchedule, Replication, ReplicationNode),
    StepName.CONTRACTS: (Dto, DtoField),
    StepName.CHECKLIST: (ItemNote,),
}
STEPS_OF_THINGS: dict[type[Node], str] = {
    held: step.value for step, classes in HELD_BY_STEP.items() for held in classes
}


class Places:
    def __init__(self, design: Design) -> None:
        self._design = design

    @cached_property
    def _owner_of(self) -> dict[UUID, Entity]:
        """The entity of each key and each check."""
        return {part.uid: entity for entity in self._design.entities for part in (*entity.keys, *entity.checks)}

    @cached_property
    def _dto_of(self) -> dict[UUID, Dto]:
        return {field.uid: dto for dto in self._design.dtos for field in dto.fields}

    @cached_property
    def _names(self) -> dict[UUID, str]:
        """What things without a name of their own are called after."""
        lists: tuple[Iterable[Thing], ...] = (
            self._design.stores,
            self._design.data_elements,
            self._design.components,
            self._design.sources,
        )
        return {thing.uid: _own_name(thing) for things in lists for thing in things}

    def step(self, node: Node | None) -> str:
        if node is None:
            return StepName.REQUIREMENTS.value
        if isinstance(node, Exemption):
            return node.step.value
        return STEPS_OF_THINGS.get(type(node), StepName.DATA_MODEL.value)

    def path(self, node: Node | None) -> str:
        """A place as people write it: refunds.payment_id, refunds (scope, key), an index or query by its name."""
        if node is None:
            return self._design.identity.path
        if isinstance(node, EntityField):
            return self._design.path_of_field(node.uid)
        if isinstance(node, Relationship):
            return self._path_of_relationship(node)
        if isinstance(node, EntityKey):
            return f"{self._owner_of[node.uid].full_name} ({self._listed(node.fields)})"
        if isinstance(node, Check):
            return f"{self._owner_of[node.uid].full_name} {node.name}".rstrip()
        if isinstance(node, DtoField):
            return f"{self._dto_of[node.uid].name}.{node.name}"
        if isinstance(node, Thing):
            return _own_name(node) or self._called_after(node) or _kind(node)
        return type(node).__name__

    def _called_after(self, thing: Thing) -> str:
        """The thing that a row of a plan is about: an entity, a store, a data element, a source."""
        if isinstance(thing, ValidationRule) and thing.field:
            return self._design.path_of_field(thing.field)
        if isinstance(thing, Volume | ValidationRule) and thing.entity:
            return self._design.entity_by_uid[thing.entity].full_name
        if isinstance(thing, BackupSchedule):
            return f"{self._names[thing.store]}, {thing.kind.label.lower()}"
        if isinstance(thing, Recovery | Replication):
            return self._names[thing.store]
        if isinstance(thing, ComponentAccess):
            return f"{self._names[thing.component]}, {self._names[thing.data_element]}"
        if isinstance(thing, SharedData):
            return self._names[thing.data_element]
        if isinstance(thing, Quote | Demand) and thing.source:
            return self._names[thing.source]
        return ""

    def _path_of_relationship(self, relationship: Relationship) -> str:
        child = self._design.entity_by_uid[relationship.child]
        if len(relationship.pairs) == 1:
            return self._design.path_of_field(relationship.pairs[0].child)
        if relationship.pairs:
            return f"{child.full_name} ({self._listed(pair.child for pair in relationship.pairs)})"
        parent = self._design.entity_by_uid[relationship.parent].full_name if relationship.parent else "?"
        return f"{child.full_name} → {parent}"

    def _listed(self, fields: Iterable[UUID]) -> str:
        return ", ".join(self._design.field_by_uid[field].name for field in fields)


def _own_name(thing: Thing) -> str:
    if isinstance(thing, Entity):
        return thing.full_name
    if isinstance(thing, ItemNote):
        return f"Item {thing.item}"
    if isinstance(thing, Exemption):
        return thing.step.label
    for attribute in ("name", "pattern", "structure", "title"):
        if attribute in type(thing).model_fields and (name := getattr(thing, attribute)):
            return str(name)
    return _kind(thing) if isinstance(thing, Source) else ""


def _kind(thing: Thing) -> str:
    kind = getattr(thing, "kind", None)
    return (
        kind.label
        if kind is not None
        else {"ValidationRule": "Validation rule"}.get(type(thing).__name__, type(thing).__name__)
    )
