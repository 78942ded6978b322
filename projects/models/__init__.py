"""What people edit: one class for each thing in the domain, one subject a file."""

from projects.models.author_notes import Exemption, ItemNote
from projects.models.contract import Component, Demand, Dto, DtoField, DtoSource, Endpoint
from projects.models.entity import EntityCheck, EntityField, EntityKey, KeyPart, NamedType
from projects.models.feature import DraftDesign, Epic, EpicAlias, Feature, FeatureAlias
from projects.models.handbook import (
    AccessRole,
    BackupPolicy,
    CachingPolicy,
    DatabaseProfile,
    DesignPolicy,
    Environment,
    HandbookEntry,
    Metric,
    MigrationPolicy,
    ModellingPolicy,
    PolicySchedule,
    Protection,
    RetentionRule,
    SkippedQuestion,
)
from projects.models.history import Event
from projects.models.indexing import Index, IndexPart
from projects.models.integrity import ComponentAccess, Consistency, SharedData, SyncStrategy, ValidationRule
from projects.models.paperwork import PendingImport, RenderedDocument
from projects.models.plans import Cache, Lifecycle, Migration, Optimization, Volume
from projects.models.project import Conventions, Invitation, Membership, Project, ProjectAlias
from projects.models.queries import Query, QueryUse
from projects.models.recovery import BackupSchedule, Recovery, Replication, ReplicationNode
from projects.models.relationship import Relationship, RelationshipPair
from projects.models.requirements import DataElement, Quote, Requirements, Source, StoredFile
from projects.models.revision import Revision, RevisionDocument
from projects.models.storage import Entity, Reuse, Store
from projects.models.structures import FileLayout, KeySpace
from projects.models.user import User

__all__ = [
    "AccessRole",
    "BackupPolicy",
    "BackupSchedule",
    "Cache",
    "CachingPolicy",
    "Component",
    "ComponentAccess",
    "Consistency",
    "Conventions",
    "DataElement",
    "DatabaseProfile",
    "Demand",
    "DesignPolicy",
    "DraftDesign",
    "Dto",
    "DtoField",
    "DtoSource",
    "Endpoint",
    "Entity",
    "EntityCheck",
    "EntityField",
    "EntityKey",
    "Environment",
    "Epic",
    "EpicAlias",
    "Event",
    "Exemption",
    "Feature",
    "FeatureAlias",
    "FileLayout",
    "HandbookEntry",
    "Index",
    "IndexPart",
    "Invitation",
    "ItemNote",
    "KeyPart",
    "KeySpace",
    "Lifecycle",
    "Membership",
    "Metric",
    "Migration",
    "MigrationPolicy",
    "ModellingPolicy",
    "NamedType",
    "Optimization",
    "PendingImport",
    "PolicySchedule",
    "Project",
    "ProjectAlias",
    "Protection",
    "Query",
    "QueryUse",
    "Quote",
    "Recovery",
    "Relationship",
    "RelationshipPair",
    "RenderedDocument",
    "Replication",
    "ReplicationNode",
    "Requirements",
    "RetentionRule",
    "Reuse",
    "Revision",
    "RevisionDocument",
    "SharedData",
    "SkippedQuestion",
    "Source",
    "Store",
    "StoredFile",
    "SyncStrategy",
    "User",
    "ValidationRule",
    "Volume",
]
