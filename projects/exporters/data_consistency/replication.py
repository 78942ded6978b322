"""How stores are copied while they run: strategy, topology, and what happens when a copy is late or gone."""

from collections.abc import Iterator

from projects.design.tree import Design, Replication
from projects.design.vocabulary import ReplicationStrategy
from projects.diagrams.graph_mermaid import parts_of
from projects.diagrams.topology_graph import topology_graphs
from projects.exporters.blocks import (
    NO_NAME,
    NOT_SPECIFIED,
    Block,
    Bullets,
    Heading,
    Picture,
    Prose,
    named,
    not_applicable,
    not_specified,
    subject,
)
from projects.exporters.escaping import one_line


def data_replication(design: Design) -> Iterator[Block]:
    yield Heading(2, "Data Replication")
    yield Heading(3, "Replication Strategy")
    if design.replications:
        yield Bullets(tuple(named(_store(design, each), _strategy(each)) for each in design.replications))
        yield from _conflicts(design)
    else:
        yield not_specified()
    yield Heading(3, "Topology")
    yield _topology(design)
    yield Heading(3, "Replication Lag and Failover")
    yield from _lag_and_failover(design)


def _store(design: Design, replication: Replication) -> str:
    return one_line(design.store_by_uid[replication.store].name) or NO_NAME


def _strategy(replication: Replication) -> str:
    return f"{replication.strategy.label.lower()}." if replication.strategy else NOT_SPECIFIED


def _conflicts(design: Design) -> Iterator[Block]:
    for replication in design.replications:
        if replication.conflict_resolution.strip():
            yield Prose(replication.conflict_resolution, label=f"Conflict resolution in {_store(design, replication)}")


def _topology(design: Design) -> Block:
    graphs = topology_graphs(design)
    if graphs:
        return Picture(tuple(part for graph in graphs for part in parts_of(graph)))
    return _no_copies(design) or not_specified()


def _no_copies(design: Design) -> Block | None:
    """What stands for the facts of copies where it is settled that there are none."""
    strategies = {each.strategy for each in design.replications}
    return not_applicable("no store is replicated.") if strategies == {ReplicationStrategy.NONE} else None


def _lag_and_failover(design: Design) -> Iterator[Block]:
    copied = [
        each
        for each in design.replications
        if each.strategy is not ReplicationStrategy.NONE or each.lag.strip() or each.failover.strip()
    ]
    if not copied:
        yield _no_copies(design) or not_specified()
    for replication in copied:
        yield subject("Store", _store(design, replication))
        yield Prose(replication.lag, label="Replication lag")
        yield Prose(replication.failover, label="Failover process")
