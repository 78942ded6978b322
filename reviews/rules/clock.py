"""When a person is reminded: weekends do not count, and who waits is left alone in between."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SATURDAY = 5
REMINDERS_AT_MOST = 3


def weekdays_later(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """The same time of day in the zone, so many weekdays on: Friday and 1 is Monday."""
    local = moment.astimezone(zone)
    while days > 0:
        local += timedelta(days=1)
        days -= local.weekday() < SATURDAY
    return local


def days_between(earlier: datetime, later: datetime, zone: tzinfo) -> int:
    """How many nights in the zone lie between: what happened before midnight was yesterday."""
    return (later.astimezone(zone).date() - earlier.astimezone(zone).date()).days


def in_days(days: int) -> str:
    return "today" if days < 1 else "1 day" if days == 1 else f"{days} days"


def zone_named(name: str) -> tzinfo:
    """The zone of a profile; UTC if the system has it no more."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
