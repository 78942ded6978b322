"""The door for writes to a project itself: its card, epics, people and conventions.

What is inside a feature goes through `editing`. Both write to the same chain of events.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from projects.access import Right, Visit, roles_of
from projects.models import Event, Feature, Project, User
from projects.workflow import events
from projects.workflow.events import Happening


class StaleCard(Exception):
    """Somebody saved other values after these were read; `saved` holds what stands now, by field."""

    def __init__(self, saved: dict[str, Any]) -> None:
        super().__init__("This changed while you were editing it.")
        self.saved = saved


class ProjectDoor:
    """Writes to one project, which is locked until they are done."""

    def __init__(self, project: Project, actor: User | None, now: datetime) -> None:
        self.project = project
        self.actor = actor
        self.now = now

    def record(self, verb: str, kind: str, label: str, *, feature: Feature | None = None, **details: Any) -> Event:
        happening = Happening(verb, kind, label, **details)
        return events.append(self.project, [happening], actor=self.actor, now=self.now, feature=feature)[0]


@contextmanager
def managing(
    project: Project, *, actor: User | None, now: datetime, right: Right = Right.MANAGE, even_archived: bool = False
) -> Iterator[ProjectDoor]:
    """Open the project's door for a person, or for the command line if `actor` is None.

    Raises PermissionDenied with a sentence if the person has not the right, or the project is archived.
    """
    with transaction.atomic():
        locked = Project.objects.select_for_update().get(pk=project.pk)
        if actor is not None:
            Visit(actor, locked, roles_of(actor, locked)).require(right)
        if locked.is_archived and not even_archived:
            raise PermissionDenied("This project is archived, so it does not change. An owner can bring it back.")
        yield ProjectDoor(locked, actor, now)


def refuse_stale(row: models.Model, loaded: Mapping[str, Any] | None) -> None:
    """Raise StaleCard unless the row still holds the values that a form was opened with."""
    if loaded is None:
        return
    saved = {name: getattr(row, name) for name in loaded}
    if any(plain(saved[name]) != plain(value) for name, value in loaded.items()):
        raise StaleCard(saved)


def plain(value: Any) -> str:
    """A value as it compares: browsers send other line ends than those that are stored."""
    return str(value).replace("\r\n", "\n").strip()


def assign(row: models.Model, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Set the values on the row; answers what that changed, by the fields' labels, as [before, after]."""
    before = {name: in_words(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    after = {name: in_words(row, name) for name in values}
    return {_label(row, name): [before[name], after[name]] for name in values if before[name] != after[name]}


def _label(row: models.Model, name: str) -> str:
    label = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # every column has one
    return label[:1].upper() + label[1:]


def in_words(row: models.Model, name: str) -> str:
    """The value of a column as people read it."""
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else getattr(row, name))
