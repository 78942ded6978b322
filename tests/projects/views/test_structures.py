"""What lies in each kind of store, through HTTP: entities that take their kind from it, key spaces, file layouts."""

from typing import Any

import pytest
from django.test import Client

from projects.models import Entity, EntityField, EntityKey, Feature, FileLayout, KeySpace, Query, Relationship, Store
from tests.factories import make_entity, make_feature

HTMX = {"HX-Request": "true"}
BASE = "/projects/payments/billing/refunds/"


def make_store(feature: Feature, kind: str, name: str = "") -> Store:
    return Store.objects.create(feature=feature, kind=kind, name=name or kind)


def new_entity(client: Client, **cells: Any) -> Any:
    data = {f"new-{name}": value for name, value in cells.items()}
    return client.post(f"{BASE}rows/entities/new/", data, headers=HTMX)


def save_entity(client: Client, entity: Entity, **cells: Any) -> Any:
    values = {"name": entity.name, "kind": entity.kind, "store": entity.store_id or "", "version": entity.version}
    data = {f"{entity.uid}-{name}": value for name, value in (values | cells).items()}
    return client.post(f"{BASE}rows/entities/{entity.uid}/", data | {"at": str(entity.uid)}, headers=HTMX)


@pytest.mark.parametrize(
    ("store", "kind"),
    [
        ("relational", "table"),
        ("document", "collection"),
        ("time-series", "measurement"),
        ("vector", "vector-collection"),
        ("search-index", "search-index"),
    ],
)
def test_an_entity_takes_its_kind_from_its_store(
    architect_client: Client, feature: Feature, store: str, kind: str
) -> None:
    new_entity(architect_client, name="things", store=make_store(feature, store).pk)
    assert Entity.objects.get().kind == kind


def test_without_a_store_it_is_a_table(architect_client: Client, feature: Feature) -> None:
    new_entity(architect_client, name="refunds")
    assert Entity.objects.get().kind == "table"


def test_in_a_graph_the_person_says_which_of_two_kinds_it_is(architect_client: Client, feature: Feature) -> None:
    graph = make_store(feature, "graph")
    asked = new_entity(architect_client, name="Person", store=graph.pk)
    new_entity(architect_client, name="Person", store=graph.pk, kind="node-type")
    assert asked.status_code == 422
    assert "holds node types and edge types" in asked.content.decode()
    assert Entity.objects.get().kind == "node-type"


@pytest.mark.parametrize(
    ("store", "cells", "words"),
    [
        ("document", {"kind": "table"}, "holds collections, not tables"),
        ("key-value", {}, "Its keys are described on the page “Key spaces”."),
        ("file", {}, "Its files are described on the page “File layouts”."),
    ],
)
def test_a_store_takes_only_what_it_holds(
    architect_client: Client, feature: Feature, store: str, cells: dict[str, str], words: str
) -> None:
    answer = new_entity(architect_client, name="things", store=make_store(feature, store).pk, **cells)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Entity.objects.exists()


def test_another_store_gives_another_kind_and_shows_the_page_anew(architect_client: Client, feature: Feature) -> None:
    entity = make_entity(feature, "orders")
    answer = save_entity(architect_client, entity, store=make_store(feature, "document").pk)
    entity.refresh_from_db()
    assert entity.kind == "collection"
    assert answer.headers["HX-Redirect"].endswith(f"?at={entity.uid}")


def test_an_entity_does_not_move_where_its_keys_could_not_follow(architect_client: Client, feature: Feature) -> None:
    entity = make_entity(feature, "orders", "id uuid")
    answer = save_entity(architect_client, entity, store=make_store(feature, "time-series").pk)
    entity.refresh_from_db()
    assert (answer.status_code, entity.kind, entity.store) == (422, "table", None)
    assert "It has keys, which a measurement does not have." in answer.content.decode()
    assert EntityKey.objects.exists()


def test_a_store_keeps_its_kind_while_something_else_would_not_fit(architect_client: Client, feature: Feature) -> None:
    store = make_store(feature, "relational", "main")
    Entity.objects.create(feature=feature, name="orders", store=store)
    data = {f"{store.uid}-{name}": value for name, value in {"version": 1, "name": "main", "kind": "graph"}.items()}
    answer = architect_client.post(f"{BASE}rows/stores/{store.uid}/", data, headers=HTMX)
    assert answer.status_code == 422
    assert "“orders” lies in this store" in answer.content.decode()


COLUMNS = {
    "collection": ("Path", "Array", "Rule"),
    "measurement": ("Role", "Time", "Tag"),
    "vector-collection": ("Role", "Metadata filter", "Distance metric", "Dimensions"),
    "node-type": ("Property", "Relationships", "Keys"),
    "edge-type": ("Property", "Edge type"),
    "search-index": ("Analyser", "Weight", "Refresh"),
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_each_kind_has_a_page_and_rows_of_its_own(architect_client: Client, feature: Feature, kind: str) -> None:
    entity = Entity.objects.create(feature=feature, name="things", kind=kind)
    page = architect_client.get(f"{BASE}steps/data-model/?at={entity.uid}").content.decode()
    answer = architect_client.post(
        f"{BASE}rows/fields/new/",
        {"at": str(entity.uid), "new-name": "made", "new-description": "Kept"},
        headers=HTMX,
    )
    assert [words for words in COLUMNS[kind] if words not in page] == []
    assert answer.status_code == 200
    assert EntityField.objects.get().description == "Kept"


def test_what_a_row_does_not_show_stays_when_it_is_saved(architect_client: Client, feature: Feature) -> None:
    entity = Entity.objects.create(feature=feature, name="docs", kind="collection")
    field = EntityField.objects.create(feature=feature, entity=entity, name="a", weight="2", generation="computed")
    cells = {"version": 1, "name": "lines.price", "type": "decimal", "is_array": "on"}
    data = {f"{field.uid}-{name}": value for name, value in cells.items()} | {"at": str(entity.uid)}
    architect_client.post(f"{BASE}rows/fields/{field.uid}/", data, headers=HTMX)
    field.refresh_from_db()
    assert (field.name, field.is_array, field.weight, field.generation) == ("lines.price", True, "2", "computed")


def test_a_path_with_a_gap_is_refused(architect_client: Client, feature: Feature) -> None:
    entity = Entity.objects.create(feature=feature, name="docs", kind="collection")
    data = {"at": str(entity.uid), "new-name": "lines..price"}
    answer = architect_client.post(f"{BASE}rows/fields/new/", data, headers=HTMX)
    assert answer.status_code == 422
    assert "like lines.price" in answer.content.decode()


def test_a_role_belongs_to_its_kind_of_structure(architect_client: Client, feature: Feature) -> None:
    entity = Entity.objects.create(feature=feature, name="latency", kind="measurement")
    data = {"at": str(entity.uid), "new-name": "v", "new-role": "vector"}
    answer = architect_client.post(f"{BASE}rows/fields/new/", data, headers=HTMX)
    assert "In a measurement, a field is time or tag or value." in answer.content.decode()


def test_nested_fields_are_named_in_operations_and_indexes(architect_client: Client, feature: Feature) -> None:
    entity = Entity.objects.create(feature=feature, name="docs", kind="collection")
    EntityField.objects.create(feature=feature, entity=entity, name="lines.price", type="decimal")
    query = {"new-name": "Dear", "new-kind": "read", "new-filters": "docs.lines.price range"}
    index = {"new-entity_name": "docs", "new-fields_text": "lines.price", "new-method": "btree"}
    asked = architect_client.post(f"{BASE}rows/queries/new/", query, headers=HTMX)
    made = architect_client.post(f"{BASE}rows/indexes/new/", index, headers=HTMX)
    wrong = architect_client.post(f"{BASE}rows/indexes/new/", index | {"new-method": "gin"}, headers=HTMX)
    assert (asked.status_code, made.status_code, wrong.status_code) == (200, 200, 422)
    assert "A collection has no gin index." in wrong.content.decode()


def test_an_edge_lies_between_node_types(architect_client: Client, feature: Feature) -> None:
    for name, kind in (("Person", "node-type"), ("KNOWS", "edge-type"), ("orders", "table")):
        Entity.objects.create(feature=feature, name=name, kind=kind)
    edge = Entity.objects.get(name="KNOWS")
    url, at = f"{BASE}rows/relationships/new/", {"at": str(edge.uid), "new-cardinality": "N:M"}
    wrong = architect_client.post(url, at | {"new-from_text": "Person", "new-to_text": "orders"}, headers=HTMX)
    architect_client.post(url, at | {"new-from_text": "Person", "new-to_text": "Person"}, headers=HTMX)
    assert "An edge lies between node types, and “orders” is none." in wrong.content.decode()
    assert Relationship.objects.get().junction == edge


def new_key_space(client: Client, **cells: Any) -> Any:
    data = {f"new-{name}": value for name, value in cells.items()} | {"at": "key-spaces"}
    return client.post(f"{BASE}rows/key-spaces/new/", data, headers=HTMX)


@pytest.mark.parametrize("pattern", ["session:{user_id}", "feature-flags", "cart:{tenant_id}:{user_id}", "a/{b}/c"])
def test_a_sound_key_pattern_is_taken(architect_client: Client, feature: Feature, pattern: str) -> None:
    assert new_key_space(architect_client, pattern=pattern).status_code == 200
    assert KeySpace.objects.get().pattern == pattern


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("session:{user_id", "A brace stands alone here."),
        ("session:user_id}", "A brace stands alone here."),
        ("session:{}", "This placeholder has no name."),
        ("session:{user id}", "A key has no spaces."),
        ("session:{1st}", "is no placeholder"),
        ("{user_id}", "Begin the pattern with a fixed word"),
        (":{user_id}", "Begin the pattern with a fixed word"),
        ("session{user_id}", "Put a separator between “session” and the first placeholder"),
        ("cart:{a}{b}", "Put a separator between two placeholders"),
        ("cart:{a}:{a}", "stands here twice"),
    ],
)
def test_a_broken_key_pattern_is_refused_with_a_sentence(
    architect_client: Client, feature: Feature, pattern: str, words: str
) -> None:
    answer = new_key_space(architect_client, pattern=pattern)
    assert answer.status_code == 422
    assert words in answer.content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize(("cell", "text"), [("ttl", "soon"), ("size_estimate", "tiny")])
def test_what_cannot_be_counted_with_is_refused(
    architect_client: Client, feature: Feature, cell: str, text: str
) -> None:
    answer = new_key_space(architect_client, pattern="a:{b}", **{cell: text})
    assert answer.status_code == 422
    assert f"“{text}” cannot be read." in answer.content.decode()


def test_keys_and_files_lie_in_stores_of_their_kind(architect_client: Client, feature: Feature) -> None:
    store = make_store(feature, "relational", "main")
    keys = new_key_space(architect_client, pattern="a:{b}", store=store.pk)
    data = {"at": "file-layouts", "new-structure": "invoices/{yyyy}/", "new-store": store.pk}
    files = architect_client.post(f"{BASE}rows/file-layouts/new/", data, headers=HTMX)
    assert "keys lie in a key-value store or a cache" in keys.content.decode()
    assert "files lie in a file storage" in files.content.decode()
    assert not FileLayout.objects.exists()


def test_the_pages_of_keys_and_files_show_when_there_is_a_store_for_them(
    architect_client: Client, feature: Feature
) -> None:
    before = architect_client.get(f"{BASE}steps/data-model/").content.decode()
    make_store(feature, "key-value")
    make_store(feature, "file")
    Feature.objects.filter(pk=feature.pk).update(version=feature.version + 1)
    after = architect_client.get(f"{BASE}steps/data-model/").content.decode()
    assert ("?at=key-spaces" in before, "?at=file-layouts" in before) == (False, False)
    assert ("?at=key-spaces" in after, "?at=file-layouts" in after) == (True, True)


@pytest.mark.parametrize("at", ["key-spaces", "file-layouts"])
def test_members_read_the_pages_and_outsiders_do_not(
    viewer_client: Client, outsider_client: Client, feature: Feature, at: str
) -> None:
    page = viewer_client.get(f"{BASE}steps/data-model/?at={at}")
    assert (page.status_code, "data-new" in page.content.decode()) == (200, False)
    assert outsider_client.get(f"{BASE}steps/data-model/?at={at}").status_code == 404
    assert viewer_client.post(f"{BASE}rows/{at}/new/", {"new-pattern": "a"}).status_code == 403
    assert outsider_client.post(f"{BASE}rows/{at}/new/", {"new-pattern": "a"}).status_code == 404


def test_entities_stand_by_store_with_their_kind(architect_client: Client, feature: Feature) -> None:
    for name, kind, structure in (("main", "relational", "table"), ("docs", "document", "collection")):
        store = make_store(feature, kind, name)
        Entity.objects.create(feature=feature, name=f"{name}_things", kind=structure, store=store)
    page = architect_client.get(f"{BASE}steps/data-model/").content.decode()
    assert '<span class="tab-group"><bdi>docs</bdi></span>' in page
    assert '<span class="tag">Collection</span>' in page


def test_a_design_without_tables_says_why_there_is_no_diagram(architect_client: Client, feature: Feature) -> None:
    Entity.objects.create(feature=feature, name="docs", kind="collection")
    answer = architect_client.get(f"{BASE}companion/?step=data-model&companion=diagram", headers=HTMX)
    assert "This diagram draws tables" in answer.content.decode()


def test_the_guide_shows_what_other_features_of_the_project_use(architect_client: Client, feature: Feature) -> None:
    for path in ("payments/billing/payments", "payments/billing/ledger"):
        Store.objects.create(feature=make_feature(path), name="main", kind="relational", system="PostgreSQL 16")
    Store.objects.create(feature=make_feature("elsewhere/a/b"), name="main", kind="graph", system="Hidden 1")
    make_store(feature, "document")
    Feature.objects.filter(pk=feature.pk).update(version=feature.version + 1)
    page = architect_client.get(f"{BASE}steps/storage/").content.decode()
    assert "<bdi>PostgreSQL 16</bdi> (2 features)" in page
    assert "Hidden 1" not in page
    assert '<option value="MongoDB">Document store</option>' in page


def test_an_operation_keeps_what_its_details_say(architect_client: Client, feature: Feature) -> None:
    make_entity(feature, "refunds", "id uuid", "status text")
    data = {"new-name": "Settle", "new-kind": "write", "new-entity_name": "refunds"}
    architect_client.post(f"{BASE}rows/queries/new/", data, headers=HTMX)
    query = Query.objects.get()
    space = KeySpace.objects.create(feature=feature, pattern="refund:{id}")
    cells = {"version": 1, "written": "status", "aggregation": "count by day", "key_space": space.pk}
    details = {f"{query.uid}-{name}": value for name, value in cells.items()} | {"at": str(query.uid)}
    answer = architect_client.post(f"{BASE}rows/query-details/{query.uid}/", details, headers=HTMX)
    query.refresh_from_db()
    assert answer.status_code == 200
    assert (query.key_space, query.aggregation, query.uses.get().role) == (space, "count by day", "written")
