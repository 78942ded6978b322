"""On which page of a step a thing of the design stands, and the address that leads to it there."""

from functools import lru_cache
from uuid import UUID

from projects.design.tree import Design, Thing
from projects.snapshot.current import Digested
from projects.views.addresses import Addresses
from projects.workflow.steps.data_model import FILE_LAYOUTS, KEY_SPACES, TYPES
from projects.workflow.steps.integrity import CONSISTENCY, SHARING
from projects.workflow.steps.performance import LIFECYCLE, STRATEGIES
from projects.workflow.steps.requirements import INTERFACE, QUOTES

# The page of the step that holds its answers in prose, where that is not the first.
PAGES_OF_ANSWERS = {"consistency": CONSISTENCY, "optimization": STRATEGIES, "lifecycle": LIFECYCLE}


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
    for page, things in _on_pages(design).items():
        found |= {thing.uid: page for thing in things}
    return found


def _on_pages(design: Design) -> dict[str, tuple[Thing, ...]]:
    """What stands on a page of its step that has a name, by that name."""
    return {
        INTERFACE: (*design.components, *design.endpoints, *design.demands),
        QUOTES: design.quotes,
        TYPES: design.types,
        KEY_SPACES: design.key_spaces,
        FILE_LAYOUTS: design.file_layouts,
        SHARING: (*design.component_accesses, *design.shared_data, *design.sync_strategies),
        STRATEGIES: design.caches,
    }


def place_of(addresses: Addresses, digested: Digested, step: str, uid: UUID | None, column: str = "") -> str:
    """The page that shows the thing, scrolled to its row, or to one cell of it; the page of the step without a uid."""
    if uid is None:
        # What step 6 says without a row is on its page of consistency.
        return addresses.step(step, CONSISTENCY if step == "integrity" else "")
    holder = holders(digested).get(uid)
    is_picked = uid in digested.design.entity_by_uid or step in ("storage", "backup", "contracts")
    at = holder or (uid if is_picked else "")
    return addresses.step(step, at) + f"#row-{uid}" + (f"-{column}" if column else "")


def place_of_answer(addresses: Addresses, step: str, record: str, column: str) -> str:
    """The page with the answers of a step in prose, at one of them; a script leads to it, as no uid is known."""
    return f"{addresses.step(step, PAGES_OF_ANSWERS.get(record, ''))}#cell-{column}"
