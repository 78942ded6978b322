"""The features of a project as its page lists them, with how far each is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.functions import Lower

from projects import access
from projects.design.vocabulary import DesignState
from projects.design.wording import fold
from projects.models import Epic, Feature, Project
from projects.snapshot.current import is_current
from projects.workflow.progress import Overview, overview
from projects.workflow.standings import Standing, standings

PER_PAGE = 100
# Taking a design anew costs some tens of queries; after a change of the conventions all of them are due at once.
RECOUNTED_AT_ONCE = 10


class Filters(NamedTuple):
    """What the list is narrowed to; an empty one does not narrow."""

    text: str = ""
    epic: str = ""
    state: str = ""
    has_findings: bool = False


@dataclass(frozen=True)
class Listed:
    """A feature of the list; `overview` is None while its findings are still to be counted again."""

    feature: Feature
    standing: Standing
    overview: Overview | None

    @property
    def has_findings(self) -> bool:
        return self.overview is not None and bool(self.overview.errors + self.overview.warnings + self.overview.advice)

    @property
    def is_behind(self) -> bool:
        """Whether the draft says something else than the newest revision, as far as that is known without taking it."""
        return is_current(self.feature) and self.standing.is_behind(self.feature.draft_design.digest)


@dataclass(frozen=True)
class Group:
    """An epic with those of its features that are on the page, and how many it has, and has approved, in all."""

    epic: Epic
    features: list[Listed]
    total: int
    approved: int


@dataclass(frozen=True)
class FeatureList:
    """A page of the list. `total` counts the project's features in use, `archived` the others, `found` those that pass
    the filters."""

    groups: list[Group]
    epics: list[Epic]
    page: Page
    total: int
    found: int
    is_counting: bool
    archived: int = 0


class Row(NamedTuple):
    """What decides whether a feature is listed."""

    pk: int
    epic: int
    title: str
    key: str
    is_archived: bool = False


def features_of(project: Project) -> QuerySet[Feature]:
    """The project's features in the order of the list, without those that are archived."""
    found = access.features().filter(epic__project=project, archived_at=None)
    return found.order_by(Lower("epic__title"), "epic__key", Lower("title"), "key")


def feature_list(project: Project, filters: Filters, number: str | None) -> FeatureList:
    """The page with this number, in three queries whatever there is."""
    epics, outlined = _outline(project)
    archived = [row for row in outlined if row.is_archived]
    total = len(outlined) - len(archived)
    # Archived features are listed where they are asked for, and then alone.
    rows = archived if filters.state == DesignState.ARCHIVED else [row for row in outlined if not row.is_archived]
    standing = standings([row.pk for row in rows])
    passing = _passing(rows, epics, filters, standing)
    if filters.has_findings:
        counted = _listed(project, epics, passing, standing)
        page: Page[Any] = _page([each for each in counted if each.has_findings], number)
        listed = list(page)
    else:
        page = _page(passing, number)
        listed = counted = _listed(project, epics, list(page), standing)
    with_empty = filters == Filters() and not page.has_next()
    groups = _grouped(listed, epics, rows, standing, with_empty=with_empty)
    is_counting = any(each.overview is None for each in counted)
    return FeatureList(groups, epics, page, total, page.paginator.count, is_counting, len(archived))


def _page(found: Sequence[Any], number: str | None) -> Page[Any]:
    return Paginator(found, PER_PAGE).get_page(number)


def _outline(project: Project) -> tuple[list[Epic], list[Row]]:
    """All epics and features in the order of the list, with no more than their names, in one query."""
    named = Epic.objects.filter(project=project).values_list(
        "pk", "key", "title", "features__pk", "features__title", "features__key", "features__archived_at"
    )
    epics: dict[int, Epic] = {}
    rows: list[Row] = []
    for pk, key, title, feature, name, feature_key, archived_at in named.order_by(
        Lower("title"), "key", Lower("features__title"), "features__key"
    ):
        epics.setdefault(pk, Epic(pk=pk, key=key, title=title, project=project))
        if feature is not None:
            rows.append(Row(feature, pk, name, feature_key, archived_at is not None))
    return list(epics.values()), rows


def _passing(rows: Iterable[Row], epics: Iterable[Epic], filters: Filters, known: dict[int, Standing]) -> list[int]:
    """The primary keys of those that pass; what is counted in their designs is not looked at."""
    titles = {epic.pk: epic for epic in epics}
    text = fold(filters.text)

    def passes(row: Row) -> bool:
        epic = titles[row.epic]
        if (filters.epic and epic.key != filters.epic) or (filters.state and known[row.pk].state != filters.state):
            return False
        return not text or any(text in fold(name) for name in (row.title, f"{epic.key}/{row.key}", epic.title))

    return [row.pk for row in rows if row.epic in titles and passes(row)]


def _listed(project: Project, epics: Iterable[Epic], wanted: Sequence[int], known: dict[int, Standing]) -> list[Listed]:
    """Each feature with its overview; of those that are out of date only some are counted again at once."""
    rows = access.features().filter(pk__in=wanted) if len(wanted) <= PER_PAGE else access.features()
    found = access.with_epics(rows, project, epics, "owner")
    by_key = {feature.pk: feature for feature in found}
    left = RECOUNTED_AT_ONCE
    listed = []
    for feature in (by_key[pk] for pk in wanted if pk in by_key):
        is_fresh = is_current(feature) and bool(feature.draft_design.overview)
        listed.append(Listed(feature, known[feature.pk], overview(feature) if is_fresh or left > 0 else None))
        left -= not is_fresh
    return listed


def _grouped(
    listed: Iterable[Listed],
    epics: Iterable[Epic],
    rows: Iterable[Row],
    known: dict[int, Standing],
    *,
    with_empty: bool,
) -> list[Group]:
    """The features by epic, in the order of both; epics without features only if they are wanted."""
    by_epic: dict[int, list[Listed]] = {}
    for each in listed:
        by_epic.setdefault(each.feature.epic_id, []).append(each)
    held: dict[int, list[int]] = {}
    for row in rows:
        held.setdefault(row.epic, []).append(row.pk)
    groups = []
    for epic in epics:
        inside = held.get(epic.pk, [])
        if epic.pk in by_epic or (with_empty and not inside):
            approved = sum(known[pk].revision is not None for pk in inside)
            groups.append(Group(epic, by_epic.get(epic.pk, []), len(inside), approved))
    return groups
