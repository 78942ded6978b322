"""Values and things of one design in a few words, with names for what they refer to."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from projects.design import tree
from projects.design.diff.excerpts import one_line, shortened
from projects.design.diff.labels import KINDS, fact_label
from projects.design.diff.shape import facts_of, is_prose, name_of_class
from projects.design.places import Places
from projects.design.tree import Design, Node, Thing
from projects.design.vocabulary import Direction, IndexMethod, StructureKind, Term

Kind = TypeVar("Kind", bound=Node)


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def own_name(thing: Node) -> str:
    """What the thing itself is called; empty for what is called after something else."""
    return ".".join(part for name in name_of_class(type(thing)) if (part := getattr(thing, name)))


def kind_words(node: Node) -> str:
    if isinstance(node, tree.Entity) and node.kind is not StructureKind.TABLE:
        return node.kind.label.lower()
    return KINDS[type(node)]


class Words:
    """Speaks of one design; made once for each, since it looks up what uids are."""

    def __init__(self, design: Design) -> None:
        self._design = design
        self._places = Places(design)

    @cached_property
    def _things(self) -> dict[UUID, Thing]:
        return {thing.uid: thing for thing in self._design.things()}

    def path(self, node: Node) -> str:
        """Where the node stands, like `refunds.payment_id`; never empty."""
        if isinstance(node, tree.Protection):
            return node.classification.label
        if isinstance(node, tree.DatabaseProfile):
            return node.full_name
        if isinstance(node, tree.PolicySchedule):
            return node.kind.label
        if isinstance(node, Thing):
            path = one_line(self._places.path(node))
            return path if path.strip() else _capitalized(kind_words(node))
        return _capitalized(kind_words(node))

    def fact(self, node: Node, name: str) -> str:
        """A fact's value, whatever it is; empty for nothing."""
        return self.value(getattr(node, name), as_name=isinstance(node, tree.Index | tree.EntityKey))

    def value(self, value: Any, *, as_name: bool = False) -> str:
        """`as_name` leaves the entity out of a field's path, where everybody knows which is meant."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Term):
            return value.label
        if isinstance(value, UUID):
            return self._referred(value, as_name)
        if isinstance(value, tuple):
            return ", ".join(self.value(each, as_name=as_name) for each in value)
        if isinstance(value, Node):
            return self._part(value, as_name)
        return str(value)

    def _referred(self, uid: UUID, as_name: bool) -> str:
        if as_name and (field := self._design.field_by_uid.get(uid)):
            return field.name
        thing = self._things.get(uid)
        return self.path(thing) if thing else str(uid)

    def _part(self, part: Node, as_name: bool) -> str:
        if isinstance(part, tree.IndexPart):
            named = self._referred(part.field, as_name) if part.field else ""
            said = " ".join(each for each in (named, part.expression and f"({part.expression})") if each)
            return f"{said}{_direction(part.direction)}"
        if isinstance(part, tree.FieldUse):
            return f"{self._referred(part.field, False)}{_direction(part.direction)} ({part.role.value})"
        if isinstance(part, tree.FieldPair):
            return f"{self._referred(part.child, True)} → {self._referred(part.parent, False) if part.parent else '?'}"
        raise TypeError(f"no words for {type(part).__name__}")

    def summary(self, thing: Thing) -> str:
        """The thing in a few words, without its name."""
        special = _SUMMARIES.get(type(thing))
        return shortened(special(self, thing) if special else self._facts_in_short(thing))

    def _facts_in_short(self, thing: Thing) -> str:
        """Its choices, references and lines; its prose if it has nothing else."""
        kind = type(thing)
        said: dict[bool, list[str]] = {True: [], False: []}
        for name in facts_of(kind):
            value = getattr(thing, name)
            if value is True:
                said[False].append(fact_label(kind, name))
            elif value not in (None, False, "", ()):
                said[is_prose(kind, name)].append(self.value(value))
        return ", ".join(said[False]) or "; ".join(said[True]) or kind_words(thing)

    def entity(self, entity: tree.Entity) -> str:
        indexes = self._design.indexes_by_entity.get(entity.uid, ())
        parts = ((indexes, "index", "indexes"), (entity.checks, "check", "checks"))
        said = (counted(len(held), one, many) for held, one, many in parts if held)
        return ", ".join((counted(len(entity.fields), "field"), *said))

    def relationship(self, relationship: tree.Relationship) -> str:
        parent = self._referred(relationship.parent, False) if relationship.parent else relationship.missing_target
        ends = f"{self._referred(relationship.child, False)} → {parent or '?'}"
        action = relationship.on_delete
        return ", ".join(
            (ends, relationship.cardinality.label, *([f"on delete {action.label.lower()}"] if action else ()))
        )

    def index(self, index: tree.Index) -> str:
        said = [self.value(index.parts, as_name=True) or "no fields"]
        said += ["unique"] if index.is_unique else []
        said += [index.method.label] if index.method is not IndexMethod.BTREE else []
        said += [f"only where {index.condition}"] if index.condition else []
        return "; ".join(said)

    def key(self, key: tree.EntityKey) -> str:
        return f"{key.kind.label.lower()}: {self.value(key.fields, as_name=True)}"


def _of_field(field: tree.EntityField) -> str:
    said = [field.type or "no type", *(["array"] if field.is_array else [])]
    said += ["required"] if field.is_required else []
    said += [field.default] if field.default else []
    return ", ".join((*said, *([f"{field.sensitivity.label.lower()} data"] if field.sensitivity else ())))


def _of_dto(dto: tree.Dto) -> str:
    direction = [dto.direction.label.lower()] if dto.direction else []
    return ", ".join((*direction, counted(len(dto.fields), "field")))


def _of_database(profile: tree.DatabaseProfile) -> str:
    return ", ".join((profile.kind.label, counted(len(profile.environments), "environment")))


_SUMMARIES: dict[type[Thing], Callable[[Words, Any], str]] = {
    tree.Entity: Words.entity,
    tree.EntityField: lambda words, field: _of_field(field),
    tree.EntityKey: Words.key,
    tree.Relationship: Words.relationship,
    tree.Index: Words.index,
    tree.Dto: lambda words, dto: _of_dto(dto),
    tree.DatabaseProfile: lambda words, profile: _of_database(profile),
}


def _direction(direction: Direction) -> str:
    return " desc" if direction is Direction.DESCENDING else ""


def _capitalized(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
