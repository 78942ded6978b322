"""The index that coverage says is missing, and the words it says it in."""

import pytest

from projects.checks.coverage import coverage
from projects.design.vocabulary import IndexMethod, Pagination
from tests.projects.checks.builders import make_design, make_entity, make_index, make_query, make_store
from tests.projects.checks.rows import ROWS, covered, index


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
