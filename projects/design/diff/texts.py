"""Two texts line by line, with the words marked that differ; long ones take time in proportion to their length.

Lines that are in both texts once are paired first; only the short stretches between them are compared in full.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

# Unchanged lines that stay in sight around a change.
AROUND = 2
# Lines times lines that are compared in full, and words of a line that are looked at.
MOST_COMPARED = 10_000
MOST_WORDS = 300
# Two lines that share less than this are another line, not an edited one.
ALIKE = 0.35

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_HEADING = re.compile(r"#{1,6} (.+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; `is_marked` if the other text has something else there."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """`sign` is + for a line of the new text alone, - for one of the old text alone, and empty for one in both."""

    sign: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that follow one another, under `heading`; folded if nothing in them, or near them, changed."""

    lines: tuple[Line, ...]
    is_folded: bool = False
    heading: str = ""


def compare_texts(before: str, after: str) -> tuple[Stretch, ...]:
    """The lines of both texts in stretches, unchanged ones folded; nothing for equal texts."""
    if before == after:
        return ()
    return tuple(_stretches(_lines(before.split("\n"), after.split("\n"))))


def _lines(old: Sequence[str], new: Sequence[str]) -> list[Line]:
    found: list[Line] = []
    done_old = done_new = 0
    for at_old, at_new, size in (*matching_blocks(old, new), (len(old), len(new), 0)):
        found += _changed(old[done_old:at_old], new[done_new:at_new])
        found += [Line("", (Piece(line),)) for line in new[at_new : at_new + size]]
        done_old, done_new = at_old + size, at_new + size
    return found


def matching_blocks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where both have the same lines, as (place in the old, place in the new, number of lines), in order."""
    found: list[tuple[int, int, int]] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        start, end, new_start, new_end = waiting.pop()
        head = _alike_from(old, new, start, end, new_start, new_end)
        tail = _alike_to(old, new, start + head, end, new_start + head, new_end)
        found += [(start, new_start, head), (end - tail, new_end - tail, tail)]
        left = (start + head, end - tail, new_start + head, new_end - tail)
        if left[0] == left[1] or left[2] == left[3]:
            continue
        if pairs := _once_in_both(old, new, *left):
            waiting += _between(pairs, *left)
            found += [(one, other, 1) for one, other in pairs]
        elif (left[1] - left[0]) * (left[3] - left[2]) <= MOST_COMPARED:
            matcher = SequenceMatcher(None, old[left[0] : left[1]], new[left[2] : left[3]], autojunk=False)
            found += [(left[0] + a, left[2] + b, size) for a, b, size in matcher.get_matching_blocks()]
    return sorted(block for block in found if block[2])


def _alike_from(old: Sequence[str], new: Sequence[str], start: int, end: int, new_start: int, new_end: int) -> int:
    most = min(end - start, new_end - new_start)
    return next((step for step in range(most) if old[start + step] != new[new_start + step]), most)


def _alike_to(old: Sequence[str], new: Sequence[str], start: int, end: int, new_start: int, new_end: int) -> int:
    most = min(end - start, new_end - new_start)
    return next((step for step in range(most) if old[end - 1 - step] != new[new_end - 1 - step]), most)


def _once_in_both(
    old: Sequence[str], new: Sequence[str], start: int, end: int, new_start: int, new_end: int
) -> list[tuple[int, int]]:
    """Places of lines that are in each stretch once, as many as keep their order in both."""
    counts, new_counts = Counter(old[start:end]), Counter(new[new_start:new_end])
    place = {new[at]: at for at in range(new_start, new_end) if new_counts[new[at]] == 1}
    pairs = [(at, place[old[at]]) for at in range(start, end) if counts[old[at]] == 1 and old[at] in place]
    return _longest_rising(pairs)


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs whose second places rise too: a pile for each length, the lowest end on top."""
    tops: list[int] = []
    ends: list[int] = []
    former: list[int] = []
    for number, (_, place) in enumerate(pairs):
        low = bisect_left(tops, place)
        tops[low : low + 1], ends[low : low + 1] = [place], [number]
        former.append(ends[low - 1] if low else -1)
    chain, at = [], ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = former[at]
    return chain[::-1]


def _between(
    pairs: list[tuple[int, int]], start: int, end: int, new_start: int, new_end: int
) -> Iterator[tuple[int, int, int, int]]:
    for one, other in (*pairs, (end, new_end)):
        yield start, one, new_start, other
        start, new_start = one + 1, other + 1


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Lines that went and lines that came; edited ones stand under one another."""
    removed, added = [], []
    for one, other in zip_longest(old, new):
        pair = _words_marked(one, other) if one is not None and other is not None else None
        before, after = pair or ((Piece(one or ""),), (Piece(other or ""),))
        removed += [Line("-", before)] if one is not None else []
        added += [Line("+", after)] if other is not None else []
    if len(removed) == len(added):
        yield from (line for pair in zip(removed, added, strict=True) for line in pair)
    else:
        yield from (*removed, *added)


def _words_marked(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]] | None:
    """Both lines with what differs marked; None if they have little in common, or are too long to look at."""
    words, new_words = _WORDS.findall(one), _WORDS.findall(other)
    if max(len(words), len(new_words)) > MOST_WORDS:
        return None
    matcher = SequenceMatcher(None, words, new_words, autojunk=False)
    if matcher.quick_ratio() < ALIKE:
        return None
    steps = matcher.get_opcodes()
    before = (Piece("".join(words[a:b]), tag != "equal") for tag, a, b, _, _ in steps if b > a)
    after = (Piece("".join(new_words[a:b]), tag != "equal") for tag, _, _, a, b in steps if b > a)
    return tuple(before), tuple(after)


def _stretches(lines: list[Line]) -> Iterator[Stretch]:
    seen = [False] * len(lines)
    for place, line in enumerate(lines):
        if line.sign:
            near = slice(max(0, place - AROUND), place + AROUND + 1)
            seen[near] = [True] * len(seen[near])
    start, heading = 0, ""
    for place in range(1, len(lines) + 1):
        if place == len(lines) or seen[place] != seen[start]:
            stretch = tuple(lines[start:place])
            yield Stretch(stretch, not seen[start], heading)
            heading = next((found for line in reversed(stretch) if (found := _heading(line))), heading)
            start = place


def _heading(line: Line) -> str:
    match = _HEADING.match("".join(piece.text for piece in line.pieces)) if line.sign != "-" else None
    return match[1] if match else ""
