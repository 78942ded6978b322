"""The schemas of one JSON document: references followed and parts merged, within bounds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from projects.importers.source_text import Unreadable

Schema = dict[str, Any]

# A file may refer to the same parts again and again, so that a few lines stand for more than any memory holds.
VISITS_AT_MOST = 300_000
HOPS_AT_MOST = 32


class NotTaken(ValueError):
    """This part cannot be taken; the message says why, as a sentence."""


@dataclass
class Shape:
    """An object: its properties in order, which of them are required, and what others may be there."""

    properties: dict[str, Any] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    has_alternatives: bool = False


@dataclass
class Schemas:
    document: Schema
    visits: int = 0

    def named(self) -> Iterator[tuple[str, str, Any]]:
        """Each schema with a name of its own, as (name, pointer, schema), wherever the formats keep them."""
        for path in (("components", "schemas"), ("definitions",), ("$defs",)):
            place: Any = self.document
            for key in path:
                place = place.get(key) if isinstance(place, dict) else None
            if isinstance(place, dict):
                for name, schema in place.items():
                    yield name, f"#/{'/'.join(path)}/{_escaped(name)}", schema

    def resolved(self, schema: Any) -> tuple[Schema, str]:
        """What a schema stands for once its references are followed, and the pointer that led there, if any."""
        pointer = ""
        for _ in range(HOPS_AT_MOST):
            self._count()
            if isinstance(schema, bool):
                return {}, pointer
            if not isinstance(schema, dict):
                raise NotTaken("What stands there is not a schema.")
            reference = schema.get("$ref")
            if not isinstance(reference, str):
                return schema, pointer
            pointer, schema = reference, self._at(reference)
        raise NotTaken("Its references lead in a circle.")

    def _at(self, reference: str) -> Any:
        if not reference.startswith("#"):
            raise NotTaken(f"It refers to another file ({reference[:80]}); bring one file that holds everything.")
        place: Any = self.document
        for part in reference.lstrip("#").strip("/").split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            place = place.get(key) if isinstance(place, dict) else None
        if place is None:
            raise NotTaken(f"Its reference {reference[:80]} leads nowhere.")
        return place

    def is_object(self, schema: Schema, hops: int = HOPS_AT_MOST) -> bool:
        """Whether a resolved schema describes fields."""
        self._count()
        if schema.get("properties"):
            return True
        parts = schema.get("allOf")
        return hops > 0 and isinstance(parts, list) and any(self._is_object_part(part, hops) for part in parts)

    def _is_object_part(self, part: Any, hops: int) -> bool:
        return self.is_object(self.resolved(part)[0], hops - 1)

    def shape(self, schema: Schema, hops: int = HOPS_AT_MOST) -> Shape:
        """The properties of a resolved schema with those of all its parts (allOf)."""
        if not hops:
            raise NotTaken("Its parts contain one another without end.")
        self._count()
        found = Shape()
        for part in _list(schema.get("allOf")):
            inner = self.shape(self.resolved(part)[0], hops - 1)
            found.properties |= inner.properties
            found.required |= inner.required
            found.has_alternatives |= inner.has_alternatives
        properties = schema.get("properties")
        found.properties |= properties if isinstance(properties, dict) else {}
        found.required |= {name for name in _list(schema.get("required")) if isinstance(name, str)}
        found.has_alternatives |= bool(schema.get("oneOf") or schema.get("anyOf"))
        return found

    def _count(self) -> None:
        self.visits += 1
        if self.visits > VISITS_AT_MOST:
            raise Unreadable(
                "The schemas of this file refer to one another more often than can be followed. "
                "Bring a file with the schemas of one part of the API."
            )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
