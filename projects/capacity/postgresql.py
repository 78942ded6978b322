"""Rows and index entries of PostgreSQL.

Source: PostgreSQL documentation, “Database Page Layout” (line pointer of 4 bytes; tuple header of 23 bytes, with the
bitmap of nulls aligned to 8), “Numeric Types”, “Date/Time Types” and pg_type's typlen and typalign. Values of no fixed
length have a header of 1 byte up to 126 bytes and of 4 bytes, aligned, beyond (“TOAST”).
"""

from collections.abc import Iterable
from math import ceil

from projects.capacity.contents import ELEMENTS, VECTOR_ELEMENTS, Content, Value, content_of, digits_of
from projects.capacity.figures import grouped_bytes
from projects.capacity.row import FieldSize, RowSize
from projects.design.field_types import Family, FieldType

SOURCE = "PostgreSQL documentation, Database Page Layout"
INDEX_SOURCE = "PostgreSQL documentation, Database Page Layout and B-Tree Indexes; fill factor 0.9"
POINTER = 4
ENTRY_HEADER = 8
FILL_FACTOR = 0.9
ALIGNMENT = 8

# Length and alignment by the names that field_types gives.
FIXED = {
    "boolean": (1, 1),
    "tinyint": (2, 2),
    "smallint": (2, 2),
    "integer": (4, 4),
    "mediumint": (4, 4),
    "year": (4, 4),
    "bigint": (8, 8),
    "real": (4, 4),
    "date": (4, 4),
    "time": (8, 8),
    "interval": (16, 8),
    "money": (8, 8),
    "uuid": (16, 1),
    "oid": (4, 4),
    "name": (64, 1),
    "macaddr": (6, 4),
    "macaddr8": (8, 4),
    "point": (16, 8),
    "line": (24, 8),
    "lseg": (32, 8),
    "box": (32, 8),
    "circle": (24, 8),
}
FIXED_FAMILIES = {
    Family.INTEGER: (4, 4),
    Family.FLOAT: (8, 8),
    Family.TIMESTAMP: (8, 8),
    Family.ENUM: (4, 4),
    Family.UUID: (16, 1),
    Family.MONEY: (8, 8),
}


def row_of(values: tuple[Value, ...]) -> RowSize:
    header = aligned(23 + (ceil(len(values) / 8) if any(value.is_optional for value in values) else 0))
    fields = tuple(field_sizes(values))
    data = sum(field.bytes for field in fields)
    size = aligned(header + data) + POINTER
    formula = (
        f"{header} B header + {grouped_bytes(data)} fields with padding, aligned to "
        f"{grouped_bytes(aligned(header + data))}, + {POINTER} B line pointer = {grouped_bytes(size)}"
    )
    return RowSize(size, formula, SOURCE, fields)


def entry_size(values: tuple[Value, ...]) -> int:
    """An entry of a btree: its header, the key, aligned, its line pointer, and the room a page keeps."""
    key = sum(field.bytes for field in field_sizes(values))
    return ceil((aligned(ENTRY_HEADER + key) + POINTER) / FILL_FACTOR)


def field_sizes(values: Iterable[Value]) -> Iterable[FieldSize]:
    """Each field with the padding before it; both the header and an index entry begin aligned to 8."""
    at = 0
    for value in values:
        length, alignment, assumed = _stored(value)
        start = aligned(at, alignment)
        yield FieldSize(value.name, start + length - at, assumed)
        at = start + length


def aligned(size: int, to: int = ALIGNMENT) -> int:
    return -(-size // to) * to


def _stored(value: Value) -> tuple[int, int, str]:
    """Length, alignment, and what was assumed."""
    if value.is_array:
        return _list(value)
    fixed = _fixed(value.type)
    if fixed:
        return (*fixed, "")
    content = _content(value.type)
    length, alignment = _with_header(content.bytes)
    return length, alignment, content.assumed


def _list(value: Value) -> tuple[int, int, str]:
    """A list has a header of 20 bytes, then its elements, each aligned."""
    fixed = _fixed(value.type)
    content = Content(aligned(*fixed)) if fixed else _content(value.type)
    element = content.bytes if fixed else aligned(4 + content.bytes, 4)
    length, alignment = _with_header(20 + ELEMENTS * element)
    each = f" of {content.assumed}" if content.assumed else ""
    return length, alignment, f"{ELEMENTS} elements{each}"


def _with_header(content: int) -> tuple[int, int]:
    return (content + 1, 1) if content <= 126 else (content + 4, 4)


def _fixed(type_: FieldType | None) -> tuple[int, int] | None:
    if type_ is None:
        return None
    if type_.name == "time" and type_.has_time_zone:
        return 12, 8
    if type_.name == "float" and type_.length and type_.length <= 24:
        return 4, 4
    return None if type_.name == "bit" else FIXED.get(type_.name) or FIXED_FAMILIES.get(type_.family)


def _content(type_: FieldType | None) -> Content:
    if type_ is None:
        return content_of(type_)
    if type_.family is Family.DECIMAL:
        digits, scale = digits_of(type_)
        groups = ceil((digits - scale) / 4) + ceil(scale / 4)
        return Content(2 + 2 * groups, "" if type_.precision else f"{digits} digits")
    if type_.family is Family.NETWORK:
        return Content(18, "an IPv6 address")
    content = content_of(type_)
    # The vectors of pgvector have a header of their own before their elements.
    return Content(content.bytes + 4) if type_.name in VECTOR_ELEMENTS and type_.length else content
