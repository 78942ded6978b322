"""Who may see data, what protects it, and for how long it is kept."""

from collections.abc import Iterator

from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.exporters.answers import Part
from projects.exporters.blocks import Block, Heading
from projects.exporters.data_management.section import entries, section
from projects.exporters.policies.retention import lifecycles, protections, retention


def security_and_privacy(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, "Data Security & Privacy")
    yield from section(Title.ACCESS_CONTROL, entries(project, Title.ACCESS_CONTROL).rest())
    yield from section(Title.PROTECTION, _protection(project))
    yield from section(Title.PRIVACY, _privacy(project))


def _protection(project: ProjectDesign) -> Iterator[Part]:
    yield from entries(project, Title.PROTECTION).rest()
    yield protections(project)


def _privacy(project: ProjectDesign) -> Iterator[Part]:
    yield from entries(project, Title.PRIVACY).rest()
    yield from retention(project)
    yield lifecycles(project)
