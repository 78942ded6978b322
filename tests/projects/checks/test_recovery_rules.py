import pytest

from projects.design.tree import BackupSchedule, Recovery, Replication, ReplicationNode
from projects.design.vocabulary import PointInTime, ReplicationStrategy
from tests.projects.checks.builders import (
    findings_of,
    make,
    make_design,
    make_entity,
    make_store,
    make_volume,
    open_paths_of,
    paths_of,
)

STORE = make_store()


def backed_up(recovery=None, schedule=None, **parts):
    """A store with its recovery, and one nightly backup; None leaves the backup out."""
    schedules = () if schedule is None else (make(BackupSchedule, "full", store=STORE.uid, **schedule),)
    recoveries = (make(Recovery, "main", store=STORE.uid, **(recovery or {})),)
    return make_design(stores=(STORE,), recoveries=recoveries, backup_schedules=schedules, **parts)


def answers(design, rule):
    return len(paths_of(design, rule)), len(open_paths_of(design, rule))


NIGHTLY = {"frequency": "daily", "retention": "30 days", "location": "Bucket in another region"}
COPY = make(ReplicationNode, "copy", store=STORE.uid, is_synchronous=True, location="Frankfurt")


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (backed_up({"rpo": "15 min"}, NIGHTLY), (1, 0)),
        (backed_up({"rpo": "24 h"}, NIGHTLY), (0, 0)),
        (backed_up({"rpo": "15 min", "point_in_time": PointInTime.AVAILABLE}, NIGHTLY), (0, 0)),
        (backed_up({"rpo": "15 min"}, NIGHTLY, replication_nodes=(COPY,)), (0, 0)),
        (backed_up({"rpo": "hardly anything"}, NIGHTLY), (0, 1)),
        (backed_up({"rpo": "15 min"}), (0, 0)),
        (backed_up({"rpo": "15 min", "rebuildable_from": "The ledger"}, NIGHTLY), (0, 0)),
    ],
)
def test_backups_are_as_close_together_as_the_rpo_asks(design, expected):
    assert answers(design, "rpo-shorter-than-backup-interval") == expected


def test_a_finding_on_recovery_leads_to_its_cell():
    finding = findings_of(backed_up({"rpo": "15 min"}, NIGHTLY), "rpo-shorter-than-backup-interval")[0]
    assert (finding.step, finding.field_name, finding.path) == ("backup", "rpo", "main")
    assert "15\u00a0min" in finding.message


def sized(rto, throughput="1 MB/s"):
    return backed_up(
        {"rto": rto, "restore_throughput": throughput},
        NIGHTLY,
        entities=(make_entity("events", "id bigint", "body text"),),
        volumes=(make_volume("events", "1 billion", "none", "1 billion"),),
    )


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (sized("1 h"), (1, 0)),
        (sized("1000 days"), (0, 0)),
        (sized("as fast as we can"), (0, 1)),
        (sized("1 h", ""), (0, 0)),
    ],
)
def test_a_restore_takes_no_longer_than_the_rto(design, expected):
    assert answers(design, "rto-shorter-than-restore") == expected


@pytest.mark.parametrize(
    ("tests", "expected"),
    [("yearly", (1, 0)), ("weekly", (0, 0)), ("after each release", (0, 1)), ("never", (0, 0)), ("", (0, 0))],
)
def test_backups_outlive_the_time_between_two_restore_tests(tests, expected):
    assert answers(backed_up({"restore_tests": tests}, NIGHTLY), "backup-shorter-than-restore-test") == expected


@pytest.mark.parametrize(
    ("tests", "found"), [("", 1), ("Never.", 1), ("none", 1), ("weekly", 0), ("after each release", 0)]
)
def test_restores_are_tried(tests, found):
    assert answers(backed_up({"restore_tests": tests}, NIGHTLY), "restore-never-tested") == (found, 0)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("On the same server", (1, 0)),
        ("frankfurt", (1, 0)),
        ("Bucket in Frankfurt", (0, 1)),
        ("Bucket in Dublin", (0, 0)),
        ("Not on the same server: bucket in Dublin", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_backups_lie_elsewhere(location, expected):
    design = backed_up({}, NIGHTLY | {"location": location}, replication_nodes=(COPY,))
    assert answers(design, "backup-beside-data") == expected


def copied(schedule, recovery=None):
    replication = make(Replication, "main", store=STORE.uid, strategy=ReplicationStrategy.LEADER_FOLLOWER)
    return backed_up(recovery, schedule, replications=(replication,))


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (copied(None), (1, 0)),
        (copied(NIGHTLY), (0, 0)),
        (copied(NIGHTLY | {"location": "The standby"}), (0, 1)),
        (copied(None, {"rebuildable_from": "The ledger"}), (0, 0)),
        (backed_up(), (0, 0)),
    ],
)
def test_a_copy_is_no_backup(design, expected):
    assert answers(design, "replication-as-backup") == expected
