"""On which page of a step a thing of the design stands."""

from functools import lru_cache
from uuid import UUID

from projects.snapshot.current import Digested
from projects.workflow.steps.integrity import SHARING
from projects.workflow.steps.requirements import INTERFACE, QUOTES


@lru_cache(maxsize=16)
def holders(digested: Digested) -> dict[UUID, UUID | str]:
    """What is not on the first page of its step → what `at` says for the page that shows it."""
    design = digested.design.in_force
    found: dict[UUID, UUID | str] = {}
    for entity in design.entities:
        for thing in (*entity.fields, *entity.keys, *entity.checks):
            found[thing.uid] = entity.uid
    for relationship in design.relationships:
        found[relationship.uid] = relationship.child
    for dto in design.dtos:
        found |= {field.uid: dto.uid for field in dto.fields}
    for lists in (design.recoveries, design.backup_schedules, design.replications, design.replication_nodes):
        found |= {held.uid: held.store for held in lists}
    for shared in (*design.component_accesses, *design.shared_data, *design.sync_strategies):
        found[shared.uid] = SHARING
    found |= {named.uid: INTERFACE for named in (*design.components, *design.endpoints, *design.demands)}
    found |= {quote.uid: QUOTES for quote in design.quotes}
    return found
