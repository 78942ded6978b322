"""Taking everything out of a feature, before another design takes its place."""

from projects.models import (
    DataElement,
    Entity,
    Feature,
    NamedType,
    Query,
    Relationship,
    Requirements,
    Reuse,
    Source,
    Store,
)

# What refers goes before what it refers to; fields, keys, checks and indexes go with their entity.
ORDER = (Relationship, Query, Reuse, Entity, NamedType, DataElement, Store, Source, Requirements)


def empty(feature: Feature) -> None:
    """Delete every row of the feature's design; raises ProtectedError while another feature reuses an entity of it."""
    for model in ORDER:
        model._default_manager.filter(feature=feature).delete()
