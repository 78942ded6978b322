"""The features of a project as its page lists them, with how far each is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from projects import access
from projects.models import Epic, Feature, Project
from projects.snapshot.current import stamp
from projects.workflow.progress import Overview, overview

# Taking a design anew costs some tens of queries; after a change of the conventions all of them are due at once.
RECOUNTED_AT_ONCE = 10


@dataclass(frozen=True)
class Listed:
    """A feature of the list; `overview` is None while its findings are still to be counted again."""

    feature: Feature
    overview: Overview | None

    @property
    def marks(self) -> list[str]:
        if self.overview is None:
            return []
        return [
            "error" if step.errors else "warning" if step.warnings else str(step.state) for step in self.overview.steps
        ]


@dataclass(frozen=True)
class Group:
    """An epic, which knows its `feature_count`, with those of its features that are on the page."""

    epic: Any
    features: list[Listed]


def features_of(project: Project, *, text: str = "", epic: str = "") -> QuerySet[Feature]:
    found = access.features().filter(epic__project=project)
    if epic:
        found = found.filter(epic__key=epic)
    if text:
        found = found.filter(
            Q(title__icontains=text) | Q(key__icontains=text) | Q(epic__title__icontains=text) | Q(epic__key=text)
        )
    return found.order_by(Lower("epic__title"), "epic__key", Lower("title"), "key")


def epics_of(project: Project) -> QuerySet[Any]:
    """The epics in the order of the list, each with `feature_count`."""
    counted = Epic.objects.filter(project=project).annotate(feature_count=Count("features"))
    return counted.order_by(Lower("title"), "key")


def listed(features: Iterable[Feature]) -> list[Listed]:
    """Each feature with its overview; of those that are out of date only some are counted again at once."""
    left = RECOUNTED_AT_ONCE
    found = []
    for feature in features:
        is_fresh = _is_fresh(feature)
        found.append(Listed(feature, overview(feature) if is_fresh or left > 0 else None))
        left -= not is_fresh
    return found


def grouped(features: Iterable[Listed], epics: Iterable[Any], *, with_empty: bool) -> list[Group]:
    """The features by epic, in the order of both; epics without features only if they are wanted."""
    by_epic: dict[int, list[Listed]] = {}
    for each in features:
        by_epic.setdefault(each.feature.epic_id, []).append(each)
    groups = [Group(epic, by_epic.get(epic.pk, [])) for epic in epics]
    return [group for group in groups if group.features or (with_empty and not group.epic.feature_count)]


def _is_fresh(feature: Feature) -> bool:
    draft = getattr(feature, "draft_design", None)
    return draft is not None and bool(draft.overview) and draft.stamp == stamp(feature)
