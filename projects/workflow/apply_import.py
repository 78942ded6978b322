"""Bring a design into a feature: all of it or nothing, through the one door, in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import ProtectedError, Q

from projects.access import features
from projects.design.digest import design_json, read_design
from projects.design.tree import Design
from projects.models import DataElement, Entity, EntityField, Event, Feature, NamedType, Reuse, Store, User
from projects.models.base import Row
from projects.snapshot.restore import Written, write_design
from projects.snapshot.take import take
from projects.workflow.editing import Door, editing
from projects.workflow.emptying import empty
from projects.workflow.import_clashes import clashes, faults

SHOWN_AT_MOST = 20


class ImportRefused(Exception):
    """Nothing was brought in; `problems` holds a sentence for each reason."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.shown))

    @property
    def shown(self) -> tuple[str, ...]:
        """The problems, or the first of very many."""
        rest = len(self.problems) - SHOWN_AT_MOST
        return self.problems[:SHOWN_AT_MOST] + ((f"And {rest} more of this kind.",) if rest > 0 else ())


@dataclass(frozen=True)
class Prepared:
    """What is to be written; things in `known` are in the feature already and are only referred to."""

    design: Design
    known: frozenset[UUID] = frozenset()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Applied:
    """Rows written, by the plural of their kind, and what a person should know of them."""

    counts: dict[str, int]
    notes: tuple[str, ...] = ()


def apply_import(
    feature: Feature,
    design: Design,
    *,
    actor: User | None,
    now: datetime,
    replace: bool = False,
    source: str = "a design file",
) -> Applied:
    """Write the design into the feature; raises ImportRefused with every reason, or NotAllowed.

    With `replace` everything in the feature goes first. The event keeps the design as it was, so that `undo_import`
    can bring it back.
    """
    return carry_out(feature, lambda before: Prepared(design), actor=actor, now=now, replace=replace, source=source)


def undo_import(feature: Feature, event: Event, *, actor: User | None, now: datetime) -> Applied:
    """Bring back the design as it was before an import; what was done since then is kept in this undo's own event."""
    kept = (event.kept or {}).get("design")
    if kept is None:
        raise ImportRefused(["This event kept no design."])
    former = read_design(kept)
    return apply_import(feature, former, actor=actor, now=now, replace=True, source=f"undo of {event.sequence}")


def carry_out(
    feature: Feature,
    prepare: Callable[[Design], Prepared],
    *,
    actor: User | None,
    now: datetime,
    replace: bool,
    source: str,
) -> Applied:
    """Write what `prepare` makes of the feature's design as it is once the door is open."""
    with editing(feature, actor=actor, now=now) as door:
        before = take(features().get(pk=feature.pk))
        prepared = prepare(before)
        problems = faults(prepared.design)
        if not replace:
            problems += clashes(before, prepared.design, prepared.known)
        if problems:
            raise ImportRefused(problems)
        if replace:
            _empty(door.feature)
        # Above every version in this feature, so that a form opened before is seen to be stale.
        version = door.feature.version + 1 if replace else 1
        keys = _keys_of(door.feature, prepared.known)
        written = write_design(door.feature, prepared.design, known=keys, version=version)
        _record(door, written, before, replace, source)
    return Applied(written.counts, (*prepared.notes, *written.notes))


def _empty(feature: Feature) -> None:
    try:
        empty(feature)
    except ProtectedError as error:
        others = {row.feature_id for row in error.protected_objects if isinstance(row, Reuse)}
        paths = sorted(f"{each.epic.key}/{each.key}" for each in features().filter(pk__in=others))
        raise ImportRefused(
            [
                f"Entities of this design are reused by {', '.join(paths)}, so they cannot be replaced. "
                "Take them out of there first, or import without replacing."
            ]
        ) from error


def _keys_of(feature: Feature, known: frozenset[UUID]) -> dict[UUID, int]:
    """uid → primary key of things that are in the feature, its own or reused."""
    if not known:
        return {}
    reused = Reuse.objects.filter(feature=feature).values("entity")
    own = Q(feature=feature)
    places: Mapping[type[Row], Q] = {
        Store: own,
        DataElement: own,
        NamedType: own,
        Entity: own | Q(pk__in=reused),
        EntityField: own | Q(entity__in=reused),
    }
    found: dict[UUID, int] = {}
    for model, where in places.items():
        rows = model._default_manager.filter(where).values_list("uid", "pk")
        found |= {uid: pk for uid, pk in rows if uid in known}
    return found


def _record(door: Door, written: Written, before: Design, replace: bool, source: str) -> None:
    door.record(
        "replaced" if replace else "imported",
        "design",
        source,
        object_uid=door.feature.uid,
        changes={kind[:1].upper() + kind[1:]: ["", str(count)] for kind, count in written.counts.items()},
        kept={"design": design_json(before)},
    )
