"""Rules about several readers and writers: what they rely on, and who keeps shared data in step."""

import re
from collections import Counter
from collections.abc import Iterator

from projects.checks.facts import INTEGRITY, PERFORMANCE, Facts
from projects.checks.questions.access import shared_elements
from projects.checks.questions.operate import copied_stores
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.tree import DataElement
from projects.design.vocabulary import Access, ConsistencyLevel, NodeRole, ReplicationStrategy, Severity

SEVERAL_WRITERS = (ReplicationStrategy.MULTI_LEADER, ReplicationStrategy.LEADERLESS)
CURRENT = (ConsistencyLevel.STRONG, ConsistencyLevel.READ_YOUR_WRITES)
FROM_LEADER = re.compile(r"leader|primary|master|quorum|synchronous", re.IGNORECASE)


@rule(
    "strong-reads-from-followers",
    Severity.WARNING,
    step=INTEGRITY,
    says="Reads must be strong, but “{store}” is {strategy}: a read may meet a copy that lacks the last write.",
    remedy="Say how a strong read is made of these copies, choose another strategy, or ask for less.",
    asks="Reads must be strong, and “{store}” has followers that lag ({nodes}): which reads go to the leader?",
    breaks="Consistency: strong; “Main”, multi-leader",
    keeps="Consistency: strong, all reads go to the leader; “Main”, leader-follower",
    source="Kleppmann, Designing Data-Intensive Applications, chapters 5 and 9",
)
def strong_reads_from_followers(facts: Facts) -> Iterator[Claim]:
    """Strong consistency is asked of copies that may lag.

    A reader then sees the state before the write that another reader has already seen.
    """
    stated = facts.design.consistency
    if stated.level is not ConsistencyLevel.STRONG or FROM_LEADER.search(stated.implementation):
        return
    for store, replication in copied_stores(facts.design):
        late = [
            node.name
            for node in facts.design.replication_nodes
            if node.store == store.uid and node.role is NodeRole.FOLLOWER and not node.is_synchronous
        ]
        strategy = replication.strategy
        if strategy in SEVERAL_WRITERS:
            yield problem(stated, field_name="level", store=store.name, strategy=strategy.label.lower())
        elif late:
            yield doubt(stated, field_name="level", store=store.name, nodes=", ".join(late))


@rule(
    "cached-reads-without-invalidation",
    Severity.WARNING,
    step=PERFORMANCE,
    says="Nothing takes a changed value out of the cache “{path}”, though readers rely on {level} consistency.",
    remedy="Say which write invalidates it, or which reads go past it.",
    breaks="Consistency: read-your-writes; the cache “Refund”, TTL 5 min, without invalidation",
    keeps="Consistency: read-your-writes; the cache “Refund”, TTL 5 min, emptied by each change of the refund",
    source="Checklist item 27; Kleppmann, Designing Data-Intensive Applications, chapter 5",
)
def cached_reads_without_invalidation(facts: Facts) -> Iterator[Claim]:
    """A cache has no invalidation where readers must see their own writes.

    Somebody saves, looks, sees the old value, and saves again.
    """
    level = facts.design.consistency.level
    if level in CURRENT:
        for cache in facts.design.caches:
            if not cache.invalidation.strip():
                yield problem(cache, field_name="invalidation", level=level.label.lower())


@rule(
    "writers-without-conflict-resolution",
    Severity.ERROR,
    says="“{path}” takes writes in several places, and nothing says which of two changes wins.",
    remedy="Say how conflicts are found and settled.",
    breaks="“Main”, multi-leader, without conflict resolution",
    keeps="“Main”, multi-leader: the later change of a field wins, and the earlier one is logged",
    source="Kleppmann, Designing Data-Intensive Applications, chapter 5: Handling Write Conflicts",
)
def writers_without_conflict_resolution(facts: Facts) -> Iterator[Claim]:
    """A store with several writing nodes has no conflict resolution.

    The system then picks by its clock, and a change is lost without a word.
    """
    for _, replication in copied_stores(facts.design):
        if replication.strategy in SEVERAL_WRITERS and not replication.conflict_resolution.strip():
            yield problem(replication, field_name="conflict_resolution")


@rule(
    "shared-data-without-owner",
    Severity.WARNING,
    step=INTEGRITY,
    says="“{path}” is shared by {components} components, and {owners}.",
    remedy="Name one component as the owner of “{path}”.",
    asks="“{path}” is said to be shared: by which components, and which of them owns it?",
    breaks="Refund request, used by Billing and Support, without an owner",
    keeps="Refund request, owned by Billing, read by Support",
    source="Newman, Building Microservices: one owner for each kind of data",
)
def shared_data_without_owner(facts: Facts) -> Iterator[Claim]:
    """Data that several components work with has no owner, or several.

    Nobody then decides on its shape, and each change breaks somebody else.
    """
    components = Counter(access.data_element for access in facts.design.component_accesses)
    owners = Counter(access.data_element for access in facts.design.component_accesses if access.is_owner)
    for element in shared_elements(facts.design):
        if not components[element.uid]:
            yield doubt(element)
        elif owners[element.uid] != 1:
            found = "several own it" if owners[element.uid] else "none owns it"
            yield problem(element, components=components[element.uid], owners=found)


@rule(
    "shared-writes-without-strategy",
    Severity.WARNING,
    step=INTEGRITY,
    says="{count} components write “{path}”, and nothing says how their changes are kept in step.",
    remedy="Choose a synchronization strategy with its conflict resolution, or let one component write.",
    asks="{count} components write “{path}” by “{strategy}”, which leaves open how a conflict is settled: how is it?",
    breaks="Refund request, written by Billing and Support, without a strategy",
    keeps="Refund request, written by Billing; Support asks Billing",
    source="The seeds' data synchronization; Kleppmann, chapter 5",
)
def shared_writes_without_strategy(facts: Facts) -> Iterator[Claim]:
    """Several components write the same data, and nothing settles whose change stands.

    Whichever writes last wins, and takes the other's change away.
    """
    strategies = {strategy.uid: strategy for strategy in facts.design.sync_strategies}
    chosen = {
        shared.data_element: strategies.get(shared.strategy) for shared in facts.design.shared_data if shared.strategy
    }
    for element, count in _written_by_several(facts):
        strategy = chosen.get(element.uid)
        if strategy is None:
            yield problem(element, count=count)
        elif not strategy.conflict_resolution.strip():
            yield doubt(element, count=count, strategy=strategy.name)


def _written_by_several(facts: Facts) -> Iterator[tuple[DataElement, int]]:
    writers = Counter(each.data_element for each in facts.design.component_accesses if each.access is not Access.READS)
    for element in facts.design.data_elements:
        if writers[element.uid] > 1:
            yield element, writers[element.uid]
