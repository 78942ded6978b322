"""Steps 4 to 6: what is asked of the data, what makes it fast, and what must always hold."""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from projects.checks.questions.question import Lacking, Question, each, fact
from projects.design.tree import DataElement, Design, Entity, Query
from projects.design.vocabulary import Frequency, OperationKind, StepName, StructureKind

QUERIES, INDEXING, INTEGRITY = StepName.QUERIES, StepName.INDEXING, StepName.INTEGRITY
# Other structures are found by what they are: by time and tag, by vector, by word, or from node to node.
INDEXED_KINDS = (StructureKind.TABLE, StructureKind.COLLECTION)


def touched(design: Design) -> set[UUID]:
    """The entities and key spaces that an operation names, or uses a field of."""
    found = {uid for query in design.queries for uid in (query.entity, query.key_space) if uid}
    return found | {design.entity_of_field[use.field].uid for query in design.queries for use in query.uses}


def untouched(design: Design) -> Lacking:
    if not design.queries:
        return None
    # Whoever follows a relationship of a graph passes over its edges.
    asked = (entity for entity in design.own_entities if entity.kind is not StructureKind.EDGE)
    found = touched(design)
    names = [entity.full_name for entity in asked if entity.uid not in found]
    return (*names, *(space.pattern for space in design.key_spaces if space.uid not in found))


def without_entity(design: Design) -> Lacking:
    # An operation on files has nothing to name here.
    if not design.queries or design.file_layouts:
        return None
    return tuple(query.name for query in design.queries if not names_data(query))


def names_data(query: Query) -> bool:
    return bool(query.entity or query.key_space or query.uses)


def frequent_reads(design: Design) -> Iterator[Query]:
    for query in design.queries:
        if query.frequency is Frequency.HIGH and query.kind is OperationKind.READ:
            yield query


def indexed(design: Design) -> tuple[Entity, ...]:
    return tuple(entity for entity in design.own_entities if entity.kind in INDEXED_KINDS)


def without_index(design: Design) -> Lacking:
    """Entities without an index and without a reason. Key spaces and files take none, so nothing lacks for them."""
    if not indexed(design):
        return () if design.key_spaces or design.file_layouts or design.own_entities else None
    return tuple(
        entity.full_name
        for entity in indexed(design)
        if entity.uid not in design.indexes_by_entity and not entity.no_index_reason.strip()
    )


def has_a_rule(design: Design) -> bool:
    """A validation rule, a check, or a rule on a field: any of them says what must hold beyond types and keys."""
    if design.validation_rules:
        return True
    return any(entity.checks or any(field.rule.strip() for field in entity.fields) for entity in design.own_entities)


def shared_elements(design: Design) -> Iterator[DataElement]:
    """Data elements that more than one component works with, and those that are said to be shared."""
    components = Counter(access.data_element for access in design.component_accesses)
    said = {shared.data_element for shared in design.shared_data}
    for element in design.data_elements:
        if element.uid in said or components[element.uid] > 1:
            yield element


def without_strategy(design: Design) -> Lacking:
    kept = {shared.data_element for shared in design.shared_data if shared.strategy}
    shared = tuple(shared_elements(design))
    return tuple(element.name for element in shared if element.uid not in kept) if shared else None


def without_owner(design: Design) -> Lacking:
    owned = {access.data_element for access in design.component_accesses if access.is_owner}
    shared = tuple(shared_elements(design))
    return tuple(element.name for element in shared if element.uid not in owned) if shared else None


QUESTIONS: tuple[Question, ...] = (
    fact(QUERIES, "an operation", lambda design: design.queries, 5),
    each(QUERIES, "the frequency of each operation", lambda design: design.queries, lambda it: it.frequency, 5),
    each(QUERIES, "the pattern of each operation", lambda design: design.queries, lambda it: it.pattern, 5),
    each(QUERIES, "what each operation does", lambda design: design.queries, lambda it: it.logic, 5),
    each(QUERIES, "the purpose of each operation", lambda design: design.queries, lambda it: it.purpose),
    Question(QUERIES, "the entity or key space of each operation", without_entity, 5),
    Question(QUERIES, "an operation for each entity and key space", untouched, 5),
    each(
        QUERIES,
        "for each read of High frequency, whether it is cached",
        frequent_reads,
        lambda it: bool(it.cache or it.caching.strip()),
        27,
    ),
    Question(INDEXING, "an index, or why there is none, for each table and collection", without_index, 6),
    each(INDEXING, "the fields of each index", lambda design: design.indexes, lambda it: it.parts, 6),
    each(INDEXING, "the purpose of each index", lambda design: design.indexes, lambda it: it.purpose, 6),
    fact(INTEGRITY, "a validation rule or a check", has_a_rule, 23),
    each(
        INTEGRITY,
        "where each validation rule is enforced",
        lambda design: design.validation_rules,
        lambda it: it.in_api or it.in_logic or it.in_database,
        23,
    ),
    fact(INTEGRITY, "concurrent reads", lambda design: design.consistency.concurrent_reads),
    fact(INTEGRITY, "concurrent writes", lambda design: design.consistency.concurrent_writes),
    fact(INTEGRITY, "reads during writes", lambda design: design.consistency.reads_during_writes),
    fact(INTEGRITY, "transactions", lambda design: design.consistency.transactions),
    fact(INTEGRITY, "the consistency level", lambda design: design.consistency.level),
    fact(INTEGRITY, "why this consistency level", lambda design: design.consistency.justification),
    fact(INTEGRITY, "how the consistency level is kept", lambda design: design.consistency.implementation),
    Question(INTEGRITY, "the owner of each shared data element", without_owner),
    Question(INTEGRITY, "how each shared data element is kept in step", without_strategy),
    each(
        INTEGRITY,
        "description, frequency and conflict resolution of each synchronization strategy",
        lambda design: design.sync_strategies,
        lambda it: all(text.strip() for text in (it.description, it.frequency, it.conflict_resolution)),
    ),
)
