"""Who wrote a design since it was last approved, from the events: they do not judge it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from projects.design.tree import Design
from projects.models import Event, Feature
from projects.snapshot.revisions import frozen
from projects.workflow.events import CARD, is_of_the_design
from reviews.reading import effective_of


def contributors_of(feature: Feature, design: Design) -> dict[int, str]:
    """Whoever changed the draft, which is `design`, since the last approved revision was frozen; with their names.

    Also who changed, in the feature that owns it, an entity that the design reuses.
    """
    approved = effective_of(feature)
    changed = Event.objects.filter(project=feature.epic.project, revision=None, actor__isnull=False)
    if approved:
        changed = changed.filter(sequence__gt=approved.events_until)
    # What was deleted is in the approved design alone.
    designs = (design, frozen(approved).design) if approved else (design,)
    reused = {uid for each in designs for uid in _reused(each)}
    own = Q(feature=feature) & (~Q(kind=CARD) | Q(pk__in=_of_the_design(changed, feature)))
    return _people(changed.filter(own | Q(object_uid__in=reused)))


def _people(events: QuerySet[Event]) -> dict[int, str]:
    found = events.order_by().values_list("actor", "actor__name", "actor__email").distinct()
    return {pk: name or email for pk, name, email in found if pk is not None}


def _of_the_design(changed: QuerySet[Event], feature: Feature) -> list[int]:
    events = changed.filter(feature=feature, kind=CARD).values_list("pk", "verb", "changes")
    return [pk for pk, verb, changes in events if is_of_the_design(verb, changes)]


def _reused(design: Design) -> Iterator[UUID]:
    """The uids of reused entities and their parts, and of what those refer to."""
    for entity in design.entities:
        if entity.reused_from:
            yield from _uids(entity.model_dump())


def _uids(value: Any) -> Iterator[UUID]:
    if isinstance(value, UUID):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _uids(each)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from _uids(each)
