import pytest

from projects.design.vocabulary import Frequency, IndexMethod, OperationKind
from tests.projects.checks.builders import make_design, make_entity, make_index, make_query, open_paths_of, paths_of

LETTERS = "abcdef"


def answers(design, rule):
    return len(paths_of(design, rule)), len(open_paths_of(design, rule))


def written(frequency, count=6):
    rows = make_entity("rows", "id uuid", *(f"{letter} text" for letter in LETTERS))
    indexes = tuple(make_index(f"idx_{letter}", "rows", letter) for letter in LETTERS[:count])
    write = make_query("Add", "rows", kind=OperationKind.WRITE, frequency=frequency)
    return make_design(entities=(rows,), indexes=indexes, queries=(write,))


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (written(Frequency.HIGH), (1, 0)),
        (written(Frequency.HIGH, 2), (0, 0)),
        (written(Frequency.LOW), (0, 0)),
        (written(None), (0, 1)),
    ],
)
def test_heavy_writes_maintain_few_indexes(design, expected):
    assert answers(design, "indexes-on-heavy-writes") == expected


def over(type_, **facts):
    index = make_index("idx", "rows", "a", **facts)
    return make_design(entities=(make_entity("rows", "id uuid", f"a {type_}"),), indexes=(index,))


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (over("jsonb"), (1, 0)),
        (over("jsonb", method=IndexMethod.GIN), (0, 0)),
        (over("bytea"), (0, 1)),
        (over("bytea", is_unique=True), (0, 0)),
        (over("text"), (0, 0)),
    ],
)
def test_a_btree_is_over_what_has_an_order(design, expected):
    assert answers(design, "index-on-wrong-type") == expected


@pytest.mark.parametrize(("type_", "found"), [("varchar(4000)", 1), ("varchar(200)", 0), ("text", 0)])
def test_entries_fit_on_their_page(type_, found):
    assert answers(over(type_), "index-too-wide") == (found, 0)
