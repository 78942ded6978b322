"""Caching: the project's policy, and the caches that features plan."""

from collections.abc import Iterator

from projects.design.project import ProjectDesign
from projects.design.tree import CachingPolicy, Design, Query
from projects.design.vocabulary import StepName
from projects.exporters.answers import Part, answer, extra, table
from projects.exporters.blocks import NO_NAME, Inline, joined
from projects.exporters.data_design.performance import cache_cells
from projects.exporters.escaping import one_line
from projects.exporters.policies.features import DEPARTURE, facts_of_features, listed, own_facts, phrase
from projects.exporters.project_features import features_of

_OWN = (("caching", "Caching"), ("departure", DEPARTURE))


def caching(project: ProjectDesign) -> Iterator[Part]:
    """The policy, the caches, and what features say of caching beyond them."""
    yield from caching_policy(project.handbook.policies.caching)
    yield caches(project)
    yield facts_of_features(
        project, StepName.PERFORMANCE, "Caching", lambda design: own_facts(design.optimization, _OWN)
    )


def caching_policy(policy: CachingPolicy) -> Iterator[Part]:
    yield answer("Caching layers", caching_layers(policy))
    yield answer("Caching system", policy.system)
    yield answer("What is cached", policy.what)
    yield answer("TTL", policy.ttl)
    yield answer("Invalidation", policy.invalidation)
    yield answer("Warming", policy.warming)


def caching_layers(policy: CachingPolicy) -> str:
    return ", ".join(layer.label for layer in policy.layers)


def caches(project: ProjectDesign) -> Part:
    rows = [
        (feature.mark, *cache_cells(feature.stated, cache))
        for feature in features_of(project, StepName.PERFORMANCE)
        for cache in feature.stated.caches
    ]
    columns = ("Feature", "What", "Where", "TTL", "Invalidation")
    return extra(table("Caches", "project-caches", columns, rows).blocks)


def cached_operations(project: ProjectDesign) -> Part:
    items = [
        (feature.mark, f", {one_line(query.name) or NO_NAME}: ", said)
        for feature in features_of(project, StepName.QUERIES)
        for query in feature.stated.queries
        if (said := _cached(feature.stated, query))
    ]
    return listed("Caching of operations", items)


def _cached(design: Design, query: Query) -> Inline:
    name = next((one_line(cache.name) or NO_NAME for cache in design.caches if cache.uid == query.cache), "")
    said: list[Inline] = [f"in the cache {name}"] if name else []
    if query.caching.strip():
        said.append(phrase(query.caching))
    return joined(said, "; ")
