"""Archiving a feature in the middle of a review, or bringing it back: whoever was asked is told."""

from datetime import datetime

from django.db import transaction

from projects.models import Feature, Project, User
from projects.workflow.archiving import archive_feature, restore_feature
from reviews.models import Assignment
from reviews.notices import Occasion, tell
from reviews.reading import head_of
from reviews.rules.terms import NoticeKind
from reviews.tasks import after_transition
from reviews.workflow.door import settle_open
from reviews.workflow.parties import typed


def archive(feature: Feature, *, actor: User, now: datetime, reason: str = "") -> str:
    """Archive it; answers what is to be said. Raises PermissionDenied if the person is no owner,
    Refused as `typed` does."""
    reason = typed(reason)
    with transaction.atomic():
        if archive_feature(feature, actor=actor, now=now, reason=reason):
            _tell(feature, f"{actor.display_name} archived {feature.title}. Its review rests.", actor, now)
    return f"{feature.title} is archived: it can be read, and does not change."


def bring_back(feature: Feature, *, actor: User, now: datetime, reason: str = "") -> str:
    """Undo the archiving; what was in review is in review again. Raises PermissionDenied if the person is no owner."""
    reason = typed(reason)
    with transaction.atomic():
        if restore_feature(feature, actor=actor, now=now, reason=reason):
            _tell(feature, f"{actor.display_name} brought {feature.title} back. Its review goes on.", actor, now)
            # While it rested, people may have come or gone.
            settle_open(Project.objects.get(pk=feature.epic.project_id), actor=actor, now=now)
    return f"{feature.title} is back."


def _tell(feature: Feature, text: str, actor: User, now: datetime) -> None:
    asked = Assignment.objects.filter(review__feature=feature, review__closed_at=None, ended_at=None)
    head = head_of(feature)
    tell(asked.values_list("reviewer", flat=True), NoticeKind.ARCHIVED, text, Occasion(feature, head, actor, now))
    transaction.on_commit(lambda: after_transition([head.pk] if head else []))
