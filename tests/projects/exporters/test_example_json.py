"""Example documents of collections: nested as their paths say, plausible, and always valid JSON."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from projects.design.tree import Design, NamedType
from projects.design.vocabulary import StructureKind, TypeKind
from projects.exporters.example_json import example_json
from tests.examples import at_most
from tests.projects.design.strategies import designs
from tests.projects.exporters.tables import column, design, table, uid


def example(*fields: tuple[str, str] | tuple[str, str, dict[str, Any]], types: tuple[NamedType, ...] = ()) -> Any:
    columns = [column("c", each[0], each[1], **(each[2] if len(each) > 2 else {})) for each in fields]
    collection = table("c", *columns, kind=StructureKind.COLLECTION)
    return json.loads(example_json(design(collection, types=types), collection))


def test_paths_are_nested() -> None:
    found = example(("customer.name", "string"), ("customer.address.zip", "varchar(5)"), ("total", "decimal(12,2)"))
    assert found == {"customer": {"name": "example name", "address": {"zip": "examp"}}, "total": 12.5}


@pytest.mark.parametrize("typed", ["object", "array", "object[]", "array of object"])
def test_lists_hold_what_lies_in_them(typed: str) -> None:
    found = example(("lines", typed, {"is_array": True}), ("lines.sku", "string"), ("lines.tags", "string[]"))
    assert found == {"lines": [{"sku": "example sku", "tags": ["example tags"]}]}


def test_a_list_may_be_said_after_what_lies_in_it() -> None:
    assert example(("lines.sku", "string"), ("lines", "object", {"is_array": True})) == {
        "lines": [{"sku": "example sku"}]
    }


@pytest.mark.parametrize(
    ("typed", "default", "value"),
    [
        ("string", "'it''s'", "it's"),
        ("string", "pending", "pending"),
        ("int", "5", 5),
        ("boolean", "false", False),
        ("timestamp", "now()", "2026-01-31T14:30:00Z"),
        ("timestamp", "CURRENT_TIMESTAMP", "2026-01-31T14:30:00Z"),
        ("int", "NaN", 1),
        ("double", "1e999", 0.5),
        ("array", "[]", []),
        ("ObjectId", "", "65b9f0c2e4b0a1d2c3e4f506"),
        ("", "", "example a"),
    ],
)
def test_values_are_defaults_or_of_the_fields_type(typed: str, default: str, value: object) -> None:
    assert example(("a", typed, {"default": default})) == {"a": value}


def test_enumerations_show_their_first_value() -> None:
    state = NamedType(uid=uid("state"), name="state", kind=TypeKind.ENUM, values=("new", "done"))
    assert example(("state", "state"), ("kind", "enum('x','y')"), types=(state,)) == {"state": "new", "kind": "x"}


def test_names_that_are_no_paths_are_keys_as_they_are() -> None:
    assert example(("a..b", "int"), (".", "int"), ("x.", "int")) == {"a..b": 1, ".": 1, "x.": 1}


def test_a_collection_without_fields_is_an_empty_document() -> None:
    assert example() == {}


@settings(max_examples=at_most(40))
@given(designs())
def test_any_collection_has_an_example_that_is_json(design: Design) -> None:
    for entity in design.entities:
        text = example_json(design, entity)
        assert text == example_json(design, entity)
        assert isinstance(json.loads(text, parse_constant=pytest.fail), dict)
