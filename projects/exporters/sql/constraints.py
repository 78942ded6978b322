"""Keys and checks of a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from projects.design.tree import Check, Entity, EntityKey
from projects.design.vocabulary import Generation, KeyKind
from projects.exporters.sql.agreement import is_condition, refuse_disagreement
from projects.exporters.sql.columns import COLLATE, ON_UPDATE, ColumnText
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.exclusion import exclusion, is_exclusion
from projects.exporters.sql.expression_tokens import NotWritten
from projects.exporters.sql.expressions import read
from projects.exporters.sql.index_methods import is_ordered
from projects.exporters.sql.names import quoted
from projects.exporters.sql.writing import Writing


@dataclass
class Elements:
    """What stands between a table's brackets: each element with the comments before it; `last` are those at the end."""

    parts: list[tuple[list[str], str]] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    # Keys that stand in the statements, as sets of fields: a foreign key may lead to these only.
    keys: list[tuple[UUID, ...]] = field(default_factory=list)

    def add(self, text: str, comments: list[str] | None = None) -> None:
        self.parts.append(([*self.last, *(comments or [])], text))
        self.last = []

    def say(self, comment: str) -> None:
        self.last.append(comment)

    @property
    def lines(self) -> list[str]:
        found: list[str] = []
        for place, (comments, text) in enumerate(self.parts, start=1):
            comma = "," if place < len(self.parts) else ""
            found += [f"    {line}" for line in (*comments, f"{text}{comma}")]
        return [*found, *(f"    {line}" for line in self.last)]


def named(name: str, writing: Writing) -> str:
    return f"CONSTRAINT {writing.quoted(name)} " if name else ""


def key_scope(entity: Entity, writing: Writing) -> str:
    """Where a key's name must be its only one: PostgreSQL makes an index of that name beside the tables."""
    namespace, table = writing.paths[entity.uid]
    return namespace.casefold() if writing.dialect is Dialect.POSTGRESQL else f"{namespace}.{table}.keys"


def check_scope(entity: Entity, writing: Writing) -> str:
    namespace, table = writing.paths[entity.uid]
    return f"{namespace}.checks" if writing.dialect is Dialect.MYSQL else f"{namespace}.{table}.checks"


def key_name(name: str, what: str, entity: Entity, writing: Writing) -> str:
    """The name of a key; in PostgreSQL it is also one of the table's constraints."""
    found = writing.claimed(key_scope(entity, writing), name, what)
    if found and writing.dialect is Dialect.POSTGRESQL:
        return writing.claimed(check_scope(entity, writing), found, what)
    return found


def add_keys(entity: Entity, elements: Elements, written: dict[UUID, ColumnText], writing: Writing) -> None:
    has_primary = False
    for key in entity.keys:
        what = f"The {'primary' if key.kind is KeyKind.PRIMARY else 'unique'} key of {entity.full_name}"
        names = ", ".join(writing.design.field_by_uid[uid].name for uid in key.fields)
        try:
            _refuse_key(key, has_primary, written, writing)
        except NotWritten as reason:
            elements.say(writing.leave_out(f"{what} over {names}", names, reason))
            continue
        has_primary |= key.kind is KeyKind.PRIMARY
        name = key_name(key.name, what, entity, writing)
        kind = "PRIMARY KEY" if key.kind is KeyKind.PRIMARY else "UNIQUE"
        elements.add(f"{named(name, writing)}{kind} ({writing.columns(key.fields)})")
        elements.keys.append(key.fields)


def _refuse_key(key: EntityKey, has_primary: bool, written: dict[UUID, ColumnText], writing: Writing) -> None:
    if key.kind is KeyKind.PRIMARY and has_primary:
        raise NotWritten("a table has one primary key")
    for uid in key.fields:
        if not is_ordered(writing.column_types[uid], writing.dialect):
            raise NotWritten(f"values of type {writing.column_types[uid].text} cannot be a key")
        is_computed = written[uid].generation is Generation.COMPUTED
        if is_computed and key.kind is KeyKind.PRIMARY and writing.dialect is Dialect.SQLITE:
            raise NotWritten("a computed field is no part of a primary key")


def add_checks(entity: Entity, elements: Elements, written: dict[UUID, ColumnText], writing: Writing) -> None:
    for column in written.values():
        for condition in column.conditions:
            elements.add(f"CHECK ({condition})")
    for check in (*entity.checks, *_rules(entity, writing.dialect)):
        what = f"A check of {entity.full_name}"
        try:
            if is_exclusion(check.expression):
                text = exclusion(check.expression, entity, writing)
            else:
                text = f"CHECK ({condition_on(check.expression, entity, written, writing)})"
        except NotWritten as reason:
            elements.say(writing.leave_out(what, check.expression, reason))
            continue
        if is_exclusion(check.expression):
            name = key_name(check.name, what, entity, writing)
        else:
            name = writing.claimed(check_scope(entity, writing), check.name, what)
        elements.add(f"{named(name, writing)}{text}")


def _rules(entity: Entity, dialect: Dialect) -> Iterator[Check]:
    """Rules of single fields, where they are conditions."""
    for each in entity.fields:
        rule = ON_UPDATE.sub("", COLLATE.sub("", each.rule)).strip()
        if rule:
            yield Check(uid=each.uid, expression=_with_field(rule, quoted(each.name, dialect)))


def _with_field(rule: str, name: str) -> str:
    """“> 0” is said of the field itself."""
    return f"{name} {rule}" if re.match(r"(?:[<>=]|between\b|in\s*\(|like\b)", rule, re.IGNORECASE) else rule


def condition_on(text: str, entity: Entity, written: dict[UUID, ColumnText], writing: Writing) -> str:
    """A condition on the table's rows. Raises NotWritten."""
    scope = writing.scope(entity, only_fixed=writing.dialect is not Dialect.POSTGRESQL)
    expression = read(text, scope)
    refuse_disagreement(expression, scope)
    if not is_condition(expression.tree, scope):
        raise NotWritten("it is no condition")
    if not expression.columns:
        raise NotWritten("it names no field")
    if writing.dialect is Dialect.MYSQL:
        for each in entity.fields:
            is_numbered = each.uid in written and written[each.uid].generation is Generation.IDENTITY
            if is_numbered and each.name.casefold() in expression.columns:
                raise NotWritten("MySQL checks no field that it numbers")
    return writing.used(expression)
