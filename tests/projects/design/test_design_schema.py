"""The published JSON Schema."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from projects.design.digest import design_json
from projects.design.schema import design_schema, design_schema_text
from projects.design.tree import Design
from tests.examples import at_most
from tests.projects.design.strategies import designs

ROOT = Path(__file__).resolve().parents[3]
PUBLISHED = ROOT / "docs" / "design.schema.json"


def test_the_published_schema_is_current() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == design_schema_text(), "run: python manage.py design_schema"


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(design_schema())


@given(designs())
@settings(max_examples=at_most(8), deadline=None, suppress_health_check=list(HealthCheck))
def test_every_design_keeps_the_schema(design: Design) -> None:
    jsonschema.validate(json.loads(design_json(design)), design_schema())


@pytest.mark.parametrize("name", ["payments.json", "refunds.json"])
def test_the_demonstration_keeps_the_schema(name: str) -> None:
    text = (ROOT / "projects" / "demonstration" / name).read_text(encoding="utf-8")
    jsonschema.validate(json.loads(text), design_schema())
