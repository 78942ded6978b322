"""The things of a design by the words that people call them, for a cell that may name any of them."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from uuid import UUID

from django.core.exceptions import ValidationError

from projects.access import features
from projects.design.tree import (
    Cache,
    Component,
    DataElement,
    Demand,
    Design,
    Dto,
    DtoField,
    Endpoint,
    Entity,
    EntityField,
    FileLayout,
    Index,
    KeySpace,
    NamedType,
    Query,
    Quote,
    Source,
    Store,
    SyncStrategy,
    Thing,
    ValidationRule,
)
from projects.snapshot.current import Digested, current_design

# What each kind of thing is called, and the text that names one.
NAMED: dict[type[Thing], tuple[str, str]] = {
    DataElement: ("data element", "name"),
    Demand: ("demand", "text"),
    Component: ("component", "name"),
    Endpoint: ("endpoint", "name"),
    Dto: ("DTO", "name"),
    Store: ("store", "name"),
    Entity: ("entity", "full_name"),
    Query: ("operation", "name"),
    KeySpace: ("key space", "pattern"),
    FileLayout: ("file layout", "structure"),
    NamedType: ("type", "name"),
    Index: ("index", "name"),
    ValidationRule: ("validation rule", "rule"),
    SyncStrategy: ("strategy", "name"),
    Cache: ("cache", "name"),
    EntityField: ("field", ""),
    DtoField: ("DTO field", ""),
}
LONGEST = 90
PROPOSED = 400


class Things:
    """Words ↔ uid, both ways; where two things have the same name, their kind stands behind it."""

    def __init__(self, design: Design) -> None:
        holders = {field.uid: dto.name for dto in design.dtos for field in dto.fields}
        named = [(thing, *_name(design, thing, holders)) for thing in _ordered(design)]
        times = Counter(name.casefold() for _, _, name in named)
        self.words: dict[UUID, str] = {}
        self.kinds: dict[UUID, str] = {}
        self._uids: dict[str, UUID] = {}
        for thing, kind, name in named:
            words = name if times[name.casefold()] == 1 else f"{name} ({kind})"
            if words.casefold() in self._uids:
                words = f"{words} {str(thing.uid)[:8]}"
            self.words[thing.uid], self.kinds[thing.uid] = words, kind
            self._uids[words.casefold()] = thing.uid

    def uid(self, text: str) -> UUID:
        """Raises ValidationError with the nearest name."""
        wanted = " ".join(text.split()).casefold()
        if found := self._uids.get(wanted):
            return found
        near = get_close_matches(wanted, self._uids, n=1)
        hint = f" Did you mean {self.words[self._uids[near[0]]]}?" if near else ""
        raise ValidationError(f"Nothing in this design is called “{text.strip()}”.{hint}")

    @property
    def proposed(self) -> list[str]:
        """What a person can choose from: the things of step 1 first, not more than a list can show."""
        return list(self.words.values())[:PROPOSED]


def _ordered(design: Design) -> Iterator[Thing]:
    order = {kind: place for place, kind in enumerate(NAMED)}
    things = [thing for thing in design.things() if not isinstance(thing, Quote | Source)]
    yield from sorted(things, key=lambda thing: order.get(type(thing), len(order)))


def _name(design: Design, thing: Thing, holders: dict[UUID, str]) -> tuple[str, str]:
    """What kind of thing it is, and what it is called; `holders` are the DTOs of DTO fields."""
    kind, column = NAMED.get(type(thing), (type(thing).__name__.lower(), ""))
    if isinstance(thing, EntityField):
        return kind, design.path_of_field(thing.uid)
    if isinstance(thing, DtoField):
        return kind, f"{holders[thing.uid]}.{thing.name}"
    name = " ".join(str(getattr(thing, column)).split()) if column else ""
    short = name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
    return kind, short or f"{kind} {str(thing.uid)[:8]}"


@lru_cache(maxsize=16)
def things_in(digested: Digested) -> Things:
    return Things(digested.design)


def things_of(feature_id: int) -> Things:
    """The things of the draft as it stands."""
    return things_in(current_design(features().get(pk=feature_id)))
