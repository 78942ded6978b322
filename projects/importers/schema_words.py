"""A schema in the words of a DTO field: its type, like `array of string (uuid)`, and its limits."""

from dataclasses import dataclass
from typing import Any

from projects.importers.json_schemas import NotTaken, Schema, Schemas

VALUES_SHOWN = 12
NESTED_AT_MOST = 8


@dataclass(frozen=True)
class Words:
    """`nested` is an inline object whose properties become fields of their own; `note` says what was left out."""

    type: str
    limits: tuple[str, ...] = ()
    nested: Schema | None = None
    note: str = ""


@dataclass(frozen=True)
class Describer:
    """`names` has the DTO that each pointer leads to: a field of that type holds the other DTO, not its fields."""

    schemas: Schemas
    names: dict[str, str]

    def words(self, schema: Any, depth: int = 0) -> Words:
        if depth > NESTED_AT_MOST:
            raise NotTaken("It is nested too deeply.")
        found, pointer = self.schemas.resolved(schema)
        if pointer in self.names:
            return Words(self.names[pointer])
        for read in (_enumeration, self._alternatives, self._parts, self._array, self._object):
            if words := read(found, depth):
                return words
        return Words(_scalar(found), tuple(_limits(found)))

    def _alternatives(self, schema: Schema, depth: int) -> Words | None:
        options = schema.get("oneOf") or schema.get("anyOf")
        if not isinstance(options, list) or schema.get("properties"):
            return None
        resolved = [(option, self.schemas.resolved(option)[0]) for option in options]
        real = [(option, found) for option, found in resolved if found.get("type") != "null"]
        null = ("may be null",) if len(real) < len(resolved) else ()
        if real and all("const" in found for _, found in real):
            return Words(
                _scalar(schema) or _scalar(real[0][1]), (_one_of([found["const"] for _, found in real]), *null)
            )
        found = [self.words(option, depth + 1) for option, _ in real]
        if len(found) == 1:
            return Words(found[0].type, (*found[0].limits, *null), found[0].nested, found[0].note)
        types = list(dict.fromkeys(each.type for each in found if each.type))
        note = "Its alternatives have fields of their own." if any(each.nested for each in found) else ""
        return Words(" or ".join(types), null, note=note)

    def _parts(self, schema: Schema, depth: int) -> Words | None:
        parts = schema.get("allOf")
        if not isinstance(parts, list) or not parts or schema.get("properties"):
            return None
        null = ("may be null",) if schema.get("nullable") is True else ()
        if len(parts) == 1:
            only = self.words(parts[0], depth + 1)
            return Words(only.type, (*only.limits, *null), only.nested, only.note)
        if self.schemas.is_object(schema):
            return Words("object", null, nested=schema)
        merged = {key: value for part in parts for key, value in self.schemas.resolved(part)[0].items()}
        return Words(_scalar(merged), (*_limits(merged), *null))

    def _array(self, schema: Schema, depth: int) -> Words | None:
        if "array" not in _types(schema):
            return None
        null = ("may be null",) if _is_nullable(schema) else ()
        counted = _between(schema.get("minItems"), schema.get("maxItems"), "item", "items")
        unique = ("no item twice",) if schema.get("uniqueItems") is True else ()
        limits = (*((counted,) if counted else ()), *unique, *null)
        if "items" not in schema:
            return Words("array", limits)
        item = self.words(schema["items"], depth + 1)
        each = tuple(f"each {limit}" for limit in item.limits)
        return Words(f"array of {item.type or 'any'}", (*limits, *each), item.nested, item.note)

    def _object(self, schema: Schema, depth: int) -> Words | None:
        null = ("may be null",) if _is_nullable(schema) else ()
        if self.schemas.is_object(schema):
            return Words("object", null, nested=schema)
        if "object" not in _types(schema):
            return None
        others = schema.get("additionalProperties")
        held = self.words(others, depth + 1).type if isinstance(others, dict) and others else ""
        return Words(f"map of {held}" if held else "object", null)


def _enumeration(schema: Schema, depth: int) -> Words | None:
    values = schema.get("enum") or ([schema["const"]] if "const" in schema else None)
    if not isinstance(values, list):
        return None
    real = [value for value in values if value is not None]
    null = ("may be null",) if len(real) < len(values) or _is_nullable(schema) else ()
    return Words(_scalar(schema) or "string", (_one_of(real), *null))


def _one_of(values: list[Any]) -> str:
    shown = ", ".join(_plain(value) for value in values[:VALUES_SHOWN])
    more = f" and {len(values) - VALUES_SHOWN} more" if len(values) > VALUES_SHOWN else ""
    return f"one of: {shown}{more}"


def _plain(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _types(schema: Schema) -> list[str]:
    stated = schema.get("type")
    return [each for each in (stated if isinstance(stated, list) else [stated]) if isinstance(each, str)]


def _is_nullable(schema: Schema) -> bool:
    return "null" in _types(schema) or schema.get("nullable") is True


def _scalar(schema: Schema) -> str:
    types = " or ".join(each for each in _types(schema) if each != "null")
    form = schema.get("format")
    return f"{types} ({form})" if types and isinstance(form, str) and form else types


def _limits(schema: Schema) -> list[str]:
    found = [
        _between(schema.get("minLength"), schema.get("maxLength"), "character", "characters"),
        _range(schema),
        f"a multiple of {_plain(schema['multipleOf'])}" if "multipleOf" in schema else "",
        f"matches {schema['pattern']}" if isinstance(schema.get("pattern"), str) else "",
        "may be null" if _is_nullable(schema) else "",
    ]
    return [limit for limit in found if limit]


def _between(least: Any, most: Any, one: str, many: str) -> str:
    low = least if isinstance(least, int) and least > 0 else None
    if isinstance(most, int) and not isinstance(most, bool):
        if low is None:
            return f"at most {most} {one if most == 1 else many}"
        return f"{low} {one if low == 1 else many}" if low == most else f"{low}–{most} {many}"
    return f"at least {low} {one if low == 1 else many}" if low is not None else ""


def _range(schema: Schema) -> str:
    """Inclusive and exclusive ends, as numbers (3.1) or as flags beside the inclusive ones (3.0)."""
    low, high = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    if above is True:
        low, above = None, low
    if below is True:
        high, below = None, high
    if _is_number(low) and _is_number(high):
        return f"{low} to {high}"
    ends = (("at least", low), ("more than", above), ("at most", high), ("less than", below))
    return " and ".join(f"{words} {number}" for words, number in ends if _is_number(number))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
