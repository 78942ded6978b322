import pytest

from projects.design.tree import DataElement, Lifecycle
from projects.design.vocabulary import Cardinality, OperationKind
from tests.projects.checks.builders import (
    findings_of,
    make,
    make_design,
    make_entity,
    make_query,
    make_relationship,
    make_volume,
    open_paths_of,
    paths_of,
    uid_of,
)


def answers(design, rule):
    return len(paths_of(design, rule)), len(open_paths_of(design, rule))


def counted(initial="", growth="", peak="", kept_for="", **parts):
    element = make(DataElement, "Event", kept_for=kept_for)
    entity = make_entity("events", "id bigint", data_element=element.uid)
    volume = make_volume("events", initial, growth, peak)
    return make_design(entities=(entity,), data_elements=(element,), volumes=(volume,), **parts)


@pytest.mark.parametrize(
    ("numbers", "cells"),
    [
        (("1.2 million", "1,200 / day", "5 million"), []),
        (("many", "1,200 / day", "5 million"), ["initial_rows"]),
        (("1000", "a few more", "a lot"), ["growth", "peak_rows"]),
        (("", "", ""), []),
    ],
)
def test_numbers_can_be_read(numbers, cells):
    found = findings_of(counted(*numbers), "volume-unreadable")
    assert [(each.field_name, each.step, each.path) for each in found] == [
        (cell, "performance", "events") for cell in cells
    ]


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (counted("1 million", "20,000 / day", "5 million"), (1, 0)),
        (counted("1 million", "20,000 / day", "25 million"), (0, 0)),
        (counted("0", "20,000 / day", "2 million", "90 days"), (0, 0)),
        (counted("1 million", "20,000 / day", "5 million", lifecycle=Lifecycle(deletion="Nightly.")), (0, 1)),
        (counted("1 million", "", "5 million"), (0, 0)),
    ],
)
def test_growth_stays_below_the_peak(design, expected):
    assert answers(design, "peak-below-growth") == expected


@pytest.mark.parametrize(("initial", "peak", "found"), [("5 million", "1 million", 1), ("1", "1", 0), ("5", "", 0)])
def test_the_first_rows_stay_below_the_peak(initial, peak, found):
    assert answers(counted(initial, "", peak), "peak-below-initial") == (found, 0)


def family(cardinality, children):
    entities = (make_entity("ps", "id uuid"), make_entity("cs", "id uuid", "p_id uuid", unique=["p_id"]))
    volumes = (make_volume("ps", "1 million", "none", "1 million"), make_volume("cs", children, "none", children))
    line = make_relationship("cs.p_id", "ps.id", cardinality=cardinality)
    return make_design(entities=entities, relationships=(line,), volumes=volumes)


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (family(Cardinality.ONE_TO_ONE, "10,000"), (1, 0)),
        (family(Cardinality.ONE_TO_ONE, "1 million"), (0, 0)),
        (family(Cardinality.ONE_TO_OPTIONAL, "10,000"), (0, 0)),
        (family(Cardinality.ONE_TO_OPTIONAL, "5 million"), (0, 1)),
        (family(Cardinality.ONE_TO_MANY, "5 million"), (0, 0)),
    ],
)
def test_children_fit_their_parents(design, expected):
    assert answers(design, "children-fewer-than-parents") == expected


def written(rate, growth="20,000 / day"):
    write = make_query("Add", "events", kind=OperationKind.WRITE, rate=rate)
    return counted("0", growth, "1 billion", queries=(write,))


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (written("1 / day"), (1, 0)),
        (written("0.3/s"), (0, 0)),
        (written("0.05/s"), (0, 1)),
        (written("now and then"), (0, 0)),
        (counted("0", "20,000 / day"), (0, 0)),
    ],
)
def test_writes_bring_the_growth(design, expected):
    assert answers(design, "writes-below-growth") == expected


def test_an_operation_writes_the_entities_whose_fields_it_writes():
    other = make_entity("others", "id bigint")
    write = make_query("Add", "others", kind=OperationKind.WRITE, rate="1 / day", written=["events.id"])
    design = counted("0", "20,000 / day", "1 billion")
    design = type(design)(**{**dict(design), "entities": (*design.entities, other), "queries": (write,)})
    found = findings_of(design, "writes-below-growth")
    assert [each.uid for each in found] == [uid_of("volume events")]
