"""The designs of a project's features as one model: every structure once, with its owner and whoever reuses it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID, uuid5

from projects.design.project import Included
from projects.design.tree import Design, Entity, FieldPair, Identity, Relationship


@dataclass(frozen=True, eq=False)
class Structure:
    """An entity of the model.

    `entity` has uids that are unique in the model, `origin` is the same as its feature has it. `feature` is its owner,
    or the first that reuses it where `is_gone`: the owner is not among the designs, or does not have it.
    """

    entity: Entity
    origin: Entity
    feature: Included
    reused_by: tuple[Included, ...] = ()
    is_gone: bool = False

    @property
    def used_in(self) -> tuple[Included, ...]:
        return (self.feature, *self.reused_by)

    @property
    def owner(self) -> str:
        """epic/feature of the owner."""
        return self.origin.reused_from or self.feature.path

    @property
    def is_shared(self) -> bool:
        return bool(self.reused_by)


@dataclass(frozen=True, eq=False)
class WholeModel:
    """`features` and `structures` are in the order in which the designs were given; `epic` is the one that is shown."""

    title: str
    features: tuple[Included, ...]
    structures: tuple[Structure, ...]
    relationships: tuple[Relationship, ...]
    epic: str = ""

    @cached_property
    def design(self) -> Design:
        """What the painters of diagrams draw. Only what lies outside of the shown part says that it is reused."""
        named = Identity.model_construct(
            project_key="",
            project_title=self.title,
            epic_key="",
            epic_title="",
            feature_key="",
            feature_title=self.title,
        )
        # Not validated: a title may stand for many features, and every reference was looked up already.
        return Design.model_construct(
            identity=named, entities=tuple(map(self._drawn, self.structures)), relationships=self.relationships
        )

    def _drawn(self, structure: Structure) -> Entity:
        is_outside = structure.is_gone or (self.epic and epic_of(structure.owner) != self.epic)
        reused_from = structure.owner if is_outside else ""
        entity = structure.entity
        return entity if entity.reused_from == reused_from else entity.with_values(reused_from=reused_from)

    @cached_property
    def by_uid(self) -> dict[UUID, Structure]:
        return {structure.entity.uid: structure for structure in self.structures}

    @cached_property
    def shared(self) -> dict[UUID, tuple[str, ...]]:
        """Entities that several features work with, with those features: the owner first."""
        return {
            uid: tuple(included.path for included in structure.used_in)
            for uid, structure in self.by_uid.items()
            if structure.is_shared
        }

    def of_epic(self, epic: str) -> "WholeModel":
        """What the features of one epic own and reuse; an empty key means all of them."""
        if not epic:
            return self
        kept = tuple(each for each in self.structures if any(epic_of(used.path) == epic for used in each.used_in))
        uids = {structure.entity.uid for structure in kept}
        related = tuple(line for line in self.relationships if _ends(line) <= uids)
        features = tuple(included for included in self.features if epic_of(included.path) == epic)
        return replace(self, features=features, structures=kept, relationships=related, epic=epic)


def epic_of(path: str) -> str:
    return path.partition("/")[0]


def _ends(line: Relationship) -> set[UUID]:
    return {end for end in (line.parent, line.child, line.junction) if end}


def whole_model(title: str, features: Iterable[Included]) -> WholeModel:
    """One model of these designs, which belong to one project and have different paths."""
    return _Merge(title, tuple(features)).model()


class _Merge:
    def __init__(self, title: str, features: tuple[Included, ...]) -> None:
        self._title, self._features = title, features
        self._structures: list[Structure] = []
        self._taken: set[UUID] = set()
        # Where things went: (path of a feature, uid in its design) → uid in the model.
        self._went: dict[tuple[str, UUID], UUID] = {}
        # The places of the entities in the list, by owner and by uid there.
        self._place: dict[tuple[str, UUID], int] = {}
        self._places: dict[UUID, list[int]] = {}

    def model(self) -> WholeModel:
        for included in self._features:
            for entity in included.design.own_entities:
                self._add(included, entity, included.path)
        for included in self._features:
            for entity in included.design.entities:
                if entity.reused_from:
                    self._reuse(included, entity)
        lines = tuple(self._relationships())
        return WholeModel(self._title, self._features, tuple(self._structures), lines)

    def _add(self, included: Included, entity: Entity, owner: str) -> None:
        parts = (*entity.fields, *entity.keys, *entity.checks)
        uids = {entity.uid, *(part.uid for part in parts)}
        # Two features that were imported from one file hold different things under the same uids.
        is_taken = bool(uids & self._taken)
        known = {uid: uuid5(uid, included.path) if is_taken else uid for uid in uids}
        self._taken |= set(known.values())
        self._went |= {(included.path, uid): known[uid] for uid in uids}
        self._place[owner, entity.uid] = len(self._structures)
        self._places.setdefault(entity.uid, []).append(len(self._structures))
        own = _with_uids(entity, known) if is_taken else entity
        self._structures.append(Structure(own, entity, included, is_gone=bool(entity.reused_from)))

    def _reuse(self, included: Included, entity: Entity) -> None:
        place = self._owned(entity)
        if place is None:
            self._add(included, entity, entity.reused_from)
            return
        owned = self._structures[place]
        self._structures[place] = replace(owned, reused_by=(*owned.reused_by, included))
        self._went[included.path, entity.uid] = owned.entity.uid
        there = zip(owned.origin.fields, owned.entity.fields, strict=True)
        self._went |= {(included.path, origin.uid): field.uid for origin, field in there}

    def _owned(self, entity: Entity) -> int | None:
        """The place of what is reused: at its owner's, or else at the only feature that has it, as keys change."""
        if (place := self._place.get((entity.reused_from, entity.uid))) is not None:
            return place
        places = [each for each in self._places.get(entity.uid, ()) if not self._structures[each].is_gone]
        return places[0] if len(places) == 1 else None

    def _relationships(self) -> Iterator[Relationship]:
        drawn: set[object] = set()
        for included in self._features:
            for line in included.design.relationships:
                found = self._related(included.path, line)
                what = found.pairs or (found.name, found.missing_target)
                # A reference between entities of another feature may be stated on both sides.
                if (found.parent, found.child, found.junction, what) not in drawn:
                    drawn.add((found.parent, found.child, found.junction, what))
                    yield found

    def _related(self, path: str, line: Relationship) -> Relationship:
        def went(uid: UUID | None) -> UUID | None:
            return self._went.get((path, uid)) if uid else None

        # A field that its owner no longer has takes its pair along.
        pairs = tuple(
            FieldPair.model_construct(child=child, parent=went(pair.parent))
            for pair in line.pairs
            if (child := went(pair.child))
        )
        uid = uuid5(line.uid, path) if line.uid in self._taken else line.uid
        self._taken.add(uid)
        ends = {name: went(getattr(line, name)) for name in ("parent", "child", "junction")}
        return line.with_values(uid=uid, pairs=pairs, **ends)


def _with_uids(entity: Entity, known: dict[UUID, UUID]) -> Entity:
    return entity.with_values(
        uid=known[entity.uid],
        fields=tuple(field.with_values(uid=known[field.uid]) for field in entity.fields),
        keys=tuple(
            key.with_values(uid=known[key.uid], fields=tuple(known[uid] for uid in key.fields)) for key in entity.keys
        ),
        checks=tuple(check.with_values(uid=known[check.uid]) for check in entity.checks),
    )
