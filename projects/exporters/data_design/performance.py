"""Step 8: how much data there will be, and what keeps it fast."""

from collections.abc import Iterator

from projects.design.tree import Cache, Design
from projects.design.vocabulary import StepName
from projects.exporters.blocks import (
    NO_NAME,
    NOT_SPECIFIED,
    Block,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Table,
    not_applicable,
    not_specified,
    typed,
)
from projects.exporters.escaping import one_line


def performance(design: Design) -> Iterator[Block]:
    yield Heading(2, "Performance")
    exemption = design.exemption_by_step.get(StepName.PERFORMANCE)
    for title, part in (("Expected Data Volume", _volume), ("Optimization Strategies", _strategies)):
        yield Heading(3, title)
        yield from [not_applicable(exemption.reason)] if exemption else part(design)


def _volume(design: Design) -> Iterator[Block]:
    yield not_specified()


def _strategies(design: Design) -> Iterator[Block]:
    plan = design.optimization
    yield Prose(plan.partitioning, label="Partitioning")
    yield Prose(plan.caching, label="Caching")
    if design.caches:
        rows = tuple(_cache(design, cache) for cache in design.caches)
        yield Table("caches", ("What", "Where", "TTL", "Invalidation"), rows)
    yield Prose(plan.denormalization, label="Denormalization")
    yield Prose(plan.pooling, label="Connection pooling")
    yield Prose(plan.query_optimization, label="Query optimization")


def _cache(design: Design, cache: Cache) -> tuple[Inline, ...]:
    name = one_line(cache.name) or NO_NAME
    return name, NOT_SPECIFIED, one_line(cache.ttl) or NOT_SPECIFIED, typed(cache.invalidation)
