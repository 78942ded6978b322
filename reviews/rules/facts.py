"""The facts of a review at one revision: all that state, gate and roll-up read. Plain values, no database.

People are named by their primary keys; `names` has what they are called.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from projects.design.vocabulary import Role, Severity
from reviews.rules.terms import DecisionKind, Ended, ThreadState, Verdict


@dataclass(frozen=True)
class VerdictFact:
    """The last word of one reviewer on one item of this revision.

    `carried_from` is the number of the revision in which it was given first, None if it was given here; a carried one
    counts, but its reviewer signs only after confirming it. `dismissed` is the owner's reason, for a fail;
    `reviewer_name` is what the reviewer was called when giving it.
    """

    pk: int
    item: int
    reviewer: int
    verdict: Verdict
    comment: str
    given_at: datetime
    carried_from: int | None = None
    is_confirmed: bool = False
    dismissed: str = ""
    dismissed_by: str = ""
    reviewer_name: str = ""

    @property
    def counts(self) -> bool:
        return self.verdict is not Verdict.NONE and not self.dismissed

    @property
    def is_own(self) -> bool:
        """Whether its reviewer has looked at the item in this revision."""
        return self.carried_from is None or self.is_confirmed


@dataclass(frozen=True)
class DecisionFact:
    """A reviewer's decision on a revision; one that `ended` stands no longer. `reviewer_name` is as it was signed."""

    pk: int
    revision: int
    reviewer: int
    kind: DecisionKind
    roles: str
    meaning: str
    comment: str
    digest: str
    decided_at: datetime
    is_self_approval: bool = False
    ended: Ended | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_reason: str = ""
    reviewer_name: str = ""

    @property
    def stands(self) -> bool:
        return self.ended is None


@dataclass(frozen=True)
class ThreadFact:
    """`since` is when it came into its state."""

    uid: UUID
    label: str
    opened_by: int
    is_blocking: bool
    state: ThreadState
    since: datetime | None = None


@dataclass(frozen=True)
class WaiverFact:
    """Of an item (`item`) until a date, or of a finding (`rule` and what it is about)."""

    pk: int
    reason: str
    by: str
    at: datetime
    item: int | None = None
    rule: str = ""
    path: str = ""
    expires_on: date | None = None

    def is_in_force(self, today: date) -> bool:
        return self.expires_on is None or today <= self.expires_on


@dataclass(frozen=True)
class FindingFact:
    """A finding of the frozen design; `waiver` is the one that covers it, if any."""

    rule: str
    severity: Severity
    path: str
    message: str
    remedy: str
    step: str
    uid: UUID | None
    subject: str
    waiver: WaiverFact | None = None


@dataclass(frozen=True)
class AssignmentFact:
    reviewer: int
    is_required: bool
    asked_at: datetime


@dataclass(frozen=True)
class ReviewFacts:
    """`members` has the roles of everybody in the project now. `decisions` are all since the last approved revision
    but this one's own, in the order they were made, with those that ended; `verdicts` are of this revision.
    `required_approvals` is None where no review covers the revision: then it cannot be approved."""

    revision: int
    digest: str
    is_head: bool
    is_withdrawn: bool
    approved_at: datetime | None
    today: date
    contributors: frozenset[int]
    members: Mapping[int, frozenset[Role]]
    names: Mapping[int, str]
    required_approvals: int | None
    is_solo: bool
    assignments: tuple[AssignmentFact, ...] = ()
    verdicts: tuple[VerdictFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    threads: tuple[ThreadFact, ...] = ()
    waivers: tuple[WaiverFact, ...] = ()
    findings: tuple[FindingFact, ...] = field(default=(), repr=False)

    def name(self, person: int) -> str:
        return self.names.get(person, "somebody")

    @cached_property
    def verdicts_by_item(self) -> dict[int, tuple[VerdictFact, ...]]:
        grouped: dict[int, list[VerdictFact]] = {}
        for verdict in self.verdicts:
            grouped.setdefault(verdict.item, []).append(verdict)
        return {item: tuple(each) for item, each in grouped.items()}

    def verdict_of(self, person: int, item: int) -> VerdictFact | None:
        given = self.verdicts_by_item.get(item, ())
        return next((each for each in given if each.reviewer == person and each.counts), None)

    @cached_property
    def waiver_by_item(self) -> dict[int, WaiverFact]:
        return {each.item: each for each in self.waivers if each.item and each.is_in_force(self.today)}

    @cached_property
    def approvals(self) -> tuple[DecisionFact, ...]:
        """The sign-offs on this revision that stand."""
        return tuple(
            each
            for each in self.decisions
            if each.stands and each.kind is DecisionKind.APPROVE and each.revision == self.revision
        )

    @cached_property
    def objections(self) -> tuple[DecisionFact, ...]:
        """The requests for changes that stand and the sign-offs that were revoked, on this revision or an earlier one:
        until who revoked decides anew, the others' are not enough."""
        return tuple(
            each
            for each in self.decisions
            if (each.stands and each.kind is DecisionKind.REQUEST_CHANGES)
            or (each.ended is Ended.REVOKED and not self._is_decided_anew(each))
        )

    def _is_decided_anew(self, revoked: DecisionFact) -> bool:
        """Whether its author has said something since: it stands, or another objection came of it."""
        since = revoked.ended_at or revoked.decided_at
        return any(
            each.reviewer == revoked.reviewer
            and each.pk != revoked.pk
            and each.decided_at >= since
            and each.ended in (None, Ended.REVOKED, Ended.DISMISSED)
            for each in self.decisions
        )

    def asks_for_changes(self, decision: DecisionFact) -> bool:
        """Whether it is a request for changes on this very revision that stands."""
        is_request = decision.kind is DecisionKind.REQUEST_CHANGES and decision.stands
        return is_request and decision.revision == self.revision

    @cached_property
    def blocking_threads(self) -> tuple[ThreadFact, ...]:
        return tuple(each for each in self.threads if each.is_blocking and each.state is not ThreadState.RESOLVED)


def names_of(facts: ReviewFacts, people: Iterable[int]) -> str:
    """Their names as a list in a sentence."""
    names = sorted({facts.name(person) for person in people}, key=str.casefold)
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
