"""Foreign keys: in the table where the parent stands before it, in a statement of their own where it comes later."""

from dataclasses import dataclass
from uuid import UUID

from projects.design.field_types import Family
from projects.design.tree import Entity, Relationship
from projects.design.vocabulary import Cardinality, Generation, ReferentialAction
from projects.exporters.sql.agreement import NUMBERS
from projects.exporters.sql.columns import ColumnText
from projects.exporters.sql.constraints import check_scope, named
from projects.exporters.sql.dialect import Dialect
from projects.exporters.sql.expression_tokens import NotWritten
from projects.exporters.sql.literals import comment_line
from projects.exporters.sql.names import fitted
from projects.exporters.sql.writing import Writing

ACTIONS = {
    ReferentialAction.NO_ACTION: "NO ACTION",
    ReferentialAction.RESTRICT: "RESTRICT",
    ReferentialAction.CASCADE: "CASCADE",
    ReferentialAction.SET_NULL: "SET NULL",
    ReferentialAction.SET_DEFAULT: "SET DEFAULT",
}
# What the importers write of a reference that is checked late.
DEFERRED = "Checked at the end of the transaction."
# Families whose types are all different from one another.
OWN_TYPES = frozenset({Family.ENUM, Family.OTHER, Family.GEOMETRY, Family.SEARCH})
CHANGING = frozenset({ReferentialAction.CASCADE, ReferentialAction.SET_NULL, ReferentialAction.SET_DEFAULT})


@dataclass(frozen=True)
class ForeignKey:
    link: Relationship
    child: Entity
    name: str
    # From FOREIGN KEY on.
    text: str


def foreign_key(
    link: Relationship, keys: dict[UUID, list[tuple[UUID, ...]]], written: dict[UUID, ColumnText], writing: Writing
) -> ForeignKey:
    """The constraint of a relationship; `keys` are those that each table has. Raises NotWritten."""
    child = writing.design.entity_by_uid[link.child]
    parent = _parent(link, writing)
    children = tuple(pair.child for pair in link.pairs)
    parents = tuple(pair.parent for pair in link.pairs if pair.parent)
    if not any(len(key) == len(parents) and set(key) == set(parents) for key in keys[parent.uid]):
        raise NotWritten(f"its fields in {parent.full_name} are no key there")
    for one, other in zip(children, parents, strict=True):
        _refuse_types(one, other, writing)
    name = writing.claimed(check_scope(child, writing), link.name, f"The foreign key {link.name}")
    text = f"FOREIGN KEY ({writing.columns(children)}) REFERENCES {writing.table(parent)} ({writing.columns(parents)})"
    for event, action in (("DELETE", link.on_delete), ("UPDATE", link.on_update)):
        if action and _can(action, event, children, written, link, writing):
            text += f" ON {event} {ACTIONS[action]}"
    deferred = DEFERRED in link.description and writing.dialect is not Dialect.MYSQL
    return ForeignKey(link, child, name, f"{text} DEFERRABLE INITIALLY DEFERRED" if deferred else text)


def _parent(link: Relationship, writing: Writing) -> Entity:
    """What it leads to, if that is a table here, field by field."""
    if link.parent is None or any(pair.parent is None for pair in link.pairs):
        raise NotWritten(f"the design does not hold what it leads to{_words(link)}")
    if link.cardinality is Cardinality.MANY_TO_MANY:
        raise NotWritten("rows of both sides meet in a table between them")
    if not link.pairs:
        raise NotWritten("it does not say which fields lead to which")
    parent = writing.design.entity_by_uid[link.parent]
    if link.parent not in writing.paths:
        raise NotWritten(f"{parent.full_name} is {_elsewhere(parent)}")
    return parent


def _words(link: Relationship) -> str:
    return f", {link.missing_target}" if link.missing_target else ""


def _elsewhere(parent: Entity) -> str:
    if parent.reused_from:
        return f"a table of {parent.reused_from}, which these statements do not create"
    return "no table with fields here"


def _refuse_types(one: UUID, other: UUID, writing: Writing) -> None:
    """The databases compare values of one type only; SQLite takes all."""
    if writing.dialect is Dialect.SQLITE:
        return
    child, parent = writing.column_types[one], writing.column_types[other]
    if writing.dialect is Dialect.MYSQL:
        is_alike = child.holds.family == parent.holds.family and (
            child.holds.family is Family.TEXT or child.holds.matches(parent.holds)
        )
    else:
        both = {child.family, parent.family}
        is_alike = both <= NUMBERS or (len(both) == 1 and _is_one_type(child.text, parent.text, child.family))
    if not is_alike:
        raise NotWritten(f"{child.text} and {parent.text} are different types")


def _is_one_type(one: str, other: str, family: Family) -> bool:
    return one.casefold() == other.casefold() or family not in OWN_TYPES


def _can(
    action: ReferentialAction,
    event: str,
    children: tuple[UUID, ...],
    written: dict[UUID, ColumnText],
    link: Relationship,
    writing: Writing,
) -> bool:
    """Whether the dialect takes the action on these fields."""
    is_computed = any(written[uid].generation is Generation.COMPUTED for uid in children)
    reason = ""
    if writing.dialect is Dialect.MYSQL and action is ReferentialAction.SET_DEFAULT:
        reason = "MySQL does not set defaults"
    elif is_computed and writing.dialect is not Dialect.SQLITE and action in CHANGING and _changes(event, action):
        reason = "a computed field cannot be changed"
    elif writing.dialect is Dialect.MYSQL and action is ReferentialAction.SET_NULL and _is_required(children, writing):
        reason = "a required field cannot be empty"
    if reason:
        writing.note(f"ON {event} of the reference {link.name or _pairs(link, writing)} is not written: {reason}.")
    return not reason


def _changes(event: str, action: ReferentialAction) -> bool:
    return event == "UPDATE" or action is not ReferentialAction.CASCADE


def _is_required(children: tuple[UUID, ...], writing: Writing) -> bool:
    keyed = {uid for table in writing.tables if table.primary_key for uid in table.primary_key.fields}
    return any(writing.design.field_by_uid[uid].is_required or uid in keyed for uid in children)


def _pairs(link: Relationship, writing: Writing) -> str:
    return ", ".join(writing.path_of(pair.child) for pair in link.pairs)


def described(link: Relationship, writing: Writing) -> str:
    """A relationship in words, for notes and comments."""
    child = writing.design.entity_by_uid[link.child].full_name
    parent = writing.design.entity_by_uid[link.parent].full_name if link.parent else link.missing_target or "nothing"
    return f"{_pairs(link, writing) or child} to {parent}"


def alter_table(key: ForeignKey, writing: Writing) -> str:
    return f"ALTER TABLE {writing.table(key.child)}\n    ADD {named(key.name, writing)}{key.text};"


def element(key: ForeignKey, writing: Writing) -> str:
    return f"{named(key.name, writing)}{key.text}"


def to_elsewhere(link: Relationship, writing: Writing) -> list[str]:
    """The statement to run where the other feature's table is there too, as a comment; SQLite cannot add it later."""
    parent = writing.design.entity_by_uid.get(link.parent) if link.parent else None
    parents = tuple(pair.parent for pair in link.pairs if pair.parent)
    is_whole = parent is not None and bool(parents) and len(parents) == len(link.pairs)
    if not is_whole or parent is None or not parent.reused_from or writing.dialect is Dialect.SQLITE:
        return []
    child = writing.design.entity_by_uid[link.child]
    table = writing.qualified((writing.namespace(parent.namespace), fitted(parent.name, writing.dialect)))
    names = ", ".join(writing.quoted(writing.design.field_by_uid[uid].name) for uid in parents)
    text = f"FOREIGN KEY ({writing.columns(tuple(pair.child for pair in link.pairs))}) REFERENCES {table} ({names})"
    actions = (("DELETE", link.on_delete), ("UPDATE", link.on_update))
    text += "".join(f" ON {event} {ACTIONS[action]}" for event, action in actions if action)
    name = named(fitted(link.name, writing.dialect) if link.name.strip() else "", writing)
    statement = f"ALTER TABLE {writing.table(child)} ADD {name}{text};"
    return [comment_line(f"To be run where {parent.full_name} is there: {statement}")]


def absent(link: Relationship, reason: NotWritten, writing: Writing) -> str:
    words = described(link, writing)
    writing.note(f"The reference from {words} is not written: {reason}.")
    return comment_line(f"Not written, because {reason}: the reference from {words}")
