"""Rules about the way back after a loss: what may be lost, how long it takes, and whether anybody has tried."""

import re
from collections.abc import Iterator

from projects.capacity.figures import in_time
from projects.capacity.rows import HORIZON
from projects.capacity.stores import StoreForecast, store_forecasts
from projects.checks.facts import BACKUP, Facts
from projects.checks.questions.operate import (
    copied_stores,
    is_rebuildable,
    recovery_of,
    schedules_of,
    stores_to_restore,
)
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.quantities import Duration, read_duration, read_interval, read_retention
from projects.design.tree import BackupSchedule, Design, Recovery, Store
from projects.design.vocabulary import PointInTime, Severity

SAME_PLACE = re.compile(
    r"\bsame (?:server|host|machine|disk|volume|node|instance|data ?cent(?:er|re)|place|rack|vm)\b"
    r"|\b(?:local disk|beside the (?:data|database)|(?:on|at) the (?:database )?(?:server|host) itself)\b",
    re.IGNORECASE,
)
NEVER = re.compile(r"^(?:never|none|no|not (?:yet )?(?:tested|planned|done)|n/?a|-|–|—)\.?$", re.IGNORECASE)
COPYING = re.compile(r"\b(?:replica|replication|standby|follower|mirror|raid)", re.IGNORECASE)


@rule(
    "rpo-shorter-than-backup-interval",
    Severity.ERROR,
    step=BACKUP,
    says="“{path}” may lose {rpo} at most, but is backed up every {every}.",
    remedy="Back up more often, archive the log for point-in-time recovery, or accept a longer RPO.",
    asks="“{path}” has the RPO “{rpo}” and backups “{every}”: do the two agree?",
    breaks="RPO 15 min, a full backup each night, no point-in-time recovery",
    keeps="RPO 15 min, a full backup each night, the log archived every 5 min",
    source="Checklist item 9; NIST SP 800-34, RPO",
)
def rpo_shorter_than_backup_interval(facts: Facts) -> Iterator[Claim]:
    """Backups are further apart than the loss that is allowed.

    A disk that dies before the next backup takes more with it than was promised. Point-in-time recovery and synchronous
    copies close the gap.
    """
    for store, recovery, schedules in _restored(facts.design):
        if not recovery.rpo.strip() or _is_continuous(facts.design, store, recovery):
            continue
        rpo, every = read_duration(recovery.rpo), _shortest_interval(schedules)
        if rpo is None or every is None:
            stated = ", ".join(each.frequency.strip() for each in schedules if each.frequency.strip())
            if stated:
                yield doubt(recovery, field_name="rpo", rpo=recovery.rpo.strip(), every=stated)
        elif rpo.seconds < every.seconds:
            yield problem(recovery, field_name="rpo", rpo=rpo, every=every)


def _restored(design: Design) -> Iterator[tuple[Store, Recovery, tuple[BackupSchedule, ...]]]:
    """The stores that are backed up and have recovery objectives."""
    for store in stores_to_restore(design):
        recovery, schedules = recovery_of(design, store), schedules_of(design, store)
        if recovery and schedules:
            yield store, recovery, schedules


def _is_continuous(design: Design, store: Store, recovery: Recovery) -> bool:
    is_copied = any(node.store == store.uid and node.is_synchronous for node in design.replication_nodes)
    return is_copied or recovery.point_in_time is PointInTime.AVAILABLE


def _shortest_interval(schedules: tuple[BackupSchedule, ...]) -> Duration | None:
    read = [every for schedule in schedules if (every := read_interval(schedule.frequency))]
    return min(read, key=lambda every: every.seconds, default=None)


@rule(
    "rto-shorter-than-restore",
    Severity.ERROR,
    step=BACKUP,
    says="“{path}” must be back within {rto}, but restoring it takes {restore} in {years} years: {formula}.",
    remedy="Restore faster, keep less in one store, fail over to a copy, or accept a longer RTO.",
    asks="“{path}” has the RTO “{rto}”; restoring takes {restore} in {years} years. Do the two agree?",
    breaks="RTO 1 h, 2 TB, restored at 200 MB/s: 2.8 h",
    keeps="RTO 4 h, 2 TB, restored at 200 MB/s: 2.8 h",
    source="Checklist item 9; NIST SP 800-34, RTO; size ÷ throughput",
)
def rto_shorter_than_restore(facts: Facts) -> Iterator[Claim]:
    """A restore takes longer than the store may be away.

    Size by the forecast, divided by the throughput that was stated; finding the backup and starting come on top.
    """
    if not any(recovery.restore_throughput.strip() for recovery in facts.design.recoveries):
        return
    for forecast in store_forecasts(facts.design):
        recovery, restore = forecast.recovery, forecast.restore_seconds(HORIZON)
        if recovery and restore is not None and recovery.rto.strip():
            yield from _late(forecast, recovery, restore)


def _late(forecast: StoreForecast, recovery: Recovery, restore: float) -> Iterator[Claim]:
    rto = read_duration(recovery.rto)
    words = {"restore": in_time(restore), "years": HORIZON}
    if rto is None:
        yield doubt(recovery, field_name="rto", rto=recovery.rto.strip(), **words)
    elif rto.seconds < restore:
        yield problem(recovery, field_name="rto", rto=rto, formula=forecast.restore_formula(HORIZON), **words)


@rule(
    "backup-shorter-than-restore-test",
    Severity.WARNING,
    step=BACKUP,
    says="Backups of “{path}” are kept for {kept}, and a restore is tried every {every}: most are gone untried.",
    remedy="Try a restore more often than the oldest backup lives, or keep backups longer.",
    asks="Backups of “{path}” are kept “{kept}”, and restores are tried “{every}”: is each backup tried in its time?",
    breaks="Backups kept for 30 days, a restore test every year",
    keeps="Backups kept for 30 days, a restore test every week",
    source="NIST SP 800-34, testing; Google SRE book, chapter 26",
)
def backup_shorter_than_restore_test(facts: Facts) -> Iterator[Claim]:
    """Backups are deleted before anybody has tried one of their time.

    If backups went bad after the last test, the good ones are gone before the next one tells.
    """
    for _, recovery, schedules in _restored(facts.design):
        if not recovery.restore_tests.strip() or NEVER.match(recovery.restore_tests.strip()):
            continue
        every = read_interval(recovery.restore_tests)
        read = [kept for schedule in schedules if (kept := read_retention(schedule.retention))]
        if every is not None and read:
            kept = max(read, key=lambda each: each.seconds)
            if kept.seconds < every.seconds:
                yield problem(recovery, field_name="restore_tests", kept=kept, every=every)
        elif stated := ", ".join(each.retention.strip() for each in schedules if each.retention.strip()):
            yield doubt(recovery, field_name="restore_tests", kept=stated, every=recovery.restore_tests.strip())


@rule(
    "restore-never-tested",
    Severity.WARNING,
    step=BACKUP,
    says="Nobody tries whether a backup of “{path}” can be restored.",
    remedy="Restore one on a spare system at a fixed interval, and compare it.",
    breaks="Backups every night, restore tests: never",
    keeps="Backups every night, restore tests: monthly",
    source="Google SRE book, chapter 26: backups are a tax, restores are the product",
)
def restore_never_tested(facts: Facts) -> Iterator[Claim]:
    """Backups are made, and a restore is never tried.

    That a backup cannot be read is found out on the day when it is needed.
    """
    for _, recovery, _ in _restored(facts.design):
        said = recovery.restore_tests.strip()
        if not said or NEVER.match(said):
            yield problem(recovery, field_name="restore_tests")


@rule(
    "backup-beside-data",
    Severity.ERROR,
    step=BACKUP,
    says="Backups of “{store}” lie where its data is: “{location}”.",
    remedy="Keep a copy at another place, out of reach of what destroys the first.",
    asks="Backups of “{store}” lie at “{location}” and its node {node} at “{place}”: does one fire destroy both?",
    breaks="Backups on the same server as the database",
    keeps="Backups in object storage of another region",
    source="CISA, data backup options: 3-2-1",
)
def backup_beside_data(facts: Facts) -> Iterator[Claim]:
    """Backups are kept in the same place as the data.

    What takes the data, takes the backups.
    """
    for store in stores_to_restore(facts.design):
        schedules = [each for each in schedules_of(facts.design, store) if each.location.strip()]
        places = {
            node.location.strip().casefold(): node
            for node in facts.design.replication_nodes
            if node.store == store.uid and node.location.strip()
        }
        is_elsewhere_too = any(not _is_beside(each, set(places)) for each in schedules)
        for schedule in schedules:
            words = {"store": store.name, "location": schedule.location.strip()}
            if _is_beside(schedule, set(places)) and not is_elsewhere_too:
                yield problem(schedule, field_name="location", **words)
            elif near := next((place for place in places if place in words["location"].casefold()), None):
                node = places[near]
                yield doubt(schedule, field_name="location", node=node.name, place=node.location.strip(), **words)


def _is_beside(schedule: BackupSchedule, places: set[str]) -> bool:
    said = schedule.location.strip()
    negated = re.search(r"\b(?:not|never|other than|away from)\b", said, re.IGNORECASE)
    return said.casefold() in places or (bool(SAME_PLACE.search(said)) and not negated)


@rule(
    "replication-as-backup",
    Severity.ERROR,
    step=BACKUP,
    says="“{path}” is replicated, and is not backed up.",
    remedy="Add a backup: copies repeat a wrong delete within moments.",
    asks="Is “{location}” a backup of “{path}”, or a copy that follows it?",
    breaks="“Main”: leader-follower, and no backup",
    keeps="“Main”: leader-follower, and a full backup each night",
    source="PostgreSQL documentation, Backup and Restore; Kleppmann, chapter 5",
)
def replication_as_backup(facts: Facts) -> Iterator[Claim]:
    """A store has copies, and no backup.

    A copy guards against a dead server. It follows every mistake, every fault and every attack.
    """
    for store, _ in copied_stores(facts.design):
        schedules = schedules_of(facts.design, store)
        if not schedules and not is_rebuildable(facts.design, store):
            yield problem(store)
    for store in facts.design.stores:
        schedules = schedules_of(facts.design, store)
        copies = [each for each in schedules if COPYING.search(f"{each.location} {each.automation}")]
        if copies and len(copies) == len(schedules):
            yield doubt(store, location=copies[0].location.strip() or copies[0].automation.strip())
