"""Designs of any kind for property tests: `designs()` draws what people could have made in the product.

Names are any text a person can type, so that what is drawn is hostile too: markup, quotes, pipes, other scripts.
"""

from uuid import UUID

from hypothesis import strategies as st

from projects.design import tree
from projects.design.vocabulary import (
    AccessProfile,
    Cardinality,
    Direction,
    Frequency,
    Generation,
    IndexMethod,
    KeyKind,
    LetterCase,
    OperationKind,
    Pagination,
    ReferentialAction,
    Sensitivity,
    StoreKind,
    TableNumber,
    UseRole,
)

# Without control characters, which the tree refuses, and without halves of surrogate pairs, which UTF-8 cannot hold.
LETTERS = st.characters(exclude_categories=("Cc", "Cs"))
HOSTILE = st.sampled_from(
    ("a|b", "<script>alert(1)</script>", "`x`", 'O\'Hara "q"', "שלום", "🙂", "x" * 60, "user", "--", "%s", "\\", "İ")
)
names = st.one_of(HOSTILE, st.text(LETTERS, min_size=1, max_size=20)).filter(lambda text: text.strip())
lines = st.one_of(st.just(""), HOSTILE, st.text(LETTERS, max_size=30))
prose = st.one_of(st.just(""), st.text(st.one_of(LETTERS, st.sampled_from("\n\t")), max_size=60))
keys = st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,20}\Z")
uids = st.uuids()


def distinct(things: st.SearchStrategy, *, by: str = "name", at_most: int = 4) -> st.SearchStrategy:
    """Lists of things whose names differ in more than their capitals."""
    return st.lists(things, max_size=at_most, unique_by=lambda thing: getattr(thing, by).casefold()).map(tuple)


def some_of(choices: type) -> st.SearchStrategy:
    return st.sampled_from(list(choices))


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


def fields() -> st.SearchStrategy[tree.EntityField]:
    types = st.sampled_from(("uuid", "bigint", "varchar(64)", "numeric(12,2)", "text[]", "timestamptz", "")) | lines
    return st.builds(
        tree.EntityField,
        uid=uids,
        name=names,
        type=types,
        is_required=st.booleans(),
        default=lines,
        generation=maybe(some_of(Generation)),
        rule=lines,
        sensitivity=maybe(some_of(Sensitivity)),
        description=prose,
    )


@st.composite
def entities(draw: st.DrawFn, reused_from: str = "", stores: tuple[tree.Store, ...] = ()) -> tree.Entity:
    held = draw(distinct(fields(), at_most=5))
    checks = st.builds(tree.Check, uid=uids, name=lines, expression=prose)
    return tree.Entity(
        uid=draw(uids),
        namespace=draw(maybe(names)),
        name=draw(names),
        purpose=draw(prose),
        store=draw(maybe(st.sampled_from([each.uid for each in stores]))) if stores and not reused_from else None,
        reused_from=reused_from,
        no_index_reason="" if reused_from else draw(prose),
        fields=held,
        keys=draw(entity_keys(held)),
        checks=tuple(draw(st.lists(checks, max_size=2))),
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
        description=draw(prose),
    )


@st.composite
def queries(draw: st.DrawFn, among: tuple[tree.Entity, ...]) -> tree.Query:
    all_fields = [field.uid for entity in among for field in entity.fields]
    use = st.builds(
        tree.FieldUse, field=st.sampled_from(all_fields or [None]), role=some_of(UseRole), direction=some_of(Direction)
    )
    return tree.Query(
        uid=draw(uids),
        name=draw(names),
        kind=draw(some_of(OperationKind)),
        frequency=draw(maybe(some_of(Frequency))),
        rate=draw(lines),
        entity=draw(maybe(st.sampled_from([each.uid for each in among]))) if among else None,
        logic=draw(prose),
        uses=tuple(draw(st.lists(use, max_size=4))) if all_fields else (),
        condition=draw(lines),
        pagination=draw(maybe(some_of(Pagination))),
        sql=draw(prose),
    )


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
        tree.Conventions, table_case=cases, field_case=cases, table_number=numbers, standard_fields=lines, notes=prose
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
    stores = draw(
        distinct(
            st.builds(tree.Store, uid=uids, name=names, kind=some_of(StoreKind), project_patterns=prose), at_most=2
        )
    )
    own = draw(distinct(entities(stores=stores), by="full_name"))
    reused = draw(distinct(entities(reused_from="shop/catalogue"), by="full_name", at_most=2)) if with_reused else ()
    among = own + reused
    elements = st.builds(tree.DataElement, uid=uids, name=names, description=prose, reason=prose, store=st.none())
    types = st.builds(tree.NamedType, uid=uids, name=names, values=st.lists(lines, max_size=3).map(tuple), rule=prose)
    return tree.Design(
        identity=draw(identities()),
        conventions=draw(conventions()),
        requirements=draw(
            st.builds(tree.Requirements, access_profile=maybe(some_of(AccessProfile)), retention=prose, volume=prose)
        ),
        sources=tuple(draw(st.lists(st.builds(tree.Source, uid=uids, title=lines, location=lines), max_size=2))),
        data_elements=draw(distinct(elements, at_most=3)),
        stores=stores,
        types=draw(distinct(types, by="name", at_most=2)),
        entities=among,
        relationships=tuple(draw(st.lists(relationships(among), max_size=3))) if among else (),
        queries=draw(distinct(queries(among), at_most=3)),
        indexes=draw(distinct(indexes(own), at_most=3)) if own else (),
    )
