"""Rows and index entries of MySQL and MariaDB on InnoDB, row formats COMPACT and DYNAMIC.

Source: MySQL Reference Manual, “InnoDB Row Formats” (record header of 5 bytes, a bit for each nullable column, 1 or 2
bytes of length for each variable one, transaction id of 6 and roll pointer of 7 bytes, row id of 6 where there is no
key) and “Data Type Storage Requirements”. Text counts one byte a character.
"""

from math import ceil

from projects.capacity.contents import ELEMENTS, Content, Value, content_of, digits_of
from projects.capacity.figures import grouped_bytes
from projects.capacity.row import FieldSize, RowSize
from projects.design.field_types import Family, FieldType

SOURCE = "MySQL Reference Manual, InnoDB Row Formats"
INDEX_SOURCE = "MySQL Reference Manual, InnoDB Row Formats; pages 15/16 full; the primary key is the table itself"
RECORD_HEADER = 5
SYSTEM_COLUMNS = 6 + 7
ROW_ID = 6
FILL_FACTOR = 15 / 16

FIXED = {"year": 1, "date": 3, "time": 3, "timestamp": 4, "real": 8, "double": 8, "point": 25}
TIMES = ("time", "timestamp", "datetime")
VARIABLE = (Family.TEXT, Family.BINARY, Family.JSON, Family.XML, Family.SEARCH, Family.OTHER)
# Bytes of the digits that are left over when nine share four bytes.
LEFT_OVER = (0, 1, 1, 2, 2, 3, 3, 4, 4)


def row_of(values: tuple[Value, ...], *, has_key: bool) -> RowSize:
    fields = tuple(_field(value) for value in values)
    data = sum(field.bytes for field in fields)
    nulls = _null_bits(values)
    system = SYSTEM_COLUMNS + (0 if has_key else ROW_ID)
    size = RECORD_HEADER + nulls + data + system
    row_id = "" if has_key else " and row id"
    formula = (
        f"{RECORD_HEADER} B header + {nulls} B null bits + {grouped_bytes(data)} fields with their lengths"
        f" + {system} B transaction id, roll pointer{row_id} = {grouped_bytes(size)}"
    )
    return RowSize(size, formula, SOURCE, fields)


def entry_size(values: tuple[Value, ...], key: tuple[Value, ...]) -> int:
    """An entry of a secondary index: its own columns, and those of the primary key that leads to the row."""
    names = {value.name for value in values}
    columns = (*values, *(value for value in key if value.name not in names))
    size = RECORD_HEADER + _null_bits(columns) + sum(_field(value).bytes for value in columns)
    return ceil((size + (0 if key else ROW_ID)) / FILL_FACTOR)


def _null_bits(values: tuple[Value, ...]) -> int:
    return ceil(sum(value.is_optional for value in values) / 8)


def _field(value: Value) -> FieldSize:
    content, is_variable = _content(value.type)
    if value.is_array:
        # There are no lists: one is kept as JSON.
        each = f" of {content.assumed}" if content.assumed else ""
        content, is_variable = Content(ELEMENTS * content.bytes, f"{ELEMENTS} elements{each}"), True
    length = (1 if content.bytes <= 127 else 2) if is_variable else 0
    return FieldSize(value.name, content.bytes + length, content.assumed)


def _content(type_: FieldType | None) -> tuple[Content, bool]:
    """The content and whether its length is stored beside it."""
    if type_ is None or type_.family in VARIABLE:
        return content_of(type_), type_ is None or type_.name != "binary"
    return Content(_fixed(type_), content_of(type_).assumed), False


def _fixed(type_: FieldType) -> int:
    if type_.family is Family.DECIMAL:
        digits, scale = digits_of(type_) if type_.precision else (10, 0)
        return _packed(digits - scale) + _packed(scale)
    if type_.name == "float":
        return 8 if type_.length and type_.length > 24 else 4
    if type_.family is Family.ENUM:
        return 1 if len(type_.values) <= 255 else 2
    size = FIXED.get(type_.name) or (5 if type_.family is Family.TIMESTAMP else content_of(type_).bytes)
    fraction = ceil(min(type_.length or 0, 6) / 2) if type_.name in TIMES else 0
    return size + fraction


def _packed(digits: int) -> int:
    return digits // 9 * 4 + LEFT_OVER[digits % 9]
