"""What a question to a design is: words for what it asks, and which things still lack it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from projects.design.tree import Design
from projects.design.vocabulary import StepName

# The names of what still lacks an answer; None where the design gives no cause to ask.
Lacking = tuple[str, ...] | None


@dataclass(frozen=True)
class Question:
    """`words` name what is asked for, so that they can stand in a list of what is missing.

    `item` is the number of the checklist item that the answer bears on, if there is one.
    """

    step: StepName
    words: str
    lacking: Callable[[Design], Lacking]
    item: int | None = None


def fact(step: StepName, words: str, read: Callable[[Design], Any], item: int | None = None) -> Question:
    """Asks for one fact, or for at least one row of a list."""
    return Question(step, words, lambda design: () if is_said(read(design)) else (words,), item)


def each(
    step: StepName,
    words: str,
    things: Callable[[Design], Iterable[Any]],
    has: Callable[[Any], Any],
    item: int | None = None,
) -> Question:
    """Asks each of some things for a fact; where there are none of them, nothing is asked."""

    def lacking(design: Design) -> Lacking:
        asked = tuple(things(design))
        return tuple(name_of(thing) for thing in asked if not is_said(has(thing))) if asked else None

    return Question(step, words, lacking, item)


def is_said(value: Any) -> bool:
    """Blank text says nothing; zero and False do."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value is not False and value != ()


def name_of(thing: Any) -> str:
    """What people call a thing; what has no name of its own is called after what it is about."""
    if isinstance(thing, str):
        return thing
    if isinstance(thing, Named):
        return thing.name
    for attribute in ("full_name", "name", "pattern", "structure", "title"):
        if name := getattr(thing, attribute, ""):
            return str(name)
    return type(thing).__name__


@dataclass(frozen=True, slots=True)
class Named:
    """A thing whose name says where it is, like a field with its entity."""

    name: str
    thing: Any
