"""What the features ask of their data, the most frequent first, and what keeps it cheap."""

from collections.abc import Iterator
from dataclasses import dataclass

from projects.checks.coverage import QueryCoverage, coverage
from projects.design.entries import DATABASE
from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.design.tree import Query
from projects.design.vocabulary import Frequency, OperationKind, StepName
from projects.exporters.answers import EntriesAt, Part, extra, table, told
from projects.exporters.blocks import (
    NO_NAME,
    NOT_SPECIFIED,
    Block,
    Bullets,
    CodeBlock,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Strong,
    label,
    named,
)
from projects.exporters.data_consistency.queries import query_facts
from projects.exporters.data_design.indexing import served_by
from projects.exporters.data_design.queries import frequency
from projects.exporters.escaping import one_line
from projects.exporters.project_features import Feature, exempt_features, features_of

COLUMNS = ("Operation", "Frequency", "Expected Duration", "Index Used", "Pagination")


@dataclass(frozen=True)
class Asked:
    feature: Feature
    query: Query
    coverage: QueryCoverage


def query_patterns(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, Title.QUERIES)
    yield from told(_patterns(project))
    yield Heading(3, Title.OPTIMIZATION)
    yield from told([*EntriesAt(project, DATABASE, Title.OPTIMIZATION).rest(), *_optimization(project)])
    yield Heading(3, Title.N_PLUS_ONE)
    yield from told(EntriesAt(project, DATABASE, Title.N_PLUS_ONE).rest())


def _patterns(project: ProjectDesign) -> Iterator[Part]:
    asked = _by_frequency(project)
    yield table("Common queries", "common-queries", COLUMNS, map(_row, asked))
    yield from EntriesAt(project, DATABASE, Title.QUERIES).rest()
    for each in asked:
        yield extra(_operation(each))
    yield exempt_features(project, StepName.QUERIES, "query patterns")


def _by_frequency(project: ProjectDesign) -> list[Asked]:
    """High before Medium before Low before what nobody has said, in the order of the features."""
    asked = [
        Asked(feature, query, row)
        for feature in features_of(project, StepName.QUERIES)
        for query, row in zip(feature.design.queries, coverage(feature.design), strict=True)
    ]
    rank = {frequency: place for place, frequency in enumerate((*Frequency, None))}
    return sorted(asked, key=lambda each: rank[each.query.frequency])


def _row(asked: Asked) -> tuple[Inline, ...]:
    query = asked.query
    return (
        _name(asked),
        frequency(query),
        one_line(query.expected_duration) or NOT_SPECIFIED,
        served_by(asked.coverage),
        _pagination(query),
    )


def _pagination(query: Query) -> str:
    if query.pagination:
        return query.pagination.label
    return "Not applicable: it writes" if query.kind is OperationKind.WRITE else NOT_SPECIFIED


def _name(asked: Asked) -> Inline:
    return (one_line(asked.query.name) or NO_NAME, " (", asked.feature.mark, ")")


def _operation(asked: Asked) -> Iterator[Block]:
    query = asked.query
    yield Paragraph((Strong("Operation"), " ", _name(asked), ":"), style="label")
    if query.logic.strip():
        yield Prose(query.logic)
    index: Inline = (served_by(asked.coverage), *((": ", asked.coverage.note) if asked.coverage.note else ()))
    facts = (*query_facts(asked.feature.design, query), ("Index used", index))
    yield Bullets(tuple(named(fact, value) for fact, value in facts))
    if query.optimization.strip():
        yield Prose(query.optimization, label="Optimization")
    if query.sql.strip():
        yield label("As SQL")
        yield CodeBlock("sql", query.sql)


def _optimization(project: ProjectDesign) -> Iterator[Part]:
    for feature in features_of(project, StepName.PERFORMANCE):
        if text := feature.design.optimization.query_optimization.strip():
            yield extra([Prose(text, label=feature.label)])
