"""Sections of a project's documents, put together of parts, each with a label that says what is missing without it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from projects.design.entries import entries_at
from projects.design.project import ProjectDesign
from projects.exporters.blocks import Block, Inline, Prose, Table, label, not_specified


@dataclass(frozen=True)
class Part:
    """`label` is what is not specified where there are no blocks; a part without one may be absent."""

    label: str
    blocks: tuple[Block, ...] = ()


def told(parts: Iterable[Part]) -> Iterator[Block]:
    """The parts with the labels of those that are missing; one sentence if there are none at all."""
    given = tuple(parts)
    if not any(part.blocks for part in given):
        yield not_specified()
        return
    for part in given:
        if part.blocks or part.label:
            yield from part.blocks or (Prose("", label=part.label),)


def answer(question: str, text: str) -> Part:
    return Part(question, (Prose(text, label=question),) if text.strip() else ())


def table(title: str, kind: str, columns: tuple[str, ...], rows: Iterable[tuple[Inline, ...]]) -> Part:
    """A table under its title."""
    found = tuple(rows)
    return Part(title, (label(title), Table(kind, columns, found)) if found else ())


def policy(title: str, parts: Iterable[Part]) -> Iterator[Part]:
    """The parts of a policy, or of the features, or one that names it where nothing of it is said."""
    given = tuple(parts)
    yield from given if any(part.blocks for part in given) else (Part(title),)


def extra(blocks: Iterable[Block]) -> Part:
    """What stands there if there is any, and is not missed."""
    return Part("", tuple(blocks))


class EntriesAt:
    """The entries that the catalogue prints under a heading of a document: some by name, then all others."""

    def __init__(self, project: ProjectDesign, document: str, heading: str) -> None:
        self._written = project.handbook.text_of
        self._left = {entry.key: entry for entry in entries_at(document, heading)}

    def take(self, key: str) -> Iterator[Part]:
        """This entry, if the catalogue has it here."""
        if entry := self._left.pop(key, None):
            yield answer(entry.label, self._written.get(key, ""))

    def rest(self) -> Iterator[Part]:
        """Those that were not taken, in the order of the catalogue."""
        for key in tuple(self._left):
            yield from self.take(key)
