"""The turns of many reviews at once, read in a number of queries that does not depend on how many there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Max, Q, QuerySet

from projects.design.vocabulary import Role
from projects.models import Membership, Project, Revision
from reviews.models import Assignment, Decision, ItemVerdict, Review, Thread, Waiver
from reviews.reading import Said, facts_from, light
from reviews.rules.facts import ReviewFacts
from reviews.rules.states import OPEN_STATES
from reviews.rules.turns import Submitted, Turn, turns

T = TypeVar("T")


@dataclass(frozen=True)
class OpenReview:
    """A revision in review, with feature, epic and project, and all turns that there are in it."""

    revision: Revision
    facts: ReviewFacts
    turns: tuple[Turn, ...]

    def of(self, person: int) -> tuple[Turn, ...]:
        return tuple(each for each in self.turns if each.person == person)


def in_review(projects: Iterable[Project] | QuerySet[Project] | None = None) -> QuerySet[Revision]:
    """The revisions that are open for review, in these projects or all; archived features and projects rest."""
    found = Revision.objects.filter(state__in=OPEN_STATES, feature__archived_at=None)
    found = found.filter(feature__epic__project__is_archived=False)
    if projects is not None:
        found = found.filter(feature__epic__project__in=projects)
    listed = found.select_related("feature__epic__project").order_by("submitted_at", "pk")
    return listed.defer("text", "evidence", "sections", "definitions", "record")


def open_reviews(revisions: Iterable[Revision], now: datetime) -> list[OpenReview]:
    """`revisions` as `in_review` gives them."""
    listed = list(revisions)
    said = _said_of(listed)
    reviews = []
    for each in listed:
        facts = facts_from(each, said[each.pk], now)
        submitted = Submitted(each.submitted_at, each.submitted_by_id, each.feature.owner_id)
        reviews.append(OpenReview(each, facts, turns(facts, submitted)))
    return reviews


def _said_of(revisions: Sequence[Revision]) -> dict[int, Said]:
    """What was said of each, by its primary key; all of them are the heads of their features."""
    features = [each.feature_id for each in revisions]
    numbers = _numbers(features)
    people = _people({each.feature.epic.project_id for each in revisions})
    reviews = _by(Review.objects.filter(feature__in=features).order_by("first_number", "pk"), "feature_id")
    assigned = Assignment.objects.filter(review__feature__in=features, ended_at=None).select_related("reviewer")
    assignments = _by(assigned.order_by("pk"), "review_id")
    decided = Decision.objects.filter(revision__feature__in=features).select_related("revision")
    decisions: defaultdict[int, list[Decision]] = defaultdict(list)
    for row in light(decided, "revision").order_by("decided_at", "pk"):
        decisions[row.revision.feature_id].append(row)
    given = ItemVerdict.objects.filter(revision__in=revisions).select_related("dismissal", "carried_from__revision")
    verdicts = _by(light(given, "carried_from__revision").order_by("pk"), "revision_id")
    published = Thread.objects.filter(feature__in=features, published_at__isnull=False)
    threads = _by(published.order_by("pk"), "feature_id")
    waivers = _by(Waiver.objects.filter(feature__in=features, ended_at=None), "feature_id")
    said = {}
    for each in revisions:
        newest, approved = numbers[each.feature_id]
        members, names = people[each.feature.epic.project_id]
        opened = [row for row in reviews[each.feature_id] if row.first_number <= each.number]
        review = opened[-1] if opened else None
        said[each.pk] = Said(
            newest=newest,
            members={person: frozenset(roles) for person, roles in members.items()},
            names=names,
            review=review,
            assignments=assignments[review.pk] if review else (),
            decisions=[row for row in decisions[each.feature_id] if approved < row.revision.number <= each.number],
            verdicts=verdicts[each.pk],
            threads=threads[each.feature_id],
            waivers=waivers[each.feature_id],
        )
    return said


def _numbers(features: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Of each feature the number of its newest revision, and that of the last one approved, or 0."""
    found = Revision.objects.filter(feature__in=features).order_by().values("feature")
    approved = Max("number", filter=Q(approved_at__isnull=False))
    rows = found.annotate(newest=Max("number"), approved=approved).values_list("feature", "newest", "approved")
    return {feature: (newest, last or 0) for feature, newest, last in rows}


def _people(projects: Iterable[int]) -> dict[int, tuple[dict[int, set[Role]], dict[int, str]]]:
    """Of each project the roles of its people, and what they are called."""
    found: defaultdict[int, tuple[dict[int, set[Role]], dict[int, str]]] = defaultdict(lambda: ({}, {}))
    for row in Membership.objects.filter(project__in=projects).select_related("user"):
        members, names = found[row.project_id]
        members.setdefault(row.user_id, set()).add(Role(row.role))
        names[row.user_id] = row.user.display_name
    return found


def _by(rows: Iterable[T], name: str) -> defaultdict[int, list[T]]:
    grouped: defaultdict[int, list[T]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, name)].append(row)
    return grouped
