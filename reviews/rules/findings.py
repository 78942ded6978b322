"""Findings as a revision freezes them, each with the subject that a waiver holds on to."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from projects.checks.finding import Finding
from projects.design.digest import canonical, plain
from projects.design.tree import Design
from projects.design.vocabulary import Severity
from reviews.rules.facts import FindingFact, WaiverFact


def frozen_findings(design: Design, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Each finding as plain JSON; `subject` changes when the thing it is about does, what it says of it, or its
    severity: a waiver of advice does not cover the error that a later rule makes of it."""
    things = {thing.uid: thing for thing in design.things()}
    frozen = []
    for each in findings:
        about = things.get(each.uid) if each.uid else None
        content = [
            each.rule,
            each.severity.value,
            str(each.uid or ""),
            each.path,
            each.message,
            plain(about) if about else None,
        ]
        frozen.append(
            {
                "rule": each.rule,
                "severity": each.severity.value,
                "uid": str(each.uid) if each.uid else None,
                "path": each.path,
                "message": each.message,
                "remedy": each.remedy,
                "step": each.step,
                "field": each.field_name,
                "subject": hashlib.sha256(canonical(content).encode()).hexdigest(),
            }
        )
    return frozen


def finding_facts(
    frozen: Iterable[Mapping[str, Any]], waivers: Mapping[tuple[str, str], WaiverFact]
) -> tuple[FindingFact, ...]:
    """The frozen findings, each with its waiver; `waivers` are by (rule, subject)."""
    return tuple(
        FindingFact(
            rule=each["rule"],
            severity=Severity(each["severity"]),
            path=each["path"],
            message=each["message"],
            remedy=each["remedy"],
            step=each["step"],
            uid=UUID(each["uid"]) if each["uid"] else None,
            subject=each["subject"],
            waiver=waivers.get((each["rule"], each["subject"])),
        )
        for each in frozen
    )
