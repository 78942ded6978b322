"""manage.py check_design"""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from projects.design import tree
from projects.management.design_command import Problems
from projects.models import Feature
from projects.workflow.apply_import import apply_import
from tests.factories import NOON, make_entity, make_feature
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


@pytest.fixture
def clashing(feature: Feature) -> Feature:
    """Two features that define refunds: the other one with another type."""
    make_entity(feature, "refunds", "id uuid", "amount_minor bigint")
    make_entity(make_feature("payments/shop/orders"), "refunds", "id uuid", "amount_minor text")
    return feature


TWICE = "table-defined-twice-differently"


def test_a_project_is_checked_with_all_its_features(clashing: Feature) -> None:
    findings = json.loads(failing("payments", "--format", "json"))
    assert {frozenset(each) for each in findings} == {frozenset(SHAPE | {"feature"})}
    assert {each["feature"] for each in findings} == {"billing/refunds", "shop/orders"}
    (clash,) = [each for each in findings if each["rule"] == TWICE]
    assert (clash["feature"], clash["path"]) == ("shop/orders", "shop/orders · refunds")
    assert "amount_minor is text here and bigint there" in clash["message"]


def failing(*arguments: str) -> str:
    """What the command prints before it ends with 1."""
    out = StringIO()
    with pytest.raises(Problems) as found:
        call_command("check_design", *arguments, stdout=out, stderr=StringIO())
    assert found.value.returncode == 1
    return out.getvalue()


def test_sarif_of_a_project_shows_each_finding_at_the_document_of_its_feature(clashing: Feature) -> None:
    (run,) = json.loads(failing("payments", "--format", "sarif"))["runs"]
    (clash,) = [each for each in run["results"] if each["ruleId"] == TWICE]
    uri = clash["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "docs/plan/shop/orders/03-data-design.md"
    assert TWICE in {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    marks = [each["partialFingerprints"]["finding/v1"] for each in run["results"]]
    assert len(set(marks)) == len(marks)


def test_a_project_without_findings_passes(feature: Feature) -> None:
    assert call("check_design", "payments") == ("0 errors, 0 warnings, 0 advice.\n", "")


@pytest.mark.parametrize("path", ["nowhere", "payments/billing", "payments/billing/refunds/more"])
def test_a_path_that_leads_nowhere_is_wrong_use(path: str, feature: Feature) -> None:
    with pytest.raises(Problems) as found:
        call("check_design", path)
    assert found.value.returncode == 2
