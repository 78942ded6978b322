"""What a store holds in all: bytes over time, how long a restore takes, and how much backups keep."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from uuid import UUID

from projects.capacity.figures import grouped, in_bytes, in_time
from projects.capacity.volumes import Forecast, forecasts
from projects.design.quantities import read_interval, read_retention, read_size, read_throughput
from projects.design.tree import BackupSchedule, Design, Entity, FileLayout, KeySpace, Recovery, Store
from projects.design.vocabulary import BackupKind


@dataclass(frozen=True)
class StoreForecast:
    """`fixed_bytes` are those of key spaces and file layouts, whose size is an estimate without growth."""

    store: Store
    entities: tuple[Forecast, ...]
    fixed_bytes: int
    recovery: Recovery | None
    schedules: tuple[BackupSchedule, ...]

    @cached_property
    def unknown(self) -> tuple[Entity, ...]:
        """The entities that no figure of three years is known for: totals leave them out."""
        return tuple(found.entity for found in self.entities if found.bytes_after(3) is None)

    def bytes_after(self, years: float) -> float | None:
        """All bytes that are known; None if nothing is."""
        known = [size for found in self.entities if (size := found.bytes_after(years)) is not None]
        return sum(known) + self.fixed_bytes if known or self.fixed_bytes else None

    def restore_seconds(self, years: float) -> float | None:
        """Size after so many years ÷ the throughput of a restore."""
        size, throughput = self.bytes_after(years), self._throughput
        return size / throughput if size is not None and throughput else None

    def restore_formula(self, years: float) -> str:
        size, seconds = self.bytes_after(years), self.restore_seconds(years)
        if size is None or seconds is None or self._throughput is None:
            return ""
        return f"{in_bytes(size)} ÷ {in_bytes(self._throughput)}/s = {in_time(seconds)}"

    def backup(self, schedule: BackupSchedule, years: float) -> "BackupVolume | None":
        """What the backups of one schedule take after so many years; None if that cannot be said.

        Full backups: as many copies as fit into their retention, each of the whole. Incremental ones and archived
        logs: the rows that were added within their retention. Differential ones: for each copy, half of what is
        added from one full backup to the next. Changed rows come on top, since nothing says how many they are.
        """
        size = self.bytes_after(years)
        every, kept = read_interval(schedule.frequency), read_retention(schedule.retention)
        if size is None or every is None or kept is None or kept.is_endless:
            return None
        if schedule.kind is BackupKind.FULL:
            return _full(size, ceil(kept.seconds / every.seconds) or 1) if every.seconds else None
        added = self._added_a_second(years)
        if schedule.kind is not BackupKind.DIFFERENTIAL:
            formula = f"{in_bytes(added * 86_400)} added a day × {grouped(kept.seconds / 86_400, 1)} days"
            return BackupVolume(added * kept.seconds, f"{formula} = {in_bytes(added * kept.seconds)}")
        full = self._full_interval
        if full is None or not every.seconds:
            return None
        copies, each = ceil(kept.seconds / every.seconds) or 1, added * full / 2
        return BackupVolume(copies * each, f"{copies} copies × {in_bytes(each)} = {in_bytes(copies * each)}")

    @cached_property
    def _throughput(self) -> float | None:
        return read_throughput(self.recovery.restore_throughput) if self.recovery else None

    @cached_property
    def _full_interval(self) -> float | None:
        """Seconds from one full backup to the next."""
        full = [each for each in self.schedules if each.kind is BackupKind.FULL]
        found = [every.seconds for each in full if (every := read_interval(each.frequency))]
        return min(found, default=None)

    def _added_a_second(self, years: float) -> float:
        """Bytes that new rows bring, as a mean over the year that ends then."""
        return sum(found.added_a_second(years) for found in self.entities)


@dataclass(frozen=True, slots=True)
class BackupVolume:
    bytes: float
    formula: str


def store_forecasts(design: Design, found: tuple[Forecast, ...] | None = None) -> tuple[StoreForecast, ...]:
    """What each store holds; `found` are the forecasts of its entities, if somebody made them already."""
    found = forecasts(design) if found is None else found
    by_store: dict[UUID, list[Forecast]] = {}
    for each in found:
        if each.store:
            by_store.setdefault(each.store.uid, []).append(each)
    recoveries = {recovery.store: recovery for recovery in design.recoveries}
    fixed: tuple[KeySpace | FileLayout, ...] = (*design.key_spaces, *design.file_layouts)
    return tuple(
        StoreForecast(
            store,
            tuple(by_store.get(store.uid, ())),
            sum(read_size(each.size_estimate) or 0 for each in fixed if each.store == store.uid),
            recoveries.get(store.uid),
            tuple(schedule for schedule in design.backup_schedules if schedule.store == store.uid),
        )
        for store in design.stores
    )


def _full(size: float, copies: int) -> BackupVolume:
    return BackupVolume(size * copies, f"{grouped(copies)} copies × {in_bytes(size)} = {in_bytes(size * copies)}")
