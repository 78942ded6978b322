"""What the checks answer: findings, the questions they could not decide, and the report that holds both."""

from dataclasses import dataclass
from uuid import UUID

from projects.design.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or may be: where, what to do about it, and in which step.

    `uid` is None when it is about the design as a whole or about the prose of step 1.
    """

    rule: str
    severity: Severity
    uid: UUID | None
    path: str
    message: str
    remedy: str
    step: str
    field_name: str | None = None


@dataclass(frozen=True, slots=True)
class Undecided:
    """A place where a rule needs a person's judgement; it is no finding and no pass."""

    rule: str
    uid: UUID | None
    path: str
    reason: str
    step: str
    field_name: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Findings with the gravest first, each group in the order of the design; rules that are `off` were not asked."""

    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    off: frozenset[str] = frozenset()
