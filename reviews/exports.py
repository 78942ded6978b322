"""The record of the review of one revision, for auditors: all that was published about it, in plain values.

Drafts of verdicts and comments are not in it: they are their authors' alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Prefetch

from projects.design.checklist import CHECKLIST
from projects.models import Event, Revision
from projects.snapshot.revisions import is_intact
from reviews.models import Assignment, Comment, Decision, ItemVerdict, Thread, Waiver
from reviews.reading import facts_of, light, review_of, thread_state, verdicts_on
from reviews.rules.facts import ReviewFacts
from reviews.rules.gate import gate
from reviews.rules.items import item_states
from reviews.rules.states import OPEN_STATES

FORMAT = 1
Said = dict[str, Any]


@dataclass(frozen=True)
class Period:
    """From the submission of a revision to that of the next one, if there is one."""

    begins: datetime
    ends: datetime | None


def review_record(revision: Revision, now: datetime) -> Said:
    """What was said of the revision; the caller has selected its feature with epic and project, and who submitted it.

    Times are UTC in ISO 8601. The number of queries does not depend on how much was said.
    """
    feature = revision.feature
    facts = facts_of(revision, now)
    period = Period(revision.submitted_at, _next_submission(revision))
    return {
        "format": FORMAT,
        "exported_at": _time(now),
        "project": {"key": feature.epic.project.key, "title": feature.epic.project.title},
        "feature": {"path": feature.path, "title": feature.title, "uid": str(feature.uid)},
        "revision": _revision(revision, facts),
        "approval": _approval(facts),
        "gate": list(_gate(revision, facts)),
        "reviewers": list(_reviewers(revision, facts)),
        "decisions": list(_decisions(revision, facts)),
        "items": [{"item": item, "state": state.value} for item, state in item_states(facts).items()],
        "verdicts": list(_verdicts(verdicts_on(revision))),
        "threads": list(_threads(revision)),
        "waivers": list(_waivers(revision, period)),
        "events": list(_events(revision)),
    }


def _revision(revision: Revision, facts: ReviewFacts) -> Said:
    return {
        "number": revision.number,
        "uid": str(revision.uid),
        "digest": revision.digest,
        "is_intact": is_intact(revision),
        "state": revision.state,
        "message": revision.message,
        "submitted_by": revision.submitted_by.display_name,
        "submitted_at": _time(revision.submitted_at),
        "withdrawn_at": _time(revision.withdrawn_at),
        "approved_at": _time(revision.approved_at),
        "contributors": sorted(revision.contributors.values()),
        "required_approvals": facts.required_approvals,
        "is_solo": facts.is_solo,
    }


def _approval(facts: ReviewFacts) -> Said | None:
    """When it was approved and by whom, as they were called then."""
    if facts.approved_at is None:
        return None
    return {"at": _time(facts.approved_at), "by": sorted(each.reviewer_name for each in facts.approvals)}


def _gate(revision: Revision, facts: ReviewFacts) -> Iterator[Said]:
    """What is still to come, for a revision that is open: today's members say nothing of one that is decided."""
    if revision.state in OPEN_STATES:
        for each in gate(facts):
            yield {"key": each.key, "state": each.state.value, "sentence": each.sentence, "who": each.who}


def _next_submission(revision: Revision) -> datetime | None:
    later = Revision.objects.filter(feature=revision.feature_id, number__gt=revision.number).order_by("number")
    return later.values_list("submitted_at", flat=True).first()


def _reviewers(revision: Revision, facts: ReviewFacts) -> Iterator[Said]:
    """Who decided, by the name that is under the decision."""
    names = {each.reviewer: each.reviewer_name for each in facts.decisions}
    asked = Assignment.objects.filter(review=review_of(revision)).select_related("reviewer", "asked_by")
    for row in asked.order_by("pk"):
        yield {
            "reviewer": names.get(row.reviewer_id, row.reviewer.display_name),
            "is_required": row.is_required,
            "asked_by": row.asked_by.display_name if row.asked_by else "",
            "asked_at": _time(row.asked_at),
            "ended_at": _time(row.ended_at),
        }


def _decisions(revision: Revision, facts: ReviewFacts) -> Iterator[Said]:
    """Those on this revision, and those on earlier ones that stand in the way: requests, and revoked sign-offs."""
    earlier = [each.pk for each in facts.objections if each.revision != revision.number]
    found = Decision.objects.filter(revision=revision) | Decision.objects.filter(pk__in=earlier)
    for row in light(found.select_related("revision"), "revision").order_by("decided_at", "pk"):
        yield {
            "reviewer": row.reviewer_name,
            "roles": row.roles,
            "decision": row.kind,
            "revision": row.revision.number,
            "digest": row.digest,
            "meaning": row.meaning,
            "comment": row.comment,
            "decided_at": _time(row.decided_at),
            "is_self_approval": row.is_self_approval,
            "ending": {
                "how": row.ended,
                "by": row.ended_by_name,
                "at": _time(row.ended_at),
                "reason": row.ended_reason,
            }
            if row.ended
            else None,
        }


def _verdicts(rows: Iterable[ItemVerdict]) -> Iterator[Said]:
    """All of them, in the order they were given; `is_last` is the one that counts of its reviewer on its item."""
    given = list(rows)
    last = {(row.item, row.reviewer_id): row.pk for row in given}
    wording = {item.number: item.wording for item in CHECKLIST}
    for row in given:
        dismissal = getattr(row, "dismissal", None)
        yield {
            "item": row.item,
            "wording": wording.get(row.item, ""),
            "reviewer": row.reviewer_name,
            "verdict": row.verdict,
            "note": row.comment,
            "given_at": _time(row.given_at),
            "carried_from": row.carried_from.revision.number if row.carried_from else None,
            "is_confirmed": row.is_confirmed,
            "is_last": last[row.item, row.reviewer_id] == row.pk,
            "dismissal": {"by": dismissal.by_name, "at": _time(dismissal.at), "reason": dismissal.reason}
            if dismissal
            else None,
        }


def _threads(revision: Revision) -> Iterator[Said]:
    """Those published in this revision or an earlier one, with all that was published in them since."""
    comments = Comment.objects.filter(published_at__isnull=False).order_by("published_at", "created_at", "pk")
    found = Thread.objects.filter(
        feature=revision.feature_id, revision__number__lte=revision.number, published_at__isnull=False
    )
    related = found.select_related("revision", "addressed_by", "resolved_by")
    shown = light(related, "revision").prefetch_related(Prefetch("comments", comments, to_attr="published"))
    for row in shown.order_by("published_at", "pk"):
        yield {
            "uid": str(row.uid),
            "opened_in": row.revision.number,
            "about": row.anchor_path,
            "said_there": row.anchor_text,
            "item": row.item,
            "is_blocking": row.is_blocking,
            "state": thread_state(row).value,
            "opened_by": row.opened_by_name,
            "opened_at": _time(row.published_at),
            "addressed_by": row.addressed_by.display_name if row.addressed_by else "",
            "addressed_at": _time(row.addressed_at),
            "resolved_by": row.resolved_by.display_name if row.resolved_by else "",
            "resolved_at": _time(row.resolved_at),
            "resolution": row.resolution,
            "comments": [
                {"author": each.author_name, "at": _time(each.published_at), "text": each.text}
                for each in row.published
            ],
        }


def _waivers(revision: Revision, period: Period) -> Iterator[Said]:
    """Those that were in force at some time while this revision was the newest."""
    found = Waiver.objects.filter(feature=revision.feature_id).exclude(ended_at__lt=period.begins)
    if period.ends:
        found = found.filter(at__lt=period.ends)
    for row in found.order_by("at", "pk"):
        yield {
            "item": row.item,
            "rule": row.rule,
            "about": row.path,
            "reason": row.reason,
            "by": row.by_name,
            "at": _time(row.at),
            "expires_on": row.expires_on.isoformat() if row.expires_on else None,
            "ended_by": row.ended_by_name,
            "ended_at": _time(row.ended_at),
            "ended_reason": row.ended_reason,
        }


def _events(revision: Revision) -> Iterator[Said]:
    rows = Event.objects.filter(feature=revision.feature_id, revision=revision.number).defer("kept")
    for row in rows.order_by("sequence"):
        yield {
            "number": row.sequence,
            "at": _time(row.at),
            "person": row.actor_name,
            "verb": row.verb,
            "kind": row.kind,
            "label": row.label,
            "changes": row.changes,
            "reason": row.reason,
            "digest": row.digest,
            "previous_hash": row.previous_hash,
            "hash": row.hash,
        }


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None
