"""API descriptions into DTOs: fields, types, limits, references, and a reason for all that is left out."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.design.tree import Dto
from projects.importers.openapi import DtoImport, read_openapi
from projects.importers.source_text import Unreadable
from tests.cost import calls_in

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "discord.openapi.json"


def read(schemas: dict[str, Any], paths: dict[str, Any] | None = None) -> DtoImport:
    return read_openapi(json.dumps({"openapi": "3.1.0", "paths": paths or {}, "components": {"schemas": schemas}}))


def only(schema: dict[str, Any], **others: dict[str, Any]) -> Dto:
    """The DTO of a schema named Refund, read together with `others`."""
    return next(dto for dto in read({"Refund": schema, **others}).dtos if dto.name == "Refund")


def lines(dto: Dto) -> list[tuple[str, str, bool, str]]:
    return [(field.name, field.type, field.is_required, field.limits) for field in dto.fields]


def field_of(schema: Any, **others: dict[str, Any]) -> tuple[str, str]:
    (found,) = only({"properties": {"it": schema}}, **others).fields
    return found.type, found.limits


def test_a_schema_becomes_a_dto_with_its_fields() -> None:
    schema = {
        "type": "object",
        "description": "What a caller sends.",
        "required": ["paymentId"],
        "properties": {"paymentId": {"type": "string", "format": "uuid"}, "note": {"type": "string", "maxLength": 500}},
    }
    dto = only(schema)
    assert dto.description == "What a caller sends."
    assert lines(dto) == [
        ("paymentId", "string (uuid)", True, ""),
        ("note", "string", False, "at most 500 characters"),
    ]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "minLength": 1, "maxLength": 64}, ("string", "1–64 characters")),
        ({"type": "string", "minLength": 3, "maxLength": 3}, ("string", "3 characters")),
        ({"type": "string", "enum": ["open", "done"]}, ("string", "one of: open, done")),
        ({"type": ["string", "null"], "enum": ["open", None]}, ("string", "one of: open; may be null")),
        ({"type": "integer", "minimum": 1, "maximum": 9}, ("integer", "1 to 9")),
        ({"type": "number", "exclusiveMinimum": 0}, ("number", "more than 0")),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": True}, ("number", "more than 0")),
        ({"type": "string", "nullable": True}, ("string", "may be null")),
        ({"type": "string", "pattern": "^[A-Z]{3}$"}, ("string", "matches ^[A-Z]{3}$")),
        ({"type": "array", "items": {"type": "string"}, "maxItems": 5}, ("array of string", "at most 5 items")),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, ("integer", "may be null")),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, ("string or integer", "")),
        ({"type": "integer", "oneOf": [{"const": 1}, {"const": 2}]}, ("integer", "one of: 1, 2")),
        ({"type": "object", "additionalProperties": {"type": "string"}}, ("map of string", "")),
        (True, ("", "")),
    ],
)
def test_types_and_limits_are_told_in_words(schema: Any, expected: tuple[str, str]) -> None:
    assert field_of(schema) == expected


def test_what_is_nested_in_place_becomes_paths() -> None:
    line = {"type": "object", "required": ["quantity"], "properties": {"quantity": {"type": "integer"}}}
    dto = only({"properties": {"lines": {"type": "array", "items": line}}})
    assert lines(dto) == [("lines", "array of object", False, ""), ("lines.quantity", "integer", True, "")]


def test_a_reference_to_another_object_names_it_and_one_to_a_value_takes_its_limits() -> None:
    others = {"Money": {"properties": {"amount": {"type": "integer"}}}, "State": {"type": "string", "enum": ["open"]}}
    assert field_of({"$ref": "#/components/schemas/Money"}, **others) == ("Money", "")
    assert field_of({"type": "array", "items": {"$ref": "#/components/schemas/Money"}}, **others)[0] == "array of Money"
    assert field_of({"$ref": "#/components/schemas/State"}, **others) == ("string", "one of: open")


def test_parts_of_a_schema_are_put_together() -> None:
    base = {"required": ["id"], "properties": {"id": {"type": "string"}}}
    dto = only({"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"note": {}}}]}, Base=base)
    assert lines(dto) == [("id", "string", True, ""), ("note", "", False, "")]


def test_an_object_that_holds_itself_is_named_and_not_unrolled() -> None:
    dto = only({"properties": {"parent": {"$ref": "#/components/schemas/Refund"}}})
    assert lines(dto) == [("parent", "Refund", False, "")]


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"$ref": "#/components/schemas/Refund"}, "circle"),
        ({"$ref": "#/components/schemas/Missing"}, "leads nowhere"),
        ({"$ref": "other.yaml#/Refund"}, "another file"),
        ({"type": "string", "enum": ["a"]}, "list of values"),
        ({"type": "array", "items": {}}, "It is a list"),
        ({"oneOf": [{"type": "string"}]}, "alternatives"),
        ({"type": "object", "additionalProperties": True}, "names are free"),
        ({"type": "object"}, "no fields"),
        ({"allOf": [{"$ref": "#/components/schemas/Refund"}, {"properties": {"a": {}}}]}, "without end"),
        ("text", "not a schema"),
    ],
)
def test_what_is_not_taken_has_its_reason(schema: Any, reason: str) -> None:
    found = read({"Refund": schema})
    assert not found.dtos
    assert reason in found.left_out[0].reason


def test_a_field_that_cannot_be_taken_leaves_the_others() -> None:
    found = read({"Refund": {"properties": {"a\nb": {}, "x" * 200: {}, "lost": {"$ref": "#/nowhere"}, "kept": {}}}})
    assert [field.name for field in found.dtos[0].fields] == ["kept"]
    assert len(found.left_out) == 3


def test_operations_say_the_direction_and_name_their_inline_bodies() -> None:
    def body(schema: Any) -> dict[str, Any]:
        return {"content": {"application/json": {"schema": schema}}}

    refund = {"$ref": "#/components/schemas/Refund"}
    ask = {
        "operationId": "ask_refund",
        "requestBody": body({"properties": {"amount": {"type": "integer"}}}),
        "responses": {"200": body(refund), "404": body({"properties": {"never": {}}})},
    }
    found = read({"Refund": {"properties": {"id": {}}}}, {"/refunds": {"post": ask}})
    assert [(dto.name, dto.direction) for dto in found.dtos] == [
        ("Refund", "response"),
        ("AskRefundRequest", "request"),
    ]


def test_a_json_schema_is_read_too() -> None:
    text = json.dumps(
        {"title": "Refund", "properties": {"id": {"$ref": "#/$defs/Id"}}, "$defs": {"Id": {"type": "string"}}}
    )
    found = read_openapi(text)
    assert [(dto.name, lines(dto)) for dto in found.dtos] == [("Refund", [("id", "string", False, "")])]
    assert found.label == "JSON Schema"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("openapi: 3.0.0\npaths: {}", "YAML"),
        ('{"openapi": ', "line 1"),
        ("[]", "JSON object"),
        ('{"openapi": "3.0.0"}', "no schemas"),
        ('{"a":' * 100_000, "nested too deeply"),
        ("", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_openapi(text)


def test_few_lines_that_stand_for_very_many_are_stopped() -> None:
    schemas = {f"L{level}": {"allOf": [{"$ref": f"#/components/schemas/L{level + 1}"}] * 10} for level in range(20)} | {
        "L20": {"properties": {"a": {}}}
    }

    def refused() -> None:
        with pytest.raises(Unreadable, match="more often than can be followed"):
            read(schemas)

    assert calls_in(refused) < 8_000_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["properties", "items", "allOf", "oneOf", "$ref", "type", "enum", "required", "maxLength"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=8), JSON, min_size=1, max_size=4))
def test_any_json_is_read_or_left_out_with_a_reason(schemas: dict[str, Any]) -> None:
    found = read(schemas)
    names = {name for name in schemas if name.strip()}
    assert len(found.dtos) + len({each.name for each in found.left_out}) >= min(1, len(names))


@pytest.mark.skipif(not CORPUS.exists(), reason="the API description lies beside the checkout only")
def test_a_real_description_is_read_whole() -> None:
    found = read_openapi(CORPUS.read_bytes())
    named = set(json.loads(CORPUS.read_bytes())["components"]["schemas"])
    assert len(found.dtos) > 400
    assert named <= {dto.name for dto in found.dtos} | {each.name for each in found.left_out}
