"""Print what stands between a revision and its approval, for people and for continuous integration."""

import json
from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from projects.management.design_command import DesignCommand, Problems, WrongUse, find_feature
from projects.management.revisions import find_revision
from projects.models import Feature, Revision
from projects.workflow.project_design import APPROVED, DRAFT
from reviews.reading import facts_of, head_of
from reviews.rules.gate import Requirement, gate, is_open
from reviews.rules.terms import RequirementState


class Command(DesignCommand):
    help = (
        "Print what an approval of a revision needs, and what of it is met; ends with 0 if the revision is approved or "
        "nothing stands in the way, with 1 otherwise."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PROJECT/EPIC/FEATURE")
        parser.add_argument("--revision", metavar="N", help=f"a number or {APPROVED}; the newest otherwise")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        feature = find_feature(options["path"])
        revision = _revision(feature, options["revision"], options["path"])
        if revision is None:
            raise Problems(f"{options['path']} has no revision: nothing was submitted for review yet.")
        revision.feature = feature
        # What was approved needs nothing, whoever is in the project by now.
        requirements = () if revision.approved_at else gate(facts_of(revision, timezone.now()))
        approval = approval_of(revision, requirements)
        if options["format"] == "json":
            listed = [as_json(each) for each in (*requirements, approval)]
            self.stdout.write(json.dumps(listed, ensure_ascii=False, indent=2))
        else:
            self._print(revision, requirements, approval)
        if not approval.is_met:
            raise NotOpen

    def _print(self, revision: Revision, requirements: tuple[Requirement, ...], approval: Requirement) -> None:
        if not revision.approved_at:
            for each in requirements:
                (self.stdout.write if each.is_met else self.problem)(as_line(each))
        if approval.is_met:
            self.stdout.write(approval.sentence)


class NotOpen(Problems):
    """What is missing is printed already."""

    def __init__(self) -> None:
        super().__init__()


def approval_of(revision: Revision, requirements: tuple[Requirement, ...]) -> Requirement:
    """Whether the revision passes, and by what: it is approved, or nothing stands in the way of its approval."""
    number = f"r{revision.number}"
    if revision.approved_at:
        at = f"{revision.approved_at:%Y-%m-%d %H:%M}"
        return Requirement("approval", RequirementState.SATISFIED, f"{number} was approved on {at} UTC.")
    if is_open(requirements):
        sentence = f"{number} is not approved yet, and nothing stands in the way of its approval."
        return Requirement("approval", RequirementState.SATISFIED, sentence)
    return Requirement("approval", RequirementState.UNSATISFIED, f"{number} is not approved.")


def as_json(requirement: Requirement) -> dict[str, str]:
    return {
        "key": requirement.key,
        "state": requirement.state.value,
        "sentence": requirement.sentence,
        "who": requirement.who,
    }


def as_line(requirement: Requirement) -> str:
    who = f" Who can act: {requirement.who}." if requirement.who else ""
    return f"{requirement.state.label}: {requirement.sentence}{who}"


def _revision(feature: Feature, asked: str | None, path: str) -> Revision | None:
    if asked is None:
        return head_of(feature)
    if asked == DRAFT:
        raise WrongUse("A draft is not reviewed: only what was submitted is. Write the number of a revision.")
    return find_revision(feature, asked, path)
