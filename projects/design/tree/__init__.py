"""The design tree: one frozen, typed value for a whole feature.

It is the revision that reviewers sign, the file for import and export, and the input of every check, diagram and
document. Lists are in the order people gave them; things refer to one another by uid, so a rename stays a rename.
"""

from projects.design.tree.access import FieldUse, Index, IndexPart, Query
from projects.design.tree.context import FORMAT, Conventions, Identity
from projects.design.tree.contracts import Dto, DtoField
from projects.design.tree.design import LISTS, PLACES, REFERENCES, Design
from projects.design.tree.handbook import AccessRole, Entry, Handbook, Metric
from projects.design.tree.integrity import ComponentAccess, Consistency, SharedData, SyncStrategy, ValidationRule
from projects.design.tree.node import Key, Line, Name, Node, Prose, Thing, printable, single_line
from projects.design.tree.plans import Cache, Lifecycle, Migration, Optimization, Volume
from projects.design.tree.policies import (
    BackupPolicy,
    CachingPolicy,
    DatabaseProfile,
    DesignPolicy,
    Environment,
    MigrationPolicy,
    ModellingPolicy,
    Policies,
    PolicySchedule,
    Protection,
    RetentionRule,
)
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
from projects.design.tree.structures import (
    Check,
    Entity,
    EntityField,
    EntityKey,
    FieldPair,
    FileLayout,
    KeySpace,
    NamedType,
    Relationship,
)

__all__ = [
    "FORMAT",
    "LISTS",
    "PLACES",
    "REFERENCES",
    "AccessRole",
    "BackupPolicy",
    "BackupSchedule",
    "Cache",
    "CachingPolicy",
    "Check",
    "Component",
    "ComponentAccess",
    "Consistency",
    "Conventions",
    "DataElement",
    "DatabaseProfile",
    "Demand",
    "Design",
    "DesignPolicy",
    "Dto",
    "DtoField",
    "Endpoint",
    "Entity",
    "EntityField",
    "EntityKey",
    "Entry",
    "Environment",
    "Exemption",
    "FieldPair",
    "FieldUse",
    "FileLayout",
    "Handbook",
    "Identity",
    "Index",
    "IndexPart",
    "ItemNote",
    "Key",
    "KeySpace",
    "Lifecycle",
    "Line",
    "Metric",
    "Migration",
    "MigrationPolicy",
    "ModellingPolicy",
    "Name",
    "NamedType",
    "Node",
    "Optimization",
    "Policies",
    "PolicySchedule",
    "Prose",
    "Protection",
    "Query",
    "Quote",
    "Recovery",
    "Relationship",
    "Replication",
    "ReplicationNode",
    "Requirements",
    "RetentionRule",
    "SharedData",
    "Source",
    "Store",
    "SyncStrategy",
    "Thing",
    "ValidationRule",
    "Volume",
    "printable",
    "single_line",
]
