"""Data elements name retention rules: a new name reaches all of them, and those of a rule that is gone are counted."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import F

from projects.design.tree.policies import folded
from projects.models import DataElement, Feature, Project, RetentionRule, User
from projects.workflow.editing import editing

Names = Mapping[UUID, str]


class Naming(NamedTuple):
    """How many data elements of which features, by their paths, name a rule, and what it is called now."""

    rule: str
    elements: int
    features: tuple[str, ...]


class Followed(NamedTuple):
    """`renamed` are rules whose new name the data elements have now; `gone` those that no rule stands for any more."""

    renamed: tuple[Naming, ...] = ()
    gone: tuple[Naming, ...] = ()


def rule_names(project: Project) -> dict[UUID, str]:
    return dict(RetentionRule.objects.filter(project=project).values_list("uid", "name"))


def lock_naming(project: Project) -> None:
    """Lock the features that name rules, which has to come before the lock on the project as in `editing`."""
    named = DataElement.objects.filter(feature__epic__project=project).exclude(retention_rule="")
    # Evaluated, so that the rows are locked.
    list(Feature.objects.select_for_update().filter(pk__in=named.values("feature")).order_by("pk").values_list("pk"))


def follow_names(project: Project, before: Names, after: Names, *, actor: User | None, now: datetime) -> Followed:
    """Write the new names into the features, each through its door with one event.

    The caller holds the lock on the project, and has recorded what it did: features write to the same chain of events.
    """
    renamed = {folded(name): after[uid] for uid, name in before.items() if _is_other(name, after.get(uid, name))}
    kept = {folded(name) for name in after.values()}
    gone = {folded(name): name for uid, name in before.items() if uid not in after and folded(name) not in kept}
    if not renamed and not gone:
        return Followed()
    named = _named(project)
    moving = [element for element in named if folded(element.retention_rule) in renamed]
    left = [element for element in named if folded(element.retention_rule) in gone]
    told = Followed(_counted(moving, renamed), _counted(left, gone))
    by_feature: dict[Feature, list[DataElement]] = {}
    for element in moving:
        by_feature.setdefault(element.feature, []).append(element)
    for feature, elements in by_feature.items():
        _rename(feature, elements, renamed, actor, now)
    return told


def _is_other(before: str, after: str) -> bool:
    return folded(before) != folded(after)


def _named(project: Project) -> list[DataElement]:
    """All data elements that name a rule: databases fold letters in different ways, so they are compared here."""
    rows = DataElement.objects.filter(feature__epic__project=project).exclude(retention_rule="")
    order = ("feature__epic__key", "feature__key", "position", "uid")
    return list(rows.select_related("feature__epic").order_by(*order))


def _counted(elements: Iterable[DataElement], rules: Mapping[str, str]) -> tuple[Naming, ...]:
    held: dict[str, list[DataElement]] = {}
    for element in elements:
        held.setdefault(folded(element.retention_rule), []).append(element)
    return tuple(
        Naming(rules[folded], len(found), tuple(dict.fromkeys(_path(element.feature) for element in found)))
        for folded, found in held.items()
    )


def _path(feature: Feature) -> str:
    return f"{feature.epic.key}/{feature.key}"


def _rename(
    feature: Feature, elements: list[DataElement], names: Mapping[str, str], actor: User | None, now: datetime
) -> None:
    changes = {}
    with editing(feature, actor=actor, now=now) as door:
        for element in elements:
            name = names[folded(element.retention_rule)]
            rows = DataElement.objects.filter(pk=element.pk)
            rows.update(retention_rule=name, version=F("version") + 1)
            changes[f"{element} · Retention rule"] = [element.retention_rule, name]
        reason = "The handbook renamed the retention rule."
        door.record("changed", "data elements", feature.title, changes=changes, reason=reason)
