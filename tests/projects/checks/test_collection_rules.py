import pytest

from projects.design.vocabulary import StoreKind, StructureKind
from tests.projects.checks.builders import make_design, make_entity, make_field, make_store, open_paths_of, paths_of


def collection(*fields, system="MongoDB 8", **facts):
    store = make_store(system, name="documents", kind=StoreKind.DOCUMENT)
    entity = make_entity("orders", *fields, key="", kind=StructureKind.COLLECTION, store=store.uid, **facts)
    return make_design(stores=(store,), entities=(entity,))


def a_list(name="lines", **facts):
    return make_field("orders", f"{name} object", is_array=True, **facts)


@pytest.mark.parametrize(
    ("design", "found", "asked"),
    [
        (collection(a_list(), "lines.price number"), ["orders.lines"], []),
        (collection(a_list(rule="at most 200"), "lines.price number"), [], []),
        (collection(a_list("tags")), [], ["orders.tags"]),
        (collection("tags text[]"), [], ["orders.tags"]),
        (collection("note text"), [], []),
    ],
)
def test_a_list_of_parts_has_an_end(design, found, asked):
    assert (paths_of(design, "array-without-end"), open_paths_of(design, "array-without-end")) == (found, asked)


@pytest.mark.parametrize(
    ("system", "size", "found", "asked"),
    [
        ("MongoDB 8", "12 MB", 1, 0),
        ("MongoDB 8", "200 kB", 0, 0),
        ("DynamoDB", "300 kB", 1, 0),
        ("Oddbase", "12 MB", 0, 1),
        ("MongoDB 8", "not much", 0, 0),
    ],
)
def test_documents_stay_well_below_the_limit_of_their_system(system, size, found, asked):
    design = collection("note text", system=system, size_limit=size)
    assert len(paths_of(design, "document-near-limit")) == found
    assert len(open_paths_of(design, "document-near-limit")) == asked


@pytest.mark.parametrize(
    ("fields", "found"),
    [(("lines.price number",), 1), (("lines object", "lines.price number"), 0), (("a.b x", "a.c x"), 1)],
)
def test_a_nested_path_has_its_parent(fields, found):
    assert len(paths_of(collection(*fields), "path-without-parent")) == found


def test_a_collection_needs_no_primary_key_and_no_standard_fields():
    design = collection("note text")
    assert paths_of(design, "primary-key-missing") == paths_of(design, "standard-fields-missing") == []


def test_the_fields_of_a_collection_have_types_too():
    assert paths_of(collection("note"), "field-type-missing") == ["orders.note"]
