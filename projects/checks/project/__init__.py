"""Rules over all designs of a project: what no feature sees by itself.

`run_project` answers as `checks.run` does for one design, with the feature that each finding stands in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from projects.checks import GRAVITY, CheckConfig
from projects.checks.finding import Finding, Undecided
from projects.checks.project import meanings, sharing, tables
from projects.checks.project.facts import ProjectFacts
from projects.checks.project.rule import Placed, ProjectRule
from projects.design.project import Included
from projects.design.whole_model import WholeModel

PROJECT_RULES: tuple[ProjectRule, ...] = (
    tables.table_defined_twice_differently,
    tables.table_defined_twice,
    sharing.reused_entity_gone,
    sharing.reused_entity_outdated,
    sharing.shared_entity_written_by_several,
    meanings.field_typed_differently_across_features,
    meanings.retention_differs_across_features,
)


@dataclass(frozen=True, slots=True)
class ProjectFinding:
    """A finding in the design of the feature at this epic/feature path; the finding's own path begins with it."""

    feature: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class ProjectUndecided:
    feature: str
    undecided: Undecided


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """Findings with the gravest first, each group in the order of the features."""

    findings: tuple[ProjectFinding, ...] = ()
    undecided: tuple[ProjectUndecided, ...] = ()
    off: frozenset[str] = frozenset()


def run_project(
    features: Iterable[Included], config: CheckConfig, now: datetime, model: WholeModel | None = None
) -> ProjectReport:
    """Ask every rule that is on; `model` is the model of these features, if the caller has it already."""
    facts = ProjectFacts(features, now, model)
    findings: list[ProjectFinding] = []
    undecided: list[ProjectUndecided] = []
    for rule in PROJECT_RULES:
        if rule.code in config.off:
            continue
        severity = config.severities.get(rule.code, rule.severity)
        for feature, claim in rule.check(facts):
            its = facts.of(feature)
            if claim.is_decided:
                found = rule.finding(its, claim, severity)
                findings.append(ProjectFinding(feature.path, replace(found, path=in_feature(feature.path, found.path))))
            else:
                left = rule.undecided(its, claim)
                undecided.append(
                    ProjectUndecided(feature.path, replace(left, path=in_feature(feature.path, left.path)))
                )
    order = {feature.path: place for place, feature in enumerate(facts.features)}
    findings.sort(key=lambda each: (GRAVITY[each.finding.severity], order[each.feature]))
    undecided.sort(key=lambda each: order[each.feature])
    return ProjectReport(tuple(findings), tuple(undecided), config.off)


def in_feature(feature: str, path: str) -> str:
    """A place in a project: billing/refunds · refunds.amount."""
    return f"{feature} · {path}" if path else feature


__all__ = [
    "PROJECT_RULES",
    "Placed",
    "ProjectFinding",
    "ProjectReport",
    "ProjectUndecided",
    "in_feature",
    "run_project",
]
