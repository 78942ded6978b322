import pytest

from projects.design.vocabulary import OperationKind
from tests.projects.checks.builders import (
    make_entity,
    make_query,
    make_store,
    make_volume,
    open_paths_of,
    paths_of,
)
from tests.projects.checks.designs import STAMPS, finished_design, with_entity


@pytest.mark.parametrize(
    ("key", "growth", "found"),
    [("id integer", "2 million / day", 1), ("id bigint", "2 million / day", 0), ("id integer", "1000 / day", 0)],
)
def test_a_key_that_runs_out_is_found(key, growth, found):
    design = with_entity("events", key, *STAMPS)
    design = type(design)(**{**dict(design), "volumes": (make_volume("events", "0", growth, "1 billion"),)})
    assert len(paths_of(design, "key-too-small")) == found


def test_a_small_key_without_volume_is_left_to_people_where_something_writes():
    entity = make_entity("kinds", "id smallint", *STAMPS)
    write = make_query("Add a kind", "kinds", kind=OperationKind.WRITE)
    assert open_paths_of(
        finished_design(entities=(entity,), relationships=(), queries=(write,), indexes=()), "key-too-small"
    )
    assert not open_paths_of(
        finished_design(entities=(entity,), relationships=(), queries=(), indexes=()), "key-too-small"
    )


@pytest.mark.parametrize(
    ("system", "found", "asked"), [("MySQL 8", True, False), ("PostgreSQL 16", False, False), ("Oddbase", False, True)]
)
def test_random_keys_count_where_the_table_is_kept_in_their_order(system, found, asked):
    design = finished_design(stores=(make_store(system),))
    assert ("refunds.id" in paths_of(design, "key-in-random-order")) is found
    assert ("refunds.id" in open_paths_of(design, "key-in-random-order")) is asked


def test_the_usual_length_is_remarked_on_once_for_each_entity():
    assert paths_of(with_entity("notes", "id uuid", "title varchar(255)", *STAMPS), "text-length-by-habit") == [
        "notes.title"
    ]
    several = with_entity("notes", "id uuid", "title varchar(255)", "place varchar(255)", *STAMPS)
    assert (paths_of(several, "text-length-by-habit"), open_paths_of(several, "text-length-by-habit")) == (
        [],
        ["notes.title"],
    )
    assert paths_of(with_entity("notes", "id uuid", "title varchar(80)", *STAMPS), "text-length-by-habit") == []
