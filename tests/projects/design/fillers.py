"""Fills nodes of the tree with whatever their fields can hold, from the types of the fields alone.

A seed decides what is filled in, so that a design of a hundred facts costs hypothesis one draw instead of hundreds,
and a fact that joins the tree later is filled in too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any, TypeVar, get_args, get_origin
from uuid import UUID

from pydantic.fields import FieldInfo

from projects.design.tree import REFERENCES, Node, Thing, single_line
from projects.design.vocabulary import CHECKLIST_ITEMS

HOSTILE_TEXTS = (
    *("a|b", "<script>alert(1)</script>", "`x`", 'O\'Hara "q"', "שלום", "🙂", "x" * 60, "user", "--", "%s", "\\", "İ"),
    *("lines.price", "session:{user_id}", "90 days", "10,000 / month", "1.5 KB", "=1+1", "a\u202eb", "None"),
)
PROSE_TEXTS = (*HOSTILE_TEXTS, "# Heading\n\n- item\n- item", "```sql\nSELECT 1;\n```", "One.\n\nTwo.\tThree", "---")
NUMBERS: dict[str, tuple[int | None, ...]] = {
    "dimensions": (None, 1, 3, 1536),
    "item": tuple(range(1, CHECKLIST_ITEMS + 1)),
}
EMPTY = 0.3

Value = TypeVar("Value")
Made = TypeVar("Made", bound=Node)
MadeThing = TypeVar("MadeThing", bound=Thing)


def is_optional(info: FieldInfo) -> bool:
    return type(None) in get_args(info.annotation)


def bare_type(info: FieldInfo) -> Any:
    """The type of a field without None and without annotations: str, bool, int, UUID, a choice or tuple[…]."""
    options = [option for option in get_args(info.annotation) if option is not type(None)]
    kind = options[0] if is_optional(info) else info.annotation
    return getattr(kind, "__origin__", kind) if hasattr(kind, "__metadata__") else kind


def is_line(info: FieldInfo) -> bool:
    """Whether a text field takes no line breaks; lists of texts and texts that may be None are of lines."""
    is_marked = any(getattr(each, "func", None) is single_line for each in info.metadata)
    return is_marked or is_optional(info) or get_origin(info.annotation) is tuple


def is_name(info: FieldInfo) -> bool:
    """Whether a text field may not be empty, or, like a namespace, is None then."""
    return is_line(info) and (info.is_required() or is_optional(info))


def uids_of(things: Sequence[Thing]) -> tuple[UUID, ...]:
    return tuple(thing.uid for thing in things)


@dataclass
class Filler:
    """What is filled in follows from the seed; `places` are the uids that each kind of reference may lead to."""

    random: Random
    words: tuple[str, ...] = ()
    places: dict[str, tuple[UUID, ...]] = field(default_factory=dict)

    def node(self, kind: type[Made], /, **known: Any) -> Made:
        """A node with the `known` facts, and any for the others; lists that are not known stay empty."""
        references = REFERENCES.get(kind, {}) if issubclass(kind, Thing) else {}
        filled = {
            name: self._reference(references[name], info) if name in references else self._value(name, info)
            for name, info in kind.model_fields.items()
            if name not in known
        }
        return kind(**filled, **known)

    def nodes(self, kind: type[MadeThing], /, by: str = "", at_most: int = 2, **known: Any) -> tuple[MadeThing, ...]:
        """Some nodes; no two are alike in what they have `by` that name, whatever its capitals."""
        references = REFERENCES.get(kind, {})
        needed = (target for name, target in references.items() if not is_optional(kind.model_fields[name]))
        if not all(self.places.get(target) for target in needed):
            return ()
        made = [self.node(kind, **known) for _ in range(self.random.randint(0, at_most))]
        return tuple({str(getattr(node, by or "uid")).casefold(): node for node in made}.values())

    def some(self, values: Sequence, at_least: int = 0, at_most: int = 3) -> tuple[Value, ...]:
        most = min(at_most, len(values))
        return tuple(self.random.sample(values, self.random.randint(min(at_least, most), most)))

    def perhaps(self, values: Sequence[UUID]) -> UUID | None:
        return self.random.choice(values) if values and self.random.random() > EMPTY else None

    def uid(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def _reference(self, target: str, info: FieldInfo) -> UUID | None:
        places = self.places.get(target, ())
        return self.perhaps(places) if is_optional(info) else self.random.choice(places)

    def _value(self, name: str, info: FieldInfo) -> Any:
        kind = bare_type(info)
        if name in NUMBERS:
            return self.random.choice(NUMBERS[name])
        if kind is UUID:
            return self.uid() if info.is_required() else info.get_default()
        if not info.is_required() and self.random.random() < EMPTY:
            return info.get_default()
        if kind is str:
            return self.random.choice((*(HOSTILE_TEXTS if is_line(info) else PROSE_TEXTS), *self.words))
        if kind is bool:
            return self.random.random() < 0.5
        is_choice = isinstance(kind, type) and issubclass(kind, StrEnum)
        return self.random.choice(list(kind)) if is_choice else info.get_default()
