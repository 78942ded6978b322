"""The rows of one entity over time.

Linear growth adds so many rows in each period, growth in percent compounds. Retention bounds both: what is older than
the data element is kept for is gone, and the rows there are at the start are taken to be of all ages up to that, alike.
A year has 12 months or 365.2425 days, the mean of the Gregorian calendar.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Self

from projects.capacity.figures import grouped
from projects.design.quantities import NO_GROWTH, Duration, Growth, Unit, read_count, read_growth, read_retention

HORIZON = 3
A_YEAR = Duration(((Decimal(1), Unit.YEAR),))
# More than this is in no store: growth in percent was misread, or cannot go on for so long.
MOST_ROWS = 1e18


@dataclass(frozen=True)
class RowGrowth:
    """`kept_for` is None if nobody said, or nobody can read, how long rows are kept: they stay then."""

    initial: int | None
    growth: Growth | None
    kept_for: Duration | None

    @classmethod
    def read(cls, initial: str, growth: str, kept_for: str) -> Self:
        return cls(read_count(initial), read_growth(growth), read_retention(kept_for))

    def after(self, years: float) -> float | None:
        """None if what it needs is not known, or it is more than any store holds."""
        initial, growth = self.initial, self.growth
        if initial is None or (growth is None and years):
            return None
        if growth is None or not years:
            return initial
        rows, kept = self._grown(years), self._kept_years
        if rows is not None and kept is not None:
            rows -= (self._grown(years - kept) or 0) if years >= kept else initial * years / kept
        return rows if rows is not None and rows <= MOST_ROWS else None

    @property
    def most(self) -> float | None:
        """The most rows within the horizon."""
        moments = [0.0, float(HORIZON)]
        if self._kept_years is not None and self._kept_years < HORIZON:
            moments.append(self._kept_years)
        known = [rows for years in moments if (rows := self.after(years)) is not None]
        return max(known) if len(known) == len(moments) else None

    def added_in_the_year_before(self, years: float) -> float | None:
        """The new rows of the year that ends after so many years, or of the first one."""
        if self.initial is None or self.growth is None:
            return None
        end = max(years, 1)
        after, before = self._grown(end), self._grown(end - 1)
        return after - before if after is not None and before is not None and after <= MOST_ROWS else None

    def in_words(self, years: int) -> str:
        """The formula of the rows after so many years."""
        initial, growth, kept = grouped(self.initial or 0), self.growth or NO_GROWTH, self.kept_for
        times = f"{grouped(self._periods_a_year * years, 1)} {_per(growth.per)}"
        if not growth.amount:
            words = initial
        elif growth.is_percent:
            words = f"{initial} × (1 + {growth.amount.normalize():f} %) ^ {times}"
        else:
            words = f"{initial} + {grouped(float(growth.amount), 2)} × {times}"
        return words if kept is None or kept.is_endless else f"{words}, less what is older than {kept}"

    @cached_property
    def _kept_years(self) -> float | None:
        kept = self.kept_for
        return None if kept is None or kept.is_endless or not kept.seconds else kept.times(A_YEAR)

    @cached_property
    def _periods_a_year(self) -> float:
        return A_YEAR.times(self.growth.per) if self.growth else 0

    def _grown(self, years: float) -> float | None:
        """The rows there would be if none ever went; None if they are more than a number can say."""
        initial, growth = self.initial or 0, self.growth or NO_GROWTH
        periods = self._periods_a_year * years
        if not growth.is_percent:
            return initial + float(growth.amount) * periods
        try:
            return float(initial * (1 + float(growth.amount) / 100) ** periods)
        except OverflowError:
            return None


def _per(period: Duration) -> str:
    """The periods in words: months, or periods of 5 min."""
    count, unit = period.parts[0]
    if len(period.parts) > 1 or count != 1:
        return f"periods of {period}"
    return f"{unit}s" if unit in (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR) else unit
