"""How data comes to be, changes, moves aside and goes, and how long it is kept."""

from collections.abc import Iterator

from projects.design.tree import DataElement, Design
from projects.exporters.blocks import (
    NO_NAME,
    Block,
    Bullets,
    Heading,
    Inline,
    Prose,
    Table,
    joined,
    label,
    named,
    not_specified,
    typed,
)
from projects.exporters.data_design.retention import rule_of
from projects.exporters.escaping import one_line


def data_lifecycle(design: Design) -> Iterator[Block]:
    told = design.lifecycle
    yield Heading(2, "Data Lifecycle")
    for title, text in (
        ("Data Creation", told.creation),
        ("Data Modification", told.modification),
        ("Data Archival", told.archival),
        ("Data Deletion", told.deletion),
    ):
        yield Heading(3, title)
        yield Prose(text) if text.strip() else not_specified()


def retention_policy(design: Design) -> Iterator[Block]:
    yield Heading(3, "Retention Policy")
    general = design.requirements.retention
    if general.strip():
        yield Prose(general)
    if design.data_elements:
        rows = tuple(_row(element) for element in design.data_elements)
        yield Table("retention", ("Data Element", "Kept for", "Then"), rows)
        if ruled := [(element.name, rule) for element in design.data_elements if (rule := rule_of(element))]:
            yield label("By the project's retention rules")
            yield Bullets(tuple(named(name, joined(rule, "; ")) for name, rule in ruled))
    elif not general.strip():
        yield not_specified()


def _row(element: DataElement) -> tuple[Inline, ...]:
    return one_line(element.name) or NO_NAME, typed(element.kept_for), typed(element.afterwards)
