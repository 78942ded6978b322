"""Rules about entities that one feature owns and others reuse."""

from collections.abc import Iterator

from projects.checks.facts import INTEGRITY
from projects.checks.project.facts import ProjectFacts
from projects.checks.project.rule import Placed, project_rule
from projects.checks.rule import doubt, problem
from projects.design.defined_twice import differences_of_copy
from projects.design.project import Included
from projects.design.tree import Entity
from projects.design.vocabulary import OperationKind, Severity
from projects.design.whole_model import Structure


@project_rule(
    "reused-entity-gone",
    Severity.ERROR,
    says="“{path}” is reused from {owner}, whose design does not have it.",
    remedy="Reuse what {owner} has today, or define “{path}” here.",
    asks="“{path}” is reused from {owner}, which is not among the designs of this project: where is it defined?",
    breaks="billing/refunds reuses payments of billing/payments, where it was deleted",
    keeps="billing/refunds reuses payments of billing/payments, which defines it",
    source="The workflow's step 3: what is there is reused, not designed again",
)
def reused_entity_gone(facts: ProjectFacts) -> Iterator[Placed]:
    """A feature reuses an entity that its owner does not have.

    Foreign keys lead to a table that nobody creates.
    """
    paths = {feature.path for feature in facts.features}
    for structure in facts.model.structures:
        if structure.is_gone:
            claim = problem if structure.owner in paths else doubt
            for feature in structure.used_in:
                yield Placed(feature, claim(_as_in(feature, structure), owner=structure.owner))


@project_rule(
    "reused-entity-outdated",
    Severity.WARNING,
    says="“{path}” is not what {owner} has today: {differences}.",
    remedy="Look at the new “{path}” and bring this design up to date with it.",
    breaks="Revision 2 of billing/refunds reuses payments.amount: bigint; in billing/payments it is numeric(12,2) now",
    keeps="billing/refunds reuses payments as billing/payments has it",
    source="Checklist item 6: references lead to what is there",
)
def reused_entity_outdated(facts: ProjectFacts) -> Iterator[Placed]:
    """A revision reuses an entity that its owner has changed since.

    It was approved against fields, types or keys that are no longer so.
    """
    for structure in facts.model.structures:
        for feature in () if structure.is_gone else structure.reused_by:
            copy = _as_in(feature, structure)
            if found := differences_of_copy(feature, copy, structure):
                yield Placed(feature, problem(copy, owner=structure.owner, differences="; ".join(found[:4])))


@project_rule(
    "shared-entity-written-by-several",
    Severity.WARNING,
    step=INTEGRITY,
    says="“{entity}” is written by operations of {others} and of this feature, and none says what then happens.",
    remedy="Say in step 6 what holds when both write at once, or let one feature write and the others ask it.",
    asks="“{entity}” is written by operations of {others} too, and only {stated} says what happens when several write: "
    "does that hold here?",
    breaks="billing/payments and billing/refunds both update payments.status, and neither has a word on writes at once",
    keeps="billing/refunds updates payments.status under the lock that both features describe in step 6",
    source="Kleppmann, Designing Data-Intensive Applications, chapter 7: preventing lost updates",
)
def shared_entity_written_by_several(facts: ProjectFacts) -> Iterator[Placed]:
    """Several features write to one entity, and nothing says what happens when they do so at once.

    Each is right by itself, and the later one takes the other's change away.
    """
    for structure in facts.model.structures:
        writers = (
            [feature for feature in structure.used_in if _writes(feature, structure)] if structure.reused_by else []
        )
        silent = [each for each in writers if not each.design.consistency.concurrent_writes.strip()]
        if len(writers) < 2 or not silent:
            continue
        feature, claim = silent[-1], doubt if len(silent) < len(writers) else problem
        others = ", ".join(each.path for each in writers if each is not feature)
        stated = ", ".join(each.path for each in writers if each not in silent)
        words = {"entity": structure.entity.full_name, "others": others, "stated": stated}
        yield Placed(feature, claim(feature.design.consistency, field_name="concurrent_writes", **words))


def _as_in(feature: Included, structure: Structure) -> Entity:
    """The entity as the design of this feature has it: under a uid that both share."""
    return feature.design.entity_by_uid[structure.origin.uid]


def _writes(feature: Included, structure: Structure) -> bool:
    uid = structure.origin.uid
    return any(query.kind is OperationKind.WRITE and query.entity == uid for query in feature.design.queries)
