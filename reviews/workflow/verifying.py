"""Whether revisions and decisions are still what the history says of them."""

from collections import defaultdict
from collections.abc import Iterator

from projects.design.digest import digest
from projects.models import Event, Project, Revision
from reviews.models import Decision

SUBMITTED, APPROVED = "submitted", "approved"


def wrong_revisions(project: Project) -> Iterator[str]:
    """A sentence for each thing that a revision says and its text or the history does not."""
    told: defaultdict[tuple[int | None, int | None], set[tuple[object, ...]]] = defaultdict(set)
    for event in Event.objects.filter(project=project, verb__in=[SUBMITTED, APPROVED], revision__isnull=False).defer(
        "kept", "changes"
    ):
        told[event.feature_id, event.revision].add((event.verb, event.digest))
        told[event.feature_id, event.revision].add((event.verb, event.digest, event.at))
    revisions = Revision.objects.filter(feature__epic__project=project).select_related("feature__epic")
    shown = revisions.only("number", "text", "digest", "approved_at", "feature__key", "feature__epic__key")
    for revision in shown.order_by("feature", "number").iterator(chunk_size=50):
        name = _name(revision)
        known = told[revision.feature_id, revision.number]
        if digest(revision.text) != revision.digest:
            yield f"{name}: its text is not the one that was submitted: the digests differ."
        if (SUBMITTED, revision.digest) not in known:
            yield f"{name}: the history has no submission of it with this digest."
        if revision.approved_at and (APPROVED, revision.digest, revision.approved_at) not in known:
            yield f"{name}: the history has no approval of it at {revision.approved_at:%Y-%m-%d %H:%M} UTC."


def wrong_decisions(project: Project) -> Iterator[str]:
    """A sentence for each decision that is not of its revision's digest, or that the history does not know."""
    found = Decision.objects.filter(revision__feature__epic__project=project)
    rows = found.select_related("revision__feature__epic").defer("revision__text", "revision__findings")
    events = Event.objects.filter(project=project, revision__isnull=False)
    told = set(events.values_list("feature", "revision", "actor", "digest", "at"))
    acted = {(feature, actor, at) for feature, _, actor, _, at in told}
    for row in rows.order_by("revision__feature", "pk"):
        revision = row.revision
        name = f"{_name(revision)}, {row.reviewer_name}"
        if row.digest != revision.digest:
            yield f"{name}: the decision is on another digest than that of the revision."
        if (revision.feature_id, revision.number, row.reviewer_id, row.digest, row.decided_at) not in told:
            yield f"{name}: the history has no decision at {row.decided_at:%Y-%m-%d %H:%M} UTC."
        if row.ended and (revision.feature_id, row.ended_by_id, row.ended_at) not in acted:
            yield f"{name}: the history does not say that the decision was {row.get_ended_display()}."


def _name(revision: Revision) -> str:
    return f"r{revision.number} of {revision.feature.epic.key}/{revision.feature.key}"
