"""Print the findings of a design, for people and for continuous integration."""

import json
from argparse import ArgumentParser
from typing import Any

from projects.checks.finding import Finding
from projects.design.vocabulary import Severity
from projects.exporters import DATA_DESIGN
from projects.exporters.sarif import sarif
from projects.management.design_command import DesignCommand, Problems, find_feature, refuse_revision
from projects.snapshot.current import current_design
from projects.workflow.progress import findings_of

FAILING = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING)}


class Command(DesignCommand):
    help = "Print the findings of a feature's design; ends with 1 if there is one as grave as --fail-on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PROJECT/EPIC/FEATURE")
        parser.add_argument("--revision", metavar="N", help="a number, approved or draft; the draft otherwise")
        parser.add_argument("--format", choices=["text", "json", "sarif"], default="text")
        parser.add_argument("--fail-on", choices=list(FAILING), default="error")

    def handle(self, *args: Any, **options: Any) -> None:
        feature = find_feature(options["path"])
        refuse_revision(options["revision"], options["path"])
        digested = current_design(feature)
        findings = findings_of(digested)
        if options["format"] == "json":
            self.stdout.write(json.dumps([as_json(each) for each in findings], ensure_ascii=False, indent=2))
        elif options["format"] == "sarif":
            document = DATA_DESIGN.path(digested.design.identity)
            self.stdout.write(json.dumps(sarif(findings, document), ensure_ascii=False, indent=2))
        grave = [each for each in findings if each.severity in FAILING[options["fail_on"]]]
        if options["format"] == "text":
            for each in findings:
                (self.problem if each in grave else self.stdout.write)(as_line(each))
            self.stdout.write(summary(findings))
        if grave:
            raise Found


class Found(Problems):
    """What was found is printed already."""

    def __init__(self) -> None:
        super().__init__()


def as_json(finding: Finding) -> dict[str, str | None]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": finding.path,
        "uid": str(finding.uid) if finding.uid else None,
        "message": finding.message,
        "remedy": finding.remedy,
        "step": finding.step,
    }


def as_line(finding: Finding) -> str:
    return f"{finding.severity.label} {finding.path}: {finding.message} {finding.remedy} [{finding.rule}]"


def summary(findings: tuple[Finding, ...]) -> str:
    numbers = {severity: sum(each.severity is severity for each in findings) for severity in Severity}
    error, warning, advice = (numbers[each] for each in (Severity.ERROR, Severity.WARNING, Severity.ADVICE))
    plural = {count: "" if count == 1 else "s" for count in (error, warning)}
    return f"{error} error{plural[error]}, {warning} warning{plural[warning]}, {advice} advice."
