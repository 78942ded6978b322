"""The project's chain of events: append and verify."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from projects.design.digest import canonical
from projects.models import Event, Feature, Project, User

FIRST_HASH = "0" * 64
COMMAND_LINE = "command line"
# Of the events of a feature's card, those that say nothing of its design.
CARD = "feature"
OF_THE_CARD = ("archived", "brought back")
OWNER_ALONE = {"Owner"}


@dataclass(frozen=True)
class Happening:
    """What is to be recorded; `changes` maps a field's label to [before, after]."""

    verb: str
    kind: str
    label: str
    object_uid: UUID | None = None
    object_version: int | None = None
    changes: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, Any] | None = None
    reason: str = ""
    revision: int | None = None
    digest: str = ""


def is_of_the_design(verb: str, changes: dict[str, Any]) -> bool:
    """Whether an event of a feature's card is in its design: title and key are, whose it is and archiving are not."""
    return verb not in OF_THE_CARD and changes.keys() != OWNER_ALONE


def append(
    project: Project, happenings: list[Happening], *, actor: User | None, now: datetime, feature: Feature | None = None
) -> list[Event]:
    """Add to the end of the project's chain; the caller holds the lock on `project` and has read it under that lock."""
    events = []
    for happening in happenings:
        event = _event(project, feature, actor, happening)
        event.sequence, event.at, event.previous_hash = project.event_count + 1, now, project.event_hash
        project.event_count, project.event_hash = event.sequence, hash_of(event)
        event.hash = project.event_hash
        events.append(event)
    Project.objects.filter(pk=project.pk).update(event_count=project.event_count, event_hash=project.event_hash)
    return Event.objects.bulk_create(events, batch_size=500)


def _event(project: Project, feature: Feature | None, actor: User | None, happening: Happening) -> Event:
    return Event(
        project=project,
        feature=feature,
        actor=actor,
        actor_name=actor.display_name[:200] if actor else COMMAND_LINE,
        verb=happening.verb,
        kind=happening.kind,
        object_uid=happening.object_uid,
        object_version=happening.object_version,
        label=happening.label[:400],
        changes=happening.changes,
        kept=happening.kept,
        reason=happening.reason,
        revision=happening.revision,
        digest=happening.digest,
    )


def covered(event: Event) -> dict[str, Any]:
    """What the hash of an event is taken over: all of it but the actor's name, which may be made a pseudonym."""
    said = {
        "project": event.project_id,
        "sequence": event.sequence,
        "feature": event.feature_id,
        "actor": event.actor_id,
        "verb": event.verb,
        "kind": event.kind,
        "object_uid": str(event.object_uid or ""),
        "object_version": event.object_version,
        "label": event.label,
        "changes": event.changes,
        "kept": event.kept,
        "reason": event.reason,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "previous_hash": event.previous_hash,
    }
    if event.revision is not None or event.digest:
        # Events from before there were revisions have hashes without them.
        said |= {"revision": event.revision, "digest": event.digest}
    return said


def hash_of(event: Event) -> str:
    """sha256 over the canonical JSON of what is covered, in which the hash of the event before is."""
    return hashlib.sha256(canonical(covered(event)).encode()).hexdigest()


def broken_links(project: Project) -> list[int]:
    """The sequence numbers at which the chain is not what was written: changed, missing or moved."""
    broken, expected, previous = [], 1, FIRST_HASH
    for event in Event.objects.filter(project=project).order_by("sequence").iterator():
        if event.sequence != expected or event.previous_hash != previous or event.hash != hash_of(event):
            broken.append(event.sequence)
        expected, previous = event.sequence + 1, event.hash
    head = Project.objects.get(pk=project.pk)
    if (head.event_count, head.event_hash) != (expected - 1, previous):
        # Events at the end are missing: the project remembers how many there were.
        broken.append(expected)
    return broken
