"""Design → models: the rows of a design, written in a number of statements that grows only with the batches."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Max, Model

from projects.design import tree
from projects.models import (
    DataElement,
    Entity,
    EntityCheck,
    EntityField,
    EntityKey,
    Feature,
    Index,
    IndexPart,
    KeyPart,
    NamedType,
    Query,
    QueryUse,
    Relationship,
    RelationshipPair,
    Requirements,
    Reuse,
    Source,
    Store,
)
from projects.models.base import Row
from projects.snapshot.reused import Linked, find_owners, referred_fields
from projects.snapshot.take import columns, optional

# Sparse, as the door's are: a row can be moved between two others without touching them.
STEP_BETWEEN_POSITIONS = 1024
ROWS_AT_ONCE = 2000


@cache
def shape(node: type[tree.Node]) -> tuple[tuple[str, str, bool, str | None], ...]:
    """Of each field: its name, its column, whether that holds another row's key, and what stands for None."""
    empty_is_none = optional(node)
    found = []
    for name, column in columns(node).items():
        is_reference = column.endswith("__uid")
        attname = column.removesuffix("__uid") + "_id" if is_reference else column
        found.append((name, attname, is_reference, "" if name in empty_is_none and not is_reference else None))
    return tuple(found)


@dataclass(frozen=True)
class Written:
    """How many rows there are of each kind, by its plural, and what a person should know of them."""

    counts: dict[str, int]
    notes: tuple[str, ...] = ()


@dataclass
class Writer:
    """Writes rows of one feature. `pks` knows what can be referred to: what was there, and what was written."""

    feature: Feature
    pks: dict[UUID, int]
    version: int
    counts: dict[str, int] = field(default_factory=dict)

    def rows(self, model: type[Row], nodes: Iterable[tree.Thing], **owner: str) -> None:
        """Things that stand in one list of the feature, in their order."""
        self._save(model, ((node, {}) for node in self._new(nodes)), self.last_position(model))

    def held(self, model: type[Row], name: str, entities: Iterable[tree.Entity]) -> None:
        """What the entities hold under `name`; each entity has an order of its own."""
        pairs = [(node, {"entity_id": self.pks[each.uid]}) for each in entities for node in getattr(each, name)]
        self._save(model, ((node, owner) for node, owner in pairs if node.uid not in self.pks), 0)

    def parts(self, model: type[Model], owner: str, parts: Iterable[tuple[tree.Thing, tuple[tree.Node, ...]]]) -> None:
        """The parts of things, which have a table of their own and no identity."""
        model._default_manager.bulk_create(
            (
                model(**{owner: self.pks[thing.uid]}, **self.values(part), position=place)
                for thing, held in parts
                for place, part in enumerate(held)
            ),
            batch_size=ROWS_AT_ONCE,
        )

    def values(self, node: tree.Node) -> dict[str, Any]:
        """Column → value; what refers to a thing by uid refers to a row by its key, None becomes an empty text."""
        found: dict[str, Any] = {}
        for name, column, is_reference, empty in shape(type(node)):
            value = getattr(node, name)
            if value is None:
                found[column] = empty
            elif is_reference:
                found[column] = self.pks[value]
            else:
                found[column] = list(value) if isinstance(value, tuple) else value
        return found

    def _new(self, nodes: Iterable[tree.Thing]) -> Iterator[tree.Thing]:
        return (node for node in nodes if node.uid not in self.pks)

    def _save(self, model: type[Row], nodes: Iterable[tuple[tree.Thing, dict[str, int]]], last: int) -> None:
        rows = [
            model(
                feature=self.feature,
                version=self.version,
                position=last + place * STEP_BETWEEN_POSITIONS,
                **self.values(node),
                **owner,
            )
            for place, (node, owner) in enumerate(nodes, 1)
        ]
        saved = model._default_manager.bulk_create(rows, batch_size=ROWS_AT_ONCE)
        self.pks |= {row.uid: row.pk for row in saved}
        self.counts[str(model._meta.verbose_name_plural)] = len(saved)

    def last_position(self, model: type[Row]) -> int:
        rows = model._default_manager.filter(feature=self.feature)
        return rows.aggregate(last=Max("position"))["last"] or 0


def write_design(
    feature: Feature, design: tree.Design, *, known: Mapping[UUID, int] | None = None, version: int = 1
) -> Written:
    """Add the design's rows to the feature, after those it has. The caller holds its lock and has looked for clashes.

    Things whose uid is in `known` (uid → primary key) are in the feature already: they are referred to, not written.
    A reused entity is linked to its owner in the same project; where that is not there, it becomes the feature's own.
    """
    known = known or {}
    new_entities = [each for each in design.entities if each.uid not in known]
    linked = find_owners(feature, new_entities, referred_fields(design))
    writer = Writer(feature, {**known, **linked.pks}, version)
    _write_requirements(writer, design.requirements)
    for model, nodes in (
        (Source, design.sources),
        (Store, design.stores),
        (DataElement, design.data_elements),
        (NamedType, design.types),
        (Entity, design.entities),
    ):
        writer.rows(model, nodes)
    _write_reuses(writer, linked)
    _write_structure(writer, [each for each in new_entities if each.uid not in linked.pks])
    _write_references(writer, design)
    return Written({kind: count for kind, count in writer.counts.items() if count}, linked.notes)


def _write_requirements(writer: Writer, requirements: tree.Requirements) -> None:
    if requirements == tree.Requirements():
        return
    # An untouched record of the step gives way to what comes in.
    Requirements.objects.filter(feature=writer.feature).delete()
    Requirements.objects.create(feature=writer.feature, version=writer.version, **writer.values(requirements))


def _write_reuses(writer: Writer, linked: Linked) -> None:
    there = set(Reuse.objects.filter(feature=writer.feature).values_list("entity", flat=True))
    last = writer.last_position(Reuse)
    reuses = [
        Reuse(feature=writer.feature, entity_id=pk, position=last + place * STEP_BETWEEN_POSITIONS)
        for place, pk in enumerate((pk for pk in linked.entity_pks if pk not in there), 1)
    ]
    Reuse.objects.bulk_create(reuses)
    writer.counts["reused entities"] = len(reuses)


def _write_structure(writer: Writer, entities: list[tree.Entity]) -> None:
    writer.held(EntityField, "fields", entities)
    writer.held(EntityKey, "keys", entities)
    writer.held(EntityCheck, "checks", entities)
    KeyPart.objects.bulk_create(
        (
            KeyPart(key_id=writer.pks[key.uid], field_id=writer.pks[uid], position=place)
            for entity in entities
            for key in entity.keys
            for place, uid in enumerate(key.fields)
        ),
        batch_size=ROWS_AT_ONCE,
    )


def _write_references(writer: Writer, design: tree.Design) -> None:
    fresh = {
        name: [each for each in getattr(design, name) if each.uid not in writer.pks]
        for name in ("relationships", "queries", "indexes")
    }
    writer.rows(Relationship, fresh["relationships"])
    writer.parts(RelationshipPair, "relationship_id", ((each, each.pairs) for each in fresh["relationships"]))
    writer.rows(Query, fresh["queries"])
    writer.parts(QueryUse, "query_id", ((each, each.uses) for each in fresh["queries"]))
    writer.rows(Index, fresh["indexes"])
    writer.parts(IndexPart, "index_id", ((each, each.parts) for each in fresh["indexes"]))
