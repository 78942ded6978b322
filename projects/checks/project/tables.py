"""Rules about tables that several features define."""

from collections.abc import Iterator

from projects.checks.project.facts import ProjectFacts
from projects.checks.project.rule import Placed, project_rule
from projects.checks.rule import doubt, problem
from projects.design.defined_twice import DefinedTwice
from projects.design.vocabulary import Severity

NAMED_AT_MOST = 4


@project_rule(
    "table-defined-twice-differently",
    Severity.ERROR,
    says="“{path}” is also defined in {other}, and differently: {differences}.",
    remedy="Let one of the features define it and the other reuse it; if they are two things, give one another name.",
    asks="“{path}” is also defined in {other}, differently, and only one of them names a system: is it one table?",
    breaks="billing/payments defines payments.amount as bigint, billing/refunds defines it as numeric(12,2)",
    keeps="billing/payments defines payments, and billing/refunds reuses it",
    source="Newman, Building Microservices: one owner for each kind of data",
)
def table_defined_twice_differently(facts: ProjectFacts) -> Iterator[Placed]:
    """Two features define the same table, and not the same way.

    The second migration fails, or silently finds a table that is not the one it was designed for.
    """
    for pair in facts.twice:
        if pair.differences:
            yield _placed(pair, differences=_listed(pair.differences))


@project_rule(
    "table-defined-twice",
    Severity.WARNING,
    says="“{path}” is defined in {other} as well, in the same way.",
    remedy="Let one of the features define it, and reuse it in the other.",
    asks="“{path}” is defined in {other} as well, and only one of them names a system: is it one table?",
    breaks="billing/payments and billing/refunds both define payments, field by field the same",
    keeps="billing/payments defines payments, and billing/refunds reuses it",
    source="Newman, Building Microservices: one owner for each kind of data",
)
def table_defined_twice(facts: ProjectFacts) -> Iterator[Placed]:
    """Two features define the same table in the same way.

    It is right today. The next change is made in one of them, and nobody hears of it in the other.
    """
    for pair in facts.twice:
        if not pair.differences:
            yield _placed(pair)


def _placed(pair: DefinedTwice, **words: str) -> Placed:
    claim = problem if pair.is_certain else doubt
    return Placed(pair.second.feature, claim(pair.second.origin, other=pair.first.feature.path, **words))


def _listed(phrases: tuple[str, ...]) -> str:
    more = len(phrases) - NAMED_AT_MOST
    return "; ".join((*phrases[:NAMED_AT_MOST], *([f"and {more} more"] if more > 0 else [])))
