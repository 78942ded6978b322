"""What fits into which store: entities take their kind from it, and nothing stays where it cannot be."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db.models import Q

from projects.design.vocabulary import STRUCTURES, StoreKind, StructureKind
from projects.models import Entity, FileLayout, KeySpace, Relationship, Store
from projects.models.base import Row

PLURALS = {
    StructureKind.TABLE: "tables",
    StructureKind.COLLECTION: "collections",
    StructureKind.MEASUREMENT: "measurements",
    StructureKind.VECTORS: "vector collections",
    StructureKind.NODE: "node types",
    StructureKind.EDGE: "edge types",
    StructureKind.SEARCH: "search indexes",
}
KEY_STORES = (StoreKind.KEY_VALUE, StoreKind.CACHE)
FILE_STORES = (StoreKind.FILE,)
# Which structures have keys, checks over several fields, and relationships.
KEYED = (StructureKind.TABLE, StructureKind.COLLECTION, StructureKind.NODE)
CHECKED = (StructureKind.TABLE, StructureKind.COLLECTION)
RELATED = (StructureKind.TABLE, StructureKind.COLLECTION, StructureKind.NODE, StructureKind.EDGE)
NO_ENTITIES = {
    StoreKind.KEY_VALUE: "Its keys are described on the page “Key spaces”.",
    StoreKind.FILE: "Its files are described on the page “File layouts”.",
    StoreKind.CACHE: "What it holds is described in step 8, and its keys on the page “Key spaces”.",
}


def kind_in(store: Store | None, chosen: str) -> StructureKind:
    """What an entity is in this store, if `chosen` says nothing else; a table where no store is chosen.

    Raises ValidationError, on `store` or `kind`, if the store holds no such thing or the kind is open.
    """
    if store is None:
        return StructureKind(chosen or StructureKind.TABLE)
    kind = StoreKind(store.kind)
    fitting = STRUCTURES[kind]
    if not fitting:
        raise ValidationError(
            {"store": f"“{store}” is a {kind.label.lower()} and holds no entities. {NO_ENTITIES[kind]}"}
        )
    if chosen in fitting:
        return StructureKind(chosen)
    if len(fitting) == 1 and not chosen:
        return fitting[0]
    words = " and ".join(PLURALS[each] for each in fitting)
    if not chosen:
        raise ValidationError({"kind": f"“{store}” holds {words}: say which of them this is."})
    raise ValidationError(
        {"kind": f"“{store}” is a {kind.label.lower()} and holds {words}, not {PLURALS[StructureKind(chosen)]}."}
    )


def check_store(store: Store | None, fitting: Collection[StoreKind], things: str) -> None:
    """Raises ValidationError if such things do not lie in a store of this kind."""
    if store is None or store.kind in fitting:
        return
    kinds = " or ".join(f"a {kind.label.lower()}" for kind in fitting)
    raise ValidationError(f"“{store}” is a {StoreKind(store.kind).label.lower()}; {things} lie in {kinds}.")


def stranded(store: Store, kind: StoreKind) -> str:
    """What lies in the store and could not if it were of this kind, in words; empty if nothing."""
    held: list[Row] = [*Entity.objects.filter(store=store).exclude(kind__in=STRUCTURES[kind])]
    if kind not in KEY_STORES:
        held += KeySpace.objects.filter(store=store)
    if kind not in FILE_STORES:
        held += FileLayout.objects.filter(store=store)
    names = [f"“{row.label}”" for row in held[:3]]
    rest = len(held) - len(names)
    return f"{', '.join(names)}{f' and {rest} more' if rest > 0 else ''}" if held else ""


def left_behind(entity: Entity, kind: StructureKind) -> str:
    """What the entity holds that one of this kind does not, in words; empty if nothing."""
    ends = Q(parent=entity) | Q(child=entity) | Q(junction=entity)
    held = {
        "keys": (entity.keys.all(), KEYED),
        "checks": (entity.checks.all(), CHECKED),
        "relationships": (Relationship.objects.filter(ends), RELATED),
    }
    return " and ".join(name for name, (rows, kinds) in held.items() if kind not in kinds and rows.exists())
