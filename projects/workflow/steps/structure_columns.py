"""What the record and the fields of an entity show, by what the entity is in its store."""

from projects.design.vocabulary import FieldRole, StructureKind
from projects.models import Entity
from projects.models.base import Row
from projects.workflow.forms import Scope
from projects.workflow.steps.step import Column

TYPE = Column("type", "Type", "mono", "types", width="m")
ARRAY = Column("is_array", "Array", "check", width="xs")
KEY = Column("key", "Key", "choice", width="xs")
REQUIRED = Column("is_required", "Req.", "check", width="xs")
DEFAULT = Column("default", "Default", "mono", width="s")
RULE = Column("rule", "Rule", width="m")
SENSITIVITY = Column("sensitivity", "Data class", "choice", width="s")
DESCRIPTION = Column("description", "Description", width="xl")
PROTECTION = Column("protection", "Protection", width="m", is_rare=True)
GENERATED = Column("generation", "Generated", "choice", width="s", is_rare=True)


def _name(label: str) -> Column:
    return Column("name", label, "mono", width="m")


def _role(*roles: FieldRole) -> Column:
    return Column("role", "Role", "choice", width="s", only=tuple(roles))


FIELD_COLUMNS: dict[str, tuple[Column, ...]] = {
    StructureKind.TABLE: (
        *(_name("Field"), TYPE, KEY, REQUIRED, DEFAULT),
        Column("reference", "Reference", "mono", "entities", width="m"),
        *(RULE, SENSITIVITY, DESCRIPTION, PROTECTION, GENERATED),
    ),
    StructureKind.COLLECTION: (
        *(_name("Path"), TYPE, ARRAY, REQUIRED, DEFAULT, RULE),
        *(SENSITIVITY, DESCRIPTION, PROTECTION),
    ),
    StructureKind.MEASUREMENT: (
        *(_name("Field"), _role(FieldRole.TIME, FieldRole.TAG, FieldRole.VALUE), TYPE),
        *(RULE, SENSITIVITY, DESCRIPTION, PROTECTION),
    ),
    StructureKind.VECTORS: (
        *(_name("Field"), _role(FieldRole.VECTOR, FieldRole.FILTER), TYPE, REQUIRED),
        *(SENSITIVITY, DESCRIPTION, PROTECTION),
    ),
    StructureKind.NODE: (
        *(_name("Property"), TYPE, KEY, REQUIRED, DEFAULT, RULE),
        *(SENSITIVITY, DESCRIPTION, PROTECTION),
    ),
    StructureKind.EDGE: (
        *(_name("Property"), TYPE, REQUIRED, DEFAULT, RULE),
        *(SENSITIVITY, DESCRIPTION, PROTECTION),
    ),
    StructureKind.SEARCH: (
        *(_name("Field"), TYPE, ARRAY),
        Column("analyser", "Analyser", "mono", "analysers", width="m"),
        Column("weight", "Weight", "mono", width="s"),
        *(SENSITIVITY, DESCRIPTION, PROTECTION),
    ),
}

ENDS = (Column("from_text", "From", "mono", "entities", width="l"), Column("to_text", "To", "mono", width="l"))
CARDINALITY = Column("cardinality", "Type", "choice", width="s")
REFERENCE_COLUMNS = (
    *(*ENDS, CARDINALITY),
    Column("on_delete", "On delete", "choice", width="s"),
    Column("on_update", "On update", "choice", width="s"),
    Column("junction_name", "Through", "mono", "entities", width="m"),
    DESCRIPTION,
)
EDGE_COLUMNS = (
    *(Column("from_text", "From", "mono", "entities", width="l"), Column("to_text", "To", "mono", "entities", "l")),
    *(CARDINALITY, Column("junction_name", "Edge type", "mono", "entities", width="m"), DESCRIPTION),
)
IN_A_GRAPH = (StructureKind.NODE, StructureKind.EDGE)

# Below name, kind and store, which every entity has.
FACTS: dict[str, tuple[tuple[str, ...], ...]] = {
    StructureKind.TABLE: (("purpose", "data_element"),),
    StructureKind.COLLECTION: (("purpose", "data_element", "size_limit"),),
    StructureKind.MEASUREMENT: (("purpose", "data_element"), ("downsampling", "resolution")),
    StructureKind.VECTORS: (
        ("purpose", "data_element", "derived_from"),
        ("embedding_model", "dimensions", "metric", "vector_index"),
    ),
    StructureKind.NODE: (("purpose", "data_element"),),
    StructureKind.EDGE: (("purpose", "data_element"),),
    StructureKind.SEARCH: (("purpose", "data_element"), ("derived_from", "refresh")),
}
PLACE = ("name", "kind", "store")
RARE = ("namespace", "no_index_reason", "departure")


def kind_of(row: Row | None) -> str:
    return row.kind if isinstance(row, Entity) else StructureKind.TABLE


def field_columns(scope: Scope) -> tuple[Column, ...]:
    return FIELD_COLUMNS[kind_of(scope.entity)]


def relationship_columns(scope: Scope) -> tuple[Column, ...]:
    return EDGE_COLUMNS if kind_of(scope.entity) in IN_A_GRAPH else REFERENCE_COLUMNS


def entity_groups(row: Row | None) -> tuple[tuple[str, ...], ...]:
    return (PLACE, *FACTS[kind_of(row)])
