"""The operations of all features: how they filter, search, page, aggregate and join."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from projects.design.project import ProjectDesign
from projects.design.tree import Design, Query
from projects.design.vocabulary import OperationKind, Pagination, StepName
from projects.exporters.answers import Part
from projects.exporters.blocks import (
    NO_NAME,
    NOT_SPECIFIED,
    Block,
    Bullets,
    Code,
    Inline,
    Paragraph,
    Table,
    Typed,
    joined,
    label,
)
from projects.exporters.data_design.queries import frequency, uses_of
from projects.exporters.escaping import one_line
from projects.exporters.policies.features import phrase, said_by_features
from projects.exporters.project_features import Feature, exempt_features, features_of


@dataclass(frozen=True)
class Operation:
    """A query in its feature."""

    feature: Feature
    query: Query

    @property
    def design(self) -> Design:
        return self.feature.design

    @property
    def name(self) -> str:
        return one_line(self.query.name) or NO_NAME

    def uses(self, *names: str) -> Inline:
        """What the operation does with fields, by the words that document 1 has for it."""
        found = [(name, value) for name, value in uses_of(self.design, self.query) if name in names and value != "none"]
        return joined([(f"{name.lower()}: ", value) if len(names) > 1 else value for name, value in found], "; ")


def operations(project: ProjectDesign) -> list[Operation]:
    return [
        Operation(feature, query)
        for feature in features_of(project, StepName.QUERIES)
        for query in feature.design.queries
    ]


def standard_operations(project: ProjectDesign) -> Iterator[Block]:
    found = operations(project)
    if not found:
        return
    kinds = Counter(each.query.kind for each in found)
    counts = ", ".join(f"{kinds[kind]} {kind.label.lower()}" for kind in OperationKind if kinds[kind])
    yield Paragraph(f"{_counted(len(found), 'operation')} in the designs: {counts}.")
    columns = ("Operation", "Feature", "On", "Pattern", "Frequency, Duration", "Purpose")
    yield Table("project-operations", columns, tuple(_row(each) for each in found))


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _row(each: Operation) -> tuple[Inline, ...]:
    query = each.query
    pattern: Inline = (f"{query.kind.label}: ", Typed(query.pattern)) if query.pattern.strip() else query.kind.label
    rates = (query.rate, query.expected_duration)
    rate = joined([frequency(query), *(one_line(text) for text in rates if text.strip())])
    return each.name, each.feature.mark, _on(each), pattern, rate, _why(query)


def _why(query: Query) -> Inline:
    said: list[Inline] = [phrase(text) for text in (query.purpose, query.reason) if text.strip()]
    return joined(said, "; ") or NOT_SPECIFIED


def _on(each: Operation) -> Inline:
    if each.query.entity:
        return Code(each.design.entity_by_uid[each.query.entity].full_name)
    space = next((space for space in each.design.key_spaces if space.uid == each.query.key_space), None)
    return Code(space.pattern) if space else NOT_SPECIFIED


def filtering(project: ProjectDesign) -> Iterator[Block]:
    yield from _told(project, "Operations that filter or search", lambda each: each.uses("Filtering", "Search"))


def aggregation(project: ProjectDesign) -> Iterator[Block]:
    yield from _told(project, "Operations that aggregate", lambda each: each.uses("Aggregation"))


def joins(project: ProjectDesign) -> Iterator[Block]:
    yield from _told(project, "Operations that join", lambda each: each.uses("Joins"))


def paging(project: ProjectDesign) -> Iterator[Block]:
    """The reads by how they page, with the names of those that do."""
    reads = [each for each in operations(project) if each.query.kind is OperationKind.READ]
    chosen: list[tuple[str, list[Operation]]] = [
        (pagination.label, [each for each in reads if each.query.pagination is pagination]) for pagination in Pagination
    ]
    chosen.append(("Not specified yet", [each for each in reads if each.query.pagination is None]))
    if reads:
        yield label("Reads by their pagination")
        yield Bullets(tuple(_paged(name, held) for name, held in chosen if held))


def _paged(name: str, held: list[Operation]) -> Inline:
    return (f"{name} ({len(held)}): ", joined([_named(each) for each in held], "; "))


def related_reads(project: ProjectDesign) -> Iterator[Block]:
    """Where related rows are read along, and so may be read one by one by mistake."""
    found = [each for each in operations(project) if each.uses("Joins")]
    if found:
        yield Paragraph(("Operations that read related rows: ", joined([_named(each) for each in found], "; "), "."))


def bottlenecks(project: ProjectDesign) -> Iterator[Block]:
    """What may slow operations down and what is done about it, and the plans of features as a whole."""
    yield from _told(project, "Bottlenecks and what is done", _bottleneck)
    title = "Query optimization of features"
    plans = said_by_features(
        project, StepName.PERFORMANCE, title, lambda design: design.optimization.query_optimization
    )
    yield from plans.blocks


def exempt(project: ProjectDesign) -> Part:
    return exempt_features(project, StepName.QUERIES, "operations")


def _bottleneck(each: Operation) -> Inline:
    facts = (("bottleneck", each.query.bottleneck), ("optimization", each.query.optimization))
    return joined([(f"{name}: ", phrase(text)) for name, text in facts if text.strip()], "; ")


def _named(each: Operation) -> Inline:
    return (each.name, " (", each.feature.mark, ")")


def _told(project: ProjectDesign, title: str, say: Callable[[Operation], Inline]) -> Iterator[Block]:
    items = tuple((_named(each), ": ", said) for each in operations(project) if (said := say(each)))
    if items:
        yield label(title)
        yield Bullets(items)
