"""Rules that hold numbers of rows against one another: growth and peak, children and parents, writes and growth."""

from collections.abc import Iterator
from uuid import UUID

from projects.capacity.figures import grouped
from projects.capacity.rows import HORIZON
from projects.capacity.volumes import Forecast
from projects.checks.facts import PERFORMANCE, Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.quantities import SECONDS_A_DAY, Growth, read_count, read_growth, read_rate
from projects.design.vocabulary import Cardinality, OperationKind, Severity, UseRole

# Estimates that are this close agree.
TOLERANCE = 1.2
READERS = (("initial_rows", read_count), ("growth", read_growth), ("peak_rows", read_count))


@rule(
    "volume-unreadable",
    Severity.WARNING,
    step=PERFORMANCE,
    says="The {fact} of “{path}”, “{text}”, cannot be read as a number.",
    remedy="Write it like {example}, and say the rest in the volume paragraph of step 1.",
    breaks="growth: a few more every week",
    keeps="growth: 1,200 / day",
    source="Checklist item 25: the numbers agree with one another",
)
def volume_unreadable(facts: Facts) -> Iterator[Claim]:
    """A number of rows is written so that nothing can be computed of it.

    Sizes, restore times and the checks on volumes then leave the entity out.
    """
    examples = {"initial_rows": "1.2 million", "growth": "1,200 / day", "peak_rows": "12 million"}
    for volume in facts.design.volumes:
        for name, read in READERS:
            text = getattr(volume, name).strip()
            if text and read(text) is None:
                words = {"fact": name.replace("_", " "), "text": text, "example": examples[name]}
                yield problem(volume, field_name=name, **words)


@rule(
    "peak-below-growth",
    Severity.WARNING,
    step=PERFORMANCE,
    says="“{path}” grows to {rows} rows in {years} years, but its peak is said to be {peak}.",
    remedy="Correct the growth or the peak, or say after which time rows go.",
    asks="“{path}” grows to {rows} rows in {years} years, and its peak is {peak}: what takes rows away?",
    breaks="initial 1 million, 20,000 a day, peak 5 million",
    keeps="initial 1 million, 20,000 a day, peak 25 million",
    source="Checklist item 25: growth × horizon against peak",
)
def peak_below_growth(facts: Facts) -> Iterator[Claim]:
    """The rows that an entity will have are more than its peak.

    One of the numbers is wrong, and disks, memory and restore times were planned with it.
    """
    for forecast in facts.forecasts.values():
        peak = forecast.typed_peak_rows
        highest = [rows for year in range(1, HORIZON + 1) if (rows := forecast.rows_after(year)) is not None]
        if peak is None or not highest or forecast.volume is None or max(highest) <= peak * TOLERANCE:
            continue
        words = {"rows": grouped(max(highest)), "years": HORIZON, "peak": grouped(peak)}
        goes_away = facts.design.lifecycle.deletion.strip() or facts.design.lifecycle.archival.strip()
        is_open = forecast.kept_for is None and bool(goes_away)
        yield (doubt if is_open else problem)(forecast.volume, field_name="peak_rows", **words)


@rule(
    "peak-below-initial",
    Severity.ERROR,
    step=PERFORMANCE,
    says="“{path}” begins with {initial} rows, more than its peak of {peak}.",
    remedy="Correct one of the two.",
    breaks="initial 5 million, peak 1 million",
    keeps="initial 1 million, peak 5 million",
    source="Checklist item 25",
)
def peak_below_initial(facts: Facts) -> Iterator[Claim]:
    """An entity begins with more rows than it is said to have at most.

    One of the numbers is wrong.
    """
    for forecast in facts.forecasts.values():
        initial, peak = forecast.initial_rows, forecast.typed_peak_rows
        if forecast.volume and initial is not None and peak is not None and initial > peak:
            yield problem(forecast.volume, field_name="peak_rows", initial=grouped(initial), peak=grouped(peak))


@rule(
    "children-fewer-than-parents",
    Severity.WARNING,
    step=PERFORMANCE,
    says="“{path}” will have {rows} rows and its parent “{parent}” {parents}, though each parent has exactly one.",
    remedy="Correct the volumes, or the cardinality.",
    asks="“{path}” will have {rows} rows and its parent “{parent}” {parents}: are most parents without any?",
    breaks="accounts 1 million, account_settings 10,000, 1:1",
    keeps="accounts 1 million, account_settings 1 million, 1:1",
    source="Checklist item 25: children against parents",
)
def children_fewer_than_parents(facts: Facts) -> Iterator[Claim]:
    """The rows of a child do not fit those of its parent.

    A one-to-one relationship has as many of both; a list whose parents are mostly empty is worth a second look.
    """
    for line in facts.foreign_keys:
        child = facts.forecasts.get(line.child)
        parent = facts.forecasts.get(line.parent) if line.parent else None
        rows, parents = _rows(child), _rows(parent)
        if child is None or child.volume is None or parent is None or rows is None or parents is None:
            continue
        words = {"rows": grouped(rows), "parent": parent.entity.full_name, "parents": grouped(parents)}
        is_one = line.cardinality in (Cardinality.ONE_TO_ONE, Cardinality.ONE_TO_OPTIONAL)
        if line.cardinality is Cardinality.ONE_TO_ONE and rows * TOLERANCE < parents:
            yield problem(child.volume, field_name="initial_rows", **words)
        elif is_one and rows > parents * TOLERANCE:
            yield doubt(child.volume, field_name="initial_rows", **words)


def _rows(forecast: Forecast | None) -> float | None:
    return forecast.peak_rows if forecast else None


@rule(
    "writes-below-growth",
    Severity.WARNING,
    step=PERFORMANCE,
    says="“{path}” grows by {growth} rows a day, but the operations that write it run {writes} times a day.",
    remedy="Correct the growth, or the rates of the operations, or add the operation that writes the rest.",
    asks="“{path}” grows by {growth} rows a day, and its operations run {writes} times: how many rows does each add?",
    breaks="refunds: 20,000 a day; “Request a refund”, 0.05/s",
    keeps="refunds: 20,000 a day; “Request a refund”, 0.3/s",
    source="Checklist item 25: write rate against growth",
)
def writes_below_growth(facts: Facts) -> Iterator[Claim]:
    """An entity grows faster than its operations write.

    Either rows come from somewhere that the design does not know, or a number is wrong.
    """
    rates = _writes_a_day(facts)
    for forecast in facts.forecasts.values():
        added = added_a_day(forecast)
        writes = rates.get(forecast.entity.uid)
        if added is None or not writes or forecast.volume is None or added <= writes * TOLERANCE:
            continue
        # One call may write many rows; beyond a hundred of them nobody would have meant it.
        claim = doubt if added <= writes * 100 else problem
        yield claim(forecast.volume, field_name="growth", growth=grouped(added), writes=grouped(writes))


def _writes_a_day(facts: Facts) -> dict[UUID, float]:
    """The calls a day that write each entity; entities with a writing operation of unknown rate are left out."""
    found: dict[UUID, float] = {}
    unknown: set[UUID] = set()
    owners = facts.design.entity_of_field
    for query in facts.design.queries:
        if query.kind is not OperationKind.WRITE:
            continue
        written: set[UUID | None] = {owners[field].uid for field in query.fields_in(UseRole.WRITTEN)}
        rate = read_rate(query.rate)
        for entity in (uid for uid in written or {query.entity} if uid):
            if rate is None:
                unknown.add(entity)
            else:
                found[entity] = found.get(entity, 0) + rate * SECONDS_A_DAY
    return {entity: rate for entity, rate in found.items() if entity not in unknown}


def added_a_day(forecast: Forecast) -> float | None:
    growth = forecast.growth
    if growth is None or not growth.per.seconds:
        return None
    return _amount(growth, forecast.initial_rows) * SECONDS_A_DAY / growth.per.seconds


def _amount(growth: Growth, initial: int | None) -> float:
    return float(growth.amount) / 100 * (initial or 0) if growth.is_percent else float(growth.amount)
