"""What every exported document has: where it stands in the tree, and how its content is made."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from projects.design.digest import design_json, digest
from projects.design.review_record import ReviewRecord
from projects.design.tree import Design, Identity
from projects.design.vocabulary import StepName
from projects.exporters.blocks import NO_NAME, Block, Heading
from projects.exporters.data_design.exempt import written
from projects.exporters.escaping import one_line
from projects.exporters.markdown_writer import write_markdown


@dataclass(frozen=True)
class Document:
    """A generated file. `path_template` holds {epic-key} and {feature-key}, as in the paths of the exported tree."""

    slug: str
    title: str
    path_template: str
    content: Callable[[Design, ReviewRecord], Iterable[Block]]
    # What each step of the workflow writes, as it stands in the content.
    parts: tuple[tuple[StepName, Callable[[Design], Iterable[Block]]], ...] = ()

    def blocks(self, design: Design, record: ReviewRecord) -> tuple[Block, ...]:
        """The content of what is in force, under the digest of what is stated: that is what people sign."""
        if not record.digest:
            record = record.with_values(digest=digest(design_json(design)))
        return tuple(with_distinct_headings(self.content(design.in_force, record)))

    def sections(self, design: Design) -> Iterator["Section"]:
        """Each heading with what stands under it and the step that fills it."""
        for step, part in self.parts:
            found: list[Block] = []
            for block in written(part, design.in_force, step):
                if isinstance(block, Heading) and found:
                    yield Section(self, step, tuple(found))
                    found = []
                found.append(block)
            yield Section(self, step, tuple(found))

    def markdown(self, design: Design, record: ReviewRecord) -> str:
        return write_markdown(self.blocks(design, record))

    def path(self, identity: Identity) -> str:
        return self.path_template.replace("{epic-key}", identity.epic_key).replace(
            "{feature-key}", identity.feature_key
        )

    @property
    def file_name(self) -> str:
        return self.path_template.rpartition("/")[2]


@dataclass(frozen=True)
class Section:
    """A heading of a document and the blocks up to the next one."""

    document: Document
    step: StepName
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        heading = self.blocks[0]
        return (one_line(heading.text) or NO_NAME) if isinstance(heading, Heading) else self.document.title


def with_distinct_headings(blocks: Iterable[Block]) -> Iterator[Block]:
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
