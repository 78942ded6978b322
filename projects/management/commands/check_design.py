"""Print the findings of a design, for people and for continuous integration."""

import json
from argparse import ArgumentParser
from dataclasses import dataclass, replace
from typing import Any

from projects.checks import GRAVITY
from projects.checks.finding import Finding
from projects.checks.project import in_feature
from projects.design.vocabulary import Severity
from projects.exporters import DATA_DESIGN
from projects.exporters.sarif import Located, project_sarif, sarif
from projects.management.design_command import DesignCommand, Problems, find_feature, find_project
from projects.management.revisions import HELP, find_revision, project_revision
from projects.models import Project
from projects.snapshot.current import current_design
from projects.snapshot.revisions import frozen
from projects.workflow.progress import findings_frozen_with, findings_of
from projects.workflow.project_design import APPROVED, effective_revisions
from projects.workflow.project_model import ProjectModel, drafts_of, project_model

FAILING = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING)}


@dataclass(frozen=True)
class Checked:
    """What was found, and the same as the machine-readable formats say it."""

    findings: tuple[Finding, ...]
    as_json: list[dict[str, str | None]]
    as_sarif: dict[str, Any]


class Command(DesignCommand):
    help = (
        "Print the findings of a feature's design, or those of all features of a project with what they say together; "
        "ends with 1 if there is one as grave as --fail-on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PROJECT[/EPIC/FEATURE]")
        parser.add_argument("--revision", metavar="N", help=f"{HELP}; the draft otherwise")
        parser.add_argument("--format", choices=["text", "json", "sarif"], default="text")
        parser.add_argument("--fail-on", choices=list(FAILING), default="error")

    def handle(self, *args: Any, **options: Any) -> None:
        path, form = options["path"], options["format"]
        check = check_feature if "/" in path.strip("/") else check_project
        checked = check(path, options["revision"])
        if form == "json":
            self.stdout.write(json.dumps(checked.as_json, ensure_ascii=False, indent=2))
        elif form == "sarif":
            self.stdout.write(json.dumps(checked.as_sarif, ensure_ascii=False, indent=2))
        grave = [each for each in checked.findings if each.severity in FAILING[options["fail_on"]]]
        if form == "text":
            for each in checked.findings:
                (self.problem if each in grave else self.stdout.write)(as_line(each))
            self.stdout.write(summary(checked.findings))
        if grave:
            raise Found


def check_feature(path: str, asked: str | None) -> Checked:
    """Of a revision the findings that were frozen with it, whatever the rules say today."""
    feature = find_feature(path)
    revision = find_revision(feature, asked, path)
    digested = frozen(revision) if revision else current_design(feature)
    findings = findings_frozen_with(revision) if revision else findings_of(digested)
    document = DATA_DESIGN.path(digested.design.identity)
    return Checked(findings, [as_json(each) for each in findings], sarif(findings, document))


def check_project(path: str, asked: str | None) -> Checked:
    """The findings of each feature, under its path, and then those between features.

    “approved” leaves features without an approved revision out; the draft of each is taken otherwise.
    """
    project = find_project(path.strip("/"))
    model, findings_by_feature = _approved(project) if project_revision(asked) == APPROVED else _drafts(project)
    located = [
        Located(
            replace(each, path=in_feature(feature, each.path)),
            DATA_DESIGN.path(model.drafts[feature].design.identity),
            feature,
        )
        for feature, found in findings_by_feature.items()
        for each in found
    ]
    for feature, finding in ((each.feature, each.finding) for each in model.report.findings):
        located.append(Located(finding, DATA_DESIGN.path(model.drafts[feature].design.identity), feature))
    located.sort(key=lambda each: GRAVITY[each.finding.severity])
    findings = tuple(each.finding for each in located)
    plain = [as_json(each.finding) | {"feature": each.feature} for each in located]
    return Checked(findings, plain, project_sarif(located))


def _drafts(project: Project) -> tuple[ProjectModel, dict[str, tuple[Finding, ...]]]:
    model = project_model(project)
    return model, {path: findings_of(draft) for path, draft in model.drafts.items()}


def _approved(project: Project) -> tuple[ProjectModel, dict[str, tuple[Finding, ...]]]:
    features = {each.pk: f"{each.epic.key}/{each.key}" for each in drafts_of(project)}
    rows = sorted(effective_revisions(features).defer(None), key=lambda row: features[row.feature_id])
    model = ProjectModel(project.title, {features[row.feature_id]: frozen(row) for row in rows})
    return model, {features[row.feature_id]: findings_frozen_with(row) for row in rows}


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
