"""What indexes of each method hold in PostgreSQL, and how the dialects say the method."""

from projects.checks.words import word_set
from projects.design.field_types import Family
from projects.design.vocabulary import IndexMethod
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.types import ColumnType

OPERATOR_CLASSES = word_set(
    """
    text_pattern_ops varchar_pattern_ops bpchar_pattern_ops text_ops varchar_ops jsonb_ops jsonb_path_ops array_ops
    inet_ops tsvector_ops range_ops point_ops int4_ops int8_ops int2_ops numeric_ops date_ops timestamptz_ops
    timestamp_ops uuid_ops bool_ops gin_trgm_ops gist_trgm_ops vector_l2_ops vector_ip_ops vector_cosine_ops
    vector_l1_ops
    """
)
FROM_EXTENSION = dict.fromkeys(("gin_trgm_ops", "gist_trgm_ops"), "pg_trgm") | dict.fromkeys(
    ("vector_l2_ops", "vector_ip_ops", "vector_cosine_ops", "vector_l1_ops"), "vector"
)
RANGES = word_set("int4range int8range numrange tsrange tstzrange daterange")
SHAPES = word_set("point box polygon circle geometry geography")
IN_POSTGRESQL = {
    IndexMethod.HASH: " USING hash",
    IndexMethod.GIN: " USING gin",
    IndexMethod.TEXT: " USING gin",
    IndexMethod.GIST: " USING gist",
    IndexMethod.GEOSPATIAL: " USING gist",
    IndexMethod.SPGIST: " USING spgist",
    IndexMethod.BRIN: " USING brin",
    IndexMethod.VECTOR: " USING hnsw",
}
IN_MYSQL = {IndexMethod.TEXT: "FULLTEXT ", IndexMethod.GEOSPATIAL: "SPATIAL "}
HASHED = frozenset(set(Family) - {Family.XML, Family.GEOMETRY, Family.OTHER})
UNHASHED = frozenset({"json", "tsquery", "tsvector", "money", "bit", "bit varying"})
IN_BRIN = frozenset(set(Family) - {Family.XML, Family.GEOMETRY, Family.OTHER, Family.JSON, Family.BOOLEAN, Family.ENUM})
# Types whose values have no order that a tree could hold them in.
UNORDERED = word_set("json xml point line lseg box path polygon circle")


def is_ordered(type_: ColumnType, dialect: Dialect) -> bool:
    """Whether a tree, and so a key, can hold values of the type."""
    if dialect is Dialect.SQLITE:
        return True
    if dialect is Dialect.MYSQL:
        return type_.holds.family not in (Family.JSON, Family.GEOMETRY)
    return _name(type_).rstrip("[]") not in UNORDERED


def words_of_method(method: IndexMethod, dialect: Dialect) -> tuple[str, str]:
    """What stands before INDEX and before the brackets."""
    if dialect is Dialect.POSTGRESQL:
        return "", IN_POSTGRESQL.get(method, "")
    if dialect is Dialect.MYSQL:
        return IN_MYSQL.get(method, ""), " USING HASH" if method is IndexMethod.HASH else ""
    return "", ""


def default_class(method: IndexMethod, type_: ColumnType) -> str:
    """The operator class that must be said because the type has none by default for the method."""
    if method is IndexMethod.GIN and type_.family is Family.TEXT:
        return "gin_trgm_ops"
    if method is IndexMethod.GIST and type_.family is Family.TEXT:
        return "gist_trgm_ops"
    if method is IndexMethod.GIST and type_.family is Family.NETWORK:
        return "inet_ops"
    return "vector_cosine_ops" if method is IndexMethod.VECTOR and _name(type_) == "vector" else ""


def accepts(method: IndexMethod, type_: ColumnType) -> bool:
    """Whether PostgreSQL indexes the type by the method without an operator class."""
    name = _name(type_)
    if method is IndexMethod.BTREE:
        return True
    if method is IndexMethod.GIN:
        return type_.holds.is_array or name in ("jsonb", "tsvector")
    if method in (IndexMethod.GIST, IndexMethod.GEOSPATIAL, IndexMethod.SPGIST):
        is_place = name in SHAPES and (method is not IndexMethod.SPGIST or name in ("point", "box", "polygon"))
        is_range = method is not IndexMethod.GEOSPATIAL and name in RANGES
        is_search = method is IndexMethod.GIST and name == "tsvector"
        return not type_.holds.is_array and (is_place or is_range or is_search)
    if method is IndexMethod.HASH:
        return type_.holds.family in HASHED and name not in UNHASHED
    return method is IndexMethod.BRIN and type_.family in IN_BRIN and name not in ("tsvector", "tsquery", "money")


def _name(type_: ColumnType) -> str:
    return type_.text.lower().partition("(")[0].strip()
