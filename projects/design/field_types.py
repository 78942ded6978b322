"""Reads what people type as a field's type: `varchar(64)`, `numeric(12,2)`, `timestamp with time zone`, `text[]`."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Family(StrEnum):
    """Types that hold the same kind of value, whatever a system calls them."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    FLOAT = "float"
    MONEY = "money"
    BOOLEAN = "boolean"
    TEXT = "text"
    BINARY = "binary"
    UUID = "uuid"
    DATE = "date"
    TIME = "time"
    TIMESTAMP = "timestamp"
    INTERVAL = "interval"
    JSON = "json"
    ENUM = "enum"
    GEOMETRY = "geometry"
    NETWORK = "network"
    SEARCH = "search"
    XML = "xml"
    OTHER = "other"


FAMILIES: dict[Family, str] = {
    Family.INTEGER: "int integer int2 int4 int8 smallint bigint tinyint mediumint serial serial2 serial4 serial8 "
    "smallserial bigserial year bit",
    Family.DECIMAL: "numeric decimal dec number fixed",
    Family.FLOAT: "float float4 float8 real double binary_float binary_double",
    Family.MONEY: "money smallmoney",
    Family.BOOLEAN: "bool boolean",
    Family.TEXT: "text varchar varchar2 nvarchar nvarchar2 char nchar character bpchar string citext clob nclob "
    "tinytext mediumtext longtext set name",
    Family.BINARY: "bytea blob tinyblob mediumblob longblob binary varbinary raw image",
    Family.UUID: "uuid uniqueidentifier",
    Family.DATE: "date",
    Family.TIME: "time timetz",
    Family.TIMESTAMP: "timestamp timestamptz datetime datetime2 datetimeoffset smalldatetime",
    Family.INTERVAL: "interval",
    Family.JSON: "json jsonb hstore",
    Family.ENUM: "enum",
    Family.GEOMETRY: "geometry geography point line polygon box path circle lseg",
    Family.NETWORK: "inet cidr macaddr macaddr8",
    Family.SEARCH: "tsvector tsquery",
    Family.XML: "xml",
}
FAMILY_OF = {name: family for family, names in FAMILIES.items() for name in names.split()}

# What a number that the database hands out is stored as.
STORED_AS = {
    "serial": "integer",
    "serial4": "integer",
    "bigserial": "bigint",
    "serial8": "bigint",
    "smallserial": "smallint",
    "serial2": "smallint",
    "int": "integer",
    "int4": "integer",
    "int8": "bigint",
    "int2": "smallint",
    "bool": "boolean",
    "character": "char",
    "decimal": "numeric",
    "dec": "numeric",
    "float8": "double",
    "float4": "real",
    "timestamptz": "timestamp with time zone",
    "timetz": "time with time zone",
    "bpchar": "char",
}

SHAPE = re.compile(
    r"(?P<name>\"[^\"]+\"|[^\s(\[]+(?:\s+(?:precision|varying))?)"
    r"\s*(?:\((?P<arguments>[^)]*)\))?"
    r"(?P<rest>[^\[]*)"
    r"(?P<array>(?:\[\d*\])*)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FieldType:
    """A type in parts. `length` counts characters or bytes, `precision` and `scale` decimal digits."""

    name: str
    family: Family
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    has_time_zone: bool = False
    is_unsigned: bool = False
    is_array: bool = False
    values: tuple[str, ...] = ()

    def matches(self, other: "FieldType") -> bool:
        """Whether a foreign key may lead from one type to the other: the same stored type, whatever its length."""
        return (self.name, self.is_array, self.is_unsigned, self.has_time_zone) == (
            other.name,
            other.is_array,
            other.is_unsigned,
            other.has_time_zone,
        )


@lru_cache(maxsize=4096)
def parse(text: str) -> FieldType | None:
    """The parts of a type as typed, or None if it is empty. A name nobody knows is of the family `other`."""
    match = SHAPE.match(" ".join(text.split()))
    if not match:
        return None
    name = _plain_name(match["name"])
    family = FAMILY_OF.get(name.partition(" ")[0], Family.OTHER)
    rest = (match["rest"] or "").lower()
    stored = STORED_AS.get(name, name)
    numbers = [int(part) for part in (match["arguments"] or "").split(",") if part.strip().isdecimal()]
    first, second = (*numbers, None, None)[:2]
    counts_digits = family is Family.DECIMAL
    return FieldType(
        name=stored.removesuffix(" with time zone"),
        family=family,
        length=None if counts_digits else first,
        precision=first if counts_digits else None,
        scale=second if counts_digits else None,
        has_time_zone="with time zone" in rest or stored.endswith("with time zone") or name == "datetimeoffset",
        is_unsigned="unsigned" in rest,
        is_array=bool(match["array"]) or rest.strip().endswith(" array"),
        values=_values(match["arguments"]) if family is Family.ENUM else (),
    )


def _plain_name(name: str) -> str:
    lowered = " ".join(name.lower().split())
    plain = {"character varying": "varchar", "char varying": "varchar", "double precision": "double"}
    return plain.get(lowered, lowered.strip('"'))


def _values(arguments: str | None) -> tuple[str, ...]:
    return tuple(re.findall(r"'((?:[^']|'')*)'", arguments or ""))
