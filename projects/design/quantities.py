"""Reads what people type as quantities: `1.2 million`, `1,200/day`, `5 %/month`, `7 years`, `16 MB`, `150/s`.

Each reader gives a value, or None for what it cannot read; nothing is guessed. A comma, an underscore or a space groups
digits by three, a full stop begins the decimals. MB counts 1,000² bytes and MiB 1,024², as IEC 80000-13 has it.
"""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LARGEST = 10**18

SECONDS_A_DAY = 86_400
# The mean Gregorian year; only calculations need it, since years and months are kept as such.
DAYS_A_YEAR = 365.2425


class Unit(StrEnum):
    """Units of time. Months and years are calendar units: how long one is depends on when it begins."""

    MILLISECOND = "ms"
    SECOND = "s"
    MINUTE = "min"
    HOUR = "h"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


SECONDS: dict[Unit, float] = {
    Unit.MILLISECOND: 0.001,
    Unit.SECOND: 1,
    Unit.MINUTE: 60,
    Unit.HOUR: 3600,
    Unit.DAY: SECONDS_A_DAY,
    Unit.WEEK: 7 * SECONDS_A_DAY,
    Unit.MONTH: DAYS_A_YEAR / 12 * SECONDS_A_DAY,
    Unit.YEAR: DAYS_A_YEAR * SECONDS_A_DAY,
}
MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as the units it was typed in, longest first; `is_endless` if it ends at no time one can tell."""

    parts: tuple[tuple[Decimal, Unit], ...] = ()
    is_endless: bool = False

    @property
    def seconds(self) -> float:
        """Approximate if there are months or years in it; infinite if it is endless."""
        return math.inf if self.is_endless else sum(float(count) * SECONDS[unit] for count, unit in self.parts)

    @property
    def months(self) -> Decimal | None:
        """Exact, if it is made of months and years only."""
        if self.is_endless or any(unit not in MONTHS for _, unit in self.parts):
            return None
        return sum((count * MONTHS[unit] for count, unit in self.parts), Decimal())

    def times(self, period: "Duration") -> float:
        """How often a period fits in: 12 months a year exactly, days a year by the mean."""
        if self.months is not None and period.months:
            return float(self.months / period.months)
        return self.seconds / period.seconds

    def __str__(self) -> str:
        return "without end" if self.is_endless else " ".join(_counted(count, unit) for count, unit in self.parts)


ENDLESS = Duration(is_endless=True)


@dataclass(frozen=True, slots=True)
class Growth:
    """So many rows, or so many percent of the rows there are, in each period."""

    amount: Decimal
    per: Duration
    is_percent: bool = False


NO_GROWTH = Growth(Decimal(), Duration(((Decimal(1), Unit.YEAR),)))

_NUMBER = r"(?:\d{1,3}(?:[,_ '\u2019]\d{3})+|\d+)(?:\.\d+)?"
_ABOUT = re.compile(r"^(?:about|around|approximately|approx\.?|circa|ca\.?|c\.|up to|at most|max\.?|[~≈≤+])\s*")
_SCALES = {
    "": 1,
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "mio", "mio.", "million", "millions"), 10**6),
    **dict.fromkeys(("b", "bn", "billion", "billions"), 10**9),
    **dict.fromkeys(("t", "trillion", "trillions"), 10**12),
}
_COUNTED = (
    "row|record|document|entrie|entry|item|point|event|node|edge|key|file|vector|object|message|insert|write|read|"
    "request|req|quer(?:y|ie)|call|operation|op|sample|value"
)
_COUNT = re.compile(rf"({_NUMBER})\s*([a-z]+\.?)??(?:\s*(?:new\s+)?(?:{_COUNTED})s?)?")
_PERCENT = re.compile(rf"({_NUMBER})\s*(?:%|percent|per cent)")

_UNITS = {
    Unit.MILLISECOND: "ms|millisecond|milliseconds",
    Unit.SECOND: "s|sec|secs|second|seconds",
    Unit.MINUTE: "min|mins|minute|minutes",
    Unit.HOUR: "h|hr|hrs|hour|hours",
    Unit.DAY: "d|day|days|night|nights",
    Unit.WEEK: "w|wk|week|weeks",
    Unit.MONTH: "mo|mth|month|months",
    Unit.YEAR: "y|yr|yrs|year|years|a",
}
_UNIT_OF = {name: unit for unit, names in _UNITS.items() for name in names.split("|")}
_PART = re.compile(rf"({_NUMBER}|an?(?=\s)|one(?=\s))\s*([a-z]+)")
_ISO = re.compile(
    r"p(?=[\dt])(?:(\d+)y)?(?:(\d+)m)?(?:(\d+)w)?(?:(\d+)d)?(?:t(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)(?:\.0+)?s)?)?"
)
_ISO_UNITS = (Unit.YEAR, Unit.MONTH, Unit.WEEK, Unit.DAY, Unit.HOUR, Unit.MINUTE, Unit.SECOND)
_OPEN_ENDED = re.compile(r"(?:for ?ever|indefinitely|permanently|without end|unlimited|until\b.+|as long as\b.+)")

_ADVERBS = {
    "secondly": (1, Unit.SECOND),
    "hourly": (1, Unit.HOUR),
    "daily": (1, Unit.DAY),
    "nightly": (1, Unit.DAY),
    "weekly": (1, Unit.WEEK),
    "fortnightly": (2, Unit.WEEK),
    "monthly": (1, Unit.MONTH),
    "quarterly": (3, Unit.MONTH),
    "yearly": (1, Unit.YEAR),
    "annually": (1, Unit.YEAR),
}
_PER = re.compile(
    rf"^(?P<what>.*?)\s*(?:(?:/|\bper\b|\bevery\b|\beach\b|\ban?\b)\s*(?P<period>(?:{_NUMBER}\s*)?[a-z]+)"
    rf"|\b(?P<adverb>{'|'.join(_ADVERBS)}))$"
)
_TIMES = {"": 1, "once": 1, "twice": 2}
_A_SECOND = re.compile(r"\s*\b(?:rps|qps|tps|ops)$")
_BIT_RATE = re.compile(r"([kmgt]?)(?:bits?/s|bps|bits? per second)")

_PREFIXES = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
_WORDS = {"kilo": "k", "mega": "m", "giga": "g", "tera": "t", "peta": "p"}
_SIZE = re.compile(rf"({_NUMBER})\s*(?:([kmgtp]?)(i?)b|(kilo|mega|giga|tera|peta)?bytes?)")


def read_count(text: str) -> int | None:
    """A whole number: `1,200`, `1.2 million`, `50k`, `about 300 rows`."""
    count = _amount(_plain(text))
    return int(count) if count is not None and count == count.to_integral_value() else None


def read_growth(text: str) -> Growth | None:
    """Rows or percent in a period: `1,200/day`, `5 %/month`, `100 per second`, `none`."""
    plain = _plain(text)
    if plain in ("none", "no growth", "0", "constant", "static"):
        return NO_GROWTH
    what, period = _split_period(plain)
    if period is None:
        return None
    if match := _PERCENT.fullmatch(what):
        percent = _number(match[1])
        return Growth(percent, period, is_percent=True) if percent is not None else None
    amount = _amount(what)
    return Growth(amount, period) if amount is not None else None


def read_duration(text: str) -> Duration | None:
    """A length of time: `7 years`, `90 days`, `15 min`, `1 h 30 min`, `PT15M`."""
    plain = _plain(text)
    if match := _ISO.fullmatch(plain):
        found = tuple((Decimal(count), unit) for count, unit in zip(match.groups(), _ISO_UNITS, strict=True) if count)
        return _sound(found)
    parts: list[tuple[Decimal, Unit]] = []
    rest = plain
    while rest:
        match = _PART.match(rest)
        unit = _UNIT_OF.get(match[2]) if match else None
        count = (_number(match[1]) if match[1][0].isdigit() else Decimal(1)) if match else None
        if match is None or unit is None or count is None:
            return None
        parts.append((count, unit))
        rest = re.sub(r"^(?:\s*,|\s+and\b)?\s*", "", rest[match.end() :])
    return _sound(tuple(parts))


def read_retention(text: str) -> Duration | None:
    """How long something is kept: a duration, or no end that a calendar knows, like `until the account is closed`."""
    return ENDLESS if _OPEN_ENDED.fullmatch(_plain(text)) else read_duration(text)


def read_interval(text: str) -> Duration | None:
    """The time from one to the next: `every 6 hours`, `daily`, `twice a day`, `6 h`; `continuous` leaves none."""
    plain = _plain(text)
    if plain in ("continuous", "continuously"):
        return Duration(((Decimal(), Unit.SECOND),))
    what, period = _split_period(plain)
    if period is None:
        return read_duration(plain)
    times = _times(what)
    if times == 1:
        return period
    return _in_largest_unit(period.seconds / float(times)) if times else None


def read_size(text: str) -> int | None:
    """Bytes: `16 MB`, `4 KiB`, `200 bytes`."""
    match = _SIZE.fullmatch(_plain(text))
    number = _number(match[1]) if match else None
    if match is None or number is None:
        return None
    prefix = match[2] or _WORDS.get(match[4] or "", "")
    size = number * (1024 if match[3] else 1000) ** _PREFIXES[prefix]
    return round(size) if size <= LARGEST else None


def read_throughput(text: str) -> float | None:
    """Bytes a second: `200 MB/s`, `500 GB per hour`, `400 Mbit/s`."""
    plain = _plain(text)
    bits = re.fullmatch(rf"({_NUMBER})\s*{_BIT_RATE.pattern}", plain)
    if bits:
        number = _number(bits[1])
        return float(number * 1000 ** _PREFIXES[bits[2]] / 8) if number else None
    what, period = _split_period(plain)
    size = read_size(what) if period else None
    return size / period.seconds if size and period else None


def read_rate(text: str) -> float | None:
    """How often in a second: `150/s`, `2,000 per minute`, `10 rps`, `once a day`."""
    plain = _plain(text)
    if match := _A_SECOND.search(plain):
        number = _amount(plain[: match.start()])
        return float(number) if number is not None else None
    what, period = _split_period(plain)
    times = _times(what)
    return float(times) / period.seconds if period and times is not None else None


def _plain(text: str) -> str:
    """The text in small letters, its spaces plain and single, without a word for roughly before it."""
    return _ABOUT.sub("", " ".join(text.casefold().split()))


def _number(text: str) -> Decimal | None:
    number = Decimal(re.sub(r"[,_ '\u2019]", "", text))
    return number if number <= LARGEST else None


def _amount(plain: str) -> Decimal | None:
    match = _COUNT.fullmatch(plain)
    number = _number(match[1]) if match else None
    if match is None or number is None or (match[2] or "") not in _SCALES:
        return None
    amount = number * _SCALES[match[2] or ""]
    return amount if amount <= LARGEST else None


def _times(what: str) -> Decimal | None:
    words = what.removesuffix("times").strip()
    return Decimal(_TIMES[words]) if words in _TIMES else _amount(words)


def _split_period(plain: str) -> tuple[str, Duration | None]:
    """What is before `/day`, `per 5 minutes`, `a month` or `daily`, and that period if it is one."""
    match = _PER.match(plain)
    if not match:
        return plain, None
    what = match["what"].rstrip(" ,;")
    if match["adverb"]:
        count, unit = _ADVERBS[match["adverb"]]
        return what, Duration(((Decimal(count), unit),))
    words = match["period"]
    period = read_duration(words if words[0].isdigit() else f"1 {words}")
    return what, period if period and period.seconds else None


def _in_largest_unit(seconds: float) -> Duration:
    """The length in the largest unit of even length that divides it without a rest, or in seconds."""
    units = (Unit.WEEK, Unit.DAY, Unit.HOUR, Unit.MINUTE)
    unit = next((unit for unit in units if seconds >= SECONDS[unit] and not seconds % SECONDS[unit]), Unit.SECOND)
    return Duration(((Decimal(str(seconds / SECONDS[unit])), unit),))


def _sound(parts: tuple[tuple[Decimal, Unit], ...]) -> Duration | None:
    """The parts as a duration, if the longest unit stands first and none stands twice."""
    lengths = [SECONDS[unit] for _, unit in parts]
    is_sound = bool(parts) and lengths == sorted(set(lengths), reverse=True)
    return Duration(parts) if is_sound and sum(count for count, _ in parts) <= LARGEST else None


def _counted(count: Decimal, unit: Unit) -> str:
    plural = "s" if unit in (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR) and count != 1 else ""
    return f"{count.normalize():f}\u00a0{unit}{plural}"
