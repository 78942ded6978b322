"""Designs of any kind for property tests: `designs()` draws what people could have made in the product.

Names are any text a person can type, so that what is drawn is hostile too: markup, quotes, pipes, other scripts.
Structures and what refers to them are drawn by hypothesis; plain facts come from a `Filler`, which is cheaper.
"""

from random import Random
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from projects.design import tree
from projects.design.vocabulary import (
    Cardinality,
    Direction,
    Generation,
    IndexMethod,
    KeyKind,
    LetterCase,
    ReferentialAction,
    Sensitivity,
    StoreKind,
    StructureKind,
    TableNumber,
    UseRole,
)
from tests.projects.design.fillers import HOSTILE_TEXTS, Filler, uids_of
from tests.projects.design.handbooks import policies

# Without control characters, which the tree refuses, and without halves of surrogate pairs, which UTF-8 cannot hold.
LETTERS = st.characters(exclude_categories=("Cc", "Cs"))
HOSTILE = st.sampled_from(HOSTILE_TEXTS)
names = st.one_of(HOSTILE, st.text(LETTERS, min_size=1, max_size=20)).filter(lambda text: text.strip())
lines = st.one_of(st.just(""), HOSTILE, st.text(LETTERS, max_size=30))
prose = st.one_of(st.just(""), st.text(st.one_of(LETTERS, st.sampled_from("\n\t")), max_size=60))
keys = st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,20}\Z")
uids = st.uuids()

Values = dict[str, Any]


def distinct(things: st.SearchStrategy, *, by: str = "name", at_most: int = 4) -> st.SearchStrategy:
    """Lists of things whose names differ in more than their capitals."""
    return st.lists(things, max_size=at_most, unique_by=lambda thing: getattr(thing, by).casefold()).map(tuple)


def some_of(choices: type) -> st.SearchStrategy:
    return st.sampled_from(list(choices))


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


def fillers() -> st.SearchStrategy[Filler]:
    return st.builds(
        lambda seed, words: Filler(Random(seed), tuple(words)),
        st.integers(0, 2**32),
        st.lists(names, min_size=1, max_size=4),
    )


def fields() -> st.SearchStrategy[tree.EntityField]:
    types = st.sampled_from(("uuid", "bigint", "varchar(64)", "numeric(12,2)", "text[]", "timestamptz", "")) | lines
    return st.builds(
        lambda filler, **known: filler.node(tree.EntityField, **known),
        fillers(),
        uid=uids,
        name=names,
        type=types,
        default=lines,
        generation=maybe(some_of(Generation)),
        rule=lines,
        sensitivity=maybe(some_of(Sensitivity)),
    )


# Most entities are tables.
KINDS = st.sampled_from((*StructureKind, *[StructureKind.TABLE] * len(StructureKind)))


@st.composite
def entities(draw: st.DrawFn, reused_from: str = "", filler: Filler | None = None) -> tree.Entity:
    """An entity whose store and data element are among the filler's places; a reused one has none of this feature."""
    held = draw(distinct(fields(), at_most=5))
    checks = st.builds(tree.Check, uid=uids, name=lines, expression=prose)
    known: dict[str, Any] = {"store": None, "data_element": None, "no_index_reason": ""} if reused_from else {}
    return (filler or draw(fillers())).node(
        tree.Entity,
        uid=draw(uids),
        kind=draw(KINDS),
        namespace=draw(maybe(names)),
        name=draw(names),
        reused_from=reused_from,
        fields=held,
        keys=draw(entity_keys(held)),
        checks=tuple(draw(st.lists(checks, max_size=2))),
        **known,
    )


@st.composite
def entity_keys(draw: st.DrawFn, held: tuple[tree.EntityField, ...]) -> tuple[tree.EntityKey, ...]:
    if not held:
        return ()
    kinds = draw(st.lists(some_of(KeyKind), max_size=3).filter(lambda kinds: kinds.count(KeyKind.PRIMARY) < 2))
    return tuple(
        tree.EntityKey(uid=draw(uids), kind=kind, name=draw(lines), fields=draw(some_uids(held))) for kind in kinds
    )


def some_uids(things: tuple[tree.Thing, ...], at_least: int = 1) -> st.SearchStrategy[tuple[UUID, ...]]:
    choices = st.sampled_from([thing.uid for thing in things])
    return st.lists(choices, unique=True, min_size=at_least, max_size=3).map(tuple)


@st.composite
def relationships(draw: st.DrawFn, among: tuple[tree.Entity, ...]) -> tree.Relationship:
    child, parent = draw(st.sampled_from(among)), draw(maybe(st.sampled_from(among)))
    children = draw(some_uids(child.fields)) if child.fields else ()
    pairs = [
        tree.FieldPair(
            child=uid,
            parent=draw(maybe(st.sampled_from([f.uid for f in parent.fields]))) if parent and parent.fields else None,
        )
        for uid in children
    ]
    return tree.Relationship(
        uid=draw(uids),
        name=draw(lines),
        parent=parent.uid if parent else None,
        child=child.uid,
        pairs=tuple(pairs),
        missing_target="" if parent else draw(lines),
        cardinality=draw(some_of(Cardinality)),
        junction=draw(maybe(st.sampled_from([each.uid for each in among]))),
        on_delete=draw(maybe(some_of(ReferentialAction))),
        on_update=draw(maybe(some_of(ReferentialAction))),
        description=draw(prose),
    )


@st.composite
def queries(draw: st.DrawFn, among: tuple[tree.Entity, ...], filler: Filler) -> tree.Query:
    all_fields = [field.uid for entity in among for field in entity.fields]
    use = st.builds(
        tree.FieldUse, field=st.sampled_from(all_fields or [None]), role=some_of(UseRole), direction=some_of(Direction)
    )
    uses = tuple(draw(st.lists(use, max_size=4))) if all_fields else ()
    return filler.node(tree.Query, uid=draw(uids), name=draw(names), logic=draw(prose), uses=uses)


@st.composite
def indexes(draw: st.DrawFn, among: tuple[tree.Entity, ...]) -> tree.Index:
    entity = draw(st.sampled_from(among))
    held = st.sampled_from([field.uid for field in entity.fields] or [None])
    part = st.builds(tree.IndexPart, field=held, direction=some_of(Direction))
    expression = st.builds(tree.IndexPart, field=st.none(), expression=lines)
    return tree.Index(
        uid=draw(uids),
        name=draw(names),
        entity=entity.uid,
        parts=tuple(draw(st.lists(part | expression, max_size=3))),
        method=draw(some_of(IndexMethod)),
        is_unique=draw(st.booleans()),
        condition=draw(lines),
        purpose=draw(prose),
    )


def conventions() -> st.SearchStrategy[tree.Conventions]:
    cases, numbers = some_of(LetterCase), some_of(TableNumber)
    return st.builds(
        tree.Conventions,
        table_case=cases,
        field_case=cases,
        table_number=numbers,
        standard_fields=lines,
        soft_delete_field=lines,
        purge_after=lines,
        notes=prose,
    )


def identities() -> st.SearchStrategy[tree.Identity]:
    titles = st.text(LETTERS, min_size=1, max_size=40)
    return st.builds(
        tree.Identity,
        project_key=keys,
        project_title=titles,
        epic_key=keys,
        epic_title=titles,
        feature_key=keys,
        feature_title=titles,
    )


@st.composite
def designs(draw: st.DrawFn, *, with_reused: bool = True) -> tree.Design:
    """A whole design; entities that it reuses come last and all belong to one feature, `shop/catalogue`."""
    filler = draw(fillers())
    stores = draw(distinct(st.builds(tree.Store, uid=uids, name=names, kind=some_of(StoreKind)), at_most=2))
    held = before_structures(filler, stores)
    own = draw(distinct(entities(filler=filler), by="full_name"))
    reused = draw(distinct(entities(reused_from="shop/catalogue"), by="full_name", at_most=2)) if with_reused else ()
    among = own + reused
    held |= {
        "entities": among,
        "relationships": tuple(draw(st.lists(relationships(among), max_size=3))) if among else (),
        "queries": draw(distinct(queries(among, filler), at_most=3)),
        "indexes": draw(distinct(indexes(own), at_most=3)) if own else (),
    }
    held |= after_structures(filler, own, among, held["queries"])
    # Many projects have no policies.
    held["policies"] = policies(filler) if draw(st.booleans()) else tree.Policies()
    return tree.Design(
        identity=draw(identities()), conventions=draw(conventions()), quotes=quotes(filler, held), **held
    )


def before_structures(filler: Filler, stores: tuple[tree.Store, ...]) -> Values:
    """What refers to no entity, in the order in which one refers to another."""
    filler.places["store"] = uids_of(stores)
    held: Values = {
        "requirements": filler.node(tree.Requirements),
        "stores": tuple(filler.node(tree.Store, uid=store.uid, name=store.name, kind=store.kind) for store in stores),
        "types": filler.nodes(tree.NamedType, "name", values=filler.some(HOSTILE_TEXTS)),
    }
    for name, kind, by in (
        ("sources", tree.Source, ""),
        ("components", tree.Component, "name"),
        ("demands", tree.Demand, ""),
        ("data_elements", tree.DataElement, "name"),
        ("key_spaces", tree.KeySpace, "pattern"),
        ("file_layouts", tree.FileLayout, "structure"),
        ("sync_strategies", tree.SyncStrategy, "name"),
        ("caches", tree.Cache, "name"),
        ("shared_data", tree.SharedData, "data_element"),
        ("recoveries", tree.Recovery, "store"),
        ("backup_schedules", tree.BackupSchedule, ""),
        ("replications", tree.Replication, "store"),
    ):
        held[name] = filler.nodes(kind, by)
        filler.places |= {target: uids_of(held[name]) for target, place in tree.PLACES.items() if place == name}
    return held


def after_structures(
    filler: Filler, own: tuple[tree.Entity, ...], among: tuple[tree.Entity, ...], asked: tuple[tree.Query, ...]
) -> Values:
    """What refers to entities and operations, and the plans of the later steps."""
    filler.places |= {"entity": uids_of(own), "query": uids_of(asked)}
    fields = tuple(field.uid for entity in among for field in entity.fields)
    return {
        "endpoints": filler.nodes(tree.Endpoint, "name"),
        "consistency": filler.node(tree.Consistency),
        "validation_rules": tuple(a_rule(filler, own) for _ in range(filler.random.randint(0, 2))),
        "component_accesses": component_accesses(filler),
        "migration": filler.node(tree.Migration),
        "volumes": filler.nodes(tree.Volume, "entity"),
        "optimization": filler.node(tree.Optimization),
        "lifecycle": filler.node(tree.Lifecycle),
        "replication_nodes": replication_nodes(filler),
        "dtos": tuple(
            dto.model_copy(update={"fields": dto_fields(filler, fields)}) for dto in filler.nodes(tree.Dto, "name")
        ),
        "item_notes": filler.nodes(tree.ItemNote, "item"),
        "exemptions": filler.nodes(tree.Exemption, "step"),
    }


def a_rule(filler: Filler, own: tuple[tree.Entity, ...]) -> tree.ValidationRule:
    """A rule on a field of its entity, on an entity as a whole, or on nothing in particular."""
    entity = filler.random.choice((None, *own))
    field = filler.perhaps(uids_of(entity.fields)) if entity else None
    return filler.node(tree.ValidationRule, entity=entity.uid if entity else None, field=field)


def component_accesses(filler: Filler) -> tuple[tree.ComponentAccess, ...]:
    """One at most for each pair of component and data element."""
    drawn = filler.nodes(tree.ComponentAccess, at_most=3)
    return tuple({(each.component, each.data_element): each for each in drawn}.values())


def replication_nodes(filler: Filler) -> tuple[tree.ReplicationNode, ...]:
    """Nodes that replicate from one another within their store, in circles too: people can say so."""
    nodes = filler.nodes(tree.ReplicationNode, "name", at_most=4)
    return tuple(
        node.model_copy(
            update={"replicates_from": filler.perhaps([o.uid for o in nodes if o.store == node.store and o != node])}
        )
        for node in nodes
    )


def dto_fields(filler: Filler, fields: tuple[UUID, ...]) -> tuple[tree.DtoField, ...]:
    return tuple(
        field.model_copy(update={"sources": filler.some(fields)}) for field in filler.nodes(tree.DtoField, "name")
    )


def quotes(filler: Filler, held: Values) -> tuple[tree.Quote, ...]:
    """Words of the sources, for any thing of the design or for none."""
    things = [thing for name in tree.LISTS for thing in held.get(name, ())]
    parts = [part for thing in things for part in getattr(thing, "fields", ())]
    drawn = filler.nodes(tree.Quote)
    return tuple(quote.model_copy(update={"about": filler.perhaps(uids_of([*things, *parts]))}) for quote in drawn)
