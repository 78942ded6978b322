"""What the events of a project tell, read once for each check, and how rows are compared with it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from projects.models import Event, Feature, Project, Revision, User
from reviews.models import Review
from reviews.reading import HEAVY

SUBMITTED, APPROVED, REVOKED = "submitted", "approved", "revoked the sign-off of"
Row = Mapping[str, Any]


class OneOf:
    """Equals each of these; for what was not told, anything."""

    def __init__(self, allowed: Collection[Any] | None = None) -> None:
        self.allowed = allowed

    def __eq__(self, other: object) -> bool:
        return self.allowed is None or other in self.allowed

    def __hash__(self) -> int:
        return 0


UNTOLD = OneOf()


class Told:
    """The events about revisions by feature, in their order, with what is needed to name and place them."""

    def __init__(self, project: Project, verbs: Collection[str] = ()) -> None:
        found = Event.objects.filter(project=project, feature__isnull=False, revision__isnull=False)
        if verbs:
            found = found.filter(verb__in=verbs)
        self.events: defaultdict[int, list[Event]] = defaultdict(list)
        for event in found.defer("kept").order_by("sequence"):
            self.events[event.feature_id or 0].append(event)
        people = {event.actor_id for events in self.events.values() for event in events if event.actor_id}
        self._people = {each.pk: each.display_name for each in User.objects.filter(pk__in=people)}
        features = Feature.objects.filter(epic__project=project).select_related("epic")
        self.paths = {each.pk: f"{each.epic.key}/{each.key}" for each in features}

    def called(self, event: Event) -> OneOf:
        """What who acted may be called in rows: as in the event or as today, since pseudonyms replace names."""
        return OneOf({event.actor_name, self._people.get(event.actor_id or 0, event.actor_name)})

    def name(self, feature: int, number: int | None = None) -> str:
        path = self.paths.get(feature, "a feature that is gone")
        return path if number is None else f"r{number} of {path}"


def light_revisions(project: Project) -> dict[tuple[int, int], Revision]:
    """All revisions by feature and number, in their order, without their heavy columns."""
    rows = Revision.objects.filter(feature__epic__project=project).defer(*HEAVY).order_by("feature", "number")
    return {(row.feature_id, row.number): row for row in rows}


def reviews_of(project: Project) -> dict[int, list[Review]]:
    """The reviews of each feature."""
    found: defaultdict[int, list[Review]] = defaultdict(list)
    for row in Review.objects.filter(feature__epic__project=project).order_by("pk"):
        found[row.feature_id].append(row)
    return found


def review_at(reviews: Iterable[Review], number: int) -> Review | None:
    """The one that a revision of this number is part of, as reading.review_of."""
    begun = [each for each in reviews if each.first_number <= number]
    return max(begun, key=lambda each: (each.first_number, each.pk), default=None)


def differences(told: Mapping[Any, Row], rows: Mapping[Any, Row]) -> Iterator[tuple[Any, str]]:
    """The keys of what is missing, of what was never told, and of what is told otherwise, each with the end of a
    sentence about it."""
    for key, said in told.items():
        if key not in rows:
            yield key, " is in the history, and not in the database."
            continue
        wrong = [name for name, value in said.items() if rows[key][name] != value]
        if wrong:
            yield key, f" is not as in the history: {', '.join(wrong)}."
    for key in (each for each in rows if each not in told):
        yield key, " is in the database, and not in the history."


def moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
