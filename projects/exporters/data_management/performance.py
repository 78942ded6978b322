"""What keeps queries fast, what is watched, and how much there will be."""

from collections.abc import Iterator

from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.design.tree.in_force import pooling_words
from projects.exporters.answers import Part, answer, table
from projects.exporters.blocks import NO_NAME, Block, Heading, typed
from projects.exporters.data_management.section import entries, section
from projects.exporters.derived.indexes import indexes
from projects.exporters.derived.volumes import volumes
from projects.exporters.escaping import one_line
from projects.exporters.policies.caching import caching_layers
from projects.exporters.policies.features import with_derived
from projects.exporters.policies.optimization import partitions_and_copies


def performance(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, "Performance & Optimization")
    yield from section(Title.QUERY_PERFORMANCE, _queries(project))
    yield from section(Title.MONITORING, _monitoring(project))


def _queries(project: ProjectDesign) -> Iterator[Part]:
    policies, written = project.handbook.policies, entries(project, Title.QUERY_PERFORMANCE)
    yield answer("Indexing strategy", policies.design.indexing)
    yield from indexes(project)
    yield from written.take("query-analysis")
    yield from written.take("connection-management")
    yield answer("Connection pool", pooling_words(policies.primary) if policies.primary else "")
    yield from written.take("query-batching")
    yield answer("Caching layers", caching_layers(policies.caching))
    yield from written.rest()
    yield partitions_and_copies(project)


def _monitoring(project: ProjectDesign) -> Iterator[Part]:
    written = entries(project, Title.MONITORING)
    yield from written.take("performance-monitoring")
    metrics = project.handbook.metrics
    rows = [(one_line(each.name) or NO_NAME, typed(each.threshold), typed(each.note)) for each in metrics]
    yield table("Monitored metrics", "metrics", ("Metric", "Alert when", "Note"), rows)
    yield from written.take("error-tracking")
    yield from with_derived(written.take("capacity-planning"), volumes(project).blocks)
    yield from written.rest()
