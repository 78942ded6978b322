"""A section of a specification: it can stand in a file among those of others."""

from collections.abc import Iterable, Iterator

from projects.design.project import ProjectDesign
from projects.exporters.answers import EntriesAt, Part, told
from projects.exporters.blocks import Block, Heading, Prose

# What a heading of the third level is about, and what is told of it.
Subject = tuple[str, Iterable[Part]]


def section(project: ProjectDesign, document: str, title: str, subjects: Iterable[Subject]) -> Iterator[Block]:
    """A section with a heading for each subject; entries that the catalogue places under a heading follow there."""
    yield Heading(2, title)
    if general := [part for part in EntriesAt(project, document, title).rest() if part.blocks]:
        yield from told(general)
    for subject, parts in subjects:
        yield Heading(3, subject)
        yield from told([*parts, *EntriesAt(project, document, subject).rest()])


def untitled(text: str) -> Part:
    """An answer that needs no label, since its heading is one."""
    return Part("", (Prose(text),) if text.strip() else ())
