import pytest

from projects.design.tree import DataElement, Lifecycle, Optimization
from projects.design.vocabulary import Sensitivity
from tests.projects.checks.builders import (
    make,
    make_design,
    make_entity,
    make_field,
    make_volume,
    open_paths_of,
    paths_of,
)


def answers(design, rule):
    return len(paths_of(design, rule)), len(open_paths_of(design, rule))


def one_field(text, **facts):
    return make_design(entities=(make_entity("people", "id uuid", make_field("people", text, **facts)),))


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (one_field("x text", sensitivity=Sensitivity.SECRET), (1, 0)),
        (one_field("x text", sensitivity=Sensitivity.SECRET, protection="Encrypted"), (0, 0)),
        (one_field("x text", sensitivity=Sensitivity.FINANCIAL), (0, 0)),
        (one_field("password text"), (0, 1)),
        (one_field("api_key varchar(64)"), (0, 1)),
        (one_field("password_hash text"), (0, 0)),
        (one_field("pin_count integer"), (0, 0)),
    ],
)
def test_secrets_are_protected(design, expected):
    assert answers(design, "sensitive-field-unprotected") == expected


def personal(element):
    held = make_field("people", "email text", sensitivity=Sensitivity.PERSONAL)
    entity = make_entity("people", "id uuid", held, data_element=element.uid if element else None)
    return make_design(entities=(entity,), data_elements=(element,) if element else ())


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (personal(make(DataElement, "Person")), (1, 0)),
        (personal(make(DataElement, "Person", kept_for="2 years")), (0, 0)),
        (personal(None), (0, 1)),
        (one_field("x text"), (0, 0)),
    ],
)
def test_personal_data_has_an_end(design, expected):
    assert answers(design, "personal-data-without-retention") == expected


def large(growth="50,000 / day", kept_for="", **parts):
    element = make(DataElement, "Event", kept_for=kept_for)
    entity = make_entity("events", "id bigint", data_element=element.uid)
    volumes = (make_volume("events", "0", growth, "100 million"),)
    return make_design(entities=(entity,), data_elements=(element,), volumes=volumes, **parts)


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (large(), (1, 0)),
        (large("100 / day"), (0, 0)),
        (large(kept_for="1 year"), (0, 0)),
        (large(optimization=Optimization(partitioning="events by month")), (0, 0)),
        (large(lifecycle=Lifecycle(archival="What is old goes to files.")), (0, 1)),
    ],
)
def test_what_grows_large_has_a_plan(design, expected):
    assert answers(design, "large-entity-without-plan") == expected
