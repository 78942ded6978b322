"""How much the stores of all features will hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from projects.capacity.figures import in_bytes
from projects.capacity.rows import HORIZON
from projects.capacity.stores import StoreForecast, store_forecasts
from projects.capacity.volumes import forecasts
from projects.design.project import ProjectDesign
from projects.design.tree import Entity
from projects.design.vocabulary import StepName, StoreKind
from projects.exporters.answers import Part, extra
from projects.exporters.blocks import NOT_SPECIFIED, Block, Code, Inline, Table, joined, label, note
from projects.exporters.data_design.performance import VOLUME_COLUMNS, volume_cells
from projects.exporters.policies.databases import store_key, store_name
from projects.exporters.project_features import Feature, features_of

_YEARS = (0, 1, HORIZON)


@dataclass
class Total:
    """One store of all features that chose it."""

    name: str
    parts: list[StoreForecast] = field(default_factory=list)

    def after(self, years: int) -> str:
        known = [size for part in self.parts if (size := part.bytes_after(years)) is not None]
        return in_bytes(sum(known)) if known else NOT_SPECIFIED

    @property
    def unknown(self) -> list[Entity]:
        return [entity for part in self.parts for entity in part.unknown]


def volumes(project: ProjectDesign) -> Part:
    """The size of each store now and later, as computed from the rows that features expect."""
    return extra(_volumes(_totals(project)))


def _totals(project: ProjectDesign) -> list[Total]:
    found: dict[tuple[StoreKind, str], Total] = {}
    for feature in features_of(project, StepName.PERFORMANCE):
        for part in store_forecasts(feature.design):
            found.setdefault(store_key(part.store), Total(store_name(part.store))).parts.append(part)
    return [total for total in found.values() if any(part.bytes_after(0) is not None for part in total.parts)]


def _volumes(totals: list[Total]) -> Iterator[Block]:
    if not totals:
        return
    yield label("Expected sizes")
    columns = ("Store", "At the Start", "After 1 Year", f"After {HORIZON} Years", "Without")
    rows = tuple((total.name, *(total.after(years) for years in _YEARS), _without(total)) for total in totals)
    yield Table("project-volumes", columns, rows, numeric=frozenset({1, 2, 3}))
    yield note("Computed from the volumes of the features; the formulas stand in the data design of each.")


def _without(total: Total) -> Inline:
    """The entities that no size is known for."""
    return joined([Code(entity.full_name) for entity in total.unknown]) or "nothing"


def volumes_by_entity(project: ProjectDesign) -> Part:
    """The rows and sizes of each entity whose feature says anything of them."""
    return extra(block for feature in features_of(project, StepName.PERFORMANCE) for block in _rows(feature))


def _rows(feature: Feature) -> Iterator[Block]:
    rows = tuple(volume_cells(found) for found in forecasts(feature.design) if found.volume)
    if rows:
        yield label(("Expected rows of ", feature.mark))
        yield Table("volumes", VOLUME_COLUMNS, rows, numeric=frozenset({1, 3, 4, 5, 6}))
