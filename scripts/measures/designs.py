"""Designs and definitions of any size, the same in every run."""

from uuid import NAMESPACE_URL, UUID, uuid5

from projects.design.tree import (
    DataElement,
    Design,
    Dto,
    DtoField,
    Entity,
    EntityField,
    EntityKey,
    FieldPair,
    FieldUse,
    Identity,
    Index,
    IndexPart,
    Query,
    Relationship,
    Store,
    ValidationRule,
    Volume,
)
from projects.design.vocabulary import (
    Frequency,
    KeyKind,
    MappingKind,
    Pagination,
    ReferentialAction,
    RuleLevel,
    Sensitivity,
    StoreKind,
    UseRole,
)

PROJECT, EPIC = "bench", "sizes"
PROSE = (
    "Says what stands here and why, in a sentence of the length that people write, so that pages weigh what they do."
)
FIELDS = (
    ("id", "uuid"),
    ("parent_id", "uuid"),
    ("status", "varchar(16)"),
    ("amount_minor", "bigint"),
    ("currency", "char(3)"),
    ("note", "text"),
    ("payload", "jsonb"),
    ("requested_at", "timestamptz"),
    ("created_at", "timestamptz"),
    ("updated_at", "timestamptz"),
)
STORE = "store"


def uid(*words: str) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(words))


def identity(entities: int) -> Identity:
    return Identity(
        project_key=PROJECT,
        project_title="Bench",
        epic_key=EPIC,
        epic_title="Sizes",
        feature_key=f"entities-{entities}",
        feature_title=f"{entities} entities",
    )


def sized_design(entities: int) -> Design:
    """Entities of ten fields; each refers to an earlier one and has two indexes, every second one is queried.

    Each has a volume and a rule; a DTO of ten fields stands for every second one, a data element for every tenth.
    """
    names = [f"records_{number:03}" for number in range(entities)]
    return Design(
        identity=identity(entities),
        stores=(
            Store(
                uid=uid(STORE),
                name="main",
                kind=StoreKind.RELATIONAL,
                system="PostgreSQL 16",
                project_patterns=PROSE,
                feature_requirements=PROSE,
                performance_needs=PROSE,
                team_expertise=PROSE,
            ),
        ),
        data_elements=tuple(_element(name) for name in names[::10]),
        entities=tuple(_entity(name) for name in names),
        relationships=tuple(
            _relationship(name, names[number * 7 % max(number - 1, 1)]) for number, name in enumerate(names) if number
        ),
        queries=tuple(_query(name) for name in names[::2]),
        indexes=tuple(_index(name, column) for name in names for column in ("parent_id", "status")),
        validation_rules=tuple(_rule(name) for name in names),
        volumes=tuple(_volume(name) for name in names),
        dtos=tuple(_dto(name) for name in names[::2]),
    )


def _entity(name: str) -> Entity:
    return Entity(
        uid=uid(name),
        name=name,
        purpose=PROSE,
        store=uid(STORE),
        fields=tuple(
            EntityField(
                uid=uid(name, field),
                name=field,
                type=words,
                is_required=field != "note",
                sensitivity=Sensitivity.INTERNAL,
                description=PROSE[:60],
            )
            for field, words in FIELDS
        ),
        keys=(EntityKey(uid=uid(name, "key"), kind=KeyKind.PRIMARY, fields=(uid(name, "id"),)),),
    )


def _relationship(child: str, parent: str) -> Relationship:
    return Relationship(
        uid=uid(child, "reference"),
        parent=uid(parent),
        child=uid(child),
        pairs=(FieldPair(child=uid(child, "parent_id"), parent=uid(parent, "id")),),
        on_delete=ReferentialAction.CASCADE,
        description=PROSE,
    )


def _query(name: str) -> Query:
    return Query(
        uid=uid(name, "query"),
        name=f"List {name} by status",
        frequency=Frequency.HIGH,
        entity=uid(name),
        pattern="Filtered list",
        logic=PROSE,
        uses=(
            FieldUse(field=uid(name, "status"), role=UseRole.EQUALITY),
            FieldUse(field=uid(name, "created_at"), role=UseRole.SORT),
        ),
        pagination=Pagination.KEYSET,
        bottleneck=PROSE,
        caching=PROSE,
    )


def _index(name: str, column: str) -> Index:
    return Index(
        uid=uid(name, column, "index"),
        name=f"idx_{name}_{column}",
        entity=uid(name),
        parts=(IndexPart(field=uid(name, column)),),
        purpose=PROSE[:60],
    )


def _element(name: str) -> DataElement:
    return DataElement(
        uid=uid(name, "element"), name=f"Data of {name}", reason=PROSE, store=uid(STORE), kept_for="3 years"
    )


def _rule(name: str) -> ValidationRule:
    return ValidationRule(
        uid=uid(name, "rule"),
        level=RuleLevel.FIELD,
        entity=uid(name),
        field=uid(name, "amount_minor"),
        rule=PROSE[:60],
        in_api=True,
    )


def _volume(name: str) -> Volume:
    return Volume(
        uid=uid(name, "volume"),
        entity=uid(name),
        initial_rows="10,000",
        growth="500/day",
        peak_rows="2 million",
    )


def _dto(name: str) -> Dto:
    return Dto(
        uid=uid(name, "dto"),
        name=f"{name}Response",
        entity=uid(name),
        fields=tuple(
            DtoField(
                uid=uid(name, field, "dto"),
                name=field,
                type="string",
                is_required=field != "note",
                kind=MappingKind.STORED,
                sources=(uid(name, field),),
                transformation="Direct mapping",
            )
            for field, _ in FIELDS
        ),
    )


def definitions(tables: int, columns: int) -> str:
    """PostgreSQL's DDL of as many tables and columns, with keys, references, checks, indexes and comments."""
    base, more = divmod(columns, tables)
    return "\n".join(_table(number, base + (number < more)) for number in range(tables))


def _table(number: int, columns: int) -> str:
    name = f"table_{number:04}"
    lines = ["id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "status varchar(20) NOT NULL DEFAULT 'new'"]
    if number:
        lines.append(f"parent_id bigint NOT NULL REFERENCES table_{number // 2:04} (id) ON DELETE CASCADE")
    lines += [f"column_{place} numeric(12, 2) NOT NULL DEFAULT 0" for place in range(columns - len(lines))]
    lines.append(f"CONSTRAINT {name}_status CHECK (status IN ('new', 'done'))")
    body = ",\n  ".join(lines)
    return (
        f"CREATE TABLE {name} (\n  {body}\n);\n"
        f"CREATE INDEX idx_{name}_status ON {name} (status, id DESC);\n"
        f"COMMENT ON TABLE {name} IS 'What table {number} keeps; it''s generated.';\n"
    )
