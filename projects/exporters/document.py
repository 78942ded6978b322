"""What every exported document has: where it stands in the tree, and how its content is made."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from projects.design.review_record import ReviewRecord
from projects.design.tree import Design, Identity
from projects.exporters.blocks import NO_NAME, Block, Heading
from projects.exporters.escaping import one_line
from projects.exporters.markdown_writer import write_markdown


@dataclass(frozen=True)
class Document:
    """`path_template` holds {epic-key} and {feature-key}, as the paths of the exported tree are written."""

    slug: str
    title: str
    path_template: str
    content: Callable[[Design, ReviewRecord], Iterable[Block]]

    def blocks(self, design: Design, record: ReviewRecord) -> tuple[Block, ...]:
        return tuple(_with_distinct_headings(self.content(design, record)))

    def markdown(self, design: Design, record: ReviewRecord) -> str:
        return write_markdown(self.blocks(design, record))

    def path(self, identity: Identity) -> str:
        return self.path_template.replace("{epic-key}", identity.epic_key).replace(
            "{feature-key}", identity.feature_key
        )


def _with_distinct_headings(blocks: Iterable[Block]) -> Iterator[Block]:
    """Headings under one parent differ from one another and none is empty, so that each can be linked to."""
    seen: dict[int, set[str]] = {}
    for block in blocks:
        if isinstance(block, Heading):
            seen = {level: texts for level, texts in seen.items() if level <= block.level}
            block = _distinct(block, seen.setdefault(block.level, set()))
        yield block


def _distinct(heading: Heading, taken: set[str]) -> Heading:
    text = name = one_line(heading.text) or NO_NAME
    count = 1
    while text.casefold() in taken:
        count += 1
        text = f"{name} ({count})"
    taken.add(text.casefold())
    return replace(heading, text=text)
