"""Reads the types of DTOs: JSON Schema, OpenAPI, TypeScript and the names that databases use."""

import re
from functools import lru_cache

from projects.design.field_types import Family, FieldType, parse

# What a value of each DTO type may be stored as without being changed.
STORED_AS: dict[str, frozenset[Family]] = {
    "string": frozenset(
        {Family.TEXT, Family.ENUM, Family.UUID, Family.NETWORK, Family.XML, Family.DATE, Family.TIME}
        | {Family.TIMESTAMP, Family.INTERVAL, Family.DECIMAL, Family.MONEY, Family.BINARY}
    ),
    "integer": frozenset({Family.INTEGER, Family.DECIMAL}),
    "number": frozenset({Family.INTEGER, Family.DECIMAL, Family.FLOAT, Family.MONEY}),
    "boolean": frozenset({Family.BOOLEAN}),
    "date": frozenset({Family.DATE, Family.TIMESTAMP}),
    "date-time": frozenset({Family.TIMESTAMP}),
    "time": frozenset({Family.TIME}),
    "uuid": frozenset({Family.UUID, Family.TEXT}),
    "enum": frozenset({Family.ENUM, Family.TEXT}),
    "object": frozenset({Family.JSON, Family.GEOMETRY}),
    "binary": frozenset({Family.BINARY}),
}
NAMES = {
    "str": "string",
    "text": "string",
    "email": "string",
    "uri": "string",
    "url": "string",
    "char": "string",
    "varchar": "string",
    "int": "integer",
    "int32": "integer",
    "int64": "integer",
    "long": "integer",
    "bigint": "integer",
    "smallint": "integer",
    "float": "number",
    "double": "number",
    "decimal": "number",
    "numeric": "number",
    "bool": "boolean",
    "datetime": "date-time",
    "timestamp": "date-time",
    "timestamptz": "date-time",
    "instant": "date-time",
    "guid": "uuid",
    "json": "object",
    "jsonb": "object",
    "map": "object",
    "bytes": "binary",
    "file": "binary",
}
FORMAT = re.compile(
    r"^string\s*[(<,:]?\s*(?:format\s*[:=]?\s*)?(date-time|date|time|uuid|binary|byte)\b", re.IGNORECASE
)
LENGTH = re.compile(r"^(?:string|str|text|varchar|char)\s*\((\d+)\)", re.IGNORECASE)
LIST = re.compile(r"\[\]$|^(?:array|list)\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def plain_type(text: str) -> str | None:
    """The name of a DTO type as STORED_AS has it; None for a list, and for a type that nobody knows."""
    words = " ".join(text.split()).rstrip("?").strip()
    if LIST.search(words):
        return None
    if found := FORMAT.match(words):
        return {"byte": "binary"}.get(found[1].casefold(), found[1].casefold())
    name = re.split(r"[\s(<|]", words.casefold(), maxsplit=1)[0]
    name = NAMES.get(name, name)
    return name if name in STORED_AS else None


def length_of(text: str) -> int | None:
    found = LENGTH.match(" ".join(text.split()))
    return int(found[1]) if found else None


def values_of(text: str) -> frozenset[str] | None:
    """The values of `enum('a','b')`, or of a TypeScript union of texts."""
    parsed: FieldType | None = parse(text)
    if parsed and parsed.values:
        return frozenset(value.casefold() for value in parsed.values)
    union = re.fullmatch(r"\s*(?:['\"][^'\"|]+['\"]\s*\|?\s*){2,}", text)
    return frozenset(value.casefold() for value in re.findall(r"['\"]([^'\"]+)['\"]", text)) if union else None
