"""Where files are kept, and how they are laid out there."""

from collections.abc import Iterator

from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.exporters.answers import Part, extra, table
from projects.exporters.blocks import Block, Heading
from projects.exporters.data_management.section import entries, section
from projects.exporters.derived.entities import file_layouts


def storage_and_files(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, "Data Storage & File Management")
    yield from section(Title.FILES, entries(project, Title.FILES).rest())
    yield from section(Title.PATTERNS, _patterns(project))


def _patterns(project: ProjectDesign) -> Iterator[Part]:
    yield from entries(project, Title.PATTERNS).rest()
    columns = ("File Structure", "File Format", "Naming Convention", "Access Pattern", "Feature")
    yield extra(table("Files of the features", "project-files", columns, file_layouts(project)).blocks)
