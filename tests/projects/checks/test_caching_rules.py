import pytest

from projects.design.tree import Cache
from projects.design.vocabulary import Eviction, Frequency, OperationKind
from tests.projects.checks.builders import make, make_design, make_query, open_paths_of, paths_of


def answers(design, rule):
    return len(paths_of(design, rule)), len(open_paths_of(design, rule))


def cached(**facts):
    return make_design(caches=(make(Cache, "Refund", **facts),))


def asked(**facts):
    cache = make(Cache, "Refund", invalidation=facts.pop("invalidation", ""))
    facts |= {"cache": cache.uid} if facts.pop("is_cached", False) else {}
    return make_design(caches=(cache,), queries=(make_query("Get", **facts),))


@pytest.mark.parametrize(
    ("design", "found"),
    [
        (asked(frequency=Frequency.HIGH, caching=""), 1),
        (asked(frequency=Frequency.HIGH, caching="None: one page read."), 0),
        (asked(frequency=Frequency.HIGH, caching="", is_cached=True), 0),
        (asked(frequency=Frequency.HIGH, caching="", kind=OperationKind.WRITE), 0),
        (asked(frequency=Frequency.MEDIUM, caching=""), 0),
    ],
)
def test_frequent_reads_have_a_decision(design, found):
    assert answers(design, "frequent-read-without-cache-decision") == (found, 0)


@pytest.mark.parametrize(("facts", "found"), [({}, 1), ({"ttl": "60 s"}, 0), ({"invalidation": "On change."}, 0)])
def test_values_go_some_day(facts, found):
    assert answers(cached(**facts), "cache-without-end") == (found, 0)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"ttl": "10 min", "tolerated_staleness": "30 s"}, (1, 0)),
        ({"ttl": "30 s", "tolerated_staleness": "30 s"}, (0, 0)),
        ({"ttl": "10 min", "tolerated_staleness": "30 s", "invalidation": "On change."}, (0, 0)),
        ({"ttl": "10 min", "tolerated_staleness": "a blink"}, (0, 1)),
        ({"ttl": "10 min"}, (0, 0)),
    ],
)
def test_values_are_no_older_than_tolerated(facts, expected):
    assert answers(cached(**facts), "cache-older-than-tolerated") == expected


@pytest.mark.parametrize(("eviction", "expected"), [(None, (1, 0)), (Eviction.LRU, (0, 0)), (Eviction.NONE, (0, 1))])
def test_a_full_cache_knows_what_to_do(eviction, expected):
    assert answers(cached(eviction=eviction), "cache-without-eviction") == expected


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"kind": OperationKind.WRITE}, 1),
        ({"kind": OperationKind.WRITE, "invalidation": "The write takes it out."}, 0),
        ({"kind": OperationKind.READ}, 0),
    ],
)
def test_writes_say_what_becomes_of_the_cached_value(facts, found):
    assert answers(asked(is_cached=True, **facts), "write-through-cache-unsettled") == (found, 0)
