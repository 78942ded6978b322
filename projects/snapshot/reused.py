"""Finding, for the reused entities of a design, the rows of the features that own them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from projects.design.tree import Design
from projects.design.tree import Entity as EntityNode
from projects.models import Entity, EntityField, Feature


@dataclass
class Linked:
    """uid → primary key of the entities that were found and of what they hold."""

    pks: dict[UUID, int] = field(default_factory=dict)
    entity_pks: list[int] = field(default_factory=list)
    notes: tuple[str, ...] = ()


def referred_fields(design: Design) -> frozenset[UUID]:
    """The fields that relationships, operations and indexes point at."""
    pairs = (pair for each in design.relationships for pair in each.pairs)
    uids = {uid for pair in pairs for uid in (pair.child, pair.parent) if uid}
    uids |= {use.field for query in design.queries for use in query.uses}
    uids |= {uid for dto in design.dtos for field in dto.fields for uid in field.sources}
    uids |= {rule.field for rule in design.validation_rules if rule.field}
    return frozenset(uids | {part.field for index in design.indexes for part in index.parts if part.field})


def find_owners(feature: Feature, entities: Iterable[EntityNode], referred: frozenset[UUID]) -> Linked:
    """The owners' rows of those entities that are reused; a note for each that cannot be linked."""
    reused = [each for each in entities if each.reused_from]
    if not reused:
        return Linked()
    candidates = _candidates(feature, reused)
    pks = [entity.pk for found in candidates.values() for entity in found]
    rows = EntityField.objects.filter(entity__in=pks).values_list("entity", "uid", "pk")
    fields: dict[int, dict[UUID, int]] = {}
    for entity, uid, pk in rows:
        fields.setdefault(entity, {})[uid] = pk
    linked, notes = Linked(), []
    for each in reused:
        needed = referred & {held.uid for held in each.fields}
        owner = _owner(each, needed, candidates.get(each.uid, []), fields)
        if owner is None:
            notes.append(
                f"{each.full_name} is reused from {each.reused_from}, which this project does not have as it was. "
                "It was brought in as an entity of this feature."
            )
            continue
        linked.entity_pks.append(owner.pk)
        linked.pks |= {each.uid: owner.pk} | fields.get(owner.pk, {})
    linked.notes = tuple(notes)
    return linked


def _candidates(feature: Feature, reused: list[EntityNode]) -> dict[UUID, list[Entity]]:
    found: dict[UUID, list[Entity]] = {}
    owned = Entity.objects.filter(feature__epic__project=feature.epic.project_id, uid__in=[each.uid for each in reused])
    for row in owned.exclude(feature=feature).select_related("feature__epic").order_by("pk"):
        found.setdefault(row.uid, []).append(row)
    return found


def _owner(
    node: EntityNode, needed: frozenset[UUID], rows: list[Entity], fields: dict[int, dict[UUID, int]]
) -> Entity | None:
    """The feature that the design names comes first: two features may hold copies under one uid."""
    usable = [row for row in rows if needed <= fields.get(row.pk, {}).keys()]
    by_path = [row for row in usable if f"{row.feature.epic.key}/{row.feature.key}" == node.reused_from]
    return next(iter((*by_path, *usable)), None)
