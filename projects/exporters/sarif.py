"""Findings as SARIF 2.1.0, which code hosts show beside a change."""

from collections.abc import Iterable
from typing import Any

from projects.checks import RULES
from projects.checks.finding import Finding
from projects.design.vocabulary import Severity

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(findings: Iterable[Finding], document: str) -> dict[str, Any]:
    """The log of one run; `document` is the path of the file that the findings are shown at."""
    driver = {
        "name": "Data Design",
        "rules": [
            {
                "id": rule.code,
                "shortDescription": {"text": rule.what},
                "fullDescription": {"text": rule.why or rule.what},
                "defaultConfiguration": {"level": LEVELS[rule.severity]},
            }
            for rule in RULES
        ],
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [_result(each, document) for each in findings]}],
    }


def _result(finding: Finding, document: str) -> dict[str, Any]:
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
        "partialFingerprints": {"finding/v1": f"{finding.rule}:{finding.uid or 'design'}"},
    }
