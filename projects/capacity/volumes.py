"""Rows and bytes of each entity over time: `rows` counts, and each row takes itself and its entries in the indexes."""

from dataclasses import dataclass
from functools import cached_property

from projects.capacity.figures import grouped, grouped_bytes, in_bytes
from projects.capacity.row import RowSize
from projects.capacity.row_size import IndexSize, Sizes
from projects.capacity.rows import RowGrowth
from projects.design.quantities import SECONDS, Duration, Growth, Unit, read_count
from projects.design.tree import DataElement, Design, Entity, Store, Volume

# More than this is in no store, whatever the growth says.
MOST_BYTES = 1e24


@dataclass(frozen=True)
class Forecast:
    """What is known of one entity; a figure is None if what it needs is not given or cannot be read."""

    entity: Entity
    store: Store | None
    volume: Volume | None
    data_element: DataElement | None
    row: RowSize | None
    indexes: IndexSize | None

    @cached_property
    def rows(self) -> RowGrowth:
        kept_for = self.data_element.kept_for if self.data_element else ""
        typed = self.volume
        return RowGrowth.read(typed.initial_rows, typed.growth, kept_for) if typed else RowGrowth.read("", "", kept_for)

    @property
    def initial_rows(self) -> int | None:
        return self.rows.initial

    @property
    def growth(self) -> Growth | None:
        return self.rows.growth

    @property
    def kept_for(self) -> Duration | None:
        return self.rows.kept_for

    @cached_property
    def typed_peak_rows(self) -> int | None:
        return read_count(self.volume.peak_rows) if self.volume else None

    @property
    def peak_rows(self) -> float | None:
        """As typed, or the most rows within the horizon."""
        return self.rows.most if self.typed_peak_rows is None else self.typed_peak_rows

    @property
    def entry_bytes(self) -> int | None:
        """A row with its entries in the indexes."""
        return self.row.bytes + (self.indexes.bytes if self.indexes else 0) if self.row else None

    def rows_after(self, years: float) -> float | None:
        return self.rows.after(years)

    def bytes_after(self, years: float) -> float | None:
        rows, size = self.rows.after(years), self.entry_bytes
        return rows * size if rows is not None and size is not None and rows * size <= MOST_BYTES else None

    def added_a_second(self, years: float) -> float:
        """Bytes that new rows bring, as a mean over the year that ends then, or the first one; 0 if not known."""
        return (self.rows.added_in_the_year_before(years) or 0) * (self.entry_bytes or 0) / SECONDS[Unit.YEAR]

    def formula(self, years: int) -> str:
        """How rows and bytes after so many years are computed; empty if they are not."""
        rows, size = self.rows.after(years), self.bytes_after(years)
        if rows is None or size is None or self.row is None:
            return ""
        each = grouped_bytes(self.row.bytes)
        if self.indexes:
            each = f"({each} row + {grouped_bytes(self.indexes.bytes)} indexes)"
        return f"({self.rows.in_words(years)} = {grouped(rows)} rows) × {each} = {in_bytes(size)}"


def forecasts(design: Design) -> tuple[Forecast, ...]:
    """A forecast for every entity that this design owns; its reused ones are forecast where they are designed."""
    sizes = Sizes(design)
    volumes = {volume.entity: volume for volume in design.volumes}
    elements = {element.uid: element for element in design.data_elements}
    found = []
    for entity in design.own_entities:
        volume = volumes.get(entity.uid)
        element = elements[entity.data_element] if entity.data_element else None
        row = sizes.row(entity, volume.row_size if volume else "")
        found.append(Forecast(entity, sizes.store_of(entity), volume, element, row, sizes.indexes(entity)))
    return tuple(found)
