import pytest

from projects.checks.serving import Verdict
from projects.design.vocabulary import Frequency, IndexMethod, OperationKind, StoreKind
from tests.projects.checks.builders import (
    make_entity,
    make_index,
    make_query,
    make_store,
)
from tests.projects.checks.rows import ROWS, covered, index

FULL, PARTLY, NONE = Verdict.FULL, Verdict.PARTLY, Verdict.NONE


@pytest.mark.parametrize(
    ("roles", "keys", "verdict"),
    [
        ({"equality": "a"}, "a", FULL),
        ({"equality": "a"}, "A", FULL),
        ({"equality": "a"}, "ab", FULL),
        ({"equality": "a"}, "ba", NONE),
        ({"equality": "ab"}, "ab", FULL),
        ({"equality": "ab"}, "ba", FULL),
        ({"equality": "ab"}, "bac", FULL),
        ({"equality": "ab"}, "a", PARTLY),
        ({"equality": "ab"}, "acb", PARTLY),
        ({"equality": "ab"}, "cab", NONE),
        ({"range": "a"}, "a", FULL),
        ({"range": "a"}, "ab", FULL),
        ({"range": "a"}, "ba", NONE),
        ({"range": "ab"}, "ba", FULL),
        ({"equality": "a", "range": "b"}, "ab", FULL),
        ({"equality": "a", "range": "b"}, "ba", PARTLY),
        ({"equality": "a", "range": "b"}, "a", PARTLY),
        ({"equality": "a", "range": "b"}, "b", PARTLY),
        ({"equality": "a", "range": "b"}, "acb", PARTLY),
        ({"sort": "a"}, "a", FULL),
        ({"sort": "A"}, "a", FULL),
        ({"sort": "ab"}, "ab", FULL),
        ({"sort": "AB"}, "ab", FULL),
        ({"sort": "aB"}, "Ab", FULL),
        ({"sort": "aB"}, "ab", NONE),
        ({"sort": "ab"}, "ba", NONE),
        ({"sort": "ab"}, "a", NONE),
        ({"sort": "ab"}, "abc", FULL),
        ({"equality": "a", "sort": "b"}, "ab", FULL),
        ({"equality": "a", "sort": "B"}, "ab", FULL),
        ({"equality": "a", "sort": "bC"}, "abc", PARTLY),
        ({"equality": "a", "sort": "bC"}, "aBc", FULL),
        ({"equality": "a", "sort": "b"}, "a", PARTLY),
        ({"equality": "a", "sort": "b"}, "ba", NONE),
        ({"equality": "a", "range": "b", "sort": "c"}, "ab", FULL),
        ({"equality": "a", "range": "b", "sort": "c"}, "ac", FULL),
        ({"equality": "a", "range": "b", "sort": "c"}, "a", PARTLY),
        ({"equality": "a", "sort": "a"}, "a", FULL),
        ({"equality": "a", "range": "a"}, "a", FULL),
    ],
)
def test_a_btree_serves_by_its_leading_keys(roles, keys, verdict):
    assert covered(index(keys), **roles).served is verdict


@pytest.mark.parametrize(
    ("roles", "keys", "verdict"),
    [
        ({"equality": "a"}, "a", FULL),
        ({"equality": "ab"}, "ba", FULL),
        ({"equality": "ab"}, "a", PARTLY),
        ({"equality": "a"}, "ab", NONE),
        ({"range": "a"}, "a", NONE),
        ({"sort": "a"}, "a", NONE),
        ({"equality": "a", "sort": "b"}, "a", PARTLY),
    ],
)
def test_a_hash_serves_equality_on_all_its_keys_only(roles, keys, verdict):
    assert covered(index(keys, method=IndexMethod.HASH), **roles).served is verdict


@pytest.mark.parametrize(
    ("field", "method", "verdict"),
    [
        ("t", IndexMethod.GIN, FULL),
        ("t", IndexMethod.TEXT, FULL),
        ("t", IndexMethod.GIST, FULL),
        ("t", IndexMethod.BTREE, NONE),
        ("t", IndexMethod.GEOSPATIAL, NONE),
        ("t", IndexMethod.VECTOR, NONE),
        ("j", IndexMethod.GIN, FULL),
        ("g", IndexMethod.GIST, FULL),
        ("g", IndexMethod.GEOSPATIAL, FULL),
        ("g", IndexMethod.GIN, NONE),
        ("v", IndexMethod.VECTOR, FULL),
        ("v", IndexMethod.GIN, NONE),
    ],
)
def test_a_search_is_served_by_an_index_of_its_kind(field, method, verdict):
    assert covered(index(field, method=method), search=field).served is verdict


@pytest.mark.parametrize("method", [IndexMethod.GIN, IndexMethod.TEXT, IndexMethod.GEOSPATIAL, IndexMethod.VECTOR])
@pytest.mark.parametrize("role", ["equality", "range", "sort"])
def test_a_search_index_serves_nothing_but_search(method, role):
    assert covered(index("a", method=method), **{role: "a"}).served is NONE


def test_a_search_index_over_an_expression_searches_the_field_in_it():
    by_words = make_index("idx", "rows", "to_tsvector(t)", method=IndexMethod.GIN)
    assert covered(by_words, search="t").served is FULL


def test_a_search_with_a_filter_is_served_in_part():
    assert covered(index("t", method=IndexMethod.GIN), search="t", equality="a").served is PARTLY
    assert covered(index("a"), search="t", equality="a").served is PARTLY


def test_a_brin_serves_filters_in_part():
    assert covered(index("ba", method=IndexMethod.BRIN), range="a").served is PARTLY
    assert covered(index("a", method=IndexMethod.BRIN), sort="a").served is NONE


@pytest.mark.parametrize("method", [IndexMethod.GIST, IndexMethod.SPGIST])
def test_a_gist_over_a_filter_needs_judgement(method):
    assert covered(index("a", method=method), range="a").served is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("condition", "stated", "verdict"),
    [
        ("b is null", "", NONE),
        ("b is null", "b is null", FULL),
        ("b IS NULL", " b  is null ", FULL),
        ("x='1'", "x = '1'", FULL),
        ("b is null", "c > 1 and b is null", FULL),
        ("b is null", "c > 1 or b is null", Verdict.UNDECIDED),
        ("b is null", "not (c > 1 and b is null and c < 3)", Verdict.UNDECIDED),
        ("x = 1", "y = 'a and x = 1 and b'", Verdict.UNDECIDED),
        ("status = 'open'", "the status is open", Verdict.UNDECIDED),
        ("a is not null", "", FULL),
        ("b is not null", "", NONE),
    ],
)
def test_a_partial_index_serves_only_what_states_its_condition(condition, stated, verdict):
    assert covered(index("a", condition=condition), equality="a", condition=stated).served is verdict


def test_a_partial_index_on_other_fields_needs_no_judgement():
    assert covered(index("b", condition="x = 1"), equality="a", condition="y = 2").served is NONE


def test_an_expression_over_a_filtered_field_needs_judgement():
    found = covered(make_index("idx", "rows", "lower(t)"), equality="t")
    assert found.served is Verdict.UNDECIDED
    assert "idx is over an expression" in found.note
    assert covered(make_index("idx", "rows", "lower(at)"), equality="t").served is NONE


def test_keys_count_as_indexes():
    keyed = make_entity("rows", "id uuid", "a uuid", key="a")
    assert covered(equality="a", entities=(keyed,)).served is FULL
    unique = make_entity("rows", "id uuid", "a uuid", "b uuid", unique=["a, b"])
    assert covered(equality="ab", entities=(unique,)).by.name == "rows_a_b_key"


def test_a_lookup_that_fixes_a_whole_key_is_settled():
    keyed = make_entity("rows", "id uuid", "a uuid", "b uuid", key="a")
    found = covered(equality="ab", sort="b", entities=(keyed,))
    assert (found.served, found.is_settled, found.proposal) == (PARTLY, True, None)
    assert found.note == "rows_pkey finds one row at most, so nothing more is needed."


def test_without_filter_and_order_no_index_applies():
    reads = make_query("All", "rows", returned=["rows.a"])
    writes = make_query("Add", "rows", kind=OperationKind.WRITE)
    assert covered(query=reads).served is Verdict.NOT_APPLICABLE
    assert covered(query=writes).served is Verdict.NOT_APPLICABLE


def test_a_read_that_names_no_field_needs_judgement():
    assert covered(query=make_query("Find", "rows")).served is Verdict.UNDECIDED


def test_a_write_with_filters_is_served_like_a_read():
    purge = make_query("Purge", "rows", kind=OperationKind.WRITE, range=["rows.a"])
    assert covered(query=purge).served is NONE
    assert covered(index("a"), query=purge).served is FULL


def test_frequency_does_not_change_the_verdict():
    assert covered(index("a"), equality="a", frequency=Frequency.HIGH).served is FULL


def test_another_kind_of_store_needs_judgement():
    cache = make_store("Redis", kind=StoreKind.KEY_VALUE)
    found = covered(equality="a", stores=(cache,), entities=(ROWS.model_copy(update={"store": cache.uid}),))
    assert found.served is Verdict.UNDECIDED
    assert "key-value store" in found.note


def test_the_best_index_is_named():
    found = covered(index("a"), make_index("better", "rows", "a, b"), equality="ab")
    assert (found.served, found.by.name) == (FULL, "better")


def test_of_two_partial_services_the_one_that_narrows_most_is_named():
    found = covered(index("a"), make_index("better", "rows", "a, b"), equality="abc")
    assert (found.served, found.by.name) == (PARTLY, "better")
