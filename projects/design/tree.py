"""The design tree: one frozen, typed value for a whole feature.

It is the revision that reviewers sign, the file for import and export, and the input of every check, diagram and
document. Lists are in the order people gave them; things refer to one another by uid, so a rename stays a rename.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from projects.design.vocabulary import (
    KEY_PATTERN,
    LINE_LENGTH,
    NAME_LENGTH,
    PROSE_LENGTH,
    AccessProfile,
    Cardinality,
    Direction,
    Frequency,
    Generation,
    IndexMethod,
    KeyKind,
    LetterCase,
    OperationKind,
    Pagination,
    ReferentialAction,
    Sensitivity,
    SourceKind,
    SourceStatus,
    StoreKind,
    TableNumber,
    TypeKind,
    UseRole,
)

FORMAT = 1


def printable(text: str) -> str:
    """Refuse control characters: XML, and so SVG and PDF, cannot hold them."""
    for character in text:
        if unicodedata.category(character) == "Cc" and character not in "\n\t":
            raise ValueError(f"the control character U+{ord(character):04X} cannot be stored")
    return text


def single_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("this is one line of text: no line breaks and no tabs")
    return text


Key = Annotated[str, StringConstraints(pattern=f"^{KEY_PATTERN}$")]
Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=NAME_LENGTH),
    AfterValidator(printable),
    AfterValidator(single_line),
]
Line = Annotated[str, StringConstraints(max_length=LINE_LENGTH), AfterValidator(printable), AfterValidator(single_line)]
Prose = Annotated[str, StringConstraints(max_length=PROSE_LENGTH), AfterValidator(printable)]


class Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Thing(Node):
    """A node that people can point at: its uid survives renaming, export, import and revisions."""

    uid: UUID


class Identity(Node):
    """Where the design belongs. Titles are printed, keys become file paths."""

    project_key: Key
    project_title: Line
    epic_key: Key
    epic_title: Line
    feature_key: Key
    feature_title: Line

    @property
    def path(self) -> str:
        return f"{self.project_key}/{self.epic_key}/{self.feature_key}"


class Conventions(Node):
    """The naming rules in force: the project's policy as it was when the design was taken."""

    table_case: LetterCase = LetterCase.SNAKE
    field_case: LetterCase = LetterCase.SNAKE
    table_number: TableNumber = TableNumber.PLURAL
    primary_key_name: Line = "id"
    foreign_key_pattern: Line = "{singular}_id"
    timestamp_suffix: Line = "_at"
    boolean_prefixes: Line = "is_, has_"
    index_pattern: Line = "idx_{table}_{fields}"
    standard_fields: Line = "id, created_at, updated_at"
    notes: Prose = ""


class Requirements(Node):
    """Step 1 in prose: what the sources say about the data as a whole."""

    access_profile: AccessProfile | None = None
    access_notes: Prose = ""
    retention: Prose = ""
    volume: Prose = ""
    project_context: Prose = ""


class Source(Thing):
    """A document that the design was made from."""

    kind: SourceKind
    title: Line = ""
    location: Line = ""
    status: SourceStatus = SourceStatus.NOT_STARTED


class Store(Thing):
    """Where data is kept, and the four parts of why."""

    name: Name
    kind: StoreKind
    system: Line = ""
    project_patterns: Prose = ""
    feature_requirements: Prose = ""
    performance_needs: Prose = ""
    team_expertise: Prose = ""


class DataElement(Thing):
    """A thing the feature must keep, in the words of the requirements."""

    name: Name
    description: Prose = ""
    reason: Prose = ""
    size_estimate: Line = ""
    store: UUID | None = None
    access_pattern: Line = ""
    note: Prose = ""


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
    """A column of an entity. `type` is kept as typed; field_types.parse reads it."""

    name: Name
    type: Line = ""
    is_required: bool = False
    default: Line = ""
    generation: Generation | None = None
    rule: Line = ""
    sensitivity: Sensitivity | None = None
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
    """A table. `reused_from` is the epic/feature path of its owner if this design only refers to it."""

    namespace: Name | None = None
    name: Name
    purpose: Prose = ""
    store: UUID | None = None
    reused_from: Line = ""
    no_index_reason: Prose = ""
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


class FieldUse(Node):
    """What an operation does with one field; `direction` counts for sorting only."""

    field: UUID
    role: UseRole
    direction: Direction = Direction.ASCENDING


class Query(Thing):
    """An operation that the application asks of the data."""

    name: Name
    kind: OperationKind = OperationKind.READ
    frequency: Frequency | None = None
    rate: Line = ""
    entity: UUID | None = None
    pattern: Line = ""
    purpose: Prose = ""
    reason: Prose = ""
    logic: Prose = ""
    uses: tuple[FieldUse, ...] = ()
    condition: Line = ""
    pagination: Pagination | None = None
    bottleneck: Prose = ""
    caching: Prose = ""
    expected_duration: Line = ""
    sql: Prose = ""

    def fields_in(self, role: UseRole) -> tuple[UUID, ...]:
        return tuple(use.field for use in self.uses if use.role is role)


class IndexPart(Node):
    """One key of an index: a field, or an expression over fields."""

    field: UUID | None = None
    expression: Line = ""
    direction: Direction = Direction.ASCENDING


class Index(Thing):
    name: Name
    entity: UUID
    parts: tuple[IndexPart, ...] = ()
    method: IndexMethod = IndexMethod.BTREE
    is_unique: bool = False
    condition: Line = ""
    purpose: Prose = ""


class Design(Node):
    """The whole data design of one feature."""

    format: int = FORMAT
    identity: Identity
    conventions: Conventions = Conventions()
    requirements: Requirements = Requirements()
    sources: tuple[Source, ...] = ()
    data_elements: tuple[DataElement, ...] = ()
    stores: tuple[Store, ...] = ()
    types: tuple[NamedType, ...] = ()
    entities: tuple[Entity, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    queries: tuple[Query, ...] = ()
    indexes: tuple[Index, ...] = ()

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
        stores = (*(each.store for each in self.data_elements), *(each.store for each in self.entities))
        yield from (("store", uid) for uid in stores if uid)
        for entity in self.entities:
            yield from (("field", uid) for key in entity.keys for uid in key.fields)
        for relationship in self.relationships:
            ends = (relationship.parent, relationship.child, relationship.junction)
            yield from (("entity", uid) for uid in ends if uid)
            yield from (("field", uid) for pair in relationship.pairs for uid in (pair.child, pair.parent) if uid)
        for query in self.queries:
            if query.entity:
                yield "entity", query.entity
            yield from (("field", use.field) for use in query.uses)
        for index in self.indexes:
            yield "entity", index.entity
            yield from (("field", part.field) for part in index.parts if part.field)

    @cached_property
    def _places(self) -> dict[str, frozenset[UUID]]:
        return {
            "store": frozenset(store.uid for store in self.stores),
            "entity": frozenset(entity.uid for entity in self.entities),
            "field": frozenset(field.uid for entity in self.entities for field in entity.fields),
        }

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
        yield from (*self.sources, *self.data_elements, *self.stores, *self.types)
        for entity in self.entities:
            yield from (entity, *entity.fields, *entity.keys, *entity.checks)
        yield from (*self.relationships, *self.queries, *self.indexes)

    def path_of_field(self, uid: UUID) -> str:
        """Entity and field as people write them, like refunds.payment_id."""
        return f"{self.entity_of_field[uid].full_name}.{self.field_by_uid[uid].name}"
