"""Taking everything out of a feature, before another design takes its place."""

from projects.models import Feature, Reuse
from projects.models.base import Row
from projects.snapshot.tables import BY_NAME, LISTED, ONE_EACH

# What refers goes before what it refers to; what entities and DTOs hold goes with them.
BEFORE_ENTITIES = ("relationships", "queries")


def empty(feature: Feature) -> None:
    """Delete every row of the feature's design; raises ProtectedError while another feature reuses an entity of it."""
    models: list[type[Row]] = [BY_NAME[name].model for name in BEFORE_ENTITIES]
    models += [Reuse, *(listed.model for listed in reversed(LISTED)), *(model for _, model in ONE_EACH.values())]
    for model in models:
        model._default_manager.filter(feature=feature).delete()
