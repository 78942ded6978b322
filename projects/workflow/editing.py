"""The one door for writes to a feature.

    with editing(feature, actor=user, now=now) as door:
        door.update(row, version=3, changes={"Type": ["text", "uuid"]})

It takes the feature's lock, checks the right to edit, compares versions, saves, raises the feature's version and
records who changed what. All of it happens, or nothing does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from projects.access import FEATURE_ARCHIVED, REFUSALS, RIGHTS, Right
from projects.models import Event, Feature, Membership, User
from projects.models.base import Row
from projects.workflow import events
from projects.workflow.deletion import Deletion, put_back
from projects.workflow.events import Happening

# Sparse, so that a row can be moved between two others without touching them.
STEP_BETWEEN_POSITIONS = 1024


class StaleVersion(Exception):
    """Somebody saved this row after it was loaded. `row` is as it stands now."""

    def __init__(self, row: Row) -> None:
        super().__init__(f"{row.label} changed while you were editing it.")
        self.row = row


class NotAllowed(Exception):
    """The actor has no right to edit this feature."""


class Door:
    """Writes to one feature, within one transaction."""

    def __init__(self, feature: Feature, actor: User | None, now: datetime) -> None:
        self.feature = feature
        self.actor = actor
        self.now = now
        self.happenings: list[Happening] = []
        self.events: list[Event] = []

    def create(self, row: Row, changes: dict[str, list[str]] | None = None) -> None:
        row.feature = self.feature
        if not row.position:
            row.position = self._last_position(row) + STEP_BETWEEN_POSITIONS
        row.save(force_insert=True)
        self._record("created", row, changes)

    def update(self, row: Row, *, version: int, changes: dict[str, list[str]], verb: str = "changed") -> None:
        """Save the row if its version is still the one it was loaded with; raises StaleVersion otherwise."""
        values = {field.attname: getattr(row, field.attname) for field in _own_columns(row)}
        # A conditional update rather than a lock on the row: SQLite has none.
        updated = type(row)._default_manager.filter(pk=row.pk, version=version).update(**values, version=version + 1)
        if not updated:
            raise StaleVersion(type(row)._default_manager.get(pk=row.pk))
        row.version = version + 1
        self._record(verb, row, changes)

    def replace_parts(self, row: Row, name: str, parts: list[Any]) -> None:
        """Set the rows that `name` of the row leads to, such as the fields of an index, in this order."""
        manager = getattr(row, name)
        manager.all().delete()
        for position, part in enumerate(parts):
            setattr(part, manager.field.name, row)
            part.position = position
        manager.model._default_manager.bulk_create(parts)
        getattr(row, "_prefetched_objects_cache", {}).pop(name, None)

    def delete(self, row: Row) -> Deletion:
        """Take the row out, with all that cannot stay without it; the event keeps it for `restore`."""
        deletion = Deletion(row)
        self.happenings.append(
            Happening(
                "deleted",
                str(row._meta.verbose_name),
                row.label,
                object_uid=row.uid,
                object_version=row.version,
                changes={"Went along": [", ".join(deletion.along), ""]} if deletion.along else {},
                kept=deletion.kept(),
            )
        )
        deletion.carry_out()
        return deletion

    def restore(self, event: Event) -> None:
        """Put back what a deletion took, under the same uids; raises CannotPutBack with the reason."""
        put_back(event.kept or {})
        self.happenings.append(
            Happening(
                "restored", event.kind, event.label, object_uid=event.object_uid, reason=f"undo of {event.sequence}"
            )
        )

    def move(self, row: Row, rows: list[Row], to: int) -> None:
        """Put the row at place `to` (from 0) of `rows`, which are in order and include it."""
        others = [other for other in rows if other.pk != row.pk]
        to = max(0, min(to, len(others)))
        others.insert(to, row)
        for index, other in enumerate(others, 1):
            if other.position != index * STEP_BETWEEN_POSITIONS:
                other.position = index * STEP_BETWEEN_POSITIONS
                type(other)._default_manager.filter(pk=other.pk).update(position=other.position)
        self._record("moved", row, {"Place": ["", str(to + 1)]})

    def record(self, verb: str, kind: str, label: str, **details: Any) -> None:
        """Note something that is not about one row, such as an import."""
        self.happenings.append(Happening(verb, kind, label, **details))

    def finish(self) -> None:
        if not self.happenings:
            return
        self.feature.version += 1
        self.feature.changed_at = self.now
        Feature.objects.filter(pk=self.feature.pk).update(version=self.feature.version, changed_at=self.now)
        project = self.feature.epic.project
        self.events = events.append(project, self.happenings, actor=self.actor, now=self.now, feature=self.feature)

    def _record(self, verb: str, row: Row, changes: dict[str, list[str]] | None) -> None:
        self.happenings.append(
            Happening(
                verb,
                str(row._meta.verbose_name),
                row.label,
                object_uid=row.uid,
                object_version=row.version,
                changes=changes or {},
            )
        )

    def _last_position(self, row: Row) -> int:
        siblings = type(row)._default_manager.filter(feature=self.feature)
        return siblings.aggregate(last=Max("position"))["last"] or 0


@contextmanager
def editing(feature: Feature, *, actor: User | None, now: datetime) -> Iterator[Door]:
    """Open the door to this feature for a person, or for the command line if `actor` is None.

    Raises NotAllowed if the person may not edit it.
    """
    with transaction.atomic():
        # The project's row too, and first, as everywhere: it holds the end of the chain of events.
        rows = Feature.objects.select_for_update(of=("epic__project", "self")).select_related("epic__project")
        locked = rows.annotate(actor_may_edit=_may_edit(actor)).get(pk=feature.pk)
        project = locked.epic.project
        if not locked.actor_may_edit:
            raise NotAllowed(REFUSALS[Right.EDIT])
        if project.is_archived:
            raise NotAllowed("This project is archived, so its designs do not change.")
        if locked.archived_at:
            raise NotAllowed(FEATURE_ARCHIVED)
        door = Door(locked, actor, now)
        yield door
        door.finish()
    feature.version, feature.changed_at = locked.version, locked.changed_at


def _may_edit(actor: User | None) -> Any:
    if actor is None:
        return models.Value(True, output_field=models.BooleanField())
    held = Membership.objects.filter(user=actor, project=models.OuterRef("epic__project"), role__in=RIGHTS[Right.EDIT])
    return models.Exists(held)


def _own_columns(row: Row) -> list[models.Field]:
    fixed = {"id", "uid", "feature", "version", "position"}
    return [field for field in row._meta.concrete_fields if field.name not in fixed]
