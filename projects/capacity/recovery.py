"""Whether a store's backups keep what its objectives promise: what a loss costs, and how long the way back takes."""

from dataclasses import dataclass
from uuid import UUID

from projects.capacity.figures import in_bytes, in_time
from projects.capacity.stores import StoreForecast, store_forecasts
from projects.design.quantities import Duration, read_duration, read_interval
from projects.design.tree import BackupSchedule, Design, Recovery
from projects.design.vocabulary import PointInTime

YEARS = (0, 1, 3)
WHEN = {0: "today", 1: "after 1 year", 3: "after 3 years"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`is_kept` is None where something that the comparison needs is not said; the words then say what."""

    is_kept: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Restore:
    """How long it takes to bring the store back at its size of that time; `formula` is size ÷ throughput."""

    when: str
    formula: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class KeptBackups:
    name: str
    formula: str


@dataclass(frozen=True, slots=True)
class RecoveryFigures:
    loss: Verdict
    restores: tuple[Restore, ...]
    restore_note: str
    kept: tuple[KeptBackups, ...]
    rebuildable_from: str


def recovery_figures(design: Design, store: UUID) -> RecoveryFigures | None:
    """The figures of one store; None if the design has no such store."""
    forecast = next((each for each in store_forecasts(design) if each.store.uid == store), None)
    if forecast is None:
        return None
    restores = tuple(_restores(forecast))
    return RecoveryFigures(
        loss=_loss(forecast.recovery, forecast.schedules),
        restores=restores,
        restore_note="" if restores else _lacks(forecast),
        kept=tuple(_kept(forecast)),
        rebuildable_from=forecast.recovery.rebuildable_from if forecast.recovery else "",
    )


def longest_loss(schedules: tuple[BackupSchedule, ...]) -> Duration | None:
    """The time between backups: what is written since the last one is lost with the store."""
    intervals = [every for each in schedules if (every := read_interval(each.frequency))]
    return min(intervals, key=lambda every: every.seconds, default=None)


def _loss(recovery: Recovery | None, schedules: tuple[BackupSchedule, ...]) -> Verdict:
    allowed = read_duration(recovery.rpo) if recovery else None
    gap = longest_loss(schedules)
    if gap is None:
        return Verdict(None, "Give a backup its frequency: the time between two is what a loss can cost.")
    lost = f"Changes of up to {gap} since the last backup are lost with the store"
    if recovery is not None and recovery.point_in_time is PointInTime.AVAILABLE:
        return Verdict(True, f"Point-in-time recovery brings it back to any moment. Without it: {lost.lower()}.")
    if allowed is None:
        return Verdict(None, f"{lost}. Give the RPO to hold this against it.")
    if gap.seconds <= allowed.seconds:
        return Verdict(True, f"{lost}; the RPO allows {allowed}.")
    return Verdict(False, f"{lost}, and the RPO allows {allowed}. Back up more often, or archive the log.")


def _restores(forecast: StoreForecast) -> list[Restore]:
    objective = read_duration(forecast.recovery.rto) if forecast.recovery else None
    found = []
    for years in YEARS:
        seconds = forecast.restore_seconds(years)
        if seconds is not None:
            found.append(Restore(WHEN[years], forecast.restore_formula(years), _in_time(seconds, objective)))
    return found


def _in_time(seconds: float, objective: Duration | None) -> Verdict:
    if objective is None:
        return Verdict(None, "no RTO to hold it against")
    if seconds <= objective.seconds:
        return Verdict(True, f"within the RTO of {objective}")
    return Verdict(False, f"{in_time(seconds - objective.seconds)} more than the RTO of {objective}")


def _lacks(forecast: StoreForecast) -> str:
    """What keeps the time of a restore from being computed."""
    if forecast.bytes_after(0) is None:
        return "The time of a restore follows from the volumes of step 8, which are not known for this store yet."
    return (
        f"The store holds {in_bytes(forecast.bytes_after(0) or 0)} today. Give the throughput of a restore, "
        "measured if possible, to see how long the way back takes."
    )


def _kept(forecast: StoreForecast) -> list[KeptBackups]:
    found = []
    for schedule in forecast.schedules:
        if volume := forecast.backup(schedule, 1):
            found.append(KeptBackups(f"{schedule.kind.label}, after 1 year", volume.formula))
    return found
