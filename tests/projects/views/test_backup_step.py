"""Step 9: for each store its recovery plan, backups, replication and nodes, and what follows from them."""

from typing import Any

import pytest
from django.test import Client

from projects.models import BackupSchedule, Entity, Feature, Recovery, Replication, ReplicationNode, Store, Volume
from tests.factories import make_entity

HTMX = {"HX-Request": "true"}
BASE = "/projects/payments/billing/refunds/"
STEP = f"{BASE}steps/backup/"


@pytest.fixture
def store(feature: Feature) -> Store:
    return Store.objects.create(feature=feature, name="Main", kind="relational", system="PostgreSQL 16", position=1)


@pytest.fixture
def other(feature: Feature) -> Store:
    return Store.objects.create(feature=feature, name="Files", kind="file", position=2)


def add(client: Client, part: str, at: Store, **cells: Any) -> Any:
    data = {f"new-{name}": value for name, value in cells.items()} | {"at": str(at.uid)}
    return client.post(f"{BASE}rows/{part}/new/", data, headers=HTMX)


def figures(client: Client, store: Store) -> str:
    return client.get(f"{BASE}panels/recovery-figures/?at={store.uid}").content.decode()


def test_each_store_has_its_tab_and_its_own_rows(architect_client: Client, store: Store, other: Store) -> None:
    add(architect_client, "backup-schedules", store, kind="full", frequency="daily", location="Second region")
    assert BackupSchedule.objects.get().store == store
    cell = 'value="Second region"'
    assert cell in architect_client.get(STEP).content.decode()
    assert cell not in architect_client.get(f"{STEP}?at={other.uid}").content.decode()


@pytest.mark.parametrize(
    ("part", "cell", "text", "example"),
    [
        ("recovery", "rto", "soon", "15 min"),
        ("recovery", "restore_throughput", "fast", "80 MB/s"),
        ("backup-schedules", "frequency", "now and then", "every 6 hours"),
        ("backup-schedules", "retention", "a while", "30 days"),
    ],
)
def test_a_quantity_that_nothing_can_read_is_refused_with_an_example(
    architect_client: Client, store: Store, part: str, cell: str, text: str, example: str
) -> None:
    answer = add(architect_client, part, store, kind="full", **{cell: text})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert text in shown
    assert example in shown


def test_the_interval_is_held_against_the_rpo(architect_client: Client, store: Store) -> None:
    add(architect_client, "recovery", store, rpo="5 min")
    add(architect_client, "backup-schedules", store, kind="full", frequency="every 6 hours")
    assert "Not kept" in figures(architect_client, store)
    add(architect_client, "backup-schedules", store, kind="log", frequency="every 1 min")
    assert "the RPO allows 5" in figures(architect_client, store)
    assert "Not kept" not in figures(architect_client, store)


def test_the_time_of_a_restore_shows_its_formula(architect_client: Client, feature: Feature, store: Store) -> None:
    entity = make_entity(feature, "refunds", "id uuid", "note text")
    Entity.objects.update(store=store)
    Volume.objects.create(feature=feature, entity=entity, initial_rows="100 million", growth="none", peak_rows="1")
    assert "throughput of a restore" in figures(architect_client, store)
    add(architect_client, "recovery", store, rto="1 min", restore_throughput="10 MB/s")
    text = figures(architect_client, store)
    assert "÷ 10.0" in text
    assert "more than the RTO" in text


def test_a_store_that_is_rebuilt_may_leave_the_rest_out(architect_client: Client, store: Store) -> None:
    add(architect_client, "recovery", store, rebuildable_from="Made from the ledger by a nightly job.")
    assert "Made from the ledger" in figures(architect_client, store)


def test_a_node_copies_only_from_nodes_of_its_store(
    architect_client: Client, feature: Feature, store: Store, other: Store
) -> None:
    stranger = ReplicationNode.objects.create(feature=feature, store=other, name="elsewhere", role="leader")
    leader = ReplicationNode.objects.create(feature=feature, store=store, name="pg-1", role="leader")
    text = architect_client.get(f"{STEP}?at={store.uid}").content.decode()
    assert f'<option value="{leader.pk}"' in text
    assert f'<option value="{stranger.pk}"' not in text
    refused = add(
        architect_client, "replication-nodes", store, name="pg-2", role="follower", replicates_from=stranger.pk
    )
    taken = add(architect_client, "replication-nodes", store, name="pg-2", role="follower", replicates_from=leader.pk)
    assert (refused.status_code, taken.status_code) == (422, 200)
    picture = f"{BASE}companion/?step=backup&companion=topology&at={store.uid}"
    assert "pg-2" in architect_client.get(picture).content.decode()


def test_a_node_does_not_copy_from_itself(architect_client: Client, feature: Feature, store: Store) -> None:
    node = ReplicationNode.objects.create(feature=feature, store=store, name="pg-1", role="peer")
    cells = {"version": 1, "name": "pg-1", "role": "peer", "replicates_from": node.pk}
    data = {f"{node.uid}-{name}": value for name, value in cells.items()} | {"at": str(store.uid)}
    answer = architect_client.post(f"{BASE}rows/replication-nodes/{node.uid}/", data, headers=HTMX)
    assert "A node does not copy from itself." in answer.content.decode()


def test_what_two_people_fill_in_at_once_is_not_lost(
    architect_client: Client, owner_client: Client, store: Store
) -> None:
    add(owner_client, "replication", store, strategy="none", failover="Nobody takes over.")
    answer = add(architect_client, "replication", store, failover="The follower takes over.")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Olu Owner" in text
    assert "The follower takes over." in text
    assert Replication.objects.get().strategy == "none"


@pytest.mark.parametrize("part", ["recovery", "backup-schedules", "replication", "replication-nodes"])
def test_viewers_and_outsiders_are_refused(
    viewer_client: Client, outsider_client: Client, store: Store, part: str
) -> None:
    assert add(viewer_client, part, store, name="x").status_code == 403
    assert add(outsider_client, part, store, name="x").status_code == 404
    assert not Recovery.objects.exists()
    assert outsider_client.get(f"{BASE}panels/recovery-figures/?at={store.uid}").status_code == 404


def test_without_a_store_the_step_says_what_to_do(architect_client: Client, feature: Feature) -> None:
    assert "step 2" in architect_client.get(STEP).content.decode()
