"""What people type in a cell, and what it means."""

import pytest
from django.core.exceptions import ValidationError

from projects.design.vocabulary import Direction, UseRole
from projects.models import Entity, Feature, Reuse
from projects.workflow.names import Names, items
from tests.factories import make_entity, make_feature


@pytest.fixture
def entity(feature: Feature) -> Entity:
    make_entity(feature, "lines", "id uuid", "refund_id uuid")
    return make_entity(feature, "refunds", "id uuid", "status text", "created_at timestamptz")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("status", [("status", "", Direction.ASCENDING)]),
        ("status, created_at desc", [("status", "", Direction.ASCENDING), ("created_at", "", Direction.DESCENDING)]),
        ("created_at ↓", [("created_at", "", Direction.DESCENDING)]),
        ("STATUS", [("status", "", Direction.ASCENDING)]),
        ("refunds.status", [("status", "", Direction.ASCENDING)]),
        ("(lower(status), 1), id", [("", "lower(status), 1", Direction.ASCENDING), ("id", "", Direction.ASCENDING)]),
    ],
)
def test_fields_with_directions(entity: Entity, text: str, expected: list[tuple[str, str, Direction]]) -> None:
    parts = Names(entity.feature).parts(text, entity)
    assert [(part.field.name if part.field else "", part.expression, part.direction) for part in parts] == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("status", UseRole.EQUALITY),
        ("status =", UseRole.EQUALITY),
        ("created_at range", UseRole.RANGE),
        ("created_at >=", UseRole.RANGE),
        ("status search", UseRole.SEARCH),
    ],
)
def test_filters_say_what_is_done_with_the_field(entity: Entity, text: str, role: UseRole) -> None:
    assert [found for _, found in Names(entity.feature).uses(text, entity)] == [role]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("statsu", "Did you mean status?"),
        ("refnds.status", "Did you mean refunds?"),
        ("lines.nothing", "lines has no field"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(entity: Entity, text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Names(entity.feature).parts(text, entity)


def test_a_bare_name_without_an_entity_asks_for_it(entity: Entity) -> None:
    with pytest.raises(ValidationError, match="Name the entity"):
        Names(entity.feature).field("status", None)


def test_a_reused_entity_is_known_and_an_own_one_of_its_name_wins(entity: Entity) -> None:
    other = make_feature("payments/billing/payments")
    payments, twin = make_entity(other, "payments", "id uuid"), make_entity(other, "refunds", "id uuid")
    for each in (payments, twin):
        Reuse.objects.create(feature=entity.feature, entity=each)
    names = Names(entity.feature)
    assert names.entity("payments") == payments
    assert names.entity("refunds") == entity


def test_commas_in_parentheses_do_not_separate() -> None:
    assert items("(coalesce(a, b)), c") == ["(coalesce(a, b))", "c"]


@pytest.mark.parametrize("text", ["lines.price", "docs.lines.price", "DOCS.Lines.Price"])
def test_a_path_is_a_field_with_full_stops_in_its_name(feature: Feature, text: str) -> None:
    docs = make_entity(feature, "docs", "lines.price decimal")
    assert Names(feature).field(text, docs).name == "lines.price"


def test_a_wrong_path_is_answered_with_the_nearest_one(feature: Feature) -> None:
    docs = make_entity(feature, "docs", "lines.price decimal")
    with pytest.raises(ValidationError, match=r"docs has no field “lines\.prise”\. Did you mean lines\.price\?"):
        Names(feature).field("lines.prise", docs)
