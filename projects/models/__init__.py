"""What people edit: one class for each thing in the domain, one subject a file."""

from projects.models.entity import EntityCheck, EntityField, EntityKey, KeyPart, NamedType
from projects.models.feature import DraftDesign, Epic, EpicAlias, Feature, FeatureAlias
from projects.models.history import Event
from projects.models.indexing import Index, IndexPart
from projects.models.paperwork import PendingImport, RenderedDocument
from projects.models.project import Conventions, Invitation, Membership, Project, ProjectAlias
from projects.models.queries import Query, QueryUse
from projects.models.relationship import Relationship, RelationshipPair
from projects.models.requirements import DataElement, Requirements, Source
from projects.models.storage import Entity, Reuse, Store
from projects.models.user import User

__all__ = [
    "Conventions",
    "DataElement",
    "DraftDesign",
    "Entity",
    "EntityCheck",
    "EntityField",
    "EntityKey",
    "Epic",
    "EpicAlias",
    "Event",
    "Feature",
    "FeatureAlias",
    "Index",
    "IndexPart",
    "Invitation",
    "KeyPart",
    "Membership",
    "NamedType",
    "PendingImport",
    "Project",
    "ProjectAlias",
    "Query",
    "QueryUse",
    "Relationship",
    "RelationshipPair",
    "RenderedDocument",
    "Requirements",
    "Reuse",
    "Source",
    "Store",
    "User",
]
