"""What is wrong today, what should not stay as it is, and what is planned."""

from collections.abc import Iterator

from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.exporters.blocks import Block, Heading
from projects.exporters.data_management.section import entries, section


def current_challenges(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, "Current Data Challenges")
    for title in (Title.ISSUES, Title.DEBT, Title.PLANS):
        yield from section(title, entries(project, title).rest())
