import pytest

from projects.design.tree import Cache, FileLayout, KeySpace
from projects.design.vocabulary import StoreKind, StructureKind
from tests.projects.checks.builders import make, make_design, make_entity, make_store, open_paths_of, paths_of

RELATIONAL = make_store()
FILES = make_store("S3", name="files", kind=StoreKind.FILE)
KEYS = make_store("Redis", name="keys", kind=StoreKind.KEY_VALUE)
FAST = make_store("Redis", name="fast", kind=StoreKind.CACHE)
TABLE = make_entity("refunds", "id uuid")


def a_space(store=None):
    return make(KeySpace, "sessions", pattern="session:{id}", store=store)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"entities": (make_entity("refunds", "id uuid", store=FILES.uid),)}, ["refunds"]),
        ({"entities": (make_entity("refunds", "id uuid", store=RELATIONAL.uid),)}, []),
        (
            {"entities": (make_entity("refunds", "id uuid", store=RELATIONAL.uid, kind=StructureKind.COLLECTION),)},
            ["refunds"],
        ),
        ({"key_spaces": (a_space(FILES.uid),)}, ["session:{id}"]),
        ({"key_spaces": (a_space(FAST.uid),)}, []),
        ({"file_layouts": (make(FileLayout, "f", structure="f/", store=KEYS.uid),)}, ["f/"]),
    ],
)
def test_a_structure_lies_in_a_store_of_its_kind(parts, found):
    assert paths_of(make_design(stores=(RELATIONAL, FILES, KEYS, FAST), **parts), "structure-in-wrong-store") == found


def test_a_store_that_holds_nothing_is_found():
    assert paths_of(make_design(stores=(RELATIONAL, FILES), entities=(TABLE,)), "store-empty") == ["files"]


def test_a_cache_holds_what_step_8_says():
    design = make_design(stores=(RELATIONAL, FAST), entities=(TABLE,), caches=(make(Cache, "Refund", store=FAST.uid),))
    assert paths_of(design, "store-empty") == []


def test_stores_are_not_asked_before_there_is_any_structure():
    assert paths_of(make_design(stores=(RELATIONAL,)), "store-empty") == []


def test_where_two_stores_could_hold_it_people_say_which():
    design = make_design(stores=(RELATIONAL, make_store(name="archive")), entities=(TABLE,))
    assert paths_of(design, "structure-without-store") == ["refunds"]
    assert open_paths_of(design, "store-empty") == ["main", "archive"]


def test_where_one_store_could_hold_it_nobody_is_asked():
    assert paths_of(make_design(stores=(RELATIONAL, FILES), entities=(TABLE,)), "structure-without-store") == []
