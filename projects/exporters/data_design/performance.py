"""Step 8: how much data there will be, and what keeps it fast."""

from collections.abc import Iterator

from projects.capacity.figures import grouped, in_bytes
from projects.capacity.row_size import IndexSize
from projects.capacity.rows import HORIZON
from projects.capacity.stores import StoreForecast, store_forecasts
from projects.capacity.volumes import Forecast, forecasts
from projects.design.inheritance import lines
from projects.design.tree import Cache, Design
from projects.design.vocabulary import PolicyName
from projects.exporters.blocks import (
    NO_NAME,
    NOT_SPECIFIED,
    Block,
    Bullets,
    Code,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Strong,
    Table,
    Typed,
    joined,
    not_specified,
    note,
    typed,
)
from projects.exporters.data_design.standing import standing
from projects.exporters.escaping import one_line

VOLUME_COLUMNS = (
    "Entity",
    "Initial Rows",
    "Growth",
    "Peak Rows",
    "Row Size",
    "Size after 1 Year",
    "Size after 3 Years",
    "Retention",
)


def performance(design: Design) -> Iterator[Block]:
    yield Heading(2, "Performance")
    yield Heading(3, "Expected Data Volume")
    yield from _volume(design)
    yield Heading(3, "Optimization Strategies")
    yield from _strategies(design)


def _volume(design: Design) -> Iterator[Block]:
    found = forecasts(design)
    if not found:
        yield not_specified()
        return
    yield Table(
        "volumes",
        VOLUME_COLUMNS,
        tuple(volume_cells(forecast) for forecast in found),
        numeric=frozenset({1, 3, 4, 5, 6}),
    )
    totals = [total for store in store_forecasts(design, found) if (total := _total(store))]
    if totals:
        yield Paragraph("In all:")
        yield Bullets(tuple(totals))
    computed = [forecast for forecast in found if forecast.row]
    if computed:
        yield Paragraph("How the sizes are computed:")
        yield Bullets(tuple(_formula(forecast) for forecast in computed))
        yield note(_method(computed))


def volume_cells(found: Forecast) -> tuple[Inline, ...]:
    initial = grouped(found.initial_rows) if found.initial_rows is not None else ""
    peak = grouped(found.peak_rows) if found.peak_rows is not None else ""
    return (
        Code(found.entity.full_name),
        initial or _line(found.volume.initial_rows if found.volume else ""),
        _line(found.volume.growth if found.volume else ""),
        peak or _line(found.volume.peak_rows if found.volume else ""),
        in_bytes(found.row.bytes) if found.row else NOT_SPECIFIED,
        _size(found, 1),
        _size(found, HORIZON),
        _retention(found),
    )


def _line(text: str) -> str:
    return one_line(text) or NOT_SPECIFIED


def _size(found: Forecast, years: int) -> str:
    size = found.bytes_after(years)
    return in_bytes(size) if size is not None else NOT_SPECIFIED


def _retention(found: Forecast) -> Inline:
    element = found.data_element
    if not element or not element.kept_for.strip():
        return NOT_SPECIFIED
    kept, then = one_line(element.kept_for), one_line(element.afterwards)
    return f"{kept}, then {then[:1].lower()}{then[1:]}" if then else kept


def _total(found: StoreForecast) -> Inline | None:
    sizes = [found.bytes_after(years) for years in (0, 1, HORIZON)]
    if any(size is None for size in sizes):
        return None
    now, soon, later = (in_bytes(size or 0) for size in sizes)
    said: list[Inline] = [
        Strong(one_line(found.store.name) or NO_NAME),
        f": {now} at the start, {soon} after 1 year, {later} after {HORIZON} years",
    ]
    if found.unknown:
        said += [", without ", joined([Code(entity.full_name) for entity in found.unknown])]
    return (*said, ".")


def _formula(found: Forecast) -> Inline:
    """How the row, its indexes and the size at the horizon come about; without a row there is nothing to say."""
    row = found.row
    said: list[Inline] = [Code(found.entity.full_name), ": row "]
    said.append(row.formula if row else NOT_SPECIFIED)
    assumed = [field for field in row.fields if field.assumed] if row else []
    if assumed:
        each = [(Code(field.name), f" {field.assumed}") for field in assumed]
        said += [" (assumed: ", joined(each, "; "), ")"]
    if found.indexes:
        said += ["; indexes ", *_indexes(found.indexes)]
    if formula := found.formula(HORIZON):
        said.append(f"; after {HORIZON} years {formula}")
    return (*said, ".")


def _indexes(indexes: IndexSize) -> Iterator[Inline]:
    yield indexes.formula
    if indexes.left_out:
        yield ", without "
        yield joined([Code(name) for name in indexes.left_out])


def _method(computed: list[Forecast]) -> str:
    rows = {forecast.row.source for forecast in computed if forecast.row}
    indexes = {forecast.indexes.source for forecast in computed if forecast.indexes}
    sources = "; ".join(sorted(rows | indexes))
    return (
        "Size is rows × (row + index entries). Growth in percent compounds; what is older than its retention is gone, "
        "and the rows at the start are taken to be of all ages alike. Where peak rows were not given, they are the "
        f"most within {HORIZON} years. Sources: {sources}."
    )


def _strategies(design: Design) -> Iterator[Block]:
    plan = design.optimization
    yield Prose(plan.partitioning, label="Partitioning")
    if plan.caching.strip() or not design.caches:
        yield Prose(plan.caching, label="Caching")
    if design.caches:
        yield Paragraph("Caches:", style="label")
        rows = tuple(cache_cells(design, cache) for cache in design.caches)
        yield Table("caches", ("What", "Where", "TTL", "Invalidation"), rows)
    yield Prose(plan.denormalization, label="Denormalization")
    yield Prose(plan.pooling, label="Connection pooling")
    yield Prose(plan.query_optimization, label="Query optimization")
    yield from standing(lines(design), plan.departure, PolicyName.CACHING, PolicyName.DATABASES)


def cache_cells(design: Design, cache: Cache) -> tuple[Inline, ...]:
    name: Inline = one_line(cache.name) or NO_NAME
    what = (name, ": ", Typed(cache.holds)) if cache.holds.strip() else name
    return what, _where(design, cache), _ttl(cache), _invalidation(cache)


def _where(design: Design, cache: Cache) -> Inline:
    store = one_line(design.store_by_uid[cache.store].name) if cache.store else ""
    return joined([part for part in (store, one_line(cache.place)) if part]) or NOT_SPECIFIED


def _ttl(cache: Cache) -> Inline:
    stale = one_line(cache.tolerated_staleness)
    return f"{_line(cache.ttl)} (up to {stale} stale is tolerated)" if stale else _line(cache.ttl)


def _invalidation(cache: Cache) -> Inline:
    if not cache.eviction:
        return typed(cache.invalidation)
    evicts = f"eviction: {cache.eviction.label[:1].lower()}{cache.eviction.label[1:]}"
    return (Typed(cache.invalidation), "; ", evicts) if cache.invalidation.strip() else evicts.capitalize()
