"""The companion's tab “Growth”: what the volumes of step 8 come to, as a picture, a table and formulas."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from projects.capacity.figures import in_bytes
from projects.capacity.rows import HORIZON
from projects.capacity.stores import StoreForecast, store_forecasts
from projects.capacity.volumes import Forecast, forecasts
from projects.diagrams.growth import GrowthTable, bands_of, draw_bands, table
from projects.snapshot.current import Digested

# More formulas than these are looked up in the document.
FORMULAS = 60


@dataclass(frozen=True)
class Computation:
    """How the figures of one entity come about, each with its name."""

    entity: str
    row_size: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Growth:
    svg: SafeString
    table: GrowthTable
    totals: tuple[tuple[str, str], ...]
    restores: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    computations: tuple[Computation, ...]
    left_out: int


@lru_cache(maxsize=16)
def growth(digested: Digested) -> Growth:
    design = digested.design.in_force
    found = forecasts(design)
    bands = bands_of(found)
    total = [sum(band.after(years) for band in bands) for years in (0, 1, HORIZON)]
    names = ("At the start", "In 1 year", f"In {HORIZON} years")
    computed = [forecast for forecast in found if forecast.row and forecast.volume]
    return Growth(
        svg=mark_safe(draw_bands(bands, "Growth of the data")),
        table=table(bands),
        totals=tuple(zip(names, map(in_bytes, total), strict=True)) if bands else (),
        restores=tuple(_restore(store) for store in store_forecasts(design, found) if store.restore_formula(HORIZON)),
        unknown=tuple(each.entity.full_name for each in found if each.volume and each.bytes_after(HORIZON) is None),
        computations=tuple(_computation(forecast) for forecast in computed[:FORMULAS]),
        left_out=max(len(computed) - FORMULAS, 0),
    )


def _computation(found: Forecast) -> Computation:
    facts = []
    sources = []
    if found.row:
        facts.append(("Row", found.row.formula))
        facts.append(("Assumed", found.row.assumptions))
        sources.append(found.row.source)
    if found.indexes:
        left_out = f", without {', '.join(found.indexes.left_out)}" if found.indexes.left_out else ""
        facts.append(("Indexes", found.indexes.formula + left_out))
        sources.append(found.indexes.source)
    facts += [("1 year", found.formula(1)), (f"{HORIZON} years", found.formula(HORIZON))]
    facts.append(("Source", "; ".join(sources)))
    size = in_bytes(found.row.bytes) if found.row else ""
    return Computation(found.entity.full_name, size, tuple(fact for fact in facts if fact[1]))


def _restore(store: StoreForecast) -> tuple[str, str]:
    return store.store.name, store.restore_formula(HORIZON)
