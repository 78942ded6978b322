"""Findings as SARIF 2.1.0, which code hosts show beside a change."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from projects.checks import RULES
from projects.checks.finding import Finding
from projects.checks.project import PROJECT_RULES
from projects.checks.rule import Described
from projects.design.vocabulary import Severity

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Located(NamedTuple):
    """A finding of a project: the file it is shown at, and the epic/feature that it stands in."""

    finding: Finding
    document: str
    feature: str


def sarif(findings: Iterable[Finding], document: str) -> dict[str, Any]:
    """The log of a run over one design; `document` is the path of the file that the findings are shown at."""
    return _log(RULES, [_result(each, document, str(each.uid or "design")) for each in findings])


def project_sarif(findings: Iterable[Located]) -> dict[str, Any]:
    """The log of a run over all designs of a project."""
    # Two features may hold copies of a thing under one uid.
    results = [_result(each, document, f"{feature}:{each.uid or 'design'}") for each, document, feature in findings]
    return _log((*RULES, *PROJECT_RULES), results)


def _log(rules: Iterable[Described], results: list[dict[str, Any]]) -> dict[str, Any]:
    driver = {"name": "Data Design", "rules": [_rule(rule) for rule in rules]}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _rule(rule: Described) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": rule.why or rule.what},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(finding: Finding, document: str, thing: str) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "level": LEVELS[finding.severity],
        "message": {"text": f"{finding.path}: {finding.message} {finding.remedy}"},
        "locations": [
            {
                # A design has no lines; code hosts ask for one.
                "physicalLocation": {"artifactLocation": {"uri": document}, "region": {"startLine": 1}},
                "logicalLocations": [{"fullyQualifiedName": finding.path}],
            }
        ],
        "partialFingerprints": {"finding/v1": f"{finding.rule}:{thing}"},
    }
