"""Step 8 in document 1: the table of volumes with its formulas, and the strategies with the caches."""

from typing import Any

from projects.design.tree import Cache, DataElement, Design, Entity, Lifecycle, Optimization, Store, Volume
from projects.design.vocabulary import Eviction, StoreKind
from projects.exporters.data_design.performance import performance
from projects.exporters.markdown_writer import write_markdown
from tests.projects.exporters.designs import POSTGRES, fields_of, identity, uid

REDIS = Store(uid=uid("store", "redis"), name="Redis", kind=StoreKind.CACHE)
HEADINGS = ["## Performance", "### Expected Data Volume", "### Optimization Strategies"]


def written(**facts: Any) -> str:
    """The section in Markdown, with plain spaces."""
    text = write_markdown(performance(Design(identity=identity(), **facts)))
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def refunds(**facts: Any) -> Entity:
    fields = fields_of("refunds", "id | bigint |\nnote | text |")
    return Entity(uid=uid("refunds"), name="refunds", fields=fields, store=POSTGRES.uid, **facts)


def volume(**facts: str) -> Volume:
    return Volume(uid=uid("volume"), entity=uid("refunds"), **facts)


def test_the_outline_stands_whatever_is_missing() -> None:
    text = written()
    assert [line for line in text.splitlines() if line.startswith("#")] == HEADINGS
    assert text.count("Not specified yet.") == 6


def test_a_volume_is_a_row_with_its_computed_sizes() -> None:
    element = DataElement(uid=uid("element"), name="Refunds", kept_for="7 years", afterwards="Deleted")
    given = volume(initial_rows="1.2 million", growth="1,000/day", peak_rows="5 million")
    text = written(
        stores=(POSTGRES,), entities=(refunds(data_element=element.uid),), data_elements=(element,), volumes=(given,)
    )
    assert (
        "| Entity | Initial Rows | Growth | Peak Rows | Row Size | Size after 1 Year | Size after 3 Years | Retention |"
    ) in text
    assert "| `refunds` | 1 200 000 | 1,000/day | 5 000 000 | 140 B | 195 MB | 249 MB | 7 years, then deleted |" in text


def test_every_size_has_its_formula_assumptions_and_source() -> None:
    text = written(stores=(POSTGRES,), entities=(refunds(),), volumes=(volume(initial_rows="1,000", growth="none"),))
    assert "24 B header + 109 B fields with padding, aligned to 136 B, + 4 B line pointer = 140 B" in text
    assert "(assumed: `note` 100 B, as its type sets no length)" in text
    assert "(1 000 = 1 000 rows) × (140 B row + 0 B indexes) = 140 kB" in text
    assert "Sources: PostgreSQL documentation, Database Page Layout;" in text
    assert "**PostgreSQL 16**: 140 kB at the start, 140 kB after 1 year, 140 kB after 3 years." in text


def test_what_is_not_given_is_said_in_its_cell() -> None:
    text = written(stores=(POSTGRES,), entities=(refunds(),))
    missing = "Not specified yet."
    assert f"| `refunds` | {missing} | {missing} | {missing} | 140 B | {missing} | {missing} | {missing} |" in text


def test_what_cannot_be_read_stands_as_it_was_typed() -> None:
    text = written(
        stores=(POSTGRES,), entities=(refunds(),), volumes=(volume(initial_rows="plenty | of", growth="fast"),)
    )
    assert "| `refunds` | plenty \\| of | fast | Not specified yet. |" in text


def test_caches_are_a_table_and_strategies_answers() -> None:
    cache = Cache(
        uid=uid("cache"),
        name="Refund by id",
        holds="Single refunds",
        store=REDIS.uid,
        place="In the process",
        ttl="10 s",
        invalidation="On every change",
        eviction=Eviction.LRU,
        tolerated_staleness="1 min",
    )
    plan = Optimization(partitioning="None: *small* tables.", pooling="Ten connections.")
    text = written(stores=(REDIS,), caches=(cache,), optimization=plan, lifecycle=Lifecycle(creation="Not here."))
    assert "**Partitioning:** None: *small* tables." in text
    assert "| What | Where | TTL | Invalidation |" in text
    assert (
        "| Refund by id: Single refunds | Redis, In the process | 10 s (up to 1 min stale is tolerated) | "
        "On every change; eviction: least recently used |"
    ) in text
    assert "Not here." not in text


def test_names_stay_text() -> None:
    hostile = Cache(uid=uid("cache"), name="<script>a|b", ttl="1 s")
    assert "| &lt;script>a\\|b |" in written(caches=(hostile,))
