"""Step 3: what lies in the stores."""

from functools import cached_property
from uuid import UUID

from pydantic import Field

from projects.design.tree.node import Line, Name, Node, Prose, Thing
from projects.design.vocabulary import (
    Cardinality,
    DistanceMetric,
    Eviction,
    FieldRole,
    Generation,
    KeyKind,
    ReferentialAction,
    Sensitivity,
    StructureKind,
    TypeKind,
    VectorIndex,
)


class NamedType(Thing):
    """A type with a name of its own: an enumeration with its values, a domain over a base type, a composite."""

    namespace: Name | None = None
    name: Name
    kind: TypeKind
    base: Line = ""
    values: tuple[Line, ...] = ()
    rule: Prose = ""
    description: Prose = ""


class EntityField(Thing):
    """A column of a table, a property of a node, or a path like `lines.price` in a collection document.

    `type` is kept as typed; field_types.parse reads it. `protection` departs from what its data class asks for.
    """

    name: Name
    type: Line = ""
    is_array: bool = False
    is_required: bool = False
    default: Line = ""
    generation: Generation | None = None
    rule: Line = ""
    sensitivity: Sensitivity | None = None
    protection: Line = ""
    role: FieldRole | None = None
    analyser: Line = ""
    weight: Line = ""
    description: Prose = ""


class EntityKey(Thing):
    """A primary or unique key over one or more fields of its entity, in order."""

    kind: KeyKind
    name: Line = ""
    fields: tuple[UUID, ...] = Field(min_length=1)


class Check(Thing):
    """A condition that every row of the entity keeps, as a simple comparison or in prose."""

    name: Line = ""
    expression: Prose


class Entity(Thing):
    """A table, or what stands for it in another kind of store: its `kind` says which of the facts below apply.

    `reused_from` is the epic/feature path of its owner if this design only refers to it. The edge types of a graph lie
    between the ends of the relationship whose junction they are.
    """

    kind: StructureKind = StructureKind.TABLE
    namespace: Name | None = None
    name: Name
    purpose: Prose = ""
    store: UUID | None = None
    data_element: UUID | None = None
    size_limit: Line = ""
    resolution: Line = ""
    downsampling: Prose = ""
    derived_from: Line = ""
    embedding_model: Line = ""
    dimensions: int | None = Field(default=None, ge=1)
    metric: DistanceMetric | None = None
    vector_index: VectorIndex | None = None
    refresh: Line = ""
    reused_from: Line = ""
    no_index_reason: Prose = ""
    departure: Prose = ""
    fields: tuple[EntityField, ...] = ()
    keys: tuple[EntityKey, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.namespace}.{self.name}" if self.namespace else self.name

    @cached_property
    def primary_key(self) -> EntityKey | None:
        return next((key for key in self.keys if key.kind is KeyKind.PRIMARY), None)

    @cached_property
    def unique_keys(self) -> tuple[EntityKey, ...]:
        return tuple(key for key in self.keys if key.kind is KeyKind.UNIQUE)


class KeySpace(Thing):
    """The keys of one pattern in a key-value store, like `session:{user_id}`."""

    pattern: Name
    store: UUID | None = None
    data_element: UUID | None = None
    value_type: Line = ""
    ttl: Line = ""
    eviction: Eviction | None = None
    size_estimate: Line = ""
    purpose: Prose = ""


class FileLayout(Thing):
    """Files of one sort: the directories they lie in, their format and how they are named."""

    structure: Name
    store: UUID | None = None
    data_element: UUID | None = None
    format: Line = ""
    naming: Line = ""
    access_pattern: Prose = ""
    size_estimate: Line = ""


class FieldPair(Node):
    """One column of a foreign key: the child's field and the parent's field it points at."""

    child: UUID
    parent: UUID | None = None


class Relationship(Thing):
    """A reference from child rows to parent rows: a foreign key, or an N:M through its junction entity.

    `missing_target` keeps the words of a reference whose parent is not in the design, like "accounts(id)".
    """

    name: Line = ""
    parent: UUID | None = None
    child: UUID
    pairs: tuple[FieldPair, ...] = ()
    missing_target: Line = ""
    cardinality: Cardinality = Cardinality.ONE_TO_MANY
    junction: UUID | None = None
    on_delete: ReferentialAction | None = None
    on_update: ReferentialAction | None = None
    description: Prose = ""
