"""The facts of a review, read from the database in a number of queries that does not depend on how much was said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from django.db.models import Max, Model, QuerySet

from projects.design.vocabulary import Role
from projects.models import Feature, Membership, Project, Revision
from reviews.models import Assignment, Decision, ItemVerdict, Review, Thread, Waiver
from reviews.rules.eligibility import Members, is_solo
from reviews.rules.facts import (
    AssignmentFact,
    DecisionFact,
    ReviewFacts,
    ThreadFact,
    VerdictFact,
    WaiverFact,
)
from reviews.rules.findings import finding_facts
from reviews.rules.terms import DecisionKind, Ended, ThreadState, Verdict

# What makes a revision's row heavy: left out where only its number is asked for.
HEAVY = ("text", "findings", "evidence", "sections", "definitions", "record")
Row = TypeVar("Row", bound=Model)


def light(rows: QuerySet[Row], revision: str) -> QuerySet[Row]:
    """The rows without the heavy columns of the revision that is selected with each under this name."""
    return rows.defer(*(f"{revision}__{column}" for column in HEAVY))


def head_of(feature: Feature) -> Revision | None:
    """The newest revision, withdrawn or not."""
    return Revision.objects.filter(feature=feature).order_by("-number").first()


def effective_of(feature: Feature, before: int | None = None) -> Revision | None:
    """The last approved revision that stands, of those before the given number if there is one."""
    found = Revision.objects.filter(feature=feature, approved_at__isnull=False)
    if before is not None:
        found = found.filter(number__lt=before)
    return found.order_by("-number").first()


def review_of(revision: Revision) -> Review | None:
    """The review that the revision is part of: the last one that began with it or with one before it."""
    found = Review.objects.filter(feature=revision.feature_id, first_number__lte=revision.number)
    return found.order_by("-first_number", "-pk").first()


def members_of(project: Project) -> tuple[Members, dict[int, str]]:
    """Everybody in the project: their roles, and what they are called."""
    roles: defaultdict[int, set[Role]] = defaultdict(set)
    names: dict[int, str] = {}
    for row in Membership.objects.filter(project=project).select_related("user"):
        roles[row.user_id].add(Role(row.role))
        names[row.user_id] = row.user.display_name
    return {person: frozenset(held) for person, held in roles.items()}, names


@dataclass(frozen=True)
class Said:
    """What the database holds about one revision: rows of people, and what they said. `decisions` are those since the
    last approved revision, `verdicts` those on this one, `threads` those published up to it, `waivers` those not ended.
    """

    newest: int
    members: Members
    names: Mapping[int, str]
    review: Review | None
    assignments: Sequence[Assignment]
    decisions: Sequence[Decision]
    verdicts: Sequence[ItemVerdict]
    threads: Sequence[Thread]
    waivers: Sequence[Waiver]


def facts_of(revision: Revision, now: datetime) -> ReviewFacts:
    """The facts at this revision; the caller has selected its feature with epic and project."""
    feature = revision.feature
    members, names = members_of(feature.epic.project)
    review = review_of(revision)
    approved_before = effective_of(feature, before=revision.number)
    published = Thread.objects.filter(feature=feature, published_at__isnull=False)
    assigned = Assignment.objects.filter(review=review, ended_at=None) if review else Assignment.objects.none()
    said = Said(
        newest=Revision.objects.filter(feature=feature).aggregate(newest=Max("number"))["newest"],
        members=members,
        names=names,
        review=review,
        assignments=list(assigned.select_related("reviewer").order_by("pk")),
        decisions=_decisions(revision, approved_before.number if approved_before else 0),
        verdicts=verdicts_on(revision),
        threads=list(published.filter(revision__number__lte=revision.number).order_by("pk")),
        waivers=_waivers(revision),
    )
    return facts_from(revision, said, now)


def facts_from(revision: Revision, said: Said, now: datetime) -> ReviewFacts:
    review = said.review
    solo = is_solo(said.members, bool(review and review.is_solo))
    waiver_facts = {row.pk: waiver_fact(row) for row in said.waivers}
    by_subject = {(row.rule, row.subject): waiver_facts[row.pk] for row in said.waivers if row.rule}
    needed = 1 if solo else review.required_approvals if review else None
    return ReviewFacts(
        revision=revision.number,
        digest=revision.digest,
        is_head=revision.number == said.newest,
        is_withdrawn=revision.withdrawn_at is not None,
        approved_at=revision.approved_at,
        today=(revision.approved_at or now).astimezone(UTC).date(),
        contributors=frozenset(int(pk) for pk in revision.contributors),
        members=said.members,
        names=_names(revision, said),
        required_approvals=needed,
        is_solo=solo,
        assignments=tuple(AssignmentFact(row.reviewer_id, row.is_required, row.asked_at) for row in said.assignments),
        verdicts=latest_verdicts(said.verdicts),
        decisions=tuple(decision_fact(row) for row in said.decisions),
        threads=tuple(thread_fact(row) for row in said.threads),
        waivers=tuple(waiver_facts.values()),
        findings=finding_facts(revision.findings, by_subject),
    )


def _names(revision: Revision, said: Said) -> dict[int, str]:
    """What everybody who said something is called: as they are now, else as they were then."""
    names = {row.reviewer_id: row.reviewer_name for row in said.decisions} | dict(said.names)
    names = {row.reviewer_id: row.reviewer_name for row in said.verdicts} | names
    for thread in said.threads:
        names.setdefault(thread.opened_by_id, thread.opened_by_name)
    names |= {int(pk): name for pk, name in revision.contributors.items() if int(pk) not in names}
    return names | {row.reviewer_id: row.reviewer.display_name for row in said.assignments}


def _waivers(revision: Revision) -> list[Waiver]:
    """Those that were not ended; of an approved revision, by the time of its approval: it stays approved with them."""
    found, then = Waiver.objects.filter(feature=revision.feature_id), revision.approved_at
    if then:
        return list(found.filter(at__lte=then).exclude(ended_at__lte=then))
    return list(found.filter(ended_at=None))


def _decisions(revision: Revision, after: int) -> list[Decision]:
    found = Decision.objects.filter(
        revision__feature=revision.feature_id, revision__number__gt=after, revision__number__lte=revision.number
    )
    return list(light(found.select_related("revision"), "revision").order_by("decided_at", "pk"))


def verdicts_on(revision: Revision) -> list[ItemVerdict]:
    """All that was said on its items, in the order it was said, as `latest_verdicts` wants it."""
    found = ItemVerdict.objects.filter(revision=revision).select_related("dismissal", "carried_from__revision")
    return list(light(found, "carried_from__revision").order_by("pk"))


def latest_verdicts(rows: Iterable[ItemVerdict]) -> tuple[VerdictFact, ...]:
    """The last verdict of each reviewer on each item; `rows` are in the order they were given, with dismissals."""
    latest = {(row.item, row.reviewer_id): row for row in rows}
    return tuple(verdict_fact(row) for _, row in sorted(latest.items()))


def verdict_fact(row: ItemVerdict) -> VerdictFact:
    dismissal = getattr(row, "dismissal", None)
    return VerdictFact(
        pk=row.pk,
        item=row.item,
        reviewer=row.reviewer_id,
        verdict=Verdict(row.verdict),
        comment=row.comment,
        given_at=row.given_at,
        carried_from=row.carried_from.revision.number if row.carried_from else None,
        is_confirmed=row.is_confirmed,
        dismissed=dismissal.reason if dismissal else "",
        dismissed_by=dismissal.by_name if dismissal else "",
        reviewer_name=row.reviewer_name,
    )


def decision_fact(row: Decision) -> DecisionFact:
    return DecisionFact(
        pk=row.pk,
        revision=row.revision.number,
        reviewer=row.reviewer_id,
        kind=DecisionKind(row.kind),
        roles=row.roles,
        meaning=row.meaning,
        comment=row.comment,
        digest=row.digest,
        decided_at=row.decided_at,
        is_self_approval=row.is_self_approval,
        ended=Ended(row.ended) if row.ended else None,
        ended_at=row.ended_at,
        ended_by=row.ended_by_name,
        ended_reason=row.ended_reason,
        reviewer_name=row.reviewer_name,
    )


def thread_state(row: Thread) -> ThreadState:
    if row.resolved_at:
        return ThreadState.RESOLVED
    return ThreadState.ADDRESSED if row.addressed_at else ThreadState.OPEN


def thread_since(row: Thread) -> datetime | None:
    """When it came into the state that it is in."""
    return row.resolved_at or row.addressed_at or row.published_at


def thread_fact(row: Thread) -> ThreadFact:
    return ThreadFact(row.uid, row.anchor_path, row.opened_by_id, row.is_blocking, thread_state(row), thread_since(row))


def waiver_fact(row: Waiver) -> WaiverFact:
    return WaiverFact(row.pk, row.reason, row.by_name, row.at, row.item, row.rule, row.path, row.expires_on)
