"""Rules about where data is kept and why, and about what lies there."""

from collections import Counter
from collections.abc import Iterator

from projects.checks.facts import DATA_MODEL, STORAGE, Facts
from projects.checks.questions.define import RATIONALE, holds_something
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.tree import Entity, FileLayout, KeySpace, Store
from projects.design.vocabulary import STRUCTURES, Severity, StoreKind, StructureKind

KEY_SPACE, FILE_LAYOUT = "key space", "file layout"


@rule(
    "store-missing",
    Severity.WARNING,
    step=STORAGE,
    says="The design has entities or other structures, but no store to keep them in.",
    remedy="Add the store, with its kind, its system and the four parts of the rationale.",
    breaks="Entities, and no store",
    keeps="Entities, and the store “Main database”, relational, PostgreSQL 16",
    source="Checklist item 1",
)
def store_missing(facts: Facts) -> Iterator[Claim]:
    """A design with entities chooses no store.

    Types, limits on names and what an index can do all hang on the system.
    """
    if facts.has_structures and not facts.design.stores:
        yield problem(None)


@rule(
    "store-system-missing",
    Severity.WARNING,
    says="Nothing says which system the store “{path}” is.",
    remedy="Name the system and its version, like PostgreSQL 16.",
    breaks="Main database: relational, system left open",
    keeps="Main database: relational, PostgreSQL 16",
    source="Checklist item 1",
)
def store_system_missing(facts: Facts) -> Iterator[Claim]:
    """A store names no system.

    Types, limits on names and what an index can do all hang on it.
    """
    return (problem(store, field_name="system") for store in facts.design.stores if not store.system.strip())


@rule(
    "store-rationale-incomplete",
    Severity.WARNING,
    says="The choice of the store “{path}” leaves out {missing}.",
    remedy="Say why this store fits: {missing}.",
    breaks="Main database, with nothing about team expertise",
    keeps="Main database, with project patterns, feature requirements, performance needs and team expertise",
    source="Checklist item 1; the workflow's step 2",
)
def store_rationale_incomplete(facts: Facts) -> Iterator[Claim]:
    """A part of the rationale of a store is missing.

    A choice without its reasons cannot be reviewed, and is made again at the next opportunity.
    """
    for store in facts.design.stores:
        missing = [field for field in RATIONALE if not getattr(store, field).strip()]
        if missing:
            yield problem(store, field_name=missing[0], missing=", ".join(RATIONALE[field] for field in missing))


@rule(
    "data-element-without-store",
    Severity.WARNING,
    says="Nothing says where “{path}” is kept.",
    remedy="Choose the store of “{path}”.",
    breaks="Refund evidence, without a store",
    keeps="Refund evidence, kept in “Object storage”",
    source="Checklist item 2: every data element has a home",
)
def data_element_without_store(facts: Facts) -> Iterator[Claim]:
    """A data element has no store.

    The requirements ask for it, and the design does not say where it goes.
    """
    return (problem(element, field_name="store") for element in facts.design.data_elements if element.store is None)


@rule(
    "structure-in-wrong-store",
    Severity.ERROR,
    step=DATA_MODEL,
    says="“{path}” is a {kind}, and is kept in “{store}”, a {store_kind}.",
    remedy="Choose a store that holds it, or another kind of structure.",
    breaks="refunds, a table, kept in the file storage “Evidence”",
    keeps="refunds, a table, kept in the relational database “Main database”",
    source="The workflow's steps 2 and 3: each kind of store has its structures",
)
def structure_in_wrong_store(facts: Facts) -> Iterator[Claim]:
    """A structure is kept in a store that holds no structures of its kind.

    Everything said of its keys, indexes and limits then hangs in the air.
    """
    for thing, kind in _structures(facts):
        store = facts.design.store_by_uid[thing.store] if thing.store else None
        if store and not _holds(store, kind):
            name = kind.label if isinstance(kind, StructureKind) else kind
            yield problem(
                thing, field_name="store", kind=name.lower(), store=store.name, store_kind=store.kind.label.lower()
            )


Structure = tuple[Entity | KeySpace | FileLayout, StructureKind | str]


def _structures(facts: Facts) -> Iterator[Structure]:
    """All that this feature keeps in stores, with what it is."""
    yield from ((entity, entity.kind) for entity in facts.design.own_entities)
    yield from ((space, KEY_SPACE) for space in facts.design.key_spaces)
    yield from ((layout, FILE_LAYOUT) for layout in facts.design.file_layouts)


def _holds(store: Store, kind: StructureKind | str) -> bool:
    if kind == KEY_SPACE:
        return store.kind in (StoreKind.KEY_VALUE, StoreKind.CACHE)
    if kind == FILE_LAYOUT:
        return store.kind is StoreKind.FILE
    # Extensions keep vectors, measurements and search documents in tables' own systems, as stores of their kind.
    return kind in STRUCTURES[store.kind]


@rule(
    "store-empty",
    Severity.WARNING,
    step=DATA_MODEL,
    says="Nothing is designed for the store “{path}”.",
    remedy="Add what lies in “{path}”, or delete the store.",
    asks="Does anything of the design lie in “{path}”? There are several stores of its kind.",
    breaks="“Evidence”, file storage, and no file layout",
    keeps="“Evidence”, file storage, with evidence/{payment_id}/",
    source="Checklist item 2: every store holds at least one structure of its kind",
)
def store_empty(facts: Facts) -> Iterator[Claim]:
    """A store holds no structure of its kind.

    It was chosen for something that the data model does not describe.
    """
    if not facts.has_structures:
        return
    kinds = Counter(store.kind for store in facts.design.stores)
    homeless = any(thing.store is None for thing, _ in _structures(facts))
    for store in facts.design.stores:
        if not holds_something(facts.design, store):
            yield doubt(store) if homeless and kinds[store.kind] > 1 else problem(store)


@rule(
    "structure-without-store",
    Severity.WARNING,
    step=DATA_MODEL,
    says="Nothing says in which of {stores} “{path}” is kept.",
    remedy="Choose the store of “{path}”.",
    breaks="refunds, where there are the relational databases “Main” and “Archive”",
    keeps="refunds, kept in “Main”",
    source="Checklist item 2; the workflow's step 2",
)
def structure_without_store(facts: Facts) -> Iterator[Claim]:
    """A structure names no store where several of its kind could hold it.

    Its types, limits and indexes hang on which one it is.
    """
    for thing, kind in _structures(facts):
        if thing.store is None:
            fitting = [store.name for store in facts.design.stores if _holds(store, kind)]
            if len(fitting) > 1:
                yield problem(thing, field_name="store", stores=" and ".join(f"“{name}”" for name in fitting))
