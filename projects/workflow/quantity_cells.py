"""Cells that hold a quantity: kept as typed, and refused with an example where no calculation could read them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from projects.design import quantities


@dataclass(frozen=True)
class Quantity:
    read: Callable[[str], Any]
    what: str
    examples: str


COUNT = Quantity(quantities.read_count, "a number", "1,200 or 2 million")
DURATION = Quantity(quantities.read_duration, "a length of time", "15 min, 2 hours or 90 days")
GROWTH = Quantity(quantities.read_growth, "growth", "500/day, 5 %/month or none")
INTERVAL = Quantity(quantities.read_interval, "how often", "every 6 hours, daily or continuous")
RATE = Quantity(quantities.read_rate, "a rate", "150/s or 2,000 per minute")
RETENTION = Quantity(quantities.read_retention, "how long", "30 days, 7 years or indefinitely")
SIZE = Quantity(quantities.read_size, "a size", "200 bytes, 16 MB or 4 KiB")
THROUGHPUT = Quantity(quantities.read_throughput, "a throughput", "80 MB/s or 400 Mbit/s")


class Cells(Protocol):
    """A form that knows which of its cells nobody touched."""

    cleaned_data: dict[str, Any]

    def is_untouched(self, *names: str) -> bool: ...

    def add_error(self, field: str | None, error: Any) -> None: ...


def refuse_unreadable(form: Cells, cells: Mapping[str, Quantity]) -> None:
    """Put an error on each cell that was typed and cannot be read; what was saved before is not touched."""
    for name, quantity in cells.items():
        text = form.cleaned_data.get(name) or ""
        if text and not form.is_untouched(name) and quantity.read(text) is None:
            form.add_error(name, f"“{text}” is not read as {quantity.what}. Write it like {quantity.examples}.")
