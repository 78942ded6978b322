"""Search: over everything in a project, and for the projects and features that a person may see.

A design is read only if the words kept with its draft hold all that was looked for; the better it fits there, the
sooner. What is found is ranked: a name that is exactly that, that begins with it, that holds it, and then prose.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from django.db.models import Case, IntegerField, Model, Q, QuerySet, When

from projects.access import features as with_drafts
from projects.access import with_epics
from projects.checks.findable import Findable, findable, findables
from projects.checks.findable_handbook import CONVENTIONS, POLICY, Labels, in_handbook
from projects.design import tree
from projects.design.wording import NAME_MARK, Piece, fold, marked
from projects.models import Conventions, Epic, Feature, HandbookEntry, Project, User
from projects.snapshot.columns import read
from projects.snapshot.current import Digested, current_designs, is_current
from projects.snapshot.policies import LISTS, policies_of, read_list
from projects.snapshot.policies import ONE_EACH as POLICIES
from projects.snapshot.tables import ONE_EACH as ANSWERS

QUERY_LENGTH = 200
WORDS_AT_MOST = 8
EXCERPT_LENGTH = 160
RECENT = 8
# Answers that stand alone, by `Findable.record`: the row that holds them, and so the labels of their columns.
RECORDS: dict[str, type[Model]] = {
    **{name: model for name, (_, model) in ANSWERS.items()},
    **{f"{POLICY}:{name}": model for name, (_, model) in POLICIES.items()},
    CONVENTIONS: Conventions,
}
# Reading a design takes some milliseconds, taking one anew some tens of queries; a search asks for so many at once.
READ_AT_ONCE = 30
TAKEN_AT_ONCE = 10


class Rank(IntEnum):
    EXACT = 0
    PREFIX = 1
    NAME = 2
    PROSE = 3


class Wanted(NamedTuple):
    """What is looked for: `text` as shown in the field, and its folded words, all of which have to occur."""

    text: str
    words: tuple[str, ...]
    is_cut: bool = False

    @property
    def phrase(self) -> str:
        return " ".join(self.words)


def wanted(typed: str) -> Wanted:
    """Read what was typed, of any length and with any characters."""
    # PostgreSQL takes no NUL, and nobody finds a control character.
    plain = "".join(" " if unicodedata.category(each) == "Cc" else each for each in typed[: 4 * QUERY_LENGTH])
    text = " ".join(plain.split())
    shown = text[:QUERY_LENGTH].rstrip()
    words = tuple(dict.fromkeys(fold(shown).split()))
    is_cut = len(text) > len(shown) or len(words) > WORDS_AT_MOST or len(typed) > 4 * QUERY_LENGTH
    return Wanted(shown, words[:WORDS_AT_MOST], is_cut)


@dataclass(frozen=True)
class Hit:
    """One thing that was found; `title` and `excerpt` are marked. `digested` is the design that holds it, if one does.

    Of project, epic and feature those are there that lead to it.
    """

    item: Findable
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...] = ()
    project: Project | None = None
    epic: Epic | None = None
    feature: Feature | None = None
    digested: Digested | None = None


@dataclass(frozen=True)
class Found:
    """The best hits; `has_more` if there are others, `unread` counts designs that changed and are to be read again."""

    hits: tuple[Hit, ...]
    has_more: bool = False
    unread: int = 0


class Place(NamedTuple):
    """Where something was found."""

    project: Project | None = None
    epic: Epic | None = None
    feature: Feature | None = None
    digested: Digested | None = None


Candidate = tuple[Findable, Place]


def search_project(project: Project, query: Wanted, at_most: int, pages: Iterable[Findable] = ()) -> Found:
    """Everything in the project that holds the words, the best `at_most` of it; `project` has its conventions.

    `pages` are what else can be found, because it is the same in every project.
    """
    if not query.words:
        return Found(())
    epics = list(Epic.objects.filter(project=project))
    features = _features(project, epics, query)
    handbook = _handbook(project)
    designs, others, unread = _designs(features, READ_AT_ONCE * max(1, at_most // 50))
    candidates: list[Candidate] = [(_feature_item(each), Place(project, each.epic, each)) for each in features]
    candidates += [(_epic_item(each), Place(project, each)) for each in epics]
    candidates += [(item, Place(project)) for item in (*pages, *in_handbook(handbook, _labels()))]
    for feature, digested in designs:
        place = Place(project, feature.epic, feature, digested)
        candidates += [(item, place) for item in _findables(digested)]
    found = _best(candidates, query, at_most)
    return Found(found.hits, found.has_more or bool(others), unread)


def search_everywhere(user: User, query: Wanted, at_most: int) -> Found:
    """The projects and features that the person may see, by title, key and description."""
    if not query.words:
        return Found(())
    projects = list(Project.objects.visible_to(user))
    features = _visible_features(user).order_by("pk")
    candidates: list[Candidate] = [(_project_item(each), Place(each)) for each in projects]
    candidates += [(_feature_item(each), Place(each.epic.project, each.epic, each)) for each in features]
    return _best(candidates, query, at_most)


def recent(user: User, project: Project | None = None) -> Found:
    """What was changed last, of all that the person may see, or of one project: where people mostly want to go."""
    features = _visible_features(user)
    if project is not None:
        features = features.filter(epic__project=project)
    items = [(_feature_item(each), each) for each in features.order_by("-changed_at", "pk")[:RECENT]]
    return Found(tuple(Hit(item, (Piece(item.name),), (), each.epic.project, each.epic, each) for item, each in items))


def _visible_features(user: User) -> QuerySet[Feature]:
    visible = Project.objects.visible_to(user).values("pk")
    return Feature.objects.filter(epic__project__in=visible, archived_at=None).select_related("epic__project")


def _features(project: Project, epics: Iterable[Epic], query: Wanted) -> list[Feature]:
    """The project's features, each with `fit`: how well the words of its draft fit, None if they do not."""
    in_use = with_drafts().filter(archived_at=None)
    return with_epics(in_use.annotate(fit=_fit(query)).order_by("pk"), project, epics)


def _fit(query: Wanted) -> Case:
    mentions = Q()
    for word in query.words:
        mentions &= Q(draft_design__words__contains=word)
    name = f"\n{NAME_MARK}{query.phrase}"
    return Case(
        When(Q(draft_design__words__contains=f"{name}\n"), then=Rank.EXACT),
        When(Q(draft_design__words__contains=name), then=Rank.PREFIX),
        When(mentions, then=Rank.NAME),
        output_field=IntegerField(),
    )


def _designs(features: Iterable[Feature], at_most: int) -> tuple[Iterator[tuple[Feature, Digested]], int, int]:
    """Designs that may hold hits, how many more may, and how many changed since their words were kept."""
    current: list[Feature] = []
    stale: list[Feature] = []
    for feature in features:
        if not is_current(feature):
            stale.append(feature)
        elif feature.fit is not None:  # type: ignore[attr-defined]  # annotated above
            current.append(feature)
    current.sort(key=lambda each: each.fit)  # type: ignore[attr-defined]  # annotated above
    read = [*current[:at_most], *stale[:TAKEN_AT_ONCE]]
    unread = len(stale[TAKEN_AT_ONCE:])
    return zip(read, current_designs(read), strict=True), len(current[at_most:]), unread


def _best(candidates: Iterable[Candidate], query: Wanted, at_most: int) -> Found:
    ranked = [(rank, item, place) for item, place in candidates if (rank := rank_of(item, query)) is not None]
    ranked.sort(key=lambda each: (each[0], each[1].order, each[1].folded, _path(each[2])))
    hits = tuple(_hit(item, place, query.words) for _, item, place in ranked[:at_most])
    return Found(hits, len(ranked) > at_most)


def rank_of(item: Findable, query: Wanted) -> Rank | None:
    if not all(word in item.folded for word in query.words):
        return None
    phrase = query.phrase
    if phrase in item.names:
        return Rank.EXACT
    if any(name.startswith(phrase) for name in item.names):
        return Rank.PREFIX
    called = "\n".join(item.names)
    return Rank.NAME if all(word in called for word in query.words) else Rank.PROSE


def _path(place: Place) -> str:
    return f"{place.epic.key}/{place.feature.key}" if place.epic and place.feature else ""


def _hit(item: Findable, place: Place, words: tuple[str, ...]) -> Hit:
    told = max(item.texts, key=lambda text: sum(word in fold(text) for word in words), default="")
    excerpt = marked(told, words, EXCERPT_LENGTH) if any(word in fold(told) for word in words) else ()
    title = marked(item.name, words) if item.name else (Piece(_label(item)),)
    return Hit(item, title, excerpt, *place)


def _label(item: Findable) -> str:
    """What the form calls an answer, like “Migration plan: undoing migrations”."""
    return _labels()[item.record, item.column][1]


@cache
def _labels() -> Labels:
    return {
        (record, field.name): (str(field.verbose_name), _capital(f"{model._meta.verbose_name}: {field.verbose_name}"))
        for record, model in RECORDS.items()
        for field in model._meta.concrete_fields
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _handbook(project: Project) -> tree.Handbook:
    """The handbook in three queries: policies are kept by their stamp, and conventions came with the project."""
    entries = HandbookEntry.objects.filter(project=project).exclude(text="").order_by("key")
    rules = {name: getattr(project.conventions, name) for name in tree.Conventions.model_fields}
    rows = {listed.name: read_list(project.pk, listed) for listed in LISTS if not listed.is_policy}
    named = {"project_key": project.key, "project_title": project.title, "conventions": rules}
    said = {"policies": policies_of(project), "entries": read(tree.Entry, entries)}
    return tree.Handbook.model_validate(named | rows | said)


@lru_cache(maxsize=64)
def _findables(digested: Digested) -> tuple[Findable, ...]:
    return findables(digested.design)


def _project_item(project: Project) -> Findable:
    return findable("Project", -3, project.title, (project.title, project.key), (project.description,))


def _feature_item(feature: Feature) -> Findable:
    names = (feature.title, feature.key, f"{feature.epic.key}/{feature.key}")
    return findable("Feature", -2, feature.title, names, (feature.description,))


def _epic_item(epic: Epic) -> Findable:
    return findable("Epic", -1, epic.title, (epic.title, epic.key), (epic.description,))
