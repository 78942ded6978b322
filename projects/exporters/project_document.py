"""What the documents of a project have: where each stands in the tree, and how its content is made."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from projects.design.project import ProjectDesign
from projects.design.tree import Handbook
from projects.exporters.blocks import NOT_SPECIFIED, Block, Facts, Heading, Paragraph, Prose
from projects.exporters.document import with_distinct_headings
from projects.exporters.markdown_writer import write_markdown


@dataclass(frozen=True)
class ProjectSection:
    """A heading with what stands under it, up to the next heading; `path` leads to it from the second level down."""

    path: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def is_filled(self) -> bool:
        """Whether it says anything: a heading that only holds others is as filled as they are."""
        return any(not _is_missing(block) and not _is_around(block) for block in self.blocks)

    @property
    def is_complete(self) -> bool:
        return self.is_filled and not any(_is_missing(block) for block in self.blocks)


@dataclass(frozen=True)
class ProjectDocument:
    """A generated file of a project. `slug` names it in addresses and in the catalogue of entries."""

    slug: str
    title: str
    path: str
    content: Callable[[ProjectDesign], Iterable[Block]]

    def blocks(self, project: ProjectDesign) -> tuple[Block, ...]:
        """The whole document, its title first."""
        return tuple(with_distinct_headings(self.content(project)))

    def markdown(self, project: ProjectDesign) -> str:
        return write_markdown(self.blocks(project))

    @cached_property
    def outline(self) -> tuple[tuple[str, ...], ...]:
        """The paths of the document's sections: headings of the second and third level under which every project says
        something, if only that it is missing. One that holds others is none, even where a feature adds to it."""
        nothing = ProjectDesign(Handbook(project_key="project", project_title=""))
        return tuple(section.path for section in self._headed(nothing))

    def sections(self, project: ProjectDesign) -> Iterator[ProjectSection]:
        """Those of the outline, in order: as many for an empty project as for a full one."""
        return (section for section in self._headed(project) if section.path in self.outline)

    def standing(self, project: ProjectDesign) -> tuple[int, int]:
        """How many sections are complete, and how many there are."""
        return sum(section.is_complete for section in self.sections(project)), len(self.outline)

    def _headed(self, project: ProjectDesign) -> Iterator[ProjectSection]:
        path: tuple[str, ...] = ()
        held: list[Block] = []
        for block in self.blocks(project):
            if isinstance(block, Heading) and block.level in (2, 3):
                if path and held:
                    yield ProjectSection(path, tuple(held))
                path, held = (*path[: block.level - 2], block.text), []
            elif path:
                held.append(block)
        if path and held:
            yield ProjectSection(path, tuple(held))

    def markdown_sections(self, project: ProjectDesign) -> list[tuple[str, str]]:
        """Each section of the second level as its heading and its Markdown, the heading's line with it."""
        sections: list[list[Block]] = []
        for block in self.blocks(project):
            if isinstance(block, Heading) and block.level == 2:
                sections.append([])
            if sections:
                sections[-1].append(block)
        headed = [(section[0], section) for section in sections]
        return [(head.text, write_markdown(held)) for head, held in headed if isinstance(head, Heading)]

    def markdown_facts(self, project: ProjectDesign) -> str:
        """The table under the title, which says what the document was made from."""
        return write_markdown([block for block in self.blocks(project) if isinstance(block, Facts)])

    @property
    def file_name(self) -> str:
        return self.path.rpartition("/")[2]


def _is_missing(block: Block) -> bool:
    if isinstance(block, Prose):
        return not block.text.strip()
    return isinstance(block, Paragraph) and block.text == NOT_SPECIFIED


def _is_around(block: Block) -> bool:
    """Labels and remarks of ours: they say nothing where there is nothing beside them."""
    return isinstance(block, Paragraph) and block.style in ("label", "note")
