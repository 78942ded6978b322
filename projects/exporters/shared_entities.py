"""Which entities several features work with, so that each is stated once."""

from collections.abc import Sequence
from uuid import UUID

from projects.design.tree import Entity
from projects.exporters.project_features import Feature

# The path of the feature that owns an entity, and the entity's uid, which is unique within that feature.
Place = tuple[str, UUID]


class Sharing:
    def __init__(self, features: Sequence[Feature]) -> None:
        self._owners: dict[UUID, list[str]] = {}
        self._users: dict[Place, list[Feature]] = {}
        for feature in features:
            for entity in feature.design.own_entities:
                self._owners.setdefault(entity.uid, []).append(feature.included.path)
        for feature in features:
            for entity in feature.design.entities:
                if entity.reused_from:
                    self._users.setdefault(self._place(feature, entity), []).append(feature)

    def is_told_by(self, feature: Feature, entity: Entity) -> bool:
        """Whether the entity is stated with this feature: with its owner, else with the first that refers to it."""
        if not entity.reused_from:
            return True
        path, uid = place = self._place(feature, entity)
        return path not in self._owners.get(uid, ()) and self._users[place][0] is feature

    def others(self, feature: Feature, entity: Entity) -> list[Feature]:
        """The features that share it, without the one that it is stated with."""
        return [each for each in self._users.get(self._place(feature, entity), []) if each is not feature]

    def _place(self, feature: Feature, entity: Entity) -> Place:
        """An owner that was renamed since is known by the entity, if no other feature has one with this uid."""
        named, owners = entity.reused_from or feature.included.path, self._owners.get(entity.uid, [])
        if entity.reused_from and named not in owners and len(owners) == 1:
            return owners[0], entity.uid
        return named, entity.uid
