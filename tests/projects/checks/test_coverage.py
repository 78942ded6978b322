import pytest

from projects.checks.coverage import coverage
from projects.checks.serving import Verdict
from projects.design.vocabulary import Frequency, IndexMethod, OperationKind, Pagination, StoreKind, UseRole
from tests.projects.checks.builders import (
    make_design,
    make_entity,
    make_index,
    make_query,
    make_relationship,
    make_store,
    uid_of,
)

ROLES = {role.value for role in UseRole}
FULL, PARTLY, NONE = Verdict.FULL, Verdict.PARTLY, Verdict.NONE
ROWS = make_entity("rows", "id uuid", "a uuid", "b uuid", "c uuid", "t text", "g geometry", "v vector(3)", "j jsonb")


def covered(*indexes, entities=(ROWS,), stores=(), query=None, **facts):
    """The coverage of one query over rows; its fields are named by their letter."""
    facts |= {role: [path(letter) for letter in facts[role]] for role in ROLES & facts.keys()}
    asked = query or make_query("Find", "rows", **facts)
    return coverage(make_design(entities=entities, queries=[asked], indexes=indexes, stores=stores))[0]


def path(letter):
    return f"-rows.{letter.lower()}" if letter.isupper() else f"rows.{letter}"


def index(fields, **facts):
    """An index by letters, capitals for descending ones."""
    return make_index("idx", "rows", ", ".join(path(one).replace("rows.", "") for one in fields), **facts)


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


ORDERS = make_entity("orders", "id uuid", "row_id uuid", "state text")
LINK = make_relationship("orders.row_id", "rows.id")


def joined(*indexes, relationships=(LINK,), start="orders", **roles):
    query = make_query("Join", start, **roles)
    design = make_design(entities=(ROWS, ORDERS), queries=[query], indexes=indexes, relationships=relationships)
    return coverage(design)[0]


def test_the_inner_side_of_a_join_is_looked_up_by_its_join_field():
    found = joined(start="rows", equality=["rows.id"], join=["orders.row_id"])
    assert found.served is NONE
    assert found.proposal.in_words == "orders (row_id)"
    by_row = make_index("idx_orders_row_id", "orders", "row_id")
    assert joined(by_row, start="rows", equality=["rows.id"], join=["orders.row_id"]).served is FULL


def test_the_outer_side_of_a_join_needs_no_index_on_its_join_field():
    by_state = make_index("idx_orders_state", "orders", "state")
    found = joined(by_state, equality=["orders.state"], join=["orders.row_id"], returned=["rows.a"])
    assert found.served is FULL
    assert [part.by.name for part in found.parts] == ["idx_orders_state", "rows_pkey"]


def test_a_filter_on_the_inner_side_adds_to_its_join_field():
    found = joined(start="rows", equality=["rows.id", "orders.state"], join=["orders.row_id"])
    assert found.proposal.in_words == "orders (state, row_id)"


def test_a_join_without_relationship_goes_by_the_stated_field():
    found = joined(start="rows", equality=["rows.id"], join=["orders.row_id"], relationships=())
    assert found.proposal.in_words == "orders (row_id)"


def test_a_query_is_served_as_its_worst_entity_is():
    found = joined(equality=["orders.id", "rows.a"])
    assert [part.served for part in found.parts] == [FULL, NONE]
    assert found.served is NONE


def test_a_join_through_three_entities_is_followed():
    tags = make_entity("tags", "id uuid", "order_id uuid")
    lines = (LINK, make_relationship("tags.order_id", "orders.id"))
    query = make_query(
        "Walk", "rows", equality=["rows.id"], join=["orders.row_id", "orders.id", "tags.order_id"], returned=["tags.id"]
    )
    design = make_design(entities=(ROWS, ORDERS, tags), queries=[query], relationships=lines)
    needs = {part.entity: part.proposal.in_words for part in coverage(design)[0].parts if part.proposal}
    assert needs == {uid_of("orders"): "orders (row_id)", uid_of("tags"): "tags (order_id)"}


def test_a_join_on_several_fields_needs_them_all():
    parent = make_entity("prices", "a uuid", "b uuid", key="a, b")
    child = make_entity("lines", "id uuid", "a uuid", "b uuid")
    line = make_relationship("lines.a, lines.b", "prices.a, prices.b")
    query = make_query("Join", "lines", equality=["lines.id"], join=["lines.a", "lines.b"], returned=["prices.a"])
    design = make_design(entities=(parent, child), queries=[query], relationships=(line,))
    assert coverage(design)[0].served is FULL


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({"equality": "ba"}, "rows (b, a)"),
        ({"equality": "a", "range": "b"}, "rows (a, b)"),
        ({"equality": "a", "sort": "Bc"}, "rows (a, b descending, c)"),
        ({"range": "b"}, "rows (b)"),
        ({"range": "bc"}, "rows (b)"),
        ({"range": "b", "sort": "c"}, "rows (b)"),
        ({"range": "b", "sort": "c", "pagination": Pagination.KEYSET}, "rows (c)"),
        ({"range": "b", "sort": "BC"}, "rows (b descending, c descending)"),
        ({"search": "t", "equality": "a"}, "rows (t)"),
    ],
)
def test_the_missing_index_has_equality_first_then_range_or_sort(roles, words):
    assert covered(**roles).proposal.in_words == words


@pytest.mark.parametrize(
    ("field", "method"),
    [("t", IndexMethod.GIN), ("j", IndexMethod.GIN), ("g", IndexMethod.GEOSPATIAL), ("v", IndexMethod.VECTOR)],
)
def test_a_missing_search_index_is_of_the_kind_of_its_field(field, method):
    assert covered(search=field).proposal.method is method


def test_a_proposal_extends_what_serves_in_part():
    assert covered(index("b"), equality="ab").proposal.in_words == "rows (b, a)"


def test_a_search_that_is_served_as_well_as_can_be_gets_no_proposal():
    assert covered(index("t", method=IndexMethod.GIN), search="t", equality="a").proposal is None


def test_a_proposed_name_follows_the_convention_and_is_free():
    taken = make_index("IDX_rows_a", "rows", "c")
    assert covered(equality="a").proposal.name == "idx_rows_a"
    assert covered(taken, equality="a").proposal.name == "idx_rows_a_2"


def test_two_queries_that_lack_the_same_index_are_proposed_the_same():
    queries = [make_query(name, "rows", equality=["rows.a"]) for name in ("One", "Other")]
    one, other = coverage(make_design(entities=(ROWS,), queries=queries))
    assert one.proposal == other.proposal


def test_a_proposed_name_fits_the_system():
    wide = make_entity("rows", "id uuid", f"{'é' * 60} text")
    query = make_query("Find", "rows", equality=[f"rows.{'é' * 60}"])
    design = make_design(entities=(wide,), queries=[query], stores=(make_store("PostgreSQL 16"),))
    assert len(coverage(design)[0].proposal.name.encode()) <= 63


READS_ALL = "so each call reads the whole table."


@pytest.mark.parametrize(
    ("indexes", "roles", "says", "missing"),
    [
        ((), {"equality": "a"}, f"No index of rows starts with a, {READS_ALL}", "rows (a)"),
        ((), {"equality": "a", "range": "b"}, f"No index of rows starts with a or b, {READS_ALL}", "rows (a, b)"),
        ((), {"search": "t"}, f"No index of rows searches t, {READS_ALL}", "rows (t)"),
        (
            (),
            {"sort": "A"},
            "No index of rows has the order a descending, so each call sorts the whole table.",
            "rows (a descending)",
        ),
        (
            (index("a"),),
            {"equality": "a", "sort": "b"},
            "idx finds rows by a; the rows are sorted after reading.",
            "rows (a, b)",
        ),
        ((index("a"),), {"equality": "ab"}, "idx finds rows by a; b is checked row by row.", "rows (a, b)"),
    ],
)
def test_a_note_says_what_happens_and_what_is_missing(indexes, roles, says, missing):
    assert covered(*indexes, **roles).note == f"{says} Missing: an index on {missing}."


@pytest.mark.parametrize(
    ("keys", "roles", "note"),
    [
        ("a", {"equality": "a"}, ""),
        ("ab", {"equality": "a", "range": "b", "sort": "c"}, "The rows are sorted after reading."),
        ("ac", {"equality": "a", "range": "b", "sort": "c"}, "b is checked row by row."),
    ],
)
def test_a_note_on_a_full_service_says_what_remains(keys, roles, note):
    assert covered(index(keys), **roles).note == note
