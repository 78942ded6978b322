"""Collection documents as BSON.

Source: the BSON specification, version 1.1 (bsonspec.org): a document has its length in 4 bytes and a closing byte;
each element has a byte for its type, its name with a closing byte, and its value. A list is a document named by number.
What a storage engine saves by compression is not counted.
"""

from projects.capacity.contents import ELEMENTS, Value, content_of
from projects.capacity.figures import grouped_bytes
from projects.capacity.row import FieldSize, RowSize
from projects.design.field_types import Family

SOURCE = "BSON specification 1.1"
FRAME = 4 + 1
OBJECT_ID = 12

FIXED = {
    "objectid": OBJECT_ID,
    "int": 4,
    "int32": 4,
    "integer": 4,
    "long": 8,
    "int64": 8,
    "bigint": 8,
    "number": 8,
    "decimal128": 16,
    "null": 0,
}
FAMILIES = {
    Family.INTEGER: 4,
    Family.FLOAT: 8,
    Family.DECIMAL: 16,
    Family.BOOLEAN: 1,
    Family.DATE: 8,
    Family.TIMESTAMP: 8,
    Family.UUID: 5 + 16,
}


Nested = dict[str, list[Value]]


def row_of(values: tuple[Value, ...]) -> RowSize:
    key = 0 if any(value.name == "_id" for value in values) else _element("_id", OBJECT_ID)
    nested = _by_parent(values)
    fields = tuple(_field(value, "", nested) for value in nested.get("", ()))
    data = sum(field.bytes for field in fields)
    size = FRAME + key + data
    added = f" + {key} B _id" if key else ""
    formula = f"{FRAME} B frame{added} + {grouped_bytes(data)} fields with their names = {grouped_bytes(size)}"
    return RowSize(size, formula, SOURCE, fields)


def _by_parent(values: tuple[Value, ...]) -> Nested:
    """The fields by the longest path before their name that is a field as well; those at the top by none."""
    paths = {_path(value) for value in values}
    nested: Nested = {}
    for value in values:
        parts = _path(value).split(".")
        above = (".".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))
        nested.setdefault(next((path for path in above if path in paths), ""), []).append(value)
    return nested


def _path(value: Value) -> str:
    """The name as a path that is never empty, without the brackets some write for lists."""
    return value.name.replace("[]", "") or value.name


def _field(value: Value, parent: str, nested: Nested) -> FieldSize:
    """A field with all that is nested in it, under the rest of its name: what it shares is counted at its parent."""
    path = _path(value)
    name = path[len(parent) + 1 :] if parent else path
    if inside := nested.get(path):
        fields = [_field(other, path, nested) for other in inside]
        size = FRAME + sum(field.bytes for field in fields)
        assumed = "; ".join(f"{field.name} {field.assumed}" for field in fields if field.assumed)
    else:
        size, assumed = _content(value)
    if value.is_array:
        each = f" of {assumed}" if assumed else ""
        size = FRAME + sum(_element(str(place), size) for place in range(ELEMENTS))
        assumed = f"{ELEMENTS} elements{each}"
    return FieldSize(value.name, _element(name, size), assumed)


def _content(value: Value) -> tuple[int, str]:
    type_ = value.type
    if type_ and type_.name in FIXED:
        return FIXED[type_.name], ""
    if type_ and type_.family in FAMILIES:
        return FAMILIES[type_.family], ""
    content = content_of(type_)
    return 5 + content.bytes, content.assumed


def _element(name: str, size: int) -> int:
    return 1 + len(name.encode()) + 1 + size
