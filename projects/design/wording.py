"""What people wrote in a design, as text to look through: without case, each name on a line of its own."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from projects.design.tree import Design, Dto, Entity, Node, Thing

# The columns that say what a thing is called, the first that is filled.
NAMES = ("name", "pattern", "structure", "title")
# What nobody types: how the product knows a file, and whose a copy is.
NO_WORDS = frozenset({"file_digest", "reused_from"})
# A line that starts with it holds a name; it never starts a line of prose.
NAME_MARK = "="


def fold(text: str) -> str:
    """The text without case, on one line, each character in its composed form."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


@cache
def _columns(node_class: type[Node]) -> tuple[str, ...]:
    return tuple(name for name in node_class.model_fields if name not in NO_WORDS)


def texts_of(node: Node) -> Iterator[tuple[str, str]]:
    """What the node says itself and in its parts, as (column, text); things that it holds speak for themselves."""
    for column in _columns(type(node)):
        yield from ((column, text) for text in _texts(getattr(node, column)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value and not isinstance(value, Enum):
            yield value
    elif isinstance(value, tuple):
        for each in value:
            if not isinstance(each, Thing):
                yield from _texts(each)
    elif isinstance(value, Node):
        yield from (text for _, text in texts_of(value))


def own_things(design: Design) -> Iterator[Thing]:
    """The things of a design without copies of what another feature owns, and without what hangs on those."""
    reused = {entity.uid for entity in design.entities if entity.reused_from}
    copied = {part.uid for entity in design.entities if entity.uid in reused for part in _parts(entity)}
    for thing in design.things():
        if thing.uid not in reused and thing.uid not in copied:
            yield thing


def _parts(entity: Entity) -> tuple[Thing, ...]:
    return (*entity.fields, *entity.keys, *entity.checks)


def records(design: Design) -> Iterator[tuple[str, Node]]:
    """The nodes of which a design has one each: answers of a step as a whole."""
    for name in ("requirements", "consistency", "migration", "optimization", "lifecycle"):
        yield name, getattr(design, name)


def names_of(thing: Thing, holder: Entity | Dto | None = None) -> Iterator[str]:
    """What people call the thing: its name, and its path where it stands within another."""
    own = next((name for column in NAMES if (name := getattr(thing, column, ""))), "")
    if not own:
        return
    yield own
    if isinstance(thing, Entity) and thing.namespace:
        yield thing.full_name
    if holder is not None:
        yield f"{holder.full_name if isinstance(holder, Entity) else holder.name}.{own}"


def holders_of(design: Design) -> dict[object, Entity | Dto]:
    """uid of what stands within an entity or a DTO → that."""
    found: dict[object, Entity | Dto] = {part.uid: entity for entity in design.entities for part in _parts(entity)}
    return found | {field.uid: dto for dto in design.dtos for field in dto.fields}


def folded_words(design: Design) -> str:
    """All of it, a line for each text, ending in a line end."""
    holders = holders_of(design)
    lines = [""]
    for thing in own_things(design):
        names = list(names_of(thing, holders.get(thing.uid)))
        lines += [NAME_MARK + fold(name) for name in names]
        lines += [f" {fold(text)}" for _, text in texts_of(thing) if text not in names]
    lines += [f" {fold(text)}" for _, record in records(design) for _, text in texts_of(record)]
    return "\n".join((*lines, ""))


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `is_hit` if it is what was looked for."""

    text: str
    is_hit: bool = False


def marked(text: str, words: Sequence[str], at_most: int = 0) -> tuple[Piece, ...]:
    """The text with all that folds to one of the words marked; `at_most` so many characters around the first."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    spans = _spans(line, words)
    start, end = _window(line, spans[0][0] if spans else 0, at_most or len(line))
    pieces = [Piece("…")] if start else []
    at = start
    for first, last in spans:
        if at <= first and last <= end:
            pieces += [Piece(line[at:first]), Piece(line[first:last], is_hit=True)]
            at = last
    pieces.append(Piece(line[at:end] + ("…" if end < len(line) else "")))
    return tuple(piece for piece in pieces if piece.text)


def _spans(line: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand in the line, from the first to the last, without overlaps."""
    if not words:
        return []
    folded, places = _with_places(line)
    longest_first = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return [(places[found.start()], places[found.end() - 1] + 1) for found in re.finditer(longest_first, folded)]


def _with_places(line: str) -> tuple[str, Sequence[int]]:
    """The folded line, and for each of its characters the place of what it was made from: folding may lengthen."""
    folded = line.casefold()
    if len(folded) == len(line):
        return folded, range(len(line))
    return folded, [place for place, character in enumerate(line) for _ in character.casefold()]


def _window(line: str, first: int, at_most: int) -> tuple[int, int]:
    """Start and end of the part to show: the first hit a third from its start, cut between words where that is near."""
    if len(line) <= at_most:
        return 0, len(line)
    start = max(0, min(first - at_most // 3, len(line) - at_most))
    if start and (space := line.find(" ", start, min(start + 20, first))) >= 0:
        start = space + 1
    end = min(len(line), start + at_most)
    if end < len(line) and (space := line.rfind(" ", end - 20, end)) > first:
        end = space
    return start, end
