"""Rows of systems whose storage we do not know: the values alone.

What such a system adds to a row, and what it saves by compression, is not counted; a measured size says more.
Vectors have four bytes (a 32-bit float, IEEE 754) for each dimension.
"""

from projects.capacity.contents import ELEMENTS, Value, content_of
from projects.capacity.figures import grouped_bytes
from projects.capacity.row import FieldSize, RowSize

SOURCE = "the values alone; what the system adds or compresses is not counted"
DIMENSION = 4


def row_of(values: tuple[Value, ...], dimensions: int = 0) -> RowSize:
    """`dimensions` are those of a vector that no field of its own stands for."""
    fields = tuple(_field(value) for value in values)
    if dimensions:
        fields = (*fields, FieldSize("vector", DIMENSION * dimensions))
    size = sum(field.bytes for field in fields)
    vector = f", of which {dimensions} dimensions × {DIMENSION} B" if dimensions else ""
    return RowSize(size, f"{grouped_bytes(size)} of values{vector}", SOURCE, fields)


def _field(value: Value) -> FieldSize:
    content = content_of(value.type)
    if not value.is_array:
        return FieldSize(value.name, content.bytes, content.assumed)
    each = f" of {content.assumed}" if content.assumed else ""
    return FieldSize(value.name, ELEMENTS * content.bytes, f"{ELEMENTS} elements{each}")
