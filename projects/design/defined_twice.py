"""Tables that several features of a project define, and how their definitions differ."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from projects.design.field_types import FieldType
from projects.design.project import Included
from projects.design.systems import named_system
from projects.design.tree import Entity, EntityField, EntityKey, Store
from projects.design.tree.in_force import profile_of
from projects.design.type_lookup import TypeLookup
from projects.design.vocabulary import StoreKind
from projects.design.whole_model import Structure, WholeModel

# What a system takes a name without a namespace for.
DEFAULT_NAMESPACES = frozenset({"public", "dbo"})


@dataclass(frozen=True, eq=False)
class DefinedTwice:
    """`second` is a definition of what `first` defines, in a later feature.

    `is_certain` is False where nobody can tell whether both lie in one database. `differences` are phrases like
    “amount is bigint here and numeric(12,2) there”, where here is the second; none of them means equal copies.
    """

    first: Structure
    second: Structure
    is_certain: bool
    differences: tuple[str, ...]


def defined_twice(model: WholeModel) -> tuple[DefinedTwice, ...]:
    """Each later definition of an entity with the first that it repeats, in the order of the model."""
    named: dict[tuple[str, ...], list[Structure]] = {}
    found: list[DefinedTwice] = []
    for structure in model.structures:
        if structure.is_gone:
            continue
        earlier = named.setdefault(_name(structure.entity), [])
        if first := _repeated(structure, [each for each in earlier if each.feature is not structure.feature]):
            is_certain = bool(in_one_database(first, structure))
            found.append(DefinedTwice(first, structure, is_certain, differences(structure, first)))
        earlier.append(structure)
    return tuple(found)


def _name(entity: Entity) -> tuple[str, ...]:
    namespace = (entity.namespace or "").casefold()
    return entity.kind, "" if namespace in DEFAULT_NAMESPACES else namespace, entity.name.casefold()


def _repeated(structure: Structure, earlier: list[Structure]) -> Structure | None:
    """The first that is certainly the same, or else the first that may be."""
    possible = [(each, is_same) for each in earlier if (is_same := in_one_database(each, structure)) is not False]
    certain = (each for each, is_same in possible if is_same)
    return next(certain, possible[0][0] if possible else None)


def in_one_database(one: Structure, other: Structure) -> bool | None:
    """Whether both lie in one database of the project: by its profiles, or else by the systems of their stores.

    None where only one of them says where it lies; if neither does, nothing tells them apart.
    """
    stores = [_store(each) for each in (one, other)]
    profiles = [
        profile_of(store, each.feature.design.policies) if store else None
        for store, each in zip(stores, (one, other), strict=True)
    ]
    if profiles[0] and profiles[1]:
        return profiles[0].uid == profiles[1].uid
    first, second = (_system(store) for store in stores)
    if bool(first) != bool(second):
        return None
    return first == second


def _store(structure: Structure) -> Store | None:
    """Where an entity lies; one that does not say lies in the only relational store, if there is just one."""
    design = structure.feature.design
    if structure.origin.store:
        return design.store_by_uid[structure.origin.store]
    relational = [store for store in design.stores if store.kind is StoreKind.RELATIONAL]
    return relational[0] if len(relational) == 1 else None


def _system(store: Store | None) -> str:
    """What the store is of, without its version."""
    text = store.system if store else ""
    words = [word for word in text.casefold().split() if not word[0].isdigit()]
    return named_system(text) or " ".join(words)


def differences(here: Structure, there: Structure) -> tuple[str, ...]:
    """How two definitions of one table differ: in their fields, types and keys, in phrases for people."""
    return tuple(_Comparison(here.feature, here.origin, there.feature, there.origin).phrases())


def differences_of_copy(included: Included, copy: Entity, owned: Structure) -> tuple[str, ...]:
    """How what a feature reuses differs from what its owner has."""
    return tuple(_Comparison(included, copy, owned.feature, owned.origin).phrases())


class _Comparison:
    def __init__(self, here: Included, one: Entity, there: Included, other: Entity) -> None:
        self._one, self._other = one, other
        self._types = TypeLookup(here.design.types), TypeLookup(there.design.types)

    def phrases(self) -> Iterator[str]:
        here, there = _by_name(self._one), _by_name(self._other)
        for name, field in here.items():
            if name in there:
                yield from self._of_fields(field, there[name])
            else:
                yield f"{field.name} is only here"
        yield from (f"{field.name} is only there" for name, field in there.items() if name not in here)
        yield from self._of_keys()

    def _of_fields(self, field: EntityField, other: EntityField) -> Iterator[str]:
        types = _stored(self._types[0], field), _stored(self._types[1], other)
        if types[0] != types[1] and not self._is_one_name(field, other):
            yield f"{field.name} is {_typed(field)} here and {_typed(other)} there"
        elif types[0] != types[1] and self._names(0, field) and self._names(1, other):
            yield f"{field.name} is {_typed(field)} in both, which has other values or another base here than there"
        is_required, was_required = _is_required(self._one, field), _is_required(self._other, other)
        if is_required != was_required:
            words = ("required here and optional" if is_required else "optional here and required", "there")
            yield f"{field.name} is {' '.join(words)}"

    def _is_one_name(self, field: EntityField, other: EntityField) -> bool:
        """Whether both name one type of the design's own, which a feature that reuses the entity need not define."""
        is_same = _typed(field).casefold() == _typed(other).casefold()
        return is_same and (self._names(0, field) or self._names(1, other))

    def _names(self, side: int, field: EntityField) -> bool:
        return self._types[side].named(field.type) is not None

    def _of_keys(self) -> Iterator[str]:
        primary = [_key(entity, entity.primary_key) for entity in (self._one, self._other)]
        if primary[0] != primary[1]:
            yield f"the primary key is {_in_words(primary[0])} here and {_in_words(primary[1])} there"
        # Unlike a primary key, which rows are stored by, a unique key is the same in any order.
        here, there = (
            {tuple(sorted(_key(entity, key))) for key in entity.unique_keys} for entity in (self._one, self._other)
        )
        yield from (f"the unique key {_in_words(key)} is only here" for key in sorted(here - there))
        yield from (f"the unique key {_in_words(key)} is only there" for key in sorted(there - here))


def _by_name(entity: Entity) -> dict[str, EntityField]:
    return {field.name.casefold(): field for field in entity.fields}


def _stored(types: TypeLookup, field: EntityField) -> tuple[FieldType | None, bool]:
    found = types.resolve(field.type)
    if not found:
        return None, field.is_array
    return replace(found, is_array=False), field.is_array or found.is_array


def _typed(field: EntityField) -> str:
    return f"{field.type.strip() or 'without a type'}{'[]' if field.is_array else ''}"


def _is_required(entity: Entity, field: EntityField) -> bool:
    key = entity.primary_key
    return field.is_required or bool(key and field.uid in key.fields)


def _key(entity: Entity, key: EntityKey | None) -> tuple[str, ...]:
    names = {field.uid: field.name.casefold() for field in entity.fields}
    return tuple(names[uid] for uid in key.fields if uid in names) if key else ()


def _in_words(key: tuple[str, ...]) -> str:
    return f"({', '.join(key)})" if key else "missing"
