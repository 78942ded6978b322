"""The design tree: one frozen, typed value for a whole feature.

It is the revision that reviewers sign, the file for import and export, and the input of every check, diagram and
document. Lists are in the order people gave them; things refer to one another by uid, so a rename stays a rename.
"""

from projects.design.tree.access import FieldUse, Index, IndexPart, Query
from projects.design.tree.context import FORMAT, Conventions, Identity
from projects.design.tree.contracts import Dto, DtoField
from projects.design.tree.design import LISTS, PLACES, REFERENCES, Design
from projects.design.tree.integrity import ComponentAccess, Consistency, SharedData, SyncStrategy, ValidationRule
from projects.design.tree.node import Key, Line, Name, Node, Prose, Thing, printable, single_line
from projects.design.tree.plans import Cache, Lifecycle, Migration, Optimization, Volume
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
    "BackupSchedule",
    "Cache",
    "Check",
    "Component",
    "ComponentAccess",
    "Consistency",
    "Conventions",
    "DataElement",
    "Demand",
    "Design",
    "Dto",
    "DtoField",
    "Endpoint",
    "Entity",
    "EntityField",
    "EntityKey",
    "Exemption",
    "FieldPair",
    "FieldUse",
    "FileLayout",
    "Identity",
    "Index",
    "IndexPart",
    "ItemNote",
    "Key",
    "KeySpace",
    "Lifecycle",
    "Line",
    "Migration",
    "Name",
    "NamedType",
    "Node",
    "Optimization",
    "Prose",
    "Query",
    "Quote",
    "Recovery",
    "Relationship",
    "Replication",
    "ReplicationNode",
    "Requirements",
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
