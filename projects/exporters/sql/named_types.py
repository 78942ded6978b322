"""Enumerations, domains and composites as PostgreSQL's types; in the other dialects their columns say it all."""

from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from projects.design.field_types import Family, FieldType
from projects.design.tree import NamedType
from projects.design.vocabulary import TypeKind
from projects.exporters.sql.agreement import is_condition, refuse_disagreement
from projects.exporters.sql.defaults import default_of
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.expression_tokens import NotWritten
from projects.exporters.sql.expressions import Column, Scope, read
from projects.exporters.sql.literals import comment_line, text_literal
from projects.exporters.sql.names import fitted, quoted
from projects.exporters.sql.type_names import POSTGRESQL
from projects.exporters.sql.types import ColumnType
from projects.exporters.sql.writing import Writing

LABEL_BYTES = 63


@dataclass(frozen=True)
class DomainRules:
    """What a domain says of its values: one rule a line, as the importers write them."""

    is_required: bool
    default: str
    conditions: tuple[str, ...]


def rules_of(domain: NamedType) -> DomainRules:
    lines = [line.strip() for line in domain.rule.split("\n") if line.strip()]
    defaults = [line[len("DEFAULT ") :] for line in lines if line.upper().startswith("DEFAULT ")]
    others = tuple(line for line in lines if line.upper() != "NOT NULL" and not line.upper().startswith("DEFAULT "))
    return DomainRules(
        any(line.upper() == "NOT NULL" for line in lines),
        next((default for default in defaults if default.upper() != "NULL"), ""),
        others,
    )


def types(writing: Writing) -> list[str]:
    """The statements that create the design's types, each after those that it is made of."""
    if writing.dialect is not Dialect.POSTGRESQL:
        return []
    return _Types(writing).statements()


class _Types:
    def __init__(self, writing: Writing) -> None:
        self.writing = writing
        self.found: list[str] = []
        self.begun: set[UUID] = set()

    def statements(self) -> list[str]:
        for named in self.writing.design.types:
            self._write(named)
        return self.found

    def _write(self, named: NamedType) -> None:
        if named.uid in self.begun:
            return
        self.begun.add(named.uid)
        for typed in self._parts(named):
            if below := self.writing.type_named(typed):
                self._write(below)
        namespace = self.writing.namespace(named.namespace)
        name = f"{named.name}_type" if named.name.casefold() in POSTGRESQL else named.name
        fit = partial(fitted, dialect=self.writing.dialect)
        path = (namespace, self.writing.taken.unlike(namespace.casefold(), name, fit))
        if path[1] != named.name:
            self.writing.note(f"The type {named.name} is written as {path[1]}: its name is not free.")
        write = {TypeKind.ENUM: self._enumeration, TypeKind.DOMAIN: self._domain, TypeKind.COMPOSITE: self._composite}
        lines, held = write[named.kind](named, self.writing.qualified(path))
        self.found.append("\n".join(lines))
        self.writing.type_paths[named.uid] = path
        self.writing.held_by_type[named.uid] = held

    def _parts(self, named: NamedType) -> list[str]:
        """The types that it names: base or attributes."""
        if named.kind is TypeKind.COMPOSITE:
            return [typed for _, typed in map(_attribute, named.values)]
        return [named.base] if named.kind is TypeKind.DOMAIN else []

    def _enumeration(self, named: NamedType, name: str) -> tuple[list[str], ColumnType]:
        values = [value for value in dict.fromkeys(named.values) if value and len(value.encode()) <= LABEL_BYTES]
        comments = [
            self.writing.leave_out(f"The value “{value}” of {named.name}", value, "it is too long or empty")
            for value in named.values
            if value not in values
        ]
        listed = ", ".join(text_literal(value, self.writing.dialect) for value in values)
        held = ColumnType(name, FieldType(name, Family.ENUM, values=tuple(values)), values=())
        return [*comments, f"CREATE TYPE {name} AS ENUM ({listed});"], held

    def _domain(self, named: NamedType, name: str) -> tuple[list[str], ColumnType]:
        base = self._type(named.base)
        if base.is_approximate:
            self.writing.note(f"The domain {named.name} is written over {base.text}.")
        rules = rules_of(named)
        comments: list[str] = []
        words = [f"CREATE DOMAIN {name} AS {base.text}"]
        if rules.default:
            try:
                words.append(f"DEFAULT {default_of(rules.default, base, self.writing)}")
            except NotWritten as reason:
                what = f"The default of the domain {named.name}"
                comments.append(self.writing.leave_out(what, rules.default, reason))
        if rules.is_required:
            words.append("NOT NULL")
        for condition in rules.conditions:
            try:
                words.append(f"CHECK ({value_condition(condition, 'VALUE', base, self.writing)})")
            except NotWritten as reason:
                what = f"A rule of the domain {named.name}"
                comments.append(self.writing.leave_out(what, condition, reason))
        return [*comments, f"{' '.join(words)};"], replace(base, text=name)

    def _composite(self, named: NamedType, name: str) -> tuple[list[str], ColumnType]:
        attributes: dict[str, str] = {}
        for value in named.values:
            attribute, typed = _attribute(value)
            written = fitted(attribute, self.writing.dialect, is_column=True)
            if attribute:
                text = f"{quoted(written, self.writing.dialect)} {self._type(typed).text}"
                attributes.setdefault(written.casefold(), text)
        typed = ", ".join(named.values)
        comments = [comment_line(f"Attributes as typed: {typed}")] if len(attributes) < len(named.values) else []
        held = ColumnType(name, FieldType(name, Family.OTHER))
        return [*comments, f"CREATE TYPE {name} AS ({', '.join(attributes.values())});"], held

    def _type(self, typed: str) -> ColumnType:
        found, _ = self.writing.type_of(typed)
        if found.extension:
            self.writing.extensions.add(found.extension)
        return found


def _attribute(text: str) -> tuple[str, str]:
    """The name and the type of “street text” or “"zip code" varchar(10)”."""
    stripped = text.strip()
    if stripped.startswith('"') and '"' in stripped[1:]:
        name, _, typed = stripped[1:].partition('"')
        return name, typed.strip()
    name, _, typed = stripped.partition(" ")
    return name, typed.strip()


def value_condition(text: str, written: str, held: ColumnType, writing: Writing) -> str:
    """A domain's condition on VALUE, said of what is written for it. Raises NotWritten."""
    is_fixed = writing.dialect is not Dialect.POSTGRESQL
    scope = Scope(writing.dialect, {"value": Column(written, held)}, only_fixed=is_fixed, types=writing.type_words)
    expression = read(text, scope)
    refuse_disagreement(expression, scope)
    if not is_condition(expression.tree, scope):
        raise NotWritten("it is no condition")
    return writing.used(expression)
