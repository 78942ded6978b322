"""The database of the tests, and what is watched in operation."""

from collections.abc import Iterator

from projects.design.entries import DATABASE
from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.design.tree import Metric
from projects.exporters.answers import EntriesAt, Part, told
from projects.exporters.blocks import Block, Heading, Inline, Table, Typed, typed
from projects.exporters.escaping import one_line


def testing(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, Title.TESTING)
    yield from told(EntriesAt(project, DATABASE, Title.TESTING).rest())


def monitoring(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, Title.MONITORING)
    rows = tuple((one_line(each.name), _alarm(each)) for each in project.handbook.metrics)
    metrics = Part("Metrics", (Table("metrics", ("Metric", "Alert when"), rows),) if rows else ())
    yield from told([metrics, *EntriesAt(project, DATABASE, Title.MONITORING).rest()])


def _alarm(metric: Metric) -> Inline:
    threshold = typed(metric.threshold)
    return (threshold, " (", Typed(metric.note), ")") if metric.note.strip() else threshold
