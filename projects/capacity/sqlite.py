"""Rows and index entries of SQLite.

Source: “Database File Format” of sqlite.org, sections “B-tree Pages” and “Record Format”: a cell has a pointer of 2
bytes, its length and its row number as varints, then a record: a header with one varint for each column, then values.
A key of type INTEGER is the row number itself. Dates, times and exact numbers count as the text they are kept as.
"""

from projects.capacity.contents import ELEMENTS, Value, content_of, digits_of
from projects.capacity.figures import grouped_bytes
from projects.capacity.row import FieldSize, RowSize
from projects.design.field_types import Family

SOURCE = "SQLite, Database File Format: Record Format"
INDEX_SOURCE = "SQLite, Database File Format: B-tree Pages; pages counted as full"
CELL_POINTER = 2
# A varint of four bytes numbers 268 million rows.
ROW_NUMBER = 4

AS_TEXT = {Family.DATE: 10, Family.TIME: 8, Family.TIMESTAMP: 19, Family.UUID: 36, Family.INTERVAL: 16}


def row_of(values: tuple[Value, ...], row_number: str = "") -> RowSize:
    """`row_number` names the key that is the row's number, if there is one."""
    fields = tuple(_field(value, is_row_number=value.name == row_number) for value in values)
    header = _header(fields)
    data = sum(field.bytes for field in fields)
    length = varint(header + data)
    size = CELL_POINTER + length + ROW_NUMBER + header + data
    formula = (
        f"{CELL_POINTER} B cell pointer + {length} B length + {ROW_NUMBER} B row number + {grouped_bytes(header)} "
        f"record header + {grouped_bytes(data)} values = {grouped_bytes(size)}"
    )
    return RowSize(size, formula, SOURCE, fields)


def entry_size(values: tuple[Value, ...]) -> int:
    """An entry of an index: a record of its columns and the row number."""
    fields = tuple(_field(value) for value in values)
    record = _header(fields) + 1 + sum(field.bytes for field in fields) + ROW_NUMBER
    return CELL_POINTER + varint(record) + record


def varint(number: int) -> int:
    """The bytes of a number in SQLite's encoding: seven bits each."""
    return max(1, -(-number.bit_length() // 7))


def _header(fields: tuple[FieldSize, ...]) -> int:
    # Texts and blobs say their length, doubled, in their serial type.
    types = sum(varint(2 * field.bytes + 13) if field.bytes > 8 else 1 for field in fields)
    return types + varint(types + 1)


def _field(value: Value, *, is_row_number: bool = False) -> FieldSize:
    content = content_of(value.type)
    size, assumed, type_ = content.bytes, content.assumed, value.type
    if is_row_number:
        return FieldSize(value.name, 0)
    if type_ and type_.family in AS_TEXT:
        size = AS_TEXT[type_.family]
    elif type_ and type_.family is Family.DECIMAL:
        size = digits_of(type_)[0] + 1
    elif type_ and type_.family is Family.FLOAT:
        size = 8
    elif type_ and type_.family is Family.BOOLEAN:
        # 0 and 1 are serial types of their own.
        size = 0
    elif type_ and type_.family is Family.ENUM:
        size = round(sum(map(len, type_.values)) / len(type_.values)) if type_.values else 8
    if value.is_array:
        each = f" of {assumed}" if assumed else ""
        size, assumed = ELEMENTS * max(size, 1), f"{ELEMENTS} elements{each}"
    return FieldSize(value.name, size, assumed)
