"""What running all rules promises, whatever the rules are."""

import json
from dataclasses import asdict

import pytest

from projects.checks import RULES, CheckConfig, run
from projects.design.vocabulary import Severity
from tests.projects.checks.builders import NOW, make_design, make_entity, make_query, report_on
from tests.projects.checks.designs import finished_design, with_entity

STEPS = {
    *("requirements", "storage", "data-model", "queries", "indexing", "integrity"),
    *("migration", "performance", "backup", "contracts", "checklist", "document"),
}
HOSTILE = [
    "a|b",
    "<script>alert(1)</script>",
    "`x`",
    "{path}",
    "{0.__class__}",
    "%s",
    "שלום",
    "👩‍🚀",
    "x" * 60,
    'O\'Brien "q"',
]


def faulty_design():
    entity = make_entity("Order", "ID", "price float", key="")
    return make_design(entities=[entity], queries=[make_query("Find")])


def test_a_finished_design_has_no_findings():
    assert report_on(finished_design()).findings == ()


def test_a_finished_design_leaves_nothing_undecided():
    assert report_on(finished_design()).undecided == ()


def test_an_empty_design_has_no_findings():
    assert report_on(make_design()).findings == ()


def test_the_gravest_findings_come_first():
    found = [finding.severity for finding in report_on(faulty_design()).findings]
    assert found == sorted(found, key=list(Severity).index)
    assert len(set(found)) == 3


def test_the_same_design_gives_the_same_report():
    assert report_on(faulty_design()) == report_on(faulty_design())


def test_a_rule_that_is_off_finds_nothing():
    found = report_on(faulty_design(), off=frozenset({"primary-key-missing"})).findings
    assert "primary-key-missing" not in {finding.rule for finding in found}


def test_a_project_can_change_the_severity_of_a_rule():
    found = run(faulty_design(), CheckConfig(severities={"primary-key-missing": Severity.ADVICE}), NOW).findings
    assert {finding.severity for finding in found if finding.rule == "primary-key-missing"} == {Severity.ADVICE}


def test_a_configuration_may_name_rules_that_are_gone():
    assert report_on(finished_design(), off=frozenset({"no-such-rule"})).findings == ()


def test_what_another_feature_owns_is_never_found_fault_with():
    faulty = make_entity("Order", "ID", "price float", key="", reused_from="billing/orders", purpose="SELECT 1 FROM x")
    design = finished_design(entities=(*finished_design().entities, faulty))
    assert report_on(design).findings == ()


def test_findings_become_json():
    text = json.dumps([asdict(finding) for finding in report_on(faulty_design()).findings], default=str)
    assert {"rule", "severity", "path", "uid", "message", "remedy", "step", "field_name"} == set(json.loads(text)[0])


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_passes_into_messages_as_it_is(name):
    found = report_on(with_entity(name, f"{name} float", key="")).findings
    missing_key = next(finding for finding in found if finding.rule == "primary-key-missing")
    assert missing_key.path == name
    assert missing_key.message == f"“{name}” has no primary key."


def test_codes_are_unique():
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_all_that_its_page_shows(rule):
    said = (rule.what, rule.why, rule.says, rule.remedy, rule.breaks, rule.keeps, rule.source)
    assert all(said)
    assert all(
        text.endswith((".", "?")) for text in (rule.what, rule.why, rule.says, rule.remedy) if "{note}" not in text
    )
    assert rule.code == rule.check.__name__.replace("_", "-")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_sends_people_to_a_step_that_exists(rule):
    assert rule.step is None or rule.step in STEPS


def test_every_finding_sends_people_to_a_step_that_exists():
    assert {finding.step for finding in report_on(faulty_design()).findings} <= STEPS
