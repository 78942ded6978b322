"""Words to choose from while typing: types of fields by the kind of their structure, analysers of search indexes."""

from projects.design.vocabulary import StructureKind
from projects.models import Entity
from projects.models.base import Row

SQL = (
    *("uuid", "bigint", "integer", "smallint", "numeric(12,2)", "boolean", "text", "varchar(64)", "char(3)"),
    *("date", "timestamptz", "timestamp", "interval", "jsonb", "bytea"),
)
BSON = ("ObjectId", "string", "int", "long", "double", "decimal", "boolean", "date", "object", "binary")
SERIES = ("timestamp", "string", "float", "integer", "boolean")
VECTORS = ("float32", "float16", "int8", "bit", "string", "integer", "boolean", "datetime")
GRAPH = ("string", "integer", "float", "boolean", "date", "datetime", "duration", "point", "list<string>")
SEARCH = ("text", "keyword", "long", "double", "boolean", "date", "geo_point", "dense_vector", "nested")
TYPES: dict[str, tuple[str, ...]] = {
    StructureKind.TABLE: SQL,
    StructureKind.COLLECTION: BSON,
    StructureKind.MEASUREMENT: SERIES,
    StructureKind.VECTORS: VECTORS,
    StructureKind.NODE: GRAPH,
    StructureKind.EDGE: GRAPH,
    StructureKind.SEARCH: SEARCH,
}
ANALYSERS = (
    "standard",
    "simple",
    "whitespace",
    "keyword",
    "english",
    "german",
    "french",
    "spanish",
    "ngram",
    "edge_ngram",
)


def type_names(row: Row | None) -> tuple[str, ...]:
    return TYPES[row.kind] if isinstance(row, Entity) else SQL
