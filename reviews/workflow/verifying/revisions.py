"""Revisions and their reviews beside the events that submitted, withdrew and approved them."""

from collections.abc import Iterator, Sequence
from typing import Any

from projects.design.digest import digest
from projects.models import Event, Project, Revision
from reviews.models import Review
from reviews.workflow.sealing import FROZEN, frozen_with
from reviews.workflow.verifying.told import (
    APPROVED,
    REVOKED,
    SUBMITTED,
    Told,
    light_revisions,
    moment,
    review_at,
    reviews_of,
)

WITHDREW, AGAIN, ADDED = "withdrew", "submitted again", "added contributors to"
VERBS = (SUBMITTED, APPROVED, REVOKED, WITHDREW, AGAIN, ADDED)


def wrong_revisions(project: Project) -> Iterator[str]:
    """A sentence for each thing that a revision says and its text or the history does not."""
    told, reviews = Told(project, VERBS), reviews_of(project)
    known = set()
    rows = Revision.objects.filter(feature__epic__project=project).order_by("feature", "number")
    for revision in rows.defer("record").iterator(chunk_size=50):
        known.add((revision.feature_id, revision.number))
        events = [each for each in told.events[revision.feature_id] if each.revision == revision.number]
        review = review_at(reviews.get(revision.feature_id, ()), revision.number)
        for problem in _of_one(revision, events, review):
            yield f"{told.name(revision.feature_id, revision.number)}: {problem}"
    for feature, said in told.events.items():
        for number in sorted({each.revision or 0 for each in said if each.verb == SUBMITTED}):
            if (feature, number) not in known:
                yield f"{told.name(feature, number)}: it was submitted, and is not in the database."


def _of_one(revision: Revision, events: Sequence[Event], review: Review | None) -> Iterator[str]:
    if digest(revision.text) != revision.digest:
        yield "its text is not the one that was submitted: the digests differ."
    submission = _last(events, SUBMITTED)
    if submission is None or submission.digest != revision.digest:
        yield "the history has no submission of it with this digest."
    else:
        yield from _submission(revision, submission)
    frozen = next((each.changes[FROZEN][1] for each in reversed(events) if FROZEN in each.changes), None)
    if frozen not in (None, frozen_with(revision, review)):
        yield (
            "findings, evidence, contributors, sections, definitions, rules, the last event, who submitted it or the "
            "approvals that it needs are not those that it was frozen with."
        )
    yield from _approval(revision, events)
    withdrawal = _last(events, WITHDREW, AGAIN)
    withdrawn_at = withdrawal.at if withdrawal and withdrawal.verb == WITHDREW else None
    if revision.withdrawn_at != withdrawn_at:
        was = f"withdrawn at {moment(withdrawn_at)}" if withdrawn_at else "not withdrawn"
        yield f"the history says that it was {was}."


def _submission(revision: Revision, event: Event) -> Iterator[str]:
    said: dict[str, tuple[Any, Any]] = {
        "uid": (revision.uid, event.object_uid),
        "who submitted it": (revision.submitted_by_id, event.actor_id),
        "when it was submitted": (revision.submitted_at, event.at),
        "message": (revision.message, event.reason),
    }
    wrong = [name for name, (is_now, was) in said.items() if is_now != was]
    if wrong:
        yield f"not as in the history of its submission: {', '.join(wrong)}."


def _approval(revision: Revision, events: Sequence[Event]) -> Iterator[str]:
    last = _last(events, APPROVED, REVOKED)
    approved_at = last.at if last and last.verb == APPROVED and last.digest == revision.digest else None
    if revision.approved_at == approved_at:
        return
    if revision.approved_at:
        yield f"the history has no approval of it at {moment(revision.approved_at)} that stands."
    if approved_at:
        yield f"the history has an approval of it at {moment(approved_at)} that stands."


def _last(events: Sequence[Event], *verbs: str) -> Event | None:
    return next((each for each in reversed(events) if each.verb in verbs), None)


def wrong_reviews(project: Project) -> Iterator[str]:
    """A review begins with a submission, and is closed by an approval."""
    told, revisions = Told(project, VERBS), light_revisions(project)
    for feature, reviews in reviews_of(project).items():
        events = told.events[feature]
        begun = {each.at for each in events if each.verb in (SUBMITTED, AGAIN)}
        closed = {each.at for each in events if each.verb == APPROVED}
        of_feature = [row for (owner, _), row in revisions.items() if owner == feature]
        for review in reviews:
            approved = {row.approved_at for row in of_feature if review_at(reviews, row.number) == review}
            if review.opened_at not in begun:
                yield f"{told.name(feature)}: the history has no review that began at {moment(review.opened_at)}."
            if review.closed_at and review.closed_at not in closed:
                yield f"{told.name(feature)}: no approval closed a review at {moment(review.closed_at)}."
            if not review.closed_at and approved - {None}:
                yield f"{told.name(feature)}: its review is open, though a revision of it is approved."
