"""What people type as quantities, and what of it is understood."""

import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.design import quantities
from projects.design.quantities import (
    ENDLESS,
    NO_GROWTH,
    SECONDS,
    Duration,
    Growth,
    Unit,
    read_count,
    read_duration,
    read_growth,
    read_interval,
    read_rate,
    read_retention,
    read_size,
    read_throughput,
)

READERS = [
    read_count,
    read_duration,
    read_growth,
    read_interval,
    read_rate,
    read_retention,
    read_size,
    read_throughput,
]


def lasting(count: str, unit: Unit) -> Duration:
    return Duration(((Decimal(count), unit),))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0),
        ("1,200", 1200),
        ("1 200 000", 1_200_000),
        ("1\u202f200\u00a0000", 1_200_000),
        ("1_200", 1200),
        ("1.2 million", 1_200_000),
        ("50k", 50_000),
        ("2M rows", 2_000_000),
        ("about 300 documents", 300),
        ("~ 3 bn", 3_000_000_000),
    ],
)
def test_a_count_is_read_as_people_write_it(text: str, count: int) -> None:
    assert read_count(text) == count


@pytest.mark.parametrize("text", ["", "many", "-5", "1.200", "12,00", "5 apples", "1 2", "1e6", "9" * 40, "k", "1-2k"])
def test_what_is_no_whole_number_is_not_guessed_at(text: str) -> None:
    assert read_count(text) is None


@pytest.mark.parametrize(
    ("text", "growth"),
    [
        ("1,200/day", Growth(Decimal(1200), lasting("1", Unit.DAY))),
        ("100 per second", Growth(Decimal(100), lasting("1", Unit.SECOND))),
        ("about 500 new rows a month", Growth(Decimal(500), lasting("1", Unit.MONTH))),
        ("10k daily", Growth(Decimal(10_000), lasting("1", Unit.DAY))),
        ("20 per 5 minutes", Growth(Decimal(20), lasting("5", Unit.MINUTE))),
        ("5 %/month", Growth(Decimal(5), lasting("1", Unit.MONTH), is_percent=True)),
        ("2.5% yearly", Growth(Decimal("2.5"), lasting("1", Unit.YEAR), is_percent=True)),
        ("none", NO_GROWTH),
    ],
)
def test_growth_is_rows_or_percent_in_a_period(text: str, growth: Growth) -> None:
    assert read_growth(text) == growth


@pytest.mark.parametrize("text", ["1200", "5 %", "fast", "/day", "10 per refund", "5/0 days"])
def test_growth_without_number_or_period_is_not_read(text: str) -> None:
    assert read_growth(text) is None


@pytest.mark.parametrize(
    ("text", "words", "seconds"),
    [
        ("90 days", "90 days", 90 * 86_400),
        ("15 min", "15 min", 900),
        ("PT15M", "15 min", 900),
        ("P1Y6M", "1 year 6 months", 18 * SECONDS[Unit.MONTH]),
        ("1 h 30 min", "1 h 30 min", 5400),
        ("a year and 6 months", "1 year 6 months", 18 * SECONDS[Unit.MONTH]),
        ("1.5 hours", "1.5 h", 5400),
        ("500 ms", "500 ms", 0.5),
    ],
)
def test_a_duration_keeps_its_units_and_knows_its_seconds(text: str, words: str, seconds: float) -> None:
    duration = read_duration(text)
    assert duration is not None
    assert str(duration).replace("\u00a0", " ") == words
    assert duration.seconds == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["7", "15m", "6 months 1 year", "1 day 2 days", "P", "PT", "soon", "days"])
def test_what_could_mean_two_lengths_is_not_read(text: str) -> None:
    assert read_duration(text) is None


def test_months_in_a_year_are_exact() -> None:
    assert lasting("3", Unit.YEAR).times(lasting("1", Unit.MONTH)) == 36
    assert lasting("1", Unit.YEAR).times(lasting("1", Unit.DAY)) == pytest.approx(365.2425)


@pytest.mark.parametrize("text", ["forever", "indefinitely", "until the account is closed", "as long as the law asks"])
def test_retention_may_have_no_end(text: str) -> None:
    assert read_retention(text) == ENDLESS
    assert math.isinf(ENDLESS.seconds)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("every 6 hours", 21_600),
        ("daily", 86_400),
        ("twice a day", 43_200),
        ("every night", 86_400),
        ("6 h", 21_600),
        ("quarterly", 3 * SECONDS[Unit.MONTH]),
        ("continuous", 0),
    ],
)
def test_an_interval_is_the_time_from_one_to_the_next(text: str, seconds: float) -> None:
    interval = read_interval(text)
    assert interval is not None
    assert interval.seconds == pytest.approx(seconds)


def test_a_part_of_a_day_is_said_in_hours() -> None:
    assert str(read_interval("twice a day")) == "12\u00a0h"


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("16 MB", 16_000_000),
        ("4 KiB", 4096),
        ("200 bytes", 200),
        ("1.5 gigabytes", 15 * 10**8),
        ("16mb", 16_000_000),
    ],
)
def test_a_size_is_in_bytes(text: str, size: int) -> None:
    assert read_size(text) == size


@pytest.mark.parametrize(
    ("text", "bytes_a_second"),
    [
        ("200 MB/s", 2e8),
        ("8 MiB per second", 8 * 1024**2),
        ("360 GB/h", 1e8),
        ("400 Mbit/s", 5e7),
        ("1 gbps", 1.25e8),
    ],
)
def test_a_throughput_is_bytes_a_second(text: str, bytes_a_second: float) -> None:
    assert read_throughput(text) == pytest.approx(bytes_a_second)


@pytest.mark.parametrize(
    ("text", "a_second"),
    [("150/s", 150), ("2,000 per minute", 2000 / 60), ("10 rps", 10), ("5 requests/s", 5), ("once a day", 1 / 86_400)],
)
def test_a_rate_is_times_a_second(text: str, a_second: float) -> None:
    assert read_rate(text) == pytest.approx(a_second)


@given(st.text(max_size=200), st.sampled_from(READERS))
def test_no_text_breaks_a_reader(text: str, reader: Any) -> None:
    reader(text)


PIECES = [
    "1",
    "1,200",
    "0",
    "9" * 30,
    "0.0001",
    " ",
    "%",
    "/",
    "per",
    "day",
    "MB",
    "s",
    "k",
    "every",
    "P",
    "T",
    "M",
    "y",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.sampled_from(READERS))
def test_no_text_that_is_nearly_a_quantity_breaks_a_reader(text: str, reader: Any) -> None:
    found = reader(text)
    if isinstance(found, Duration):
        assert found.seconds >= 0


@given(st.integers(0, quantities.LARGEST), st.sampled_from([",", " ", "\u202f", "_"]))
def test_every_grouped_number_is_read_back(number: int, separator: str) -> None:
    assert read_count(f"{number:,}".replace(",", separator)) == number


@given(st.integers(0, 10**6), st.sampled_from(list(Unit)))
def test_every_duration_is_read_back_from_its_words(count: int, unit: Unit) -> None:
    duration = lasting(str(count), unit)
    assert read_duration(str(duration)) == duration
