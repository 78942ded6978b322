import pytest

from projects.design.tree import (
    Cache,
    Component,
    ComponentAccess,
    Consistency,
    DataElement,
    Replication,
    ReplicationNode,
    SharedData,
    SyncStrategy,
)
from projects.design.vocabulary import Access, ConsistencyLevel, NodeRole, ReplicationStrategy
from tests.projects.checks.builders import findings_of, make, make_design, make_store, open_paths_of, paths_of

STORE = make_store()
ELEMENT = make(DataElement, "Refund", store=STORE.uid)
BILLING, SUPPORT = make(Component, "Billing"), make(Component, "Support")
STRONG, OWN_WRITES = ConsistencyLevel.STRONG, ConsistencyLevel.READ_YOUR_WRITES


def replicated(strategy, level=STRONG, implementation="", **facts):
    follower = make(ReplicationNode, "copy", store=STORE.uid, role=NodeRole.FOLLOWER)
    return make_design(
        stores=(STORE,),
        consistency=Consistency(level=level, implementation=implementation),
        replications=(make(Replication, "main", store=STORE.uid, strategy=strategy, **facts),),
        replication_nodes=(follower,),
    )


def answers(design, rule):
    return len(paths_of(design, rule)), len(open_paths_of(design, rule))


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (replicated(ReplicationStrategy.MULTI_LEADER), (1, 0)),
        (replicated(ReplicationStrategy.LEADERLESS, implementation="Reads and writes by quorum."), (0, 0)),
        (replicated(ReplicationStrategy.LEADER_FOLLOWER), (0, 1)),
        (replicated(ReplicationStrategy.LEADER_FOLLOWER, implementation="All reads go to the leader."), (0, 0)),
        (replicated(ReplicationStrategy.MULTI_LEADER, ConsistencyLevel.EVENTUAL), (0, 0)),
        (replicated(ReplicationStrategy.NONE), (0, 0)),
    ],
)
def test_strong_reads_do_not_meet_late_copies(design, expected):
    assert answers(design, "strong-reads-from-followers") == expected


def test_a_finding_on_consistency_leads_to_its_step():
    finding = findings_of(replicated(ReplicationStrategy.MULTI_LEADER), "strong-reads-from-followers")[0]
    assert (finding.step, finding.field_name, finding.uid) == ("integrity", "level", None)


@pytest.mark.parametrize(
    ("level", "invalidation", "found"),
    [
        (OWN_WRITES, "", 1),
        (OWN_WRITES, "Each change takes it out.", 0),
        (ConsistencyLevel.EVENTUAL, "", 0),
        (None, "", 0),
    ],
)
def test_own_writes_take_values_out_of_caches(level, invalidation, found):
    cache = make(Cache, "Refund", ttl="5 min", invalidation=invalidation)
    design = make_design(consistency=Consistency(level=level), caches=(cache,))
    assert answers(design, "cached-reads-without-invalidation") == (found, 0)


@pytest.mark.parametrize(
    ("design", "found"),
    [
        (replicated(ReplicationStrategy.MULTI_LEADER), 1),
        (replicated(ReplicationStrategy.MULTI_LEADER, conflict_resolution="The later change wins."), 0),
        (replicated(ReplicationStrategy.LEADER_FOLLOWER), 0),
    ],
)
def test_several_writers_settle_conflicts(design, found):
    assert answers(design, "writers-without-conflict-resolution") == (found, 0)


def shared(*accesses, strategies=(), said=False):
    rows = tuple(
        make(
            ComponentAccess,
            component.name,
            component=component.uid,
            data_element=ELEMENT.uid,
            access=access,
            is_owner=owns,
        )
        for component, access, owns in accesses
    )
    strategy = strategies[0].uid if strategies else None
    return make_design(
        stores=(STORE,),
        data_elements=(ELEMENT,),
        components=(BILLING, SUPPORT),
        component_accesses=rows,
        sync_strategies=strategies,
        shared_data=(make(SharedData, "refund", data_element=ELEMENT.uid, strategy=strategy),)
        if said or strategies
        else (),
    )


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (shared((BILLING, Access.BOTH, True), (SUPPORT, Access.READS, False)), (0, 0)),
        (shared((BILLING, Access.BOTH, False), (SUPPORT, Access.READS, False)), (1, 0)),
        (shared((BILLING, Access.BOTH, True), (SUPPORT, Access.READS, True)), (1, 0)),
        (shared((BILLING, Access.BOTH, False)), (0, 0)),
        (shared(said=True), (0, 1)),
    ],
)
def test_shared_data_has_one_owner(design, expected):
    assert answers(design, "shared-data-without-owner") == expected


BOTH_WRITE = ((BILLING, Access.BOTH, True), (SUPPORT, Access.WRITES, False))


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (shared(*BOTH_WRITE), (1, 0)),
        (shared(*BOTH_WRITE, strategies=(make(SyncStrategy, "events"),)), (0, 1)),
        (shared(*BOTH_WRITE, strategies=(make(SyncStrategy, "events", conflict_resolution="Billing wins."),)), (0, 0)),
        (shared((BILLING, Access.BOTH, True), (SUPPORT, Access.READS, False)), (0, 0)),
    ],
)
def test_several_writing_components_have_a_strategy(design, expected):
    assert answers(design, "shared-writes-without-strategy") == expected
