"""An example of a collection's documents, made from its fields: the same every time, and valid JSON."""

import json
from typing import Any

from projects.design.field_types import Family, FieldType
from projects.design.tree import Design, Entity, EntityField
from projects.design.type_lookup import TypeLookup
from projects.design.vocabulary import TypeKind

DEEPEST = 16
VALUES: dict[Family, Any] = {
    Family.INTEGER: 1,
    Family.DECIMAL: 12.5,
    Family.FLOAT: 0.5,
    Family.MONEY: 19.99,
    Family.BOOLEAN: True,
    Family.BINARY: "ZXhhbXBsZQ==",
    Family.UUID: "3f2b8c1e-6d4a-4b7f-9a51-2c8e7d0f1b36",
    Family.DATE: "2026-01-31",
    Family.TIME: "14:30:00",
    Family.TIMESTAMP: "2026-01-31T14:30:00Z",
    Family.INTERVAL: "PT1H",
    Family.JSON: {},
    Family.GEOMETRY: {"type": "Point", "coordinates": [13.4, 52.5]},
    Family.NETWORK: "192.0.2.1",
    Family.XML: "<example/>",
}
# Types of document stores that relational databases lack.
OTHERS: dict[str, Any] = {
    "objectid": "65b9f0c2e4b0a1d2c3e4f506",
    "object": {},
    "document": {},
    "embedded": {},
    "map": {},
    "array": [],
    "list": [],
    "long": 1,
    "decimal128": "12.50",
    "bool": True,
    "timestamp": "2026-01-31T14:30:00Z",
}
MISSING = object()


def example_json(design: Design, collection: Entity) -> str:
    """A document with every field of the collection, nested by the dots in their paths."""
    lookup = TypeLookup(design.types)
    example: dict[str, Any] = {}
    for each in collection.fields:
        _put(example, each, _value(each, lookup, design))
    return json.dumps(example, ensure_ascii=False, indent=2)


def _put(example: dict[str, Any], each: EntityField, value: Any) -> None:
    """At the place that the path names; a name that cannot be a path is one key as it is."""
    steps = [step.strip() for step in each.name.split(".")]
    if len(steps) > DEEPEST or not all(steps):
        steps = [each.name]
    place = example
    for step in steps[:-1]:
        below = place.get(step)
        if isinstance(below, list):
            place[step] = below = below if below and isinstance(below[0], dict) else [{}]
            place = below[0]
            continue
        if not isinstance(below, dict):
            place[step] = below = {}
        place = below
    last = steps[-1]
    known = place.get(last)
    if isinstance(known, dict | list) and known:
        # Fields inside of it came first: it keeps them, and becomes a list if it is one.
        place[last] = [known] if isinstance(value, list) and isinstance(known, dict) else known
        return
    place[last] = value


def _value(each: EntityField, lookup: TypeLookup, design: Design) -> Any:
    plain, is_list = _plain_name(each.type), each.is_array
    type_ = lookup.resolve(plain)
    is_list |= bool(type_ and type_.is_array) or plain != each.type.strip()
    value = _single(each, type_, lookup)
    if not is_list:
        return value
    if value == {}:
        return [{}]
    return value if isinstance(value, list) else [value]


def _plain_name(text: str) -> str:
    """The type of the elements in “array of string”, “array<string>” and “string[]”."""
    stripped = text.strip()
    lowered = stripped.lower()
    for start, end in (("array of ", ""), ("list of ", ""), ("array<", ">"), ("list<", ">")):
        if lowered.startswith(start) and lowered.endswith(end):
            return stripped[len(start) : len(stripped) - len(end)].strip()
    return stripped.removesuffix("[]").strip()


def _single(each: EntityField, type_: FieldType | None, lookup: TypeLookup) -> Any:
    default = _default(each.default, type_)
    if default is not MISSING:
        return default
    if type_ is None:
        return f"example {each.name.rpartition('.')[2]}".strip()
    if type_.values:
        return type_.values[0].replace("''", "'")
    named = lookup.named(_plain_name(each.type))
    if named and named.kind is TypeKind.COMPOSITE:
        return {value.strip().partition(" ")[0].strip('"') or "value": "example" for value in named.values}
    if type_.family in VALUES:
        return VALUES[type_.family]
    if type_.name in OTHERS:
        return OTHERS[type_.name]
    text = f"example {each.name.rpartition('.')[2]}".strip()
    return text[: type_.length] if type_.length else text


def _default(text: str, type_: FieldType | None) -> Any:
    """A default that is a value, and not how one is found."""
    plain = text.strip()
    if not plain or plain.endswith(")") or plain.lower().startswith("current_"):
        return MISSING
    if len(plain) > 1 and plain[0] == plain[-1] == "'":
        return plain[1:-1].replace("''", "'")
    if type_ is not None and type_.family is Family.TEXT:
        return json.loads(plain) if _is_json_text(plain) else plain
    try:
        value = json.loads(plain, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return plain if type_ is not None and plain in type_.values else MISSING
    return MISSING if isinstance(value, float | int) and abs(value) > 1e15 else value


def _is_json_text(text: str) -> bool:
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return False
    try:
        return isinstance(json.loads(text), str)
    except ValueError:
        return False


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")
