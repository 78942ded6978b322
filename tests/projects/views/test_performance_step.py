"""Step 8 in the workbench: what may be typed, what the page says to the rest, and the tab “Growth”."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from projects.models import Cache, DataElement, Feature, Lifecycle, Optimization, Store, Volume
from tests.factories import make_entity, make_feature

BASE = "/projects/payments/billing/refunds/"
STEP = f"{BASE}steps/performance/"
NEW = "new"


def send(client: Client, part: str, uid: str = NEW, at: str = "", **cells: object) -> Any:
    data = {f"{uid}-{name}": value for name, value in cells.items()} | {"number": 1, "at": at}
    return client.post(f"{BASE}rows/{part}/{uid}/", data, headers={"HX-Request": "true"})


def growth(client: Client) -> str:
    answer = client.get(f"{BASE}companion/?step=performance&companion=growth", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def give_volume(feature: Feature, name: str = "refunds", initial: str = "1,200", rate: str = "10/day") -> Volume:
    entity = make_entity(feature, name, "id bigint", "note text")
    return Volume.objects.create(feature=feature, entity=entity, initial_rows=initial, growth=rate)


def test_a_volume_is_kept_as_typed(architect_client: Client, feature: Feature) -> None:
    make_entity(feature, "refunds", "id uuid")
    cells = {"initial_rows": "1.2 million", "growth": "5 %/month", "peak_rows": "50k"}
    answer = send(architect_client, "volumes", entity_name="refunds", **cells)
    assert answer.status_code == 200
    volume = Volume.objects.get()
    assert (volume.entity.name, volume.initial_rows, volume.growth) == ("refunds", "1.2 million", "5 %/month")


@pytest.mark.parametrize(
    ("cells", "example"),
    [
        ({"initial_rows": "plenty"}, "1,200 or 2 million"),
        ({"growth": "fast"}, "500/day, 5 %/month or none"),
        ({"peak_rows": "1.200"}, "1,200 or 2 million"),
        ({"row_size": "230"}, "200 bytes"),
    ],
)
def test_what_cannot_be_read_is_refused_with_an_example(
    architect_client: Client, feature: Feature, cells: dict[str, str], example: str
) -> None:
    make_entity(feature, "refunds", "id uuid")
    answer = send(architect_client, "volumes", entity_name="refunds", **cells)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert example in text
    assert next(iter(cells.values())) in text
    assert not Volume.objects.exists()


def test_an_entity_has_one_volume(architect_client: Client, feature: Feature) -> None:
    give_volume(feature)
    answer = send(architect_client, "volumes", entity_name="refunds", initial_rows="5")
    assert answer.status_code == 422
    assert "has a volume in another row" in answer.content.decode()


def test_the_volume_of_a_reused_entity_is_given_by_its_owner(architect_client: Client, feature: Feature) -> None:
    entity = make_entity(make_feature("payments/billing/payments"), "payments", "id uuid")
    architect_client.post(f"{BASE}reuse/", {"entity": entity.pk})
    answer = send(architect_client, "volumes", entity_name="payments", initial_rows="5")
    assert answer.status_code == 422
    assert "is reused" in answer.content.decode()


def test_the_peak_of_three_years_is_proposed(architect_client: Client, feature: Feature) -> None:
    give_volume(feature, initial="1,000", rate="10/month")
    assert "<bdi>1,360</bdi>" in architect_client.get(STEP).content.decode()


def test_one_click_adds_the_entities_without_a_volume(architect_client: Client, feature: Feature) -> None:
    give_volume(feature)
    make_entity(feature, "lines", "id uuid")
    assert "Add 1 entity without a volume" in architect_client.get(STEP).content.decode()
    architect_client.post(f"{BASE}rows/volumes/fill/")
    assert sorted(volume.entity.name for volume in Volume.objects.all()) == ["lines", "refunds"]
    assert "without a volume" not in architect_client.get(STEP).content.decode()


def test_retention_stands_at_the_data_element(architect_client: Client, feature: Feature) -> None:
    element = DataElement.objects.create(feature=feature, name="Refunds")
    uid = str(element.uid)
    wrong = send(architect_client, "retentions", uid, version=1, name="Refunds", kept_for="long")
    assert (wrong.status_code, "7 years" in wrong.content.decode()) == (422, True)
    right = send(
        architect_client, "retentions", uid, version=1, name="Refunds", kept_for="7 years", afterwards="Deleted"
    )
    assert right.status_code == 200
    element.refresh_from_db()
    assert (element.kept_for, element.afterwards) == ("7 years", "Deleted")


def test_a_cache_says_where_it_is_and_when_it_goes(architect_client: Client, feature: Feature) -> None:
    store = Store.objects.create(feature=feature, name="Redis", kind="cache")
    cells = {"name": "Refund by id", "store": store.pk, "invalidation": "on every change", "eviction": "lru"}
    assert send(architect_client, "caches", at="strategies", ttl="soon", **cells).status_code == 422
    assert send(architect_client, "caches", at="strategies", ttl="10 s", **cells).status_code == 200
    assert Cache.objects.get().store == store


@pytest.mark.parametrize(
    ("part", "model", "cells"),
    [
        ("optimization", Optimization, {"partitioning": "By month.", "pooling": "Ten for each process."}),
        ("lifecycle", Lifecycle, {"creation": "By the interface.", "deletion": "After ten years."}),
    ],
)
def test_strategies_and_lifecycle_are_answers_in_prose(
    architect_client: Client, feature: Feature, part: str, model: Any, cells: dict[str, str]
) -> None:
    architect_client.post(f"{BASE}rows/{part}/new/", {f"new-{name}": value for name, value in cells.items()})
    kept = model.objects.get(feature=feature)
    assert {name: getattr(kept, name) for name in cells} == cells


@pytest.mark.parametrize(
    ("at", "words"),
    [("", "Expected data volume"), ("strategies", "Optimization strategies"), ("lifecycle", "Data lifecycle")],
)
def test_the_step_has_three_pages(architect_client: Client, feature: Feature, at: str, words: str) -> None:
    text = architect_client.get(f"{STEP}?at={at}").content.decode()
    assert f">{words}</h3>" in text


def test_growth_shows_picture_table_and_formula(architect_client: Client, feature: Feature) -> None:
    Store.objects.create(feature=feature, name="Main", kind="relational", system="PostgreSQL 16")
    give_volume(feature)
    text = growth(architect_client).replace("\u00a0", " ").replace("\u202f", " ")
    assert 'class="plot"' in text
    assert '<th scope="row" class="mono" dir="auto">refunds</th>' in text
    assert "24 B header" in text
    assert "10 × 365.2 days" in text
    assert "PostgreSQL documentation, Database Page Layout" in text


def test_growth_says_what_it_needs(architect_client: Client, feature: Feature) -> None:
    assert "once an entity has fields" in growth(architect_client)


def test_growth_names_what_it_cannot_count(architect_client: Client, feature: Feature) -> None:
    give_volume(feature, "<script>", rate="")
    text = growth(architect_client)
    assert "Not counted" in text
    assert "&lt;script&gt;" in text
    assert "<script>" not in text


def test_growth_follows_a_save(architect_client: Client, feature: Feature) -> None:
    volume = give_volume(feature)
    before = growth(architect_client)
    cells = {"version": 1, "entity_name": "refunds", "initial_rows": "9 million", "growth": "none"}
    send(architect_client, "volumes", str(volume.uid), **cells)
    assert growth(architect_client) != before


@pytest.mark.parametrize("part", ["volumes", "retentions", "caches", "optimization", "lifecycle"])
def test_who_may_not_edit_is_refused(client_of: Callable[[str], Client], feature: Feature, part: str) -> None:
    assert send(client_of("viewer"), part).status_code == 403
    assert send(client_of("outsider"), part).status_code == 404


@pytest.mark.parametrize("at", ["", "strategies", "lifecycle"])
def test_its_pages_take_as_many_statements_for_many_entities(
    architect_client: Client, feature: Feature, django_assert_max_num_queries: Any, at: str
) -> None:
    for number in range(30):
        give_volume(feature, f"tables_{number}")
    architect_client.get(f"{STEP}?at={at}")
    with django_assert_max_num_queries(12):
        assert architect_client.get(f"{STEP}?at={at}").status_code == 200
