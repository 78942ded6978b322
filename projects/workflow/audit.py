"""The audit trail of a project: what its page lists, and what is exported of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from projects.models import Event, Feature, Project
from projects.workflow.events import covered

# Events are read in pieces of so many while a file is written.
PIECE = 1000


class Filters(NamedTuple):
    """What the trail is narrowed to; an empty one does not narrow. `feature` is epic/key, `person` a primary key."""

    text: str = ""
    feature: str = ""
    person: int | None = None
    only_reviews: bool = False


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


def trail(project: Project, filters: Filters) -> QuerySet[Event]:
    """The events that pass the filters, newest first."""
    events = Event.objects.filter(project=project).order_by("-sequence")
    if filters.only_reviews:
        events = events.filter(revision__isnull=False)
    if filters.feature:
        epic, _, key = filters.feature.partition("/")
        events = events.filter(feature__epic__key=epic, feature__key=key)
    if filters.person is not None:
        events = events.filter(actor=filters.person)
    for word in filters.text.split():
        events = events.filter(_mentions(word))
    return events


def _mentions(word: str) -> Q:
    columns = ("label", "reason", "actor_name", "verb", "kind", "digest")
    mentions = Q(feature__title__icontains=word)
    for column in columns:
        mentions |= Q(**{f"{column}__icontains": word})
    return mentions


def features_in(project: Project) -> list[Choice]:
    rows = Feature.objects.filter(epic__project=project).order_by("epic__key", "key")
    paths = (f"{epic}/{key}" for epic, key in rows.values_list("epic__key", "key"))
    return [Choice(path, path) for path in sorted(paths)]


def people_in(project: Project) -> list[Choice]:
    """Everybody who did something here, members or not any more."""
    rows = Event.objects.filter(project=project, actor__isnull=False).order_by()
    found = rows.values_list("actor", "actor__name", "actor__email").distinct()
    named = [Choice(str(pk), name or email) for pk, name, email in found]
    return sorted(named, key=lambda each: each.label.casefold())


def csv_rows(project: Project, filters: Filters) -> Iterator[tuple[str, ...]]:
    """The events oldest first, as cells."""
    for event in _in_order(trail(project, filters)):
        yield (
            str(event.sequence),
            event.at.astimezone(UTC).isoformat(timespec="microseconds"),
            event.actor_name,
            str(event.actor_id or ""),
            event.verb,
            event.kind,
            event.label,
            _path(event),
            f"r{event.revision}" if event.revision is not None else "",
            event.digest,
            "; ".join(f"{name}: {_words(values)}" for name, values in event.changes.items()),
            event.reason,
            str(event.object_uid or ""),
            event.previous_hash,
            event.hash,
        )


def json_head(project: Project) -> dict[str, Any]:
    """What the file says of the chain as a whole; the project has just been read."""
    return {
        "project": {"id": project.pk, "key": project.key, "title": project.title},
        "event_count": project.event_count,
        "event_hash": project.event_hash,
    }


def json_events(project: Project) -> Iterator[dict[str, Any]]:
    """All events up to the project's count as it was read, with everything that their hashes cover."""
    events = Event.objects.filter(project=project, sequence__lte=project.event_count)
    for event in _in_order(events, kept=True):
        names = {"actor_name": event.actor_name, "feature_path": _path(event)}
        yield {"covered": covered(event), "hash": event.hash, **names}


def _in_order(events: QuerySet[Event], *, kept: bool = False) -> Iterator[Event]:
    found = events.order_by("sequence").select_related("feature__epic")
    return (found if kept else found.defer("kept")).iterator(chunk_size=PIECE)


def _path(event: Event) -> str:
    return f"{event.feature.epic.key}/{event.feature.key}" if event.feature else ""


def _words(values: list[str]) -> str:
    before, after = values
    return f"{before} → {after}" if before else after
