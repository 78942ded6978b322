"""What a store's loss costs and how long the way back takes, held against what is promised."""

from uuid import UUID

import pytest

from projects.capacity.recovery import RecoveryFigures, recovery_figures
from projects.design.tree import BackupSchedule, Recovery
from projects.design.vocabulary import BackupKind, PointInTime
from tests.projects.checks.builders import make_design, make_store

STORE = make_store()


def figures(*frequencies: str, **facts: object) -> RecoveryFigures:
    schedules = tuple(
        BackupSchedule(uid=UUID(int=number), store=STORE.uid, kind=BackupKind.FULL, frequency=text)
        for number, text in enumerate(frequencies, 1)
    )
    recovery = Recovery.model_validate({"uid": UUID(int=99), "store": STORE.uid} | facts)
    found = recovery_figures(
        make_design(stores=(STORE,), recoveries=(recovery,), backup_schedules=schedules), STORE.uid
    )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("frequencies", "rpo", "is_kept"),
    [
        (("every 6 hours",), "5 min", False),
        (("every 6 hours", "every 1 min"), "5 min", True),
        (("daily",), "1 day", True),
        (("daily",), "", None),
        ((), "5 min", None),
        (("now and then",), "5 min", None),
    ],
)
def test_the_shortest_interval_is_held_against_the_rpo(
    frequencies: tuple[str, ...], rpo: str, is_kept: bool | None
) -> None:
    assert figures(*frequencies, rpo=rpo).loss.is_kept is is_kept


def test_point_in_time_recovery_keeps_any_rpo() -> None:
    loss = figures("daily", rpo="1 min", point_in_time=PointInTime.AVAILABLE).loss
    assert loss.is_kept
    assert "to any moment" in loss.words


def test_what_is_missing_for_the_time_of_a_restore_is_named() -> None:
    found = figures("daily", rto="1 hour", restore_throughput="80 MB/s")
    assert not found.restores
    assert "volumes of step 8" in found.restore_note


def test_another_store_has_no_figures() -> None:
    assert recovery_figures(make_design(stores=(STORE,)), UUID(int=7)) is None
