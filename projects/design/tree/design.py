"""The whole, and what in it can be referred to."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Self
from uuid import UUID

from pydantic import model_validator

from projects.design.tree.access import Index, Query
from projects.design.tree.context import FORMAT, Conventions, Identity
from projects.design.tree.contracts import Dto
from projects.design.tree.in_force import in_force
from projects.design.tree.integrity import ComponentAccess, Consistency, SharedData, SyncStrategy, ValidationRule
from projects.design.tree.node import Node, Thing
from projects.design.tree.plans import Cache, Lifecycle, Migration, Optimization, Volume
from projects.design.tree.policies import Policies
from projects.design.tree.recovery import BackupSchedule, Recovery, Replication, ReplicationNode
from projects.design.tree.requirements import (
    Component,
    DataElement,
    Demand,
    Endpoint,
    Quote,
    Requirements,
    Source,
    Store,
)
from projects.design.tree.review import Exemption, ItemNote
from projects.design.tree.structures import Entity, EntityField, FileLayout, KeySpace, NamedType, Relationship
from projects.design.vocabulary import StepName, StructureKind


class Design(Node):
    """The whole data design of one feature."""

    format: int = FORMAT
    identity: Identity
    conventions: Conventions = Conventions()
    policies: Policies = Policies()
    requirements: Requirements = Requirements()
    sources: tuple[Source, ...] = ()
    quotes: tuple[Quote, ...] = ()
    components: tuple[Component, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    demands: tuple[Demand, ...] = ()
    data_elements: tuple[DataElement, ...] = ()
    stores: tuple[Store, ...] = ()
    types: tuple[NamedType, ...] = ()
    entities: tuple[Entity, ...] = ()
    key_spaces: tuple[KeySpace, ...] = ()
    file_layouts: tuple[FileLayout, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    queries: tuple[Query, ...] = ()
    indexes: tuple[Index, ...] = ()
    consistency: Consistency = Consistency()
    validation_rules: tuple[ValidationRule, ...] = ()
    sync_strategies: tuple[SyncStrategy, ...] = ()
    shared_data: tuple[SharedData, ...] = ()
    component_accesses: tuple[ComponentAccess, ...] = ()
    migration: Migration = Migration()
    volumes: tuple[Volume, ...] = ()
    caches: tuple[Cache, ...] = ()
    optimization: Optimization = Optimization()
    lifecycle: Lifecycle = Lifecycle()
    recoveries: tuple[Recovery, ...] = ()
    backup_schedules: tuple[BackupSchedule, ...] = ()
    replications: tuple[Replication, ...] = ()
    replication_nodes: tuple[ReplicationNode, ...] = ()
    dtos: tuple[Dto, ...] = ()
    item_notes: tuple[ItemNote, ...] = ()
    exemptions: tuple[Exemption, ...] = ()

    @model_validator(mode="after")
    def _refers_to_what_is_here(self) -> Self:
        uids = [thing.uid for thing in self.things()]
        if len(set(uids)) != len(uids):
            twice = next(uid for uid, times in Counter(uids).items() if times > 1)
            raise ValueError(f"the uid {twice} is used twice")
        if lost := next((pair for pair in self._references() if pair[1] not in self._places[pair[0]]), None):
            raise ValueError(f"a reference leads nowhere: there is no {lost[0]} with uid {lost[1]}")
        return self

    def _references(self) -> Iterator[tuple[str, UUID]]:
        """Each reference as (what it points at, uid)."""
        for thing in self.things():
            for name, target in REFERENCES.get(type(thing), {}).items():
                if uid := getattr(thing, name):
                    yield target, uid
        yield from (("thing", quote.about) for quote in self.quotes if quote.about)
        yield from (("field", uid) for uid in self._fields_referred_to())

    def _fields_referred_to(self) -> Iterator[UUID]:
        """The fields that parts of things lead to."""
        for entity in self.entities:
            yield from (uid for key in entity.keys for uid in key.fields)
        for relationship in self.relationships:
            yield from (uid for pair in relationship.pairs for uid in (pair.child, pair.parent) if uid)
        for query in self.queries:
            yield from (use.field for use in query.uses)
        for index in self.indexes:
            yield from (part.field for part in index.parts if part.field)
        for dto in self.dtos:
            yield from (uid for field in dto.fields for uid in field.sources)

    @cached_property
    def _places(self) -> dict[str, frozenset[UUID]]:
        places = {name: frozenset(each.uid for each in getattr(self, held)) for name, held in PLACES.items()}
        places["field"] = frozenset(field.uid for entity in self.entities for field in entity.fields)
        places["thing"] = frozenset(thing.uid for thing in self.things())
        return places

    @cached_property
    def is_empty(self) -> bool:
        """Whether nothing is designed yet: it holds no more than what it is called and what its project gives it."""
        given = ("format", "identity", "conventions", "policies")
        fields = type(self).model_fields.items()
        return all(getattr(self, name) == field.default for name, field in fields if name not in given)

    @cached_property
    def in_force(self) -> "Design":
        """The design with what it inherits from its project's policies: what checks and documents read."""
        meant: Design = in_force(self)
        return meant

    @cached_property
    def entity_by_uid(self) -> dict[UUID, Entity]:
        return {entity.uid: entity for entity in self.entities}

    @cached_property
    def field_by_uid(self) -> dict[UUID, EntityField]:
        return {field.uid: field for entity in self.entities for field in entity.fields}

    @cached_property
    def entity_of_field(self) -> dict[UUID, Entity]:
        return {field.uid: entity for entity in self.entities for field in entity.fields}

    @cached_property
    def store_by_uid(self) -> dict[UUID, Store]:
        return {store.uid: store for store in self.stores}

    @cached_property
    def exemption_by_step(self) -> dict[StepName, Exemption]:
        return {exemption.step: exemption for exemption in self.exemptions}

    @cached_property
    def tables(self) -> tuple[Entity, ...]:
        """The tables among all entities, reused ones too: what the diagram and the relational rules are about."""
        return self.of_kind(StructureKind.TABLE)

    @cached_property
    def own_tables(self) -> tuple[Entity, ...]:
        return tuple(entity for entity in self.tables if not entity.reused_from)

    def of_kind(self, *kinds: StructureKind) -> tuple[Entity, ...]:
        return tuple(entity for entity in self.entities if entity.kind in kinds)

    @cached_property
    def own_entities(self) -> tuple[Entity, ...]:
        """The entities that this feature designs, without those it only refers to."""
        return tuple(entity for entity in self.entities if not entity.reused_from)

    @cached_property
    def indexes_by_entity(self) -> dict[UUID, tuple[Index, ...]]:
        grouped: dict[UUID, list[Index]] = {}
        for index in self.indexes:
            grouped.setdefault(index.entity, []).append(index)
        return {entity: tuple(indexes) for entity, indexes in grouped.items()}

    def things(self) -> Iterator[Thing]:
        """Every node with a uid, parents before what they hold."""
        for name in LISTS:
            for thing in getattr(self, name):
                yield thing
                if isinstance(thing, Entity):
                    yield from (*thing.fields, *thing.keys, *thing.checks)
                elif isinstance(thing, Dto):
                    yield from thing.fields

    def path_of_field(self, uid: UUID) -> str:
        """Entity and field as people write them, like refunds.payment_id."""
        return f"{self.entity_of_field[uid].full_name}.{self.field_by_uid[uid].name}"


# The lists of things, in the order of the design.
LISTS = tuple(name for name, field in Design.model_fields.items() if field.default == () and name != "format")


# What a reference can point at, by the list that holds it.
PLACES = {
    "source": "sources",
    "component": "components",
    "demand": "demands",
    "data element": "data_elements",
    "store": "stores",
    "entity": "entities",
    "key space": "key_spaces",
    "query": "queries",
    "strategy": "sync_strategies",
    "cache": "caches",
    "node": "replication_nodes",
}


# Fields of things that hold the uid of another thing, and what that is.
REFERENCES: dict[type[Thing], dict[str, str]] = {
    Quote: {"source": "source"},
    Endpoint: {"query": "query"},
    Demand: {"source": "source"},
    DataElement: {"store": "store"},
    Entity: {"store": "store", "data_element": "data element"},
    KeySpace: {"store": "store", "data_element": "data element"},
    FileLayout: {"store": "store", "data_element": "data element"},
    Relationship: {"parent": "entity", "child": "entity", "junction": "entity"},
    Query: {"entity": "entity", "key_space": "key space", "cache": "cache"},
    Index: {"entity": "entity"},
    ValidationRule: {"entity": "entity", "field": "field", "demand": "demand"},
    SharedData: {"data_element": "data element", "strategy": "strategy"},
    ComponentAccess: {"component": "component", "data_element": "data element"},
    Volume: {"entity": "entity"},
    Cache: {"store": "store", "demand": "demand"},
    Recovery: {"store": "store"},
    BackupSchedule: {"store": "store"},
    Replication: {"store": "store"},
    ReplicationNode: {"store": "store", "replicates_from": "node"},
    Dto: {"source": "source", "entity": "entity"},
}
