import pytest

from projects.design.tree import DataElement, FileLayout, KeySpace
from projects.design.vocabulary import Eviction, FieldRole, StoreKind, StructureKind
from tests.projects.checks.builders import (
    make,
    make_design,
    make_entity,
    make_field,
    make_store,
    open_paths_of,
    paths_of,
)

KEYS = make_store("Redis", name="keys", kind=StoreKind.KEY_VALUE)
ELEMENT = make(DataElement, "Session", kept_for="30 days")


def spaces(*patterns, **facts):
    made = (make(KeySpace, pattern, pattern=pattern, **{"store": KEYS.uid} | facts) for pattern in patterns)
    return make_design(stores=(KEYS,), key_spaces=tuple(made), data_elements=(ELEMENT,))


def answers(design, rule):
    return len(paths_of(design, rule)), len(open_paths_of(design, rule))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("session:{user_id}", (0, 0)),
        ("session:{user.id}:cart", (0, 0)),
        ("session:{user id}", (1, 0)),
        ("session:{}", (1, 0)),
        ("session:{user_id", (1, 0)),
        ("session:user_id}", (1, 0)),
        ("session:<user_id>", (0, 1)),
        ("session:*", (0, 1)),
    ],
)
def test_placeholders_are_names_in_braces(pattern, expected):
    assert answers(spaces(pattern), "key-placeholder-malformed") == expected


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [(("session:{id}",), (0, 0)), (("{id}", "cart:{id}"), (1, 0)), (("{id}",), (0, 1))],
)
def test_keys_begin_with_a_fixed_word(patterns, expected):
    assert answers(spaces(*patterns), "key-without-namespace") == expected


def test_two_patterns_of_one_store_give_different_keys():
    rule = "key-patterns-collide"
    assert answers(spaces("cart:{user_id}", "cart:{session_id}"), rule) == (1, 0)
    assert answers(spaces("cart:user:{id}", "cart:session:{id}"), rule) == (0, 0)
    several = (KEYS, make_store("Redis", name="more", kind=StoreKind.KEY_VALUE))
    made = tuple(make(KeySpace, pattern, pattern=pattern) for pattern in ("cart:{a}", "cart:{b}"))
    assert answers(make_design(stores=several, key_spaces=made), rule) == (0, 1)


@pytest.mark.parametrize(("facts", "found"), [({}, 1), ({"ttl": "30 min"}, 0), ({"eviction": Eviction.NONE}, 0)])
def test_keys_go_some_day(facts, found):
    assert answers(spaces("session:{id}", **facts), "key-kept-forever") == (found, 0)


@pytest.mark.parametrize(
    ("ttl", "expected"), [("90 days", (1, 0)), ("30 min", (0, 0)), ("until logout", (0, 1)), ("", (0, 0))]
)
def test_keys_do_not_outlive_what_they_hold(ttl, expected):
    design = spaces("session:{id}", ttl=ttl, data_element=ELEMENT.uid)
    assert answers(design, "ttl-longer-than-retention") == expected


@pytest.mark.parametrize(
    ("structure", "naming", "expected"),
    [
        ("evidence/", "photo.jpg", (1, 0)),
        ("evidence/{refund_id}/", "photo.jpg", (0, 0)),
        ("evidence/", "{uuid}.jpg", (0, 0)),
        ("evidence/", "{colour}.jpg", (0, 1)),
        ("evidence/", "as the client sends it", (0, 1)),
        ("evidence/", "", (0, 0)),
    ],
)
def test_files_are_told_apart_by_their_names(structure, naming, expected):
    layout = make(FileLayout, "files", structure=structure, naming=naming)
    assert answers(make_design(file_layouts=(layout,)), "file-names-collide") == expected


def measured(*fields):
    entity = make_entity("requests", *fields, key="", kind=StructureKind.MEASUREMENT)
    return make_design(entities=(entity,))


def tag(text, **facts):
    return make_field("requests", text, role=FieldRole.TAG, **facts)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (tag("request_id uuid"), (1, 0)),
        (tag("route text"), (0, 0)),
        (tag("customer_id text"), (0, 1)),
        (tag("request_id uuid", rule="at most 100"), (0, 0)),
    ],
)
def test_tags_repeat(field, expected):
    assert answers(measured(field), "tag-without-bound") == expected


def test_a_measurement_has_a_time():
    assert answers(measured("value double"), "measurement-without-time") == (1, 0)
    assert answers(measured("at timestamptz", "value double"), "measurement-without-time") == (0, 0)


def vectors(dimensions, model="", field="vector(1536)"):
    entity = make_entity(
        "notes", f"embedding {field}", key="", kind=StructureKind.VECTORS, dimensions=dimensions, embedding_model=model
    )
    return make_design(entities=(entity,))


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (vectors(1536), (0, 0)),
        (vectors(768), (1, 0)),
        (vectors(1536, "OpenAI text-embedding-3-small"), (0, 0)),
        (vectors(768, "all-MiniLM-L6-v2", "float[]"), (1, 0)),
        (vectors(256, "text-embedding-3-large", "float[]"), (0, 1)),
        (vectors(256, "our own", "float[]"), (0, 0)),
    ],
)
def test_dimensions_agree(design, expected):
    assert answers(design, "vector-dimensions-differ") == expected
