"""A section of the document: its heading, and what is told under it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from projects.design.entries import DATA_MANAGEMENT
from projects.design.project import ProjectDesign
from projects.exporters.answers import EntriesAt, Part, told
from projects.exporters.blocks import Block, Heading, Prose


def section(title: str, parts: Iterable[Part]) -> Iterator[Block]:
    yield Heading(3, title)
    yield from told(_without_repeating(title, part) for part in parts)


def _without_repeating(title: str, part: Part) -> Part:
    """Prose whose label is the heading needs none."""
    first = next(iter(part.blocks), None)
    if not isinstance(first, Prose) or first.label.casefold() != title.casefold():
        return part
    return replace(part, blocks=(replace(first, label=""), *part.blocks[1:]))


def entries(project: ProjectDesign, title: str) -> EntriesAt:
    return EntriesAt(project, DATA_MANAGEMENT, title)
