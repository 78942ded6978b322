"""What holds for every query and every index, held against the rule as checks.md words it."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from projects.checks.coverage import coverage
from projects.checks.serving import RANK, Verdict
from projects.design.tree import IndexPart
from projects.design.vocabulary import Direction, IndexMethod
from tests.projects.checks.builders import make_design, make_entity, make_index, make_query, uid_of

LETTERS = "abcdef"
ROWS = make_entity("rows", "id uuid", *(f"{letter} uuid" for letter in LETTERS))
OPPOSITE = {Direction.ASCENDING: Direction.DESCENDING, Direction.DESCENDING: Direction.ASCENDING}

fields = st.lists(st.sampled_from(LETTERS), unique=True, max_size=3)
signs = st.sampled_from(["", "-"])
ordered = st.lists(st.tuples(signs, st.sampled_from(LETTERS)), unique_by=lambda pair: pair[1], max_size=3)
indexes = st.lists(st.tuples(signs, st.sampled_from(LETTERS)), unique_by=lambda pair: pair[1], min_size=1, max_size=5)
methods = st.sampled_from(list(IndexMethod))
queries = st.fixed_dictionaries({"equality": fields, "range": fields, "sort": ordered, "search": st.just([])})


def served(query, *keys, methods=()):
    asked = make_query(
        "Find",
        "rows",
        equality=[f"rows.{letter}" for letter in query["equality"]],
        range=[f"rows.{letter}" for letter in query["range"]],
        sort=[f"{sign}rows.{letter}" for sign, letter in query["sort"]],
        search=[f"rows.{letter}" for letter in query["search"]],
    )
    kinds = methods or [IndexMethod.BTREE] * len(keys)
    made = [
        make_index(f"idx{number}", "rows", ", ".join(f"{sign}{letter}" for sign, letter in parts), method=method)
        for number, (parts, method) in enumerate(zip(keys, kinds, strict=True))
    ]
    return coverage(make_design(entities=[ROWS], queries=[asked], indexes=made))[0]


def as_worded(query, keys):
    """“Fully if its leading |E| keys are E in any order, followed by R or by S in order (all directions equal or all
    reversed); partly if at least one leading key is in E or is R; otherwise not.”"""
    equality = set(query["equality"])
    ranges = set(query["range"]) - equality
    sort = [(sign, letter) for sign, letter in query["sort"] if letter not in equality]
    rest = keys[len(equality) :]
    names = tuple(letter for _, letter in keys)
    if names[: len(equality)] in set(permutations(equality)):
        if not ranges and not sort and equality:
            return Verdict.FULL
        if rest and rest[0][1] in ranges:
            return Verdict.FULL
        reverse = [("" if sign else "-", letter) for sign, letter in sort]
        if sort and rest[: len(sort)] in (sort, reverse):
            return Verdict.FULL
    return Verdict.PARTLY if names[0] in equality | ranges else Verdict.NONE


def asks_nothing(query):
    return not (query["equality"] or query["range"] or query["sort"])


@given(queries, indexes)
def test_a_btree_serves_as_the_rule_is_worded(query, keys):
    expected = Verdict.UNDECIDED if asks_nothing(query) else as_worded(query, keys)
    assert served(query, keys).served is expected


@given(queries, indexes, st.randoms())
def test_the_order_of_equality_keys_does_not_matter(query, keys, random):
    before = served(query, keys).served
    count = len(query["equality"])
    front = keys[:count]
    random.shuffle(front)
    after = served(query, [*front, *keys[count:]]).served
    assert (before is Verdict.FULL) is (after is Verdict.FULL)


@given(queries, indexes)
def test_reversing_all_directions_changes_nothing(query, keys):
    turned = [("" if sign else "-", letter) for sign, letter in keys]
    assert served(query, turned).served is served(query, keys).served


@given(queries, indexes, indexes, methods, methods)
def test_another_index_never_makes_it_worse(query, keys, more, method, other):
    one = served(query, keys, methods=[method]).served
    two = served(query, keys, more, methods=[method, other]).served
    assert RANK[two] >= RANK[one]


@given(queries, indexes)
def test_more_keys_behind_never_make_it_worse(query, keys):
    shorter, longer = served(query, keys[:-1] or keys).served, served(query, keys).served
    assert RANK[longer] >= RANK[shorter]


@given(queries, st.lists(indexes, max_size=2))
def test_the_proposed_index_serves_in_full(query, keys):
    proposal = served(query, *keys).proposal
    if proposal is None:
        return
    names = {uid_of(f"rows.{letter}"): letter for letter in LETTERS}
    parts = [("-" if part.direction is Direction.DESCENDING else "", names[part.field]) for part in proposal.parts]
    assert served(query, *keys, parts).served is Verdict.FULL


@given(queries, st.lists(indexes, max_size=2))
def test_there_is_a_proposal_wherever_an_index_is_missing(query, keys):
    found = served(query, *keys)
    assert (found.served in (Verdict.NONE, Verdict.PARTLY)) is (found.proposal is not None)
    assert (found.by is None) is (found.served in (Verdict.NONE, Verdict.UNDECIDED))


@given(queries, indexes)
def test_a_note_says_so_when_something_is_missing(query, keys):
    found = served(query, keys)
    assert ("Missing:" in found.note) is (found.proposal is not None)


def test_parts_of_a_proposal_are_index_parts():
    assert served({"equality": ["a"], "range": [], "sort": [], "search": []}).proposal.parts == (
        IndexPart(field=uid_of("rows.a")),
    )
