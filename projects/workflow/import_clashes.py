"""Why a design cannot be added to another: names and uids that are there already, and faults of its own. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import UUID

from projects.design.tree import Design
from projects.design.vocabulary import NAME_LENGTH, KeyKind

# What the stored, folded form of a name may take: folding makes some letters three.
FOLDED_LENGTH = 3 * NAME_LENGTH
NONE_KNOWN: frozenset[UUID] = frozenset()
# The records of which a design has one each.
ONE_EACH = (
    ("requirements", "requirements", "are"),
    ("consistency", "answers on consistency", "are"),
    ("migration", "migration plan", "is"),
    ("optimization", "optimization strategies", "are"),
    ("lifecycle", "lifecycle", "is"),
)
# Lists whose things have names that differ, by what one of them is called and what all are.
NAMED = (
    ("own_entities", "an entity", "entities"),
    ("types", "a type", "types"),
    ("stores", "a store", "stores"),
    ("queries", "an operation", "operations"),
    ("data_elements", "a data element", "data elements"),
    ("components", "a component", "components"),
    ("endpoints", "an endpoint", "endpoints"),
    ("key_spaces", "a key space", "key spaces"),
    ("caches", "a cache", "caches"),
    ("sync_strategies", "a strategy", "strategies"),
    ("dtos", "a DTO", "DTOs"),
)


def is_written(design: Design, name: str) -> bool:
    return bool(getattr(design, name) != Design.model_fields[name].default)


def clashes(existing: Design, incoming: Design, known: frozenset[UUID] = NONE_KNOWN) -> list[str]:
    """A sentence for each thing of `incoming` that `existing` has; those in `known` are the same things, and meant."""
    found = [
        f"There is {kind} “{there[name.casefold()]}” in this design already."
        for kind, names, taken in _named_groups(existing, incoming, known)
        for there in ({each.casefold(): each for each in taken},)
        for name in names
        if name.casefold() in there
    ]
    found += [
        f"The {words} of this design {verb} written already; the file brings its own."
        for name, words, verb in ONE_EACH
        if is_written(incoming, name) and is_written(existing, name)
    ]
    there = {thing.uid for thing in existing.things()}
    twice = [thing for thing in incoming.things() if thing.uid in there and thing.uid not in known]
    if twice and not found:
        found.append(
            f"{len(twice)} thing{'s' if len(twice) != 1 else ''} of the file "
            f"{'have' if len(twice) != 1 else 'has'} the uid of something in this design, such as {twice[0].uid}."
        )
    return found


def _named_groups(
    existing: Design, incoming: Design, known: frozenset[UUID]
) -> Iterator[tuple[str, list[str], list[str]]]:
    for name, kind, _ in NAMED:
        new, old = getattr(incoming, name), getattr(existing, name)
        yield kind, [_name(each) for each in new if each.uid not in known], [_name(each) for each in old]


def _name(thing: object) -> str:
    if (namespace := getattr(thing, "namespace", None)) is not None:
        return f"{namespace}.{getattr(thing, 'name', '')}"
    return str(getattr(thing, "name", getattr(thing, "pattern", "")))


def faults(design: Design) -> list[str]:
    """What the tree allows and no design may be: two things of one name, two primary keys, a field twice in a key."""
    found = [
        f"{where} has {count} {kind} called “{name}”; capitals make no difference."
        for where, kind, names in _lists_of_names(design)
        for name, count in Counter(each.casefold() for each in names).items()
        if count > 1
    ]
    found += [
        f"The name “{name[:40]}…” is too long."
        for _, _, names in _lists_of_names(design)
        for name in names
        if len(name.casefold()) > FOLDED_LENGTH
    ]
    for entity in design.entities:
        if sum(key.kind is KeyKind.PRIMARY for key in entity.keys) > 1:
            found.append(f"{entity.full_name} has more than one primary key.")
        if any(len(set(key.fields)) < len(key.fields) for key in entity.keys):
            found.append(f"A key of {entity.full_name} names a field twice.")
    return found


def _lists_of_names(design: Design) -> Iterator[tuple[str, str, Iterable[str]]]:
    for name, _, kind in NAMED:
        things = getattr(design, name)
        yield "The file", kind, [_name(each) for each in things]
    for entity in design.entities:
        yield entity.full_name, "fields", [field.name for field in entity.fields]
        indexes = design.indexes_by_entity.get(entity.uid, ())
        yield entity.full_name, "indexes", [index.name for index in indexes]
