"""The ReviewRecord of a feature's draft: who wrote it, and when it was last changed."""

from collections import defaultdict
from collections.abc import Iterable

from projects.design.review_record import ReviewRecord
from projects.models import Event, Feature
from projects.workflow.events import COMMAND_LINE


def draft_record(feature: Feature) -> ReviewRecord:
    return draft_records([feature])[0]


def draft_records(features: Iterable[Feature]) -> list[ReviewRecord]:
    """The records of several drafts in their order, with one query."""
    wanted = list(features)
    events = Event.objects.filter(feature__in=[feature.pk for feature in wanted]).exclude(actor_name=COMMAND_LINE)
    authors: defaultdict[int | None, set[str]] = defaultdict(set)
    for feature, name in events.order_by().values_list("feature", "actor_name").distinct():
        authors[feature].add(name)
    return [
        ReviewRecord(authors=tuple(sorted(authors[feature.pk])), changed_at=feature.changed_at) for feature in wanted
    ]
