"""Fits a schema that was read into the design it is to join: entities left out, references joined, a store. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from projects.design.pruning import changed
from projects.design.tree import Design, Entity, FieldPair, NamedType, Relationship, Store
from projects.design.vocabulary import StoreKind
from projects.workflow.apply_import import Prepared

# "accounts(id, region)" or "accounts", as an importer writes a reference whose target it did not see.
TARGET = re.compile(r"^(?P<entity>[^(]+?)(?:\((?P<fields>[^)]*)\))?$")


def _bare(target: Entity) -> Entity:
    return changed(target, store=None, data_element=None, keys=(), checks=())


@dataclass
class Fitting:
    """`label` names the database, for the store of entities where the design has none."""

    existing: Design
    incoming: Design
    label: str
    leave_out: frozenset[UUID] = frozenset()
    known: set[UUID] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def prepared(self) -> Prepared:
        """The schema as it can be written beside what is there."""
        kept = without(self.incoming, self.leave_out)
        types = tuple(each for each in kept.types if not self._is_there(each))
        stores, store = self._store(kept)
        entities = tuple(self._placed(each, store) for each in kept.entities)
        relationships, targets = self._joined(kept, entities)
        self.known |= {each.uid for target in targets for each in (target, *target.fields)}
        design = changed(
            kept,
            # Targets come along so that the references lead somewhere; being known, they are not written.
            stores=stores,
            types=types,
            entities=(
                *entities,
                *(changed(target, store=None, data_element=None, keys=(), checks=()) for target in targets),
            ),
            relationships=relationships,
        )
        return Prepared(design, frozenset(self.known), tuple(self.notes))

    def _is_there(self, incoming: NamedType) -> bool:
        """Whether the design has this very type; one of the same name that says otherwise is a clash."""
        name = _full_name(incoming)
        there = next((each for each in self.existing.types if _full_name(each) == name), None)
        is_same = there is not None and (there.kind, there.values, there.base) == (
            incoming.kind,
            incoming.values,
            incoming.base,
        )
        if is_same:
            self.notes.append(f"The type {incoming.name} is in this design already and stays as it is.")
        return is_same

    def _store(self, kept: Design) -> tuple[tuple[Store, ...], UUID | None]:
        """Where the new entities lie: the design's one relational store, or a new one if it has none."""
        if all(each.store for each in kept.entities):
            return kept.stores, None
        relational = [each for each in self.existing.stores if each.kind is StoreKind.RELATIONAL]
        if len(relational) > 1:
            several = ", ".join(each.name for each in relational)
            self.notes.append(f"This design has several relational stores ({several}): choose one for each new entity.")
            return kept.stores, None
        if relational:
            self.known.add(relational[0].uid)
            return (*kept.stores, relational[0]), relational[0].uid
        taken = {each.name.casefold() for each in (*self.existing.stores, *kept.stores)}
        names = (self.label, *(f"{self.label} {number}" for number in range(2, len(taken) + 3)))
        name = next(each for each in names if each.casefold() not in taken)
        store = Store(uid=uuid4(), name=name, kind=StoreKind.RELATIONAL, system=self.label)
        self.notes.append(f"The store {name} was added for these entities; its four reasons are still to be written.")
        return (*kept.stores, store), store.uid

    @staticmethod
    def _placed(entity: Entity, store: UUID | None) -> Entity:
        return changed(entity, store=store) if entity.store is None and store else entity

    def _joined(
        self, kept: Design, entities: tuple[Entity, ...]
    ) -> tuple[tuple[Relationship, ...], tuple[Entity, ...]]:
        """References to what this file does not hold lead to the design's own entity of that name, if it has one."""
        by_name = {entity.full_name.casefold(): entity for entity in reversed(self.existing.entities)}
        for entity in entities:
            by_name.pop(entity.full_name.casefold(), None)
        found: list[Relationship] = []
        targets: dict[UUID, Entity] = {}
        for each in kept.relationships:
            target = by_name.get(_target_name(each)) if each.parent is None else None
            joined = _join(each, target) if target else None
            if joined and target:
                targets[target.uid] = target
            found.append(joined or each)
        if targets:
            names = ", ".join(entity.full_name for entity in targets.values())
            self.notes.append(f"References of the file lead to entities that were here before: {names}.")
        return tuple(found), tuple(targets.values())


def _full_name(named: NamedType) -> str:
    return f"{named.namespace or ''}.{named.name}".casefold()


def _target_name(relationship: Relationship) -> str:
    match = TARGET.match(relationship.missing_target)
    return match["entity"].strip().casefold() if match else ""


def _join(relationship: Relationship, target: Entity) -> Relationship | None:
    """The relationship with this parent; None if the entity has not the fields that it names."""
    match = TARGET.match(relationship.missing_target)
    names = [name.strip().casefold() for name in (match["fields"] or "").split(",")] if match else []
    by_name = {field.name.casefold(): field.uid for field in target.fields}
    primary = target.primary_key.fields if target.primary_key else ()
    parents = [by_name.get(name) for name in names] if any(names) else list(primary)
    if len(parents) != len(relationship.pairs) or None in parents:
        return None
    pairs = tuple(
        FieldPair(child=pair.child, parent=parent) for pair, parent in zip(relationship.pairs, parents, strict=True)
    )
    return changed(relationship, parent=target.uid, pairs=pairs, missing_target="")


def without(design: Design, uids: Iterable[UUID]) -> Design:
    """The design without these entities; references to them keep the words of where they led."""
    gone = set(uids)
    if not gone:
        return design
    relationships = tuple(_cut(design, each, gone) for each in design.relationships if each.child not in gone)
    return changed(
        design,
        entities=tuple(each for each in design.entities if each.uid not in gone),
        relationships=relationships,
        indexes=tuple(each for each in design.indexes if each.entity not in gone),
    )


def _cut(design: Design, relationship: Relationship, gone: set[UUID]) -> Relationship:
    if relationship.junction in gone:
        relationship = changed(relationship, junction=None)
    if relationship.parent not in gone or relationship.parent is None:
        return relationship
    parent = design.entity_by_uid[relationship.parent]
    names = ", ".join(design.field_by_uid[pair.parent].name for pair in relationship.pairs if pair.parent)
    words = f"{parent.full_name}({names})" if names else parent.full_name
    pairs = tuple(FieldPair(child=pair.child) for pair in relationship.pairs)
    return changed(relationship, parent=None, pairs=pairs, missing_target=words[:200])
