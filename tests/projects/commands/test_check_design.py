"""manage.py check_design"""

import json

import pytest

from projects.design import tree
from projects.management.design_command import Problems
from projects.models import Feature
from projects.workflow.apply_import import apply_import
from tests.factories import NOON
from tests.projects.commands.calling import call
from tests.projects.snapshot.sized import sized_design, uid

PATH = "payments/billing/refunds"
SHAPE = {"rule", "severity", "path", "uid", "message", "remedy", "step"}
pytestmark = pytest.mark.django_db


def bring(feature: Feature, **parts: object) -> None:
    design = tree.Design(identity=sized_design(1).identity, **parts)
    apply_import(feature, design, actor=None, now=NOON)


@pytest.fixture
def faulty(feature: Feature) -> Feature:
    """One entity without a primary key: an error, and warnings beside it."""
    field = tree.EntityField(uid=uid("field"), name="amount_minor", type="bigint", is_required=True)
    bring(feature, entities=(tree.Entity(uid=uid("entity"), name="refunds", fields=(field,)),))
    return feature


@pytest.fixture
def doubtful(feature: Feature) -> Feature:
    """A store without its reasons: a warning and no error."""
    bring(feature, stores=(tree.Store(uid=uid("store"), name="Main", kind="relational", system="PostgreSQL 16"),))
    return feature


def test_an_error_ends_with_one_and_is_a_line_on_standard_error(faulty: Feature) -> None:
    with pytest.raises(Problems) as found:
        call("check_design", PATH)
    assert found.value.returncode == 1


def test_a_design_without_findings_passes(feature: Feature) -> None:
    assert call("check_design", PATH) == ("0 errors, 0 warnings, 0 advice.\n", "")


def test_a_warning_fails_only_where_asked(doubtful: Feature) -> None:
    out, error = call("check_design", PATH)
    assert "store-rationale-incomplete" in out
    assert error == ""
    with pytest.raises(Problems):
        call("check_design", PATH, "--fail-on", "warning")


def test_json_lists_each_finding(doubtful: Feature) -> None:
    findings = json.loads(call("check_design", PATH, "--format", "json")[0])
    assert [set(each) for each in findings] == [SHAPE]
    assert findings[0]["uid"] == str(uid("store"))
    assert (findings[0]["severity"], findings[0]["step"]) == ("warning", "storage")


def test_sarif_names_the_rule_the_level_and_the_place(doubtful: Feature) -> None:
    log = json.loads(call("check_design", PATH, "--format", "sarif")[0])
    (run,) = log["runs"]
    (result,) = run["results"]
    assert log["version"] == "2.1.0"
    assert (result["ruleId"], result["level"]) == ("store-rationale-incomplete", "warning")
    assert result["ruleId"] in {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "Main"
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "docs/plan/billing/refunds/03-data-design.md"


def test_a_revision_that_does_not_exist_is_refused(feature: Feature) -> None:
    with pytest.raises(Problems, match="has no revision 2"):
        call("check_design", PATH, "--revision", "2")
