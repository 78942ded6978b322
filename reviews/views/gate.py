"""The gate section of a review page: what stands before approval, who signed, who objects, and what is waived."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from projects.access import RIGHTS, Right
from projects.design.vocabulary import Role, Severity
from reviews.models import Waiver
from reviews.rules.facts import DecisionFact, FindingFact, names_of
from reviews.rules.gate import Requirement
from reviews.rules.items import item_states
from reviews.rules.terms import DecisionKind, ItemState, RequirementState
from reviews.views.bar import Bar
from reviews.views.desk import ReviewDesk
from reviews.views.publishing import publishing_of
from reviews.workflow.waivers import needs_owner

# Icon, word and tone of each state.
LOOKS = {
    RequirementState.SATISFIED: ("circle-check", "pass"),
    RequirementState.UNSATISFIED: ("circle-dashed", "warn"),
    RequirementState.OVERRIDDEN: ("circle-check", "advice"),
    RequirementState.NOT_APPLICABLE: ("circle-slash", "quiet"),
    RequirementState.ERROR: ("octagon-x", "error"),
}
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.ADVICE)
DIGEST_SHOWN = 16


def gate_section(desk: ReviewDesk) -> dict[str, Any]:
    """What reviews/_gate.html, _bar.html and _sign_offs.html need."""
    view = GateView(desk)
    return {"gate": view, "bar": view.bar, "publishing": publishing_of(desk)}


@dataclass(frozen=True)
class Row:
    """A requirement with how it looks; `who` are those who can act, for this reader."""

    requirement: Requirement
    who: str

    @property
    def icon(self) -> str:
        return LOOKS[self.requirement.state][0]

    @property
    def tone(self) -> str:
        return LOOKS[self.requirement.state][1]

    @property
    def word(self) -> str:
        return self.requirement.state.label


@dataclass(frozen=True)
class Line:
    """A decision as it is listed, with the addresses of what the reader may do about it."""

    fact: DecisionFact
    name: str
    clear: str = ""
    dismiss: str = ""
    revoke: str = ""

    @property
    def digest(self) -> str:
        shown = self.fact.digest[:DIGEST_SHOWN]
        return " ".join(shown[place : place + 4] for place in range(0, len(shown), 4))


@dataclass(frozen=True)
class WaiverLine:
    """A waiver as it is listed; `note` says that it covers nothing any more, and why; `end` is where it is ended."""

    row: Waiver
    note: str
    end: str

    @property
    def is_in_force(self) -> bool:
        return not self.note


@dataclass(frozen=True)
class FindingLine:
    """A finding, and where it is waived by who may."""

    fact: FindingFact
    waive: str


@dataclass(frozen=True)
class Person:
    """Somebody who was asked or has decided: `mark` is signed, objects, started or waiting."""

    pk: int
    name: str
    mark: str
    is_required: bool


class GateView:
    def __init__(self, desk: ReviewDesk) -> None:
        self.desk = desk

    @cached_property
    def rows(self) -> list[Row]:
        """Empty once the revision is not in review: the gate is about what is still to come."""
        if not self.desk.is_in_review:
            return []
        return [Row(each, self._who(each)) for each in self.desk.requirements]

    def _who(self, requirement: Requirement) -> str:
        """Who can act in words, with “you” for the reader."""
        facts, reader, who = self.desk.facts, self.desk.user.pk, requirement.who
        if reader in requirement.named:
            others = names_of(facts, requirement.named - {reader})
            joint = (", " if len(requirement.named) > 2 else " and ") if others else ""
            return _("you") + joint + others + who[len(names_of(facts, requirement.named)) :]
        return _("%s (you can)") % who if reader in requirement.people else who

    @property
    def met(self) -> int:
        return sum(row.requirement.is_met for row in self.rows)

    @cached_property
    def sign_offs(self) -> list[Line]:
        """On this revision, with those that ended."""
        number = self.desk.facts.revision
        return [self._line(each) for each in self._decided(DecisionKind.APPROVE) if each.revision == number]

    @cached_property
    def older(self) -> list[Line]:
        """Sign-offs on earlier revisions by people who have not decided on this one: they do not count for it."""
        facts = self.desk.facts
        decided = {each.reviewer for each in facts.decisions if each.stands and each.revision == facts.revision}
        found = {
            each.reviewer: self._line(each)
            for each in self._decided(DecisionKind.APPROVE)
            if each.stands and each.revision < facts.revision and each.reviewer not in decided
        }
        return list(found.values())

    @cached_property
    def requests(self) -> list[Line]:
        """Requests for changes, and revoked sign-offs on earlier revisions that stand in the way; those that do so
        first."""
        facts = self.desk.facts
        revoked = [each for each in facts.objections if not each.stands and each.revision != facts.revision]
        found = [self._line(each) for each in (*revoked, *self._decided(DecisionKind.REQUEST_CHANGES))]
        return sorted(found, key=lambda line: line.fact not in facts.objections)

    def _decided(self, kind: DecisionKind) -> Iterable[DecisionFact]:
        return (each for each in self.desk.facts.decisions if each.kind is kind)

    def _line(self, fact: DecisionFact) -> Line:
        desk, at, is_mine = self.desk, self.desk.addresses.at, fact.reviewer == self.desk.user.pk
        objects = fact in desk.facts.objections and desk.is_head
        may_clear = objects and is_mine and fact.stands and desk.visit.may(Right.REVIEW)
        may_dismiss = objects and not (is_mine and fact.stands) and desk.may_dismiss
        is_here = fact.kind is DecisionKind.APPROVE and fact.revision == desk.facts.revision
        may_revoke = is_here and is_mine and fact.stands and self.bar.may_revoke
        return Line(
            fact,
            fact.reviewer_name,
            clear=at("clear", decision=fact.pk) if may_clear else "",
            dismiss=at("dismiss-decision", decision=fact.pk) if may_dismiss else "",
            revoke=at("revoke") if may_revoke else "",
        )

    @cached_property
    def bar(self) -> Bar:
        return Bar(self.desk)

    @cached_property
    def findings(self) -> list[FindingLine]:
        """Of the frozen design, errors first."""
        in_order = sorted(self.desk.facts.findings, key=lambda each: SEVERITIES.index(each.severity))
        at = self.desk.addresses.at
        return [
            FindingLine(each, at("waive-finding", subject=each.subject) if self._may_waive(each) else "")
            for each in in_order
        ]

    def _may_waive(self, finding: FindingFact) -> bool:
        if finding.waiver or not self.desk.is_in_review:
            return False
        return self.desk.may_dismiss if finding.severity is Severity.ERROR else self.desk.visit.may_edit

    @cached_property
    def waivers(self) -> list[WaiverLine]:
        """Those of items, and of findings of this or an earlier revision; those that cover nothing any more last."""
        rows = Waiver.objects.filter(feature=self.desk.feature, at__lte=self._until).order_by("item", "path", "pk")
        return sorted(map(self._waiver, rows), key=lambda line: not line.is_in_force)

    @property
    def _until(self) -> Any:
        return self.desk.revision.approved_at or self.desk.now

    def _waiver(self, row: Waiver) -> WaiverLine:
        roles = self.desk.visit.roles & ({Role.OWNER} if needs_owner(row, self.desk.facts) else RIGHTS[Right.EDIT])
        may_end = not row.ended_at and bool(roles) and self.desk.visit.may_edit and not self.desk.feature.archived_at
        end = self.desk.addresses.at("end-waiver", waiver=row.uid) if may_end else ""
        return WaiverLine(row, self._why_over(row), end)

    def _why_over(self, row: Waiver) -> str:
        if row.ended_at:
            return _("ended by %(name)s: %(reason)s") % {"name": row.ended_by_name, "reason": row.ended_reason}
        if row.expires_on and row.expires_on < self.desk.now.date():
            return _("waiver expired")
        if row.rule and row.subject not in {each.subject for each in self.desk.facts.findings}:
            return _("fallen: what it was about has changed, or is gone")
        return ""

    @property
    def expired(self) -> list[WaiverLine]:
        """Of items, since an approval that counted on them: it stands, and its reader is told."""
        today = self.desk.now.date()
        return [
            line
            for line in self.waivers
            if line.row.item in self.desk.facts.waiver_by_item
            and (line.row.ended_at or (line.row.expires_on and line.row.expires_on < today))
            and self.desk.facts.waiver_by_item[line.row.item].pk == line.row.pk
        ]

    @property
    def approved_by(self) -> str:
        """Whose sign-offs approved it, as they were called then; empty for what is not approved."""
        facts = self.desk.facts
        return ", ".join(sorted(each.reviewer_name for each in facts.approvals)) if facts.approved_at else ""

    @cached_property
    def people(self) -> list[Person]:
        """Who was asked, signed or objects, the reader last; of what is approved, who signed it."""
        facts = self.desk.facts
        names = {each.reviewer: each.reviewer_name for each in (*facts.objections, *facts.approvals)}
        required = {each.reviewer: each.is_required for each in facts.assignments}
        signed = {each.reviewer for each in facts.approvals}
        objecting = {each.reviewer for each in facts.objections}
        started = {each.reviewer for each in facts.verdicts if each.is_own and each.counts}
        # The reader's own drafts; those of others are nobody's business.
        started |= {self.desk.user.pk} if self.bar.drafts else set()
        marks = (
            dict.fromkeys(started, "started") | dict.fromkeys(objecting, "objects") | dict.fromkeys(signed, "signed")
        )
        known = signed if facts.approved_at else required.keys() | signed | objecting
        people = [
            Person(pk, names.get(pk) or facts.name(pk), marks.get(pk, "waiting"), required.get(pk, False))
            for pk in known
        ]
        return sorted(people, key=lambda each: (each.pk == self.desk.user.pk, each.name.casefold(), each.pk))

    @property
    def failing(self) -> list[tuple[int, str]]:
        """Items that fail, with the addresses at which the reader may waive them."""
        if not self.desk.may_dismiss:
            return []
        states = item_states(self.desk.facts).items()
        failed = [item for item, state in states if state is ItemState.FAILED]
        return [(item, self.desk.addresses.at("waive-item", item=item)) for item in failed]

    @property
    def reviewers(self) -> str:
        return self.desk.addresses.at("reviewers")

    @property
    def needed(self) -> int | None:
        return self.desk.facts.required_approvals
