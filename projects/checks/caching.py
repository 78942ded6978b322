"""Rules about caches: when a value in them goes, how old it may be, and what decides what is cached."""

from collections.abc import Iterator

from projects.checks.facts import PERFORMANCE, QUERIES, Facts
from projects.checks.questions.access import frequent_reads
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.quantities import read_duration
from projects.design.vocabulary import Eviction, OperationKind, Severity


@rule(
    "frequent-read-without-cache-decision",
    Severity.WARNING,
    step=QUERIES,
    says="“{path}” is read at High frequency, and nothing says whether it is cached.",
    remedy="Name the cache that serves it, or say why it needs none.",
    breaks="Get a refund, High, nothing about caching",
    keeps="Get a refund, High, not cached: one page read, and it must be current",
    source="Checklist item 27",
)
def frequent_read_without_cache_decision(facts: Facts) -> Iterator[Claim]:
    """A frequent read has no decision on caching.

    The first outage decides it, in a hurry.
    """
    for query in frequent_reads(facts.design):
        if query.cache is None and not query.caching.strip():
            yield problem(query, field_name="caching")


@rule(
    "cache-without-end",
    Severity.WARNING,
    says="Values in the cache “{path}” never go: it has neither TTL nor invalidation.",
    remedy="Give it a TTL, or say which writes take a value out.",
    breaks="The cache “Refund”, without TTL and invalidation",
    keeps="The cache “Refund”, TTL 60 s",
    source="Checklist item 27: each cache has TTL or invalidation",
)
def cache_without_end(facts: Facts) -> Iterator[Claim]:
    """A cache has neither TTL nor invalidation.

    It answers with what was true once, until somebody restarts it.
    """
    for cache in facts.design.caches:
        if not cache.ttl.strip() and not cache.invalidation.strip():
            yield problem(cache, field_name="ttl")


@rule(
    "cache-older-than-tolerated",
    Severity.ERROR,
    says="Values in the cache “{path}” may be {ttl} old, where {staleness} is tolerated.",
    remedy="Shorten the TTL, or invalidate on each change.",
    asks="The cache “{path}” has the TTL “{ttl}”, and “{staleness}” is tolerated: do the two agree?",
    breaks="The cache “Refund”: TTL 10 min, tolerated staleness 30 s, no invalidation",
    keeps="The cache “Refund”: TTL 30 s, tolerated staleness 30 s",
    source="Checklist item 27",
)
def cache_older_than_tolerated(facts: Facts) -> Iterator[Claim]:
    """The TTL of a cache is longer than the staleness that is tolerated.

    Nothing else takes an old value out, so readers see it for longer than was agreed.
    """
    for cache in facts.design.caches:
        if not cache.ttl.strip() or not cache.tolerated_staleness.strip():
            continue
        ttl, tolerated = read_duration(cache.ttl), read_duration(cache.tolerated_staleness)
        words = {"ttl": cache.ttl.strip(), "staleness": cache.tolerated_staleness.strip()}
        if ttl is None or tolerated is None:
            yield doubt(cache, field_name="ttl", **words)
        elif ttl.seconds > tolerated.seconds and not cache.invalidation.strip():
            yield problem(cache, field_name="ttl", **words)


@rule(
    "cache-without-eviction",
    Severity.ADVICE,
    says="Nothing says what the cache “{path}” does when it is full.",
    remedy="Choose an eviction policy.",
    asks="“{path}” refuses writes when it is full: what does the application do then?",
    breaks="The cache “Refund”, without eviction",
    keeps="The cache “Refund”, least recently used",
    source="Redis documentation, Key eviction",
)
def cache_without_eviction(facts: Facts) -> Iterator[Claim]:
    """A cache has no eviction policy.

    A full cache either refuses writes or throws out what is needed most, and somebody should have chosen.
    """
    for cache in facts.design.caches:
        if cache.eviction is None:
            yield problem(cache, field_name="eviction")
        elif cache.eviction is Eviction.NONE:
            yield doubt(cache, field_name="eviction")


@rule(
    "write-through-cache-unsettled",
    Severity.WARNING,
    step=PERFORMANCE,
    says="“{query}” writes and uses the cache “{path}”, and nothing says what becomes of the value in there.",
    remedy="Say in the invalidation of “{path}” whether the write replaces the value or takes it out.",
    breaks="Approve a refund, a write, by the cache “Refund”, without invalidation",
    keeps="Approve a refund, a write, which takes the refund out of the cache “Refund”",
    source="Nishtala et al., Scaling Memcache at Facebook, section 3",
)
def write_through_cache_unsettled(facts: Facts) -> Iterator[Claim]:
    """A write uses a cache without saying what it does to it.

    If the cache is filled before the write is safe, readers see what never happened.
    """
    caches = {cache.uid: cache for cache in facts.design.caches}
    for query in facts.design.queries:
        cache = caches.get(query.cache) if query.cache else None
        if cache and query.kind is OperationKind.WRITE and not cache.invalidation.strip():
            yield problem(cache, field_name="invalidation", query=query.name)
