"""A rule over all designs of a project: it says in which feature each of its claims stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Unpack

from projects.checks.project.facts import ProjectFacts
from projects.checks.rule import Claim, Described, Page, described
from projects.design.project import Included
from projects.design.vocabulary import Severity


class Placed(NamedTuple):
    feature: Included
    claim: Claim


ProjectCheck = Callable[[ProjectFacts], Iterable[Placed]]


@dataclass(frozen=True)
class ProjectRule(Described):
    check: ProjectCheck = field(repr=False)


def project_rule(code: str, severity: Severity, **page: Unpack[Page]) -> Callable[[ProjectCheck], ProjectRule]:
    """As `checks.rule.rule`; the places that a claim leads to are those of the design that it stands in."""

    def declare(check: ProjectCheck) -> ProjectRule:
        return ProjectRule(**described(code, severity, page, check.__doc__), check=check)

    return declare
