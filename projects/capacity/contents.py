"""What a value holds, in bytes, before its system adds anything: exact where the type says it, else an assumption.

The assumptions are ours and stand in every formula that uses one: a limited text is half full but has no more than 100
bytes, an unlimited one has 100; JSON 400, XML and files 1,000; a list has 4 elements.
"""

from dataclasses import dataclass
from math import ceil

from projects.design.field_types import Family, FieldType
from projects.design.tree import EntityField
from projects.design.type_lookup import TypeLookup

ELEMENTS = 4
LONGEST_TEXT = 100
UNKNOWN = 16

INTEGERS = {"tinyint": 1, "smallint": 2, "year": 2, "mediumint": 3, "integer": 4, "bigint": 8}
VECTOR_ELEMENTS = {"vector": 4, "halfvec": 2, "float_vector": 4, "dense_vector": 4}
_UNLIMITED = {
    Family.TEXT: LONGEST_TEXT,
    Family.JSON: 400,
    Family.XML: 1000,
    Family.BINARY: 1000,
    Family.SEARCH: 200,
    Family.GEOMETRY: 100,
}
_FIXED = {
    Family.BOOLEAN: 1,
    Family.MONEY: 8,
    Family.UUID: 16,
    Family.DATE: 4,
    Family.TIME: 8,
    Family.TIMESTAMP: 8,
    Family.INTERVAL: 16,
    Family.ENUM: 4,
    Family.NETWORK: 16,
}


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of one value; `assumed` says what was assumed, and is empty where the type says it all."""

    bytes: int
    assumed: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A field as the arithmetic sees it: its stored type, domains and enumerations resolved."""

    name: str
    type: FieldType | None
    is_array: bool
    is_optional: bool

    @property
    def family(self) -> Family | None:
        return self.type.family if self.type else None


def values_of(fields: tuple[EntityField, ...], types: TypeLookup) -> tuple[Value, ...]:
    found = []
    for field in fields:
        type_ = types.resolve(field.type)
        is_array = field.is_array or bool(type_ and type_.is_array)
        found.append(Value(field.name, type_, is_array, not field.is_required))
    return tuple(found)


def content_of(type_: FieldType | None) -> Content:
    """The content of one value, or of one element of a list."""
    if type_ is None:
        return Content(UNKNOWN, f"{UNKNOWN} B, as it has no type yet")
    if type_.name in VECTOR_ELEMENTS and type_.length:
        return Content(VECTOR_ELEMENTS[type_.name] * type_.length)
    if type_.family in _FIXED:
        return Content(_FIXED[type_.family])
    if type_.family is Family.INTEGER:
        return Content(ceil((type_.length or 1) / 8) if type_.name == "bit" else INTEGERS.get(type_.name, 4))
    if type_.family is Family.FLOAT:
        return Content(4 if type_.name in ("real", "binary_float") else 8)
    if type_.family is Family.DECIMAL:
        digits, _ = digits_of(type_)
        return Content(ceil((digits + 1) / 2), "" if type_.precision else f"{digits} digits")
    return _variable(type_)


def digits_of(type_: FieldType) -> tuple[int, int]:
    """All digits of an exact number and those behind the point; twelve and two if it has no limits."""
    if type_.precision is None:
        return 12, 2
    scale = min(max(type_.scale or 0, 0), type_.precision)
    return type_.precision, scale


def _variable(type_: FieldType) -> Content:
    if type_.length and type_.family in (Family.TEXT, Family.BINARY):
        if type_.name in ("char", "nchar", "binary"):
            return Content(type_.length)
        half = ceil(type_.length / 2)
        if half > LONGEST_TEXT and type_.family is Family.TEXT:
            return Content(LONGEST_TEXT, f"{LONGEST_TEXT} B of at most {type_.length}")
        return Content(half, f"{half} B, half of at most {type_.length}")
    size = _UNLIMITED.get(type_.family, UNKNOWN)
    return Content(size, f"{size} B, as its type sets no length")
