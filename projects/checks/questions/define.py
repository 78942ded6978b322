"""Steps 1 to 3: what must be kept, where, and what it looks like there."""

from collections.abc import Iterator

from projects.checks.questions.question import Lacking, Named, Question, each, fact
from projects.design.tree import Design, Entity, EntityField, Relationship, Store
from projects.design.vocabulary import STRUCTURES, Cardinality, Generation, StepName, StoreKind, StructureKind

# The four parts of why a store was chosen.
RATIONALE = {
    "project_patterns": "project patterns",
    "feature_requirements": "feature requirements",
    "performance_needs": "performance needs",
    "team_expertise": "team expertise",
}
REQUIREMENTS, STORAGE, DATA_MODEL = StepName.REQUIREMENTS, StepName.STORAGE, StepName.DATA_MODEL


def has_structures(design: Design) -> bool:
    return bool(design.own_entities or design.key_spaces or design.file_layouts)


def own_fields(design: Design) -> Iterator[Named]:
    for entity in design.own_entities:
        yield from (Named(f"{entity.full_name}.{field.name}", field) for field in entity.fields)


def is_typed(held: Named) -> bool:
    field: EntityField = held.thing
    # A computed field takes the type of its formula.
    return bool(field.type.strip()) or field.generation is Generation.COMPUTED


def needs_fields(design: Design) -> Iterator[Entity]:
    """An edge may say no more than that there is one."""
    return (entity for entity in design.own_entities if entity.kind is not StructureKind.EDGE)


def empty_stores(design: Design) -> Lacking:
    """The stores that nothing of their kind is designed for."""
    if not design.stores:
        return None
    return tuple(store.name for store in design.stores if not holds_something(design, store))


def holds_something(design: Design, store: Store) -> bool:
    """Whether a structure of the store's kind lies in it; one without a store lies in the only one of its kind."""
    is_only = sum(other.kind is store.kind for other in design.stores) == 1
    homes = {store.uid, None} if is_only else {store.uid}
    if store.kind is StoreKind.KEY_VALUE:
        return any(space.store in homes for space in design.key_spaces) or _caches_in(design, store)
    if store.kind is StoreKind.FILE:
        return any(layout.store in homes for layout in design.file_layouts)
    if store.kind is StoreKind.CACHE:
        return _caches_in(design, store) or any(space.store == store.uid for space in design.key_spaces)
    kinds = STRUCTURES[store.kind]
    # What the feature reuses from another lies in its owner's store, which may be this one.
    return any(entity.kind in kinds and (entity.store in homes or entity.reused_from) for entity in design.entities)


def _caches_in(design: Design, store: Store) -> bool:
    return any(cache.store == store.uid for cache in design.caches)


def relationships(design: Design) -> Iterator[Named]:
    names = design.entity_by_uid
    for line in design.relationships:
        if not names[line.child].reused_from:
            parent = names[line.parent].full_name if line.parent else line.missing_target or "?"
            yield Named(f"{names[line.child].full_name} → {parent}", line)


def is_tied(held: Named) -> bool:
    """Whether both ends are known: by fields, through a junction, or as an edge between nodes."""
    line: Relationship = held.thing
    if line.parent is None:
        return False
    if line.cardinality is Cardinality.MANY_TO_MANY:
        return line.junction is not None
    return line.junction is not None or (bool(line.pairs) and all(pair.parent for pair in line.pairs))


QUESTIONS: tuple[Question, ...] = (
    fact(REQUIREMENTS, "a source", lambda design: design.sources, 19),
    fact(REQUIREMENTS, "a data element", lambda design: design.data_elements, 2),
    each(
        REQUIREMENTS,
        "the description of each data element",
        lambda design: design.data_elements,
        lambda it: it.description,
    ),
    each(REQUIREMENTS, "why each data element is stored", lambda design: design.data_elements, lambda it: it.reason),
    each(
        REQUIREMENTS, "the size of each data element", lambda design: design.data_elements, lambda it: it.size_estimate
    ),
    fact(REQUIREMENTS, "the access profile", lambda design: design.requirements.access_profile),
    fact(REQUIREMENTS, "how long data must be kept", lambda design: design.requirements.retention),
    fact(REQUIREMENTS, "the volume in a paragraph", lambda design: design.requirements.volume),
    fact(REQUIREMENTS, "the project's context", lambda design: design.requirements.project_context, 16),
    each(REQUIREMENTS, "the operation behind each endpoint", lambda design: design.endpoints, lambda it: it.query, 19),
    fact(STORAGE, "a store", lambda design: design.stores, 1),
    each(STORAGE, "the system of each store", lambda design: design.stores, lambda it: it.system, 1),
    each(
        STORAGE,
        "the four parts of why, for each store",
        lambda design: design.stores,
        lambda it: all(getattr(it, part).strip() for part in RATIONALE),
        1,
    ),
    each(STORAGE, "the store of each data element", lambda design: design.data_elements, lambda it: it.store, 2),
    each(
        STORAGE, "how each data element is accessed", lambda design: design.data_elements, lambda it: it.access_pattern
    ),
    fact(DATA_MODEL, "an entity, a key space or a file layout", has_structures, 2),
    Question(DATA_MODEL, "what lies in each store", empty_stores, 2),
    each(DATA_MODEL, "the purpose of each entity", lambda design: design.own_entities, lambda it: it.purpose, 2),
    each(DATA_MODEL, "the fields of each entity", needs_fields, lambda it: it.fields, 2),
    each(DATA_MODEL, "the type of each field", own_fields, is_typed, 3),
    each(DATA_MODEL, "the description of each field", own_fields, lambda it: it.thing.description),
    each(DATA_MODEL, "the primary key of each table", lambda design: design.own_tables, lambda it: it.primary_key, 3),
    each(DATA_MODEL, "both ends of each relationship", relationships, is_tied, 4),
    each(
        DATA_MODEL,
        "the resolution of each measurement",
        lambda design: _own(design, StructureKind.MEASUREMENT),
        lambda it: it.resolution,
    ),
    each(
        DATA_MODEL,
        "source, model, dimensions and metric of each vector collection",
        lambda design: _own(design, StructureKind.VECTORS),
        lambda it: bool(it.derived_from.strip() and it.embedding_model.strip() and it.dimensions and it.metric),
    ),
    each(
        DATA_MODEL,
        "source and refresh of each search index",
        lambda design: _own(design, StructureKind.SEARCH),
        lambda it: bool(it.derived_from.strip() and it.refresh.strip()),
    ),
    each(
        DATA_MODEL,
        "purpose and value type of each key space",
        lambda design: design.key_spaces,
        lambda it: bool(it.purpose.strip() and it.value_type.strip()),
        2,
    ),
    each(
        DATA_MODEL,
        "the TTL or the eviction of each key space",
        lambda design: design.key_spaces,
        lambda it: bool(it.ttl.strip() or it.eviction),
    ),
    each(
        DATA_MODEL,
        "format, naming and access of each file layout",
        lambda design: design.file_layouts,
        lambda it: bool(it.format.strip() and it.naming.strip() and it.access_pattern.strip()),
        2,
    ),
)


def _own(design: Design, kind: StructureKind) -> Iterator[Entity]:
    return (entity for entity in design.own_entities if entity.kind is kind)
