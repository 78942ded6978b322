"""Rules about what the contracts and the backend design ask for, and what in the design answers it."""

from collections.abc import Collection, Iterator
from uuid import UUID

from projects.checks.facts import Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.words import words_of
from projects.design.vocabulary import DemandKind, Severity

# Endpoints that ask nothing of the data.
WITHOUT_DATA = frozenset(
    {"health", "healthz", "ping", "status", "metrics", "version", "docs", "openapi", "ready", "live"}
)


@rule(
    "endpoint-without-operation",
    Severity.WARNING,
    says="No operation of step 4 serves the endpoint “{path}”.",
    remedy="Choose the operation behind it, or add the one that is missing.",
    asks="Does the endpoint “{path}” ask anything of the data?",
    breaks="POST /refunds, without an operation",
    keeps="POST /refunds, served by “Request a refund”",
    source="Checklist item 19: every endpoint named in step 1 has an operation",
)
def endpoint_without_operation(facts: Facts) -> Iterator[Claim]:
    """An endpoint of the backend design has no operation behind it.

    Either the design forgets what the interface needs, or the interface offers what nobody designed.
    """
    for endpoint in facts.design.endpoints:
        if endpoint.query is None:
            needs_none = WITHOUT_DATA & set(words_of(endpoint.name))
            yield (doubt if needs_none else problem)(endpoint, field_name="query")


@rule(
    "validation-demand-unanswered",
    Severity.WARNING,
    says="No validation rule of step 6 answers what “{path}” asks: {text}.",
    remedy="Name it as the demand behind a rule, or add the rule that is missing.",
    breaks="Validation: “the amount is at most what is left of the payment”, and no rule for it",
    keeps="Validation: “the amount is at most what is left of the payment”, answered by a business rule",
    source="The workflow's step 1: validation requirements; checklist item 23",
)
def validation_demand_unanswered(facts: Facts) -> Iterator[Claim]:
    """A validation that the contracts or the backend design ask for has no rule.

    It was read, written down, and then forgotten.
    """
    return _unanswered(facts, DemandKind.VALIDATION, {rule.demand for rule in facts.design.validation_rules})


@rule(
    "caching-demand-unanswered",
    Severity.WARNING,
    says="No cache of step 8 answers what “{path}” asks: {text}.",
    remedy="Name it as the demand behind a cache, or add the cache that is missing.",
    breaks="Caching: “the list of currencies is read with every page”, and no cache for it",
    keeps="Caching: “the list of currencies is read with every page”, answered by the cache “Currencies”",
    source="The workflow's step 1: caching requirements; checklist item 27",
)
def caching_demand_unanswered(facts: Facts) -> Iterator[Claim]:
    """Caching that the contracts or the backend design ask for has no cache.

    It was read, written down, and then forgotten.
    """
    return _unanswered(facts, DemandKind.CACHING, {cache.demand for cache in facts.design.caches})


def _unanswered(facts: Facts, kind: DemandKind, answered: Collection[UUID | None]) -> Iterator[Claim]:
    for demand in facts.design.demands:
        if demand.kind is kind and demand.uid not in answered:
            text = " ".join(demand.text.split()).rstrip(".")
            yield problem(demand, text=f"“{text[:80]}”")


@rule(
    "operation-without-endpoint",
    Severity.ADVICE,
    says="No endpoint of step 1 leads to the operation “{path}”.",
    remedy="Name it at its endpoint, or say in its reason what else calls it.",
    asks="“{path}” has no endpoint: what calls it?",
    breaks="POST /refunds → “Request a refund”; “Cancel a refund”, which nothing calls",
    keeps="DELETE /refunds/{id} → “Cancel a refund”; “Purge”, whose reason says: nightly job",
    source="Checklist item 19",
)
def operation_without_endpoint(facts: Facts) -> Iterator[Claim]:
    """Endpoints are named, and none of them leads to an operation that gives no reason of its own.

    It may be left over from an earlier plan.
    """
    if not any(endpoint.query for endpoint in facts.design.endpoints):
        return
    called = {endpoint.query for endpoint in facts.design.endpoints}
    for query in facts.design.queries:
        if query.uid not in called and not query.reason.strip():
            yield doubt(query) if query.purpose.strip() else problem(query)
