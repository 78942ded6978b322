"""The step “Performance & volume”: how much data there will be, what keeps it fast, and when it goes."""

from projects.workflow.steps.requirements import RETENTION
from projects.workflow.steps.step import Column, Filler, Grid, Page, Record, Shown, Step
from projects.workflow.steps.volume_forms import (
    CacheForm,
    LifecycleForm,
    OptimizationForm,
    RetentionForm,
    VolumeForm,
    make_volumes,
    missing_volumes,
    propose_peak,
)

# What `at` says for the pages of this step; the first has none.
VOLUME, STRATEGIES, LIFECYCLE = "", "strategies", "lifecycle"


def on_the_page_of_volumes(shown: Shown) -> bool:
    return shown.at not in (STRATEGIES, LIFECYCLE)


def on_the_page_of_strategies(shown: Shown) -> bool:
    return shown.at == STRATEGIES


def on_the_page_of_the_lifecycle(shown: Shown) -> bool:
    return shown.at == LIFECYCLE


STEP = Step(
    slug="performance",
    title="Performance & volume",
    group="Operate",
    summary="How much data there will be, what keeps it fast, and how long it stays.",
    pages=(Page(VOLUME, "Volume"), Page(STRATEGIES, "Strategies"), Page(LIFECYCLE, "Lifecycle")),
    companion=("growth", "findings", "diagram", "document"),
    parts=(
        Grid(
            slug="volumes",
            title="Expected data volume",
            shows=on_the_page_of_volumes,
            form=VolumeForm,
            select=("entity__data_element",),
            propose=propose_peak,
            filler=Filler(missing_volumes, make_volumes),
            empty="No volumes yet. Say how many rows each entity begins with and gains; the size of a row is computed "
            "from its fields, and the growth is drawn beside.",
            add_label="Add an entity…",
            columns=(
                Column("entity_name", "Entity", "mono", "entities", width="m"),
                Column("initial_rows", "Initial rows", width="m"),
                Column("growth", "Growth", width="m"),
                Column("peak_rows", "Peak rows", width="m"),
                Column("row_size", "Row size, if measured", width="m"),
            ),
        ),
        Grid(
            slug="retentions",
            title="Retention",
            shows=on_the_page_of_volumes,
            form=RetentionForm,
            empty="The data elements of step 1 say here how long they are kept. Entities take it from theirs.",
            add_label="Add a data element…",
            columns=(
                Column("name", "Data element", width="l"),
                *RETENTION,
            ),
        ),
        Grid(
            slug="caches",
            title="Caches",
            shows=on_the_page_of_strategies,
            form=CacheForm,
            empty="No caches. Add one where an operation is too slow or too frequent for the store itself, or say "
            "under Caching below why none is needed.",
            add_label="Add a cache…",
            columns=(
                Column("name", "Cache", width="m"),
                Column("holds", "What it holds", width="l"),
                Column("store", "Store", "choice", width="m"),
                Column("place", "Where", width="m"),
                Column("ttl", "TTL", width="s"),
                Column("invalidation", "Invalidation", width="l"),
                Column("eviction", "Eviction", "choice", width="m"),
                Column("tolerated_staleness", "Stale up to", width="s"),
                Column("demand", "Asked for by", "choice", width="m"),
            ),
        ),
        Record(
            slug="optimization",
            title="Optimization strategies",
            shows=on_the_page_of_strategies,
            form=OptimizationForm,
            groups=(("partitioning", "caching"), ("denormalization", "pooling"), ("query_optimization",)),
            reason="departure",
        ),
        Record(
            slug="lifecycle",
            title="Data lifecycle",
            shows=on_the_page_of_the_lifecycle,
            form=LifecycleForm,
            groups=(("creation", "modification"), ("archival", "deletion")),
        ),
    ),
)
