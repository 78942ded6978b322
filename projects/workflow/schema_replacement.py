"""A design with another schema in place of its own: what has the same name keeps its uid. Pure."""

from collections.abc import Iterator
from uuid import UUID

from projects.design.digest import canonical, plain
from projects.design.pruning import changed, with_lists
from projects.design.tree import Design, Entity, Thing
from projects.design.vocabulary import StructureKind
from projects.workflow.apply_import import Prepared
from projects.workflow.schema_fitting import Fitting


def with_schema(existing: Design, schema: Design, label: str, leave_out: frozenset[UUID]) -> Prepared:
    """The design as it will be, and notes on what its operations lost."""
    others = _others(existing)
    bare = with_lists(existing, types=(), entities=others)
    fitted = Fitting(bare, schema, label, leave_out).prepared()
    incoming = with_uids_of(existing, fitted.design)
    own = tuple(_described(each, existing) for each in incoming.entities if not each.reused_from)
    entities = (*own, *others)
    there = {each.uid for each in others}
    stores = {store.uid: store for store in (*existing.stores, *incoming.stores)}
    kept = tuple(each for each in existing.relationships if {each.parent, each.child} <= there)
    design = with_lists(
        existing,
        stores=tuple(stores.values()),
        types=incoming.types,
        entities=entities,
        relationships=(*incoming.relationships, *kept),
        indexes=(*incoming.indexes, *(each for each in existing.indexes if each.entity in there)),
    )
    return Prepared(design, notes=(*fitted.notes, *_lost_uses(existing, design)))


def with_uids_of(existing: Design, incoming: Design) -> Design:
    """The incoming design, in which what has a namesake in the existing one has its uid: a rename is not a removal."""
    there = {name: thing.uid for name, thing in _named(existing)}
    new = {str(thing.uid): str(there[name]) for name, thing in _named(incoming) if name in there}
    if not new:
        return incoming
    return Design.model_validate_json(canonical(_renumbered(plain(incoming), new)))


def _named(design: Design) -> Iterator[tuple[tuple[str, ...], Thing]]:
    """Things with the names that make them the same as another's, first come first served."""
    for named_type in design.types:
        yield ("type", named_type.namespace or "", named_type.name.casefold()), named_type
    for entity in design.own_entities:
        owner = entity.full_name.casefold()
        yield ("entity", owner), entity
        for field in entity.fields:
            yield ("field", owner, field.name.casefold()), field
        for index in design.indexes_by_entity.get(entity.uid, ()):
            yield ("index", owner, index.name.casefold()), index


def _renumbered(value: object, new: dict[str, str]) -> object:
    if isinstance(value, dict):
        return {name: _renumbered(each, new) for name, each in value.items()}
    if isinstance(value, list):
        return [_renumbered(each, new) for each in value]
    return new.get(value, value) if isinstance(value, str) else value


def _others(design: Design) -> tuple[Entity, ...]:
    """What a schema of tables does not replace: what is reused, and what lies in stores of other kinds."""
    return tuple(each for each in design.entities if each.reused_from or each.kind is not StructureKind.TABLE)


def _described(entity: Entity, existing: Design) -> Entity:
    """What people wrote about the entity and its fields, where the schema says nothing."""
    former = existing.entity_by_uid.get(entity.uid)
    if former is None:
        return entity
    fields = []
    for each in entity.fields:
        was = existing.field_by_uid.get(each.uid)
        if was is not None:
            each = changed(
                each,
                description=each.description or was.description,
                sensitivity=each.sensitivity or was.sensitivity,
                rule=each.rule or was.rule,
                protection=was.protection,
            )
        fields.append(each)
    return changed(
        entity,
        purpose=entity.purpose or former.purpose,
        store=former.store or entity.store,
        data_element=former.data_element,
        no_index_reason=former.no_index_reason,
        fields=tuple(fields),
    )


def _lost_uses(existing: Design, design: Design) -> list[str]:
    notes = []
    for query in existing.queries:
        lost = [existing.path_of_field(use.field) for use in query.uses if use.field not in design.field_by_uid]
        if lost:
            notes.append(f"“{query.name}” used {', '.join(lost)}, which the new schema does not have.")
    return notes
