"""What is asked of the data, and how it reaches those who ask."""

from collections.abc import Iterator

from projects.design.entries import Heading as Title
from projects.design.project import ProjectDesign
from projects.exporters.answers import Part
from projects.exporters.blocks import Block, Heading
from projects.exporters.data_management.section import entries, section
from projects.exporters.derived import operations
from projects.exporters.policies.caching import cached_operations, caching
from projects.exporters.policies.features import with_derived


def data_access_patterns(project: ProjectDesign) -> Iterator[Block]:
    yield Heading(2, "Data Access Patterns")
    yield from section(Title.QUERIES, _queries(project))
    yield from section(Title.LOADING, _loading(project))


def _queries(project: ProjectDesign) -> Iterator[Part]:
    written = entries(project, Title.QUERIES)
    yield from with_derived(written.take("standard-operations"), operations.standard_operations(project))
    yield from with_derived(written.take("filtering-search"), operations.filtering(project))
    yield from with_derived(written.take("pagination"), operations.paging(project))
    yield from with_derived(written.take("aggregation"), operations.aggregation(project))
    yield from with_derived(written.take("joins"), operations.joins(project))
    yield operations.exempt(project)
    yield from written.rest()


def _loading(project: ProjectDesign) -> Iterator[Part]:
    """The front end's habits, then those of the back end."""
    written = entries(project, Title.LOADING)
    for key in ("frontend-real-time", "frontend-caching", "optimistic-updates"):
        yield from written.take(key)
    yield from with_derived(written.take("query-optimization"), operations.bottlenecks(project))
    yield from with_derived(written.take("n-plus-one"), operations.related_reads(project))
    yield from caching(project)
    yield cached_operations(project)
    yield from written.rest()
