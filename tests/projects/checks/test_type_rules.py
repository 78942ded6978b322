import pytest

from projects.design.vocabulary import Generation, Sensitivity, TypeKind
from tests.projects.checks.builders import (
    findings_of,
    make_entity,
    make_field,
    make_store,
    make_type,
    open_paths_of,
    paths_of,
)
from tests.projects.checks.designs import STAMPS, finished_design, finished_entities


def with_field(text, entity="notes", **facts):
    entity = make_entity(entity, "id uuid", make_field(entity, text, **facts), *STAMPS)
    return finished_design(entities=(*finished_entities(), entity))


def test_a_field_without_type_is_found():
    assert paths_of(with_field("body"), "field-type-missing") == ["notes.body"]


@pytest.mark.parametrize("field_type", ["text", "no_such_type", "numeric(12,2)[]"])
def test_any_type_is_a_type(field_type):
    assert paths_of(with_field(f"body {field_type}"), "field-type-missing") == []


@pytest.mark.parametrize("field_type", ['"', "varchar(²)", "((((", "[]", "a" * 190, "שלום", "numeric(1,2,3)"])
def test_whatever_is_typed_as_a_type_is_read(field_type):
    assert paths_of(with_field(f"body {field_type}"), "field-type-missing") == []


def test_a_computed_field_takes_the_type_of_its_formula():
    assert paths_of(with_field("total", generation=Generation.COMPUTED), "field-type-missing") == []


def test_a_named_enumeration_without_values_is_found_once():
    empty = make_type("mood", TypeKind.ENUM)
    design = with_field("mood mood").model_copy(update={"types": (*finished_design().types, empty)})
    assert paths_of(design, "enum-without-values") == ["mood"]


def test_an_enumeration_in_place_without_values_is_found():
    assert paths_of(with_field("mood enum"), "enum-without-values") == ["notes.mood"]


@pytest.mark.parametrize("field", ["mood enum('good','bad')", "status refund_status"])
def test_an_enumeration_with_values_is_fine(field):
    assert paths_of(with_field(field), "enum-without-values") == []


@pytest.mark.parametrize("name", ["price", "unit_price", "shipping_cost", "refund_fees", "salary", "tax", "priceNet"])
@pytest.mark.parametrize("field_type", ["float", "double precision", "real", "float(53)"])
def test_money_as_float_is_found(name, field_type):
    assert paths_of(with_field(f"{name} {field_type}"), "money-as-float") == [f"notes.{name}"]


@pytest.mark.parametrize("field_type", ["numeric(12,2)", "bigint", "money", "decimal"])
def test_exact_money_is_fine(field_type):
    assert paths_of(with_field(f"price {field_type}"), "money-as-float") == []


@pytest.mark.parametrize("name", ["tax_rate", "discount_percent", "cost_factor", "latitude", "price_ratio", "score"])
def test_a_float_that_is_no_money_is_fine(name):
    design = with_field(f"{name} double precision")
    assert paths_of(design, "money-as-float") == open_paths_of(design, "money-as-float") == []


def test_an_amount_of_who_knows_what_is_left_to_people():
    design = with_field("total double precision")
    assert paths_of(design, "money-as-float") == []
    assert open_paths_of(design, "money-as-float") == ["notes.total"]


@pytest.mark.parametrize(
    "design",
    [
        with_field("total double precision", entity="invoices"),
        with_field("total double precision", sensitivity=Sensitivity.FINANCIAL),
        with_field("value double precision", sensitivity=Sensitivity.FINANCIAL),
    ],
)
def test_an_amount_is_money_where_the_design_speaks_of_money(design):
    assert len(paths_of(design, "money-as-float")) == 1


def test_a_domain_over_float_is_float():
    domain = make_type("price_type", TypeKind.DOMAIN, base="double precision")
    design = with_field("price price_type").model_copy(update={"types": (*finished_design().types, domain)})
    assert paths_of(design, "money-as-float") == ["notes.price"]


def test_a_domain_over_itself_is_no_endless_loop():
    domain = make_type("price_type", TypeKind.DOMAIN, base="price_type")
    design = with_field("price price_type").model_copy(update={"types": (*finished_design().types, domain)})
    assert paths_of(design, "money-as-float") == []


def test_the_type_money_is_advised_against_in_postgresql():
    assert paths_of(with_field("price money"), "money-type-locale-bound") == ["notes.price"]


def test_the_type_money_is_fine_in_sql_server():
    design = with_field("price money").model_copy(update={"stores": (make_store("SQL Server 2022"),)})
    assert paths_of(design, "money-type-locale-bound") == open_paths_of(design, "money-type-locale-bound") == []


def test_the_type_money_is_left_to_people_in_a_system_nobody_knows():
    design = with_field("price money").model_copy(update={"stores": (make_store("Some new database"),)})
    assert open_paths_of(design, "money-type-locale-bound") == ["notes.price"]


@pytest.mark.parametrize("name", ["requested_at", "requestedAt", "birth_date", "date", "dob", "date_of_birth"])
@pytest.mark.parametrize("field_type", ["text", "varchar(20)", "char(10)"])
def test_a_date_as_text_is_found(name, field_type):
    assert paths_of(with_field(f"{name} {field_type}"), "text-for-date") == [f"notes.{name}"]


@pytest.mark.parametrize("field", ["date_format text", "candidate text", "format text", "at text", "requested_at date"])
def test_text_that_is_no_date_is_fine(field):
    assert paths_of(with_field(field), "text-for-date") == []


def test_a_time_as_text_is_left_to_people():
    design = with_field("delivery_time text")
    assert paths_of(design, "text-for-date") == []
    assert open_paths_of(design, "text-for-date") == ["notes.delivery_time"]


@pytest.mark.parametrize("field_type", ["timestamp", "timestamp(3)", "timestamp without time zone", "datetime"])
def test_a_timestamp_without_zone_is_found_in_postgresql(field_type):
    assert paths_of(with_field(f"seen_at {field_type}"), "timestamp-without-time-zone") == ["notes.seen_at"]


@pytest.mark.parametrize(
    "field_type", ["timestamptz", "timestamp with time zone", "timestamp(3) with time zone", "date"]
)
def test_a_timestamp_with_zone_is_fine(field_type):
    assert paths_of(with_field(f"seen_at {field_type}"), "timestamp-without-time-zone") == []


def test_a_local_time_may_do_without_zone():
    design = with_field("opens_at timestamp", description="Local time of the shop.")
    assert paths_of(design, "timestamp-without-time-zone") == []


@pytest.mark.parametrize("system", ["MySQL 8.4", "MariaDB 11", "SQLite 3"])
def test_a_timestamp_needs_no_zone_where_there_are_none(system):
    design = with_field("seen_at timestamp").model_copy(update={"stores": (make_store(system),)})
    assert paths_of(design, "timestamp-without-time-zone") == []
    assert open_paths_of(design, "timestamp-without-time-zone") == []


def test_a_timestamp_in_a_system_nobody_knows_is_left_to_people():
    design = with_field("seen_at timestamp").model_copy(update={"stores": (make_store(""),)})
    assert paths_of(design, "timestamp-without-time-zone") == []
    assert open_paths_of(design, "timestamp-without-time-zone") == ["notes.seen_at"]


def test_a_name_with_two_types_is_found_where_it_departs():
    design = with_field("provider_ref uuid")
    finding = findings_of(design, "field-type-inconsistent")[0]
    assert finding.path == "notes.provider_ref"
    assert finding.message == "“notes.provider_ref” is uuid, but varchar(64) in “refunds.provider_ref”."


@pytest.mark.parametrize("field", ["provider_ref varchar(32)", "provider_ref text", "status integer"])
def test_lengths_and_single_words_may_differ(field):
    assert paths_of(with_field(field), "field-type-inconsistent") == []


def test_a_name_with_no_usual_type_is_left_to_people():
    names = ("a", "b", "c", "d")
    types = ("uuid", "uuid", "bigint", "bigint")
    entities = [
        make_entity(f"{name}s", "id uuid", f"outer_ref {kind}") for name, kind in zip(names, types, strict=True)
    ]
    design = finished_design(entities=(*finished_entities(), *entities))
    assert paths_of(design, "field-type-inconsistent") == []
    assert len(open_paths_of(design, "field-type-inconsistent")) == 2
