"""Resolves the types of fields: a domain to its base, a named enumeration to its values."""

from collections.abc import Iterable
from dataclasses import replace

from projects.design.field_types import Family, FieldType, parse
from projects.design.tree import NamedType
from projects.design.vocabulary import TypeKind


class TypeLookup:
    def __init__(self, types: Iterable[NamedType]) -> None:
        self._named: dict[str, NamedType] = {}
        self._resolved: dict[str, FieldType | None] = {}
        for named in types:
            self._named.setdefault(named.name.casefold(), named)
            if named.namespace:
                self._named[f"{named.namespace}.{named.name}".casefold()] = named

    def named(self, text: str) -> NamedType | None:
        """The design's own type that a field's type names, if it is one."""
        parsed = parse(text)
        return self._named.get(parsed.name.casefold()) if parsed else None

    def resolve(self, text: str) -> FieldType | None:
        """The stored type behind what was typed; None for an empty text and for a domain whose base is missing."""
        if text not in self._resolved:
            self._resolved[text] = self._resolve(text, frozenset())
        return self._resolved[text]

    def _resolve(self, text: str, passed: frozenset[str]) -> FieldType | None:
        parsed, named = parse(text), self.named(text)
        if parsed is None or named is None:
            return parsed
        name = named.name.casefold()
        if named.kind is TypeKind.ENUM:
            return replace(parsed, name=name, family=Family.ENUM, values=named.values)
        if named.kind is not TypeKind.DOMAIN:
            return replace(parsed, name=name)
        # A domain over itself is a mistake in the design, and must not become one here.
        if name in passed:
            return None
        base = self._resolve(named.base, passed | {name})
        return replace(base, is_array=base.is_array or parsed.is_array) if base else None
