"""A design with something of every kind: nine stores with their structures, and an answer for every step."""

from projects.design.tree import Design, ItemNote
from tests.projects.exporters.designs import DATA_ELEMENTS, INDEXES, QUERIES, TYPES, rich_design, uid
from tests.projects.exporters.full_context import (
    CACHES,
    COMPONENTS,
    DEMANDS,
    DTOS,
    ENDPOINTS,
    MORE_INDEXES,
    MORE_QUERIES,
    QUOTES,
    RULES,
    UPLOADED,
)
from tests.projects.exporters.full_plans import (
    MIGRATION,
    NODES,
    RECOVERIES,
    SCHEDULES,
    VOLUMES,
    shown_in_the_other_document,
)
from tests.projects.exporters.full_structures import (
    ACCOUNT,
    CASES,
    DEVICE,
    DISPUTES,
    EVIDENCE,
    FILE_LAYOUTS,
    KEY_SPACES,
    LATENCY,
    NOTES,
    STORES,
    USED,
    USED_BY,
)


def full_design() -> Design:
    """Every list holds something, and every kind of structure has one."""
    rich = rich_design()
    changes: dict[str, object] = {
        "conventions": rich.conventions.with_values(soft_delete_field="deleted_at", purge_after="90 days"),
        "sources": (*rich.sources, UPLOADED),
        "quotes": QUOTES,
        "components": COMPONENTS,
        "endpoints": ENDPOINTS,
        "demands": DEMANDS,
        "data_elements": (*DATA_ELEMENTS, EVIDENCE),
        "stores": (*rich.stores, *STORES),
        "types": (TYPES[0].model_copy(update={"namespace": "billing"}), *TYPES[1:]),
        "entities": (*rich.entities, DISPUTES, LATENCY, CASES, ACCOUNT, DEVICE, USED, NOTES),
        "key_spaces": KEY_SPACES,
        "file_layouts": FILE_LAYOUTS,
        "relationships": (*rich.relationships, USED_BY),
        "queries": (*QUERIES, *MORE_QUERIES),
        "indexes": (*INDEXES, *MORE_INDEXES),
        "validation_rules": RULES,
        "migration": MIGRATION,
        "volumes": VOLUMES,
        "caches": CACHES,
        "recoveries": RECOVERIES,
        "backup_schedules": SCHEDULES,
        "replication_nodes": NODES,
        "dtos": DTOS,
        "item_notes": (
            ItemNote(uid=uid("note", 3), item=3, text="Currency has no check: the list is the provider’s."),
            ItemNote(uid=uid("note", 26), item=26, text="one region is enough", is_not_applicable=True),
        ),
        **shown_in_the_other_document(),
    }
    return Design(**(dict(rich) | changes))
