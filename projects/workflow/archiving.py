"""Archiving a feature, and bringing it back. An archived one is read and downloaded, and nothing in it changes."""

from datetime import datetime

from projects.design.vocabulary import DesignState
from projects.models import Feature, User
from projects.workflow.project_door import managing

STATE = "State"


def archive_feature(feature: Feature, *, actor: User | None, now: datetime, reason: str = "") -> bool:
    """Take the feature out of lists, project documents and the model; whether it was not archived before.

    Raises PermissionDenied if the person is no owner, or the project is archived.
    """
    return _set_archived(feature, now, actor, now, reason)


def restore_feature(feature: Feature, *, actor: User | None, now: datetime, reason: str = "") -> bool:
    """Bring an archived feature back as it was, with its revisions and its review; whether it was archived."""
    return _set_archived(feature, None, actor, now, reason)


def _set_archived(
    feature: Feature, archived_at: datetime | None, actor: User | None, now: datetime, reason: str
) -> bool:
    is_archived = archived_at is not None
    with managing(feature.epic.project, actor=actor, now=now) as door:
        # A conditional update: of two owners who click at once, one changes something and makes an event.
        waiting = Feature.objects.filter(pk=feature.pk, archived_at__isnull=is_archived)
        if not waiting.update(archived_at=archived_at):
            return False
        # As it is under the lock: a renaming may have come in between.
        target = Feature.objects.select_related("epic__project").get(pk=feature.pk)
        archived = DesignState.ARCHIVED.label
        door.record(
            "archived" if is_archived else "brought back",
            "feature",
            target.title,
            feature=target,
            object_uid=target.uid,
            changes={STATE: ["", archived] if is_archived else [archived, ""]},
            reason=reason.strip(),
        )
    feature.archived_at = archived_at
    return True
