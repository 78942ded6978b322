"""Which table holds which part of the tree: said once, for taking a design, writing one and emptying a feature."""

from dataclasses import dataclass

from django.db.models import Model

from projects.design import tree
from projects.models import (
    BackupSchedule,
    Cache,
    Component,
    ComponentAccess,
    Consistency,
    DataElement,
    Demand,
    Dto,
    Endpoint,
    Entity,
    Exemption,
    FileLayout,
    Index,
    IndexPart,
    ItemNote,
    KeySpace,
    Lifecycle,
    Migration,
    NamedType,
    Optimization,
    Query,
    QueryUse,
    Quote,
    Recovery,
    Relationship,
    RelationshipPair,
    Replication,
    ReplicationNode,
    Requirements,
    SharedData,
    Source,
    Store,
    SyncStrategy,
    ValidationRule,
    Volume,
)
from projects.models.base import Row


@dataclass(frozen=True)
class Parts:
    """What a thing holds under `name` in a table of its own, without identity; `owner` is the column back to it."""

    name: str
    node: type[tree.Node]
    model: type[Model]
    owner: str


@dataclass(frozen=True)
class Listed:
    """A list of the design, one row for each thing."""

    name: str
    node: type[tree.Thing]
    model: type[Row]
    parts: Parts | None = None


# In an order in which each refers only to those before it. Entities and DTOs hold things with identities too.
LISTED = (
    Listed("sources", tree.Source, Source),
    Listed("quotes", tree.Quote, Quote),
    Listed("components", tree.Component, Component),
    Listed("demands", tree.Demand, Demand),
    Listed("stores", tree.Store, Store),
    Listed("data_elements", tree.DataElement, DataElement),
    Listed("types", tree.NamedType, NamedType),
    Listed("entities", tree.Entity, Entity),
    Listed("key_spaces", tree.KeySpace, KeySpace),
    Listed("file_layouts", tree.FileLayout, FileLayout),
    Listed("caches", tree.Cache, Cache),
    Listed(
        "relationships",
        tree.Relationship,
        Relationship,
        Parts("pairs", tree.FieldPair, RelationshipPair, "relationship"),
    ),
    Listed("queries", tree.Query, Query, Parts("uses", tree.FieldUse, QueryUse, "query")),
    Listed("indexes", tree.Index, Index, Parts("parts", tree.IndexPart, IndexPart, "index")),
    Listed("endpoints", tree.Endpoint, Endpoint),
    Listed("validation_rules", tree.ValidationRule, ValidationRule),
    Listed("sync_strategies", tree.SyncStrategy, SyncStrategy),
    Listed("shared_data", tree.SharedData, SharedData),
    Listed("component_accesses", tree.ComponentAccess, ComponentAccess),
    Listed("volumes", tree.Volume, Volume),
    Listed("recoveries", tree.Recovery, Recovery),
    Listed("backup_schedules", tree.BackupSchedule, BackupSchedule),
    Listed("replications", tree.Replication, Replication),
    Listed("replication_nodes", tree.ReplicationNode, ReplicationNode),
    Listed("dtos", tree.Dto, Dto),
    Listed("item_notes", tree.ItemNote, ItemNote),
    Listed("exemptions", tree.Exemption, Exemption),
)
BY_NAME = {listed.name: listed for listed in LISTED}

# Records of which a feature has one each.
ONE_EACH: dict[str, tuple[type[tree.Node], type[Row]]] = {
    "requirements": (tree.Requirements, Requirements),
    "consistency": (tree.Consistency, Consistency),
    "migration": (tree.Migration, Migration),
    "optimization": (tree.Optimization, Optimization),
    "lifecycle": (tree.Lifecycle, Lifecycle),
}
