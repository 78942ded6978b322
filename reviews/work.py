"""What a person has to do and to know, across all projects, in a number of queries that does not depend on how much."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from projects.access import RIGHTS, Right, features
from projects.design.vocabulary import DesignState
from projects.models import Feature, Membership, Project, Revision, User
from projects.snapshot.current import current_design, is_current
from projects.workflow.standings import Standing, standings
from reviews.models import Decision
from reviews.reading import HEAVY, light
from reviews.reading_drafts import unsent_drafts
from reviews.reading_turns import OpenReview, in_review, open_reviews
from reviews.rules.clock import days_between, in_days
from reviews.rules.eligibility import eligible
from reviews.rules.terms import DecisionKind, Ended
from reviews.rules.turns import Turn

RECENT = timedelta(days=14)
SHOWN = 50
# Taking a draft anew costs some tens of queries; of further ones it is said once they were looked at.
TAKEN_AT_ONCE = 10


@dataclass(frozen=True)
class Waiting:
    """A review in which it is the person's turn; `turns` begin with the oldest."""

    review: OpenReview
    turns: tuple[Turn, ...]
    since: datetime
    lasted: str

    @property
    def revision(self) -> Revision:
        return self.review.revision


@dataclass(frozen=True)
class Draft:
    feature: Feature
    standing: Standing


@dataclass(frozen=True)
class Decided:
    """`who` are names, as they were; `state` says how the revision is shown to have fared."""

    revision: Revision
    at: datetime
    who: str
    state: str
    reason: str = ""


@dataclass(frozen=True)
class Work:
    """`more_drafts` and `more_decided` count what is not listed."""

    waiting: list[Waiting]
    drafts: list[Draft]
    decided: list[Decided]
    more_drafts: int = 0
    more_decided: int = 0
    is_member: bool = True


def work_of(person: User, now: datetime, zone: tzinfo) -> Work:
    joined = list(Membership.objects.filter(user=person).values_list("project", "role"))
    mine = Project.objects.filter(pk__in={project for project, _ in joined})
    editable = {project for project, role in joined if role in RIGHTS[Right.EDIT]}
    drafts = list(_drafts(person, editable))
    decided = sorted(_decided(mine, now - RECENT), key=lambda each: each.at, reverse=True)
    return Work(
        waiting=_waiting(person, mine, now, zone),
        drafts=drafts[:SHOWN],
        decided=decided[:SHOWN],
        more_drafts=len(drafts[SHOWN:]),
        more_decided=len(decided[SHOWN:]),
        is_member=bool(joined),
    )


def _waiting(person: User, projects: Iterable[Project], now: datetime, zone: tzinfo) -> list[Waiting]:
    found = []
    reviews = open_reviews(in_review(projects), now)
    unsent = unsent_drafts([each.revision for each in reviews], person.pk)
    for review in reviews:
        if turns := (*review.of(person.pk), *_unsent(person, review, unsent[review.revision.pk])):
            found.append(Waiting(review, turns, turns[0].since, in_days(days_between(turns[0].since, now, zone))))
    return sorted(found, key=lambda each: each.since)


def _unsent(person: User, review: OpenReview, drafts: Collection[int]) -> Iterator[Turn]:
    """What the person drafted on an earlier revision and never published, where they may still say it."""
    number = review.revision.number
    if drafts and person.pk in eligible(review.facts):
        items = f"item{'' if len(drafts) == 1 else 's'} {', '.join(map(str, sorted(drafts)))}"
        sentence = (
            f"What you drafted on {items} was not published, and r{number} came since: say it there, or let it go."
        )
        yield Turn(person.pk, sentence, review.revision.submitted_at)


def _drafts(person: User, projects: Iterable[int]) -> Iterator[Draft]:
    """The person's features that were not submitted as they are now, those changed last first."""
    rows = features().filter(owner=person, epic__project__in=projects, archived_at=None)
    listed = list(rows.filter(epic__project__is_archived=False).order_by("-changed_at", "pk"))
    known = standings([each.pk for each in listed])
    left = TAKEN_AT_ONCE
    for feature in listed:
        standing = known[feature.pk]
        if standing.state is DesignState.DRAFT:
            yield Draft(feature, standing)
            continue
        if is_current(feature):
            digest = feature.draft_design.digest
        elif left:
            left -= 1
            digest = current_design(feature).digest
        else:
            continue
        if standing.is_behind(digest):
            yield Draft(feature, standing)


def _decided(projects: Iterable[Project], after: datetime) -> Iterator[Decided]:
    approved = Revision.objects.filter(feature__epic__project__in=projects, approved_at__gte=after)
    for row in approved.select_related("feature__epic__project").defer(*(each for each in HEAVY if each != "record")):
        if row.approved_at:
            names = ", ".join((row.record or {}).get("approved_by", ()))
            yield Decided(row, row.approved_at, names, DesignState.APPROVED)
    said = Decision.objects.filter(revision__feature__epic__project__in=projects)
    said = light(said.select_related("revision__feature__epic__project"), "revision")
    for each in said.filter(kind=DecisionKind.REQUEST_CHANGES, decided_at__gte=after):
        state = DesignState.CHANGES_REQUESTED
        yield Decided(each.revision, each.decided_at, each.reviewer_name, state, each.comment)
    for each in said.filter(ended=Ended.REVOKED, ended_at__gte=after):
        if each.ended_at:
            yield Decided(each.revision, each.ended_at, each.ended_by_name, Ended.REVOKED, each.ended_reason)
