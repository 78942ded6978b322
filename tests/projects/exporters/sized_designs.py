"""Designs of any size, and designs that hold one text in every place where people type."""

import re

from projects.design.tree import (
    LINE_LENGTH,
    NAME_LENGTH,
    Check,
    Conventions,
    DataElement,
    Design,
    Entity,
    EntityField,
    Index,
    IndexPart,
    NamedType,
    Query,
    Relationship,
    Requirements,
    Source,
    Store,
)
from projects.design.vocabulary import (
    Frequency,
    KeyKind,
    Pagination,
    SourceKind,
    StoreKind,
    TypeKind,
    UseRole,
)
from tests.projects.exporters.designs import POSTGRES, fields_of, identity, key, reference, uid, use

PARAGRAPH = (
    "The review reads each query against the index that should serve it, and says which rows the planner visits when "
    "the filter is not selective enough, so that a designer may decide whether one more column is worth its cost."
)


def sized_design(entities: int) -> Design:
    """Entities of nine fields with two references each, two indexes and one query for each of them."""
    names = [f"entity_{number}" for number in range(entities)]
    return Design(
        identity=identity(feature_title="A feature of some size"),
        requirements=Requirements(project_context=PARAGRAPH, retention=PARAGRAPH, volume=PARAGRAPH),
        stores=(POSTGRES,),
        data_elements=tuple(
            DataElement(
                uid=uid("element", name), name=name, description=PARAGRAPH, reason=PARAGRAPH, store=POSTGRES.uid
            )
            for name in names
        ),
        entities=tuple(_entity(name) for name in names),
        relationships=tuple(
            reference(name, f"parent_{way}_id", names[(number * 7 + way * 3) % number], description="Its parent.")
            for number, name in enumerate(names)
            if number
            for way in (1, 2)
        ),
        queries=tuple(_query(name) for name in names),
        indexes=tuple(_index(name, column) for name in names for column in ("parent_1_id", "status")),
    )


def _entity(name: str) -> Entity:
    return Entity(
        uid=uid(name),
        name=name,
        purpose=PARAGRAPH,
        store=POSTGRES.uid,
        fields=fields_of(
            name,
            """
            id | uuid | Unique identifier
            parent_1_id | uuid | The row it belongs to
            parent_2_id? | uuid | The row it came from
            status | varchar(16) | Where it stands, from requested to settled
            amount_minor | bigint | Amount, in minor units
            note? | text | What somebody wrote about it
            payload | jsonb | The rest, as it was received
            created_at | timestamptz | When the row was made
            updated_at | timestamptz | When it was last changed
            """,
            status={"default": "'requested'"},
            amount_minor={"rule": "amount_minor >= 0"},
            created_at={"default": "now()"},
        ),
        keys=(key(name, KeyKind.PRIMARY, "id"),),
        checks=(Check(uid=uid(name, "check"), expression="status IN ('requested', 'sent', 'settled')"),),
    )


def _query(name: str) -> Query:
    return Query(
        uid=uid("query", name),
        name=f"List {name} by parent",
        frequency=Frequency.HIGH,
        entity=uid(name),
        pattern="Filtered list with pagination",
        logic=PARAGRAPH,
        uses=(use(name, "parent_1_id", UseRole.EQUALITY), use(name, "created_at", UseRole.SORT)),
        pagination=Pagination.KEYSET,
        bottleneck=PARAGRAPH,
        caching="None: it is read once.",
    )


def _index(name: str, column: str) -> Index:
    return Index(
        uid=uid("index", name, column),
        name=f"idx_{name}_{column}",
        entity=uid(name),
        parts=(IndexPart(field=uid(name, column)),),
        purpose="Serves the list",
    )


def design_full_of(text: str) -> Design:
    """The text in every field that takes it: whole in prose, on one line and cut where there is less room."""
    line = re.sub(r"[\n\t]", " ", text)[:LINE_LENGTH]
    name = line[:NAME_LENGTH] or "x"
    parent, child = uid("parent"), uid("child")
    store = Store(
        uid=uid("store"),
        name=name,
        kind=StoreKind.RELATIONAL,
        system=line,
        project_patterns=text,
        feature_requirements=text,
        performance_needs=text,
        team_expertise=text,
    )
    return Design(
        identity=identity(project_title=line, epic_title=line, feature_title=line),
        conventions=Conventions(
            primary_key_name=line,
            foreign_key_pattern=line,
            timestamp_suffix=line,
            boolean_prefixes=line,
            index_pattern=line,
            standard_fields=line,
            notes=text,
        ),
        requirements=Requirements(access_notes=text, retention=text, volume=text, project_context=text),
        sources=(Source(uid=uid("source"), kind=SourceKind.OTHER, title=line, location=line),),
        data_elements=(
            DataElement(
                uid=uid("element"),
                name=name,
                description=text,
                reason=text,
                size_estimate=line,
                store=store.uid,
                access_pattern=line,
                note=text,
            ),
        ),
        stores=(store,),
        types=(
            NamedType(
                uid=uid("type"),
                namespace=name,
                name=name,
                kind=TypeKind.ENUM,
                base=line,
                values=(line, line),
                rule=text,
                description=text,
            ),
        ),
        entities=(
            _entity_full_of(text, line, name, "parent", reused_from=""),
            _entity_full_of(text, line, name, "child", reused_from=line),
        ),
        relationships=(
            reference("child", "id", "parent", name=line, description=text),
            Relationship(uid=uid("lost"), child=parent, name=line, missing_target=line, description=text),
        ),
        queries=(
            Query(
                uid=uid("query"),
                name=name,
                frequency=Frequency.HIGH,
                rate=line,
                entity=child,
                pattern=line,
                purpose=text,
                reason=text,
                logic=text,
                uses=(use("child", "id", UseRole.EQUALITY), use("parent", "id", UseRole.SORT)),
                condition=line,
                bottleneck=text,
                caching=text,
                expected_duration=line,
                sql=text,
            ),
        ),
        indexes=(
            Index(
                uid=uid("index"),
                name=name,
                entity=parent,
                parts=(IndexPart(field=uid("parent", "id")), IndexPart(expression=line)),
                condition=line,
                purpose=text,
            ),
        ),
    )


def _entity_full_of(text: str, line: str, name: str, place: str, reused_from: str) -> Entity:
    return Entity(
        uid=uid(place),
        namespace=name,
        name=name,
        purpose=text,
        store=uid("store"),
        reused_from=reused_from,
        no_index_reason=text,
        fields=(EntityField(uid=uid(place, "id"), name=name, type=line, default=line, rule=line, description=text),),
        keys=(key(place, KeyKind.PRIMARY, "id"),),
        checks=(Check(uid=uid(place, "check"), name=line, expression=text),),
    )
