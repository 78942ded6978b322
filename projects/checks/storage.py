"""Rules about where data is kept and why."""

from collections.abc import Iterator

from projects.checks.facts import STORAGE, Facts
from projects.checks.rule import Claim, problem, rule
from projects.design.vocabulary import Severity

RATIONALE = {
    "project_patterns": "project patterns",
    "feature_requirements": "feature requirements",
    "performance_needs": "performance needs",
    "team_expertise": "team expertise",
}


@rule(
    "store-missing",
    Severity.WARNING,
    step=STORAGE,
    says="The design has entities, but no store to keep them in.",
    remedy="Add the store, with its kind, its system and the four parts of the rationale.",
    breaks="Entities, and no store",
    keeps="Entities, and the store “Main database”, relational, PostgreSQL 16",
    source="Checklist item 1",
)
def store_missing(facts: Facts) -> Iterator[Claim]:
    """A design with entities chooses no store.

    Types, limits on names and what an index can do all hang on the system.
    """
    if facts.tables and not facts.design.stores:
        yield problem(None)


@rule(
    "store-system-missing",
    Severity.WARNING,
    says="Nothing says which system the store “{path}” is.",
    remedy="Name the system and its version, like PostgreSQL 16.",
    breaks="Main database: relational, system left open",
    keeps="Main database: relational, PostgreSQL 16",
    source="Checklist item 1",
)
def store_system_missing(facts: Facts) -> Iterator[Claim]:
    """A store names no system.

    Types, limits on names and what an index can do all hang on it.
    """
    return (problem(store, field_name="system") for store in facts.design.stores if not store.system.strip())


@rule(
    "store-rationale-incomplete",
    Severity.WARNING,
    says="The choice of the store “{path}” leaves out {missing}.",
    remedy="Say why this store fits: {missing}.",
    breaks="Main database, with nothing about team expertise",
    keeps="Main database, with project patterns, feature requirements, performance needs and team expertise",
    source="Checklist item 1; the workflow's step 2",
)
def store_rationale_incomplete(facts: Facts) -> Iterator[Claim]:
    """A part of the rationale of a store is missing.

    A choice without its reasons cannot be reviewed, and is made again at the next opportunity.
    """
    for store in facts.design.stores:
        missing = [field for field in RATIONALE if not getattr(store, field).strip()]
        if missing:
            yield problem(store, field_name=missing[0], missing=", ".join(RATIONALE[field] for field in missing))


@rule(
    "data-element-without-store",
    Severity.WARNING,
    says="Nothing says where “{path}” is kept.",
    remedy="Choose the store of “{path}”.",
    breaks="Refund evidence, without a store",
    keeps="Refund evidence, kept in “Object storage”",
    source="Checklist item 2: every data element has a home",
)
def data_element_without_store(facts: Facts) -> Iterator[Claim]:
    """A data element has no store.

    The requirements ask for it, and the design does not say where it goes.
    """
    return (problem(element, field_name="store") for element in facts.design.data_elements if element.store is None)
