"""Design → models: the rows of a design, written in a number of statements that grows only with the batches."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args
from uuid import UUID

from django.db.models import Max, Model

from projects.design import tree
from projects.models import (
    DtoField,
    DtoSource,
    EntityCheck,
    EntityField,
    EntityKey,
    Feature,
    KeyPart,
    ReplicationNode,
    Reuse,
)
from projects.models.base import Row
from projects.snapshot.columns import columns, optional
from projects.snapshot.reused import Linked, find_owners, referred_fields
from projects.snapshot.tables import LISTED, ONE_EACH

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
        is_text = name in empty_is_none and not is_reference and not _is_no_text(node, name)
        found.append((name, attname, is_reference, "" if is_text else None))
    return tuple(found)


def _is_no_text(node: type[tree.Node], name: str) -> bool:
    return bool({int, UUID} & set(get_args(node.model_fields[name].annotation)))


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

    def held(self, model: type[Row], name: str, owners: Iterable[tree.Thing], column: str = "entity_id") -> None:
        """What the owners hold under `name`; each owner has an order of its own."""
        pairs = [(node, {column: self.pks[each.uid]}) for each in owners for node in getattr(each, name)]
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
    _write_one_each(writer, design)
    for listed in LISTED:
        things = [each for each in getattr(design, listed.name) if each.uid not in writer.pks]
        if listed.model is ReplicationNode:
            _write_nodes(writer, things)
        else:
            writer.rows(listed.model, things)
        if listed.parts:
            held = ((thing, getattr(thing, listed.parts.name)) for thing in things)
            writer.parts(listed.parts.model, f"{listed.parts.owner}_id", held)
        if listed.name == "entities":
            _write_reuses(writer, linked)
            _write_structure(writer, things)
        elif listed.name == "dtos":
            _write_dto_fields(writer, things)
    return Written({kind: count for kind, count in writer.counts.items() if count}, linked.notes)


def _write_one_each(writer: Writer, design: tree.Design) -> None:
    for name, (node, model) in ONE_EACH.items():
        record = getattr(design, name)
        if record != node():
            # An untouched record of the step gives way to what comes in.
            model._default_manager.filter(feature=writer.feature).delete()
            model._default_manager.create(feature=writer.feature, version=writer.version, **writer.values(record))


def _write_nodes(writer: Writer, nodes: list[tree.ReplicationNode]) -> None:
    """Nodes of replication point at one another, so they are there before they do."""
    writer.rows(ReplicationNode, [node.model_copy(update={"replicates_from": None}) for node in nodes])
    ReplicationNode.objects.bulk_update(
        [
            ReplicationNode(pk=writer.pks[node.uid], replicates_from_id=writer.pks[node.replicates_from])
            for node in nodes
            if node.replicates_from
        ],
        ["replicates_from"],
    )


def _write_dto_fields(writer: Writer, dtos: list[tree.Dto]) -> None:
    writer.held(DtoField, "fields", dtos, "dto_id")
    DtoSource.objects.bulk_create(
        (
            DtoSource(dto_field_id=writer.pks[field.uid], field_id=writer.pks[uid], position=place)
            for dto in dtos
            for field in dto.fields
            for place, uid in enumerate(field.sources)
        ),
        batch_size=ROWS_AT_ONCE,
    )


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
