"""Rules about data that must be guarded, and data that must go: sensitive fields, personal data, growth without end."""

from collections.abc import Iterator
from itertools import pairwise

from projects.capacity.figures import grouped
from projects.capacity.rows import HORIZON
from projects.checks.facts import PERFORMANCE, Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.words import word_set, words_of
from projects.design.field_types import Family
from projects.design.tree import Entity, EntityField
from projects.design.vocabulary import Sensitivity, Severity

GUARDED = (Sensitivity.SECRET, Sensitivity.SPECIAL)
OF_PEOPLE = (Sensitivity.PERSONAL, Sensitivity.SPECIAL)
SECRET_WORDS = word_set("password passwd passphrase secret pin cvv cvc ssn apikey")
SECRET_PAIRS = (("api", "key"), ("access", "token"), ("refresh", "token"), ("private", "key"), ("card", "number"))
# What is kept is not the secret itself.
SAFE_WORDS = word_set("hash hashed digest encrypted fingerprint last hint changed expires at id count attempts")
# The stated size from which on an entity needs a plan, in rows.
LARGE = 10_000_000


@rule(
    "sensitive-field-unprotected",
    Severity.WARNING,
    says="“{path}” is classified as {sensitivity}, and nothing says how it is protected.",
    remedy="Say how it is protected: hashed, encrypted by a key of its own, masked, or kept elsewhere.",
    asks="Does “{path}” hold a secret? It has no data class and no protection.",
    breaks="accounts.recovery_secret: secret, without protection",
    keeps="accounts.recovery_secret: secret, encrypted with the key of the vault",
    source="OWASP ASVS 4.0, V6 and V8; pg-index-health and Splinter, sensitive columns; sqlcheck 4001",
)
def sensitive_field_unprotected(facts: Facts) -> Iterator[Claim]:
    """A secret, or data of a special category, has no protection.

    Whoever reads a backup, a log or a report then reads it too.
    """
    for entity in facts.design.own_entities:
        for field in entity.fields:
            if field.protection.strip():
                continue
            if field.sensitivity in GUARDED:
                yield problem(field, field_name="protection", sensitivity=field.sensitivity.label.lower())
            elif field.sensitivity is None and _sounds_secret(facts, field):
                yield doubt(field, field_name="sensitivity")


def _sounds_secret(facts: Facts, field: EntityField) -> bool:
    words = words_of(field.name)
    if SAFE_WORDS & set(words):
        return False
    field_type = facts.types.resolve(field.type)
    is_text = field_type is None or field_type.family in (Family.TEXT, Family.BINARY, Family.OTHER)
    pairs = set(pairwise(words))
    return is_text and bool(SECRET_WORDS & set(words) or pairs & set(SECRET_PAIRS))


@rule(
    "personal-data-without-retention",
    Severity.WARNING,
    says="“{path}” holds personal data ({fields}), and nothing says how long “{element}” is kept.",
    remedy="Say how long “{element}” is kept, and what happens then.",
    asks="“{path}” holds personal data ({fields}) and belongs to no data element: how long is it kept, and what then?",
    breaks="customers.email, personal; the data element “Customer”, without retention",
    keeps="customers.email, personal; “Customer”, kept for 2 years after the last order, then deleted",
    source="GDPR, article 5 (1) e; checklist item 26",
)
def personal_data_without_retention(facts: Facts) -> Iterator[Claim]:
    """Personal data has no end.

    The law asks for one, and nobody dares to delete later what has no rule now.
    """
    elements = {element.uid: element for element in facts.design.data_elements}
    for entity in facts.design.own_entities:
        names = _personal_fields(entity)
        if not names:
            continue
        element = elements.get(entity.data_element) if entity.data_element else None
        if element is None:
            yield doubt(entity, field_name="data_element", fields=", ".join(names))
        elif not element.kept_for.strip():
            yield problem(entity, fields=", ".join(names), element=element.name)


def _personal_fields(entity: Entity) -> list[str]:
    return [field.name for field in entity.fields if field.sensitivity in OF_PEOPLE]


@rule(
    "large-entity-without-plan",
    Severity.WARNING,
    step=PERFORMANCE,
    says="“{path}” will have {rows} rows in {years} years, and nothing says what keeps it manageable.",
    remedy="Say how it is partitioned or archived, or how long its data element is kept.",
    asks="“{path}” will have {rows} rows in {years} years: does what is said of {said} hold for it?",
    breaks="ledger_entries: 50,000 a day, without partitioning, archival or retention",
    keeps="ledger_entries: 50,000 a day, partitioned by month, kept for ten years",
    source="Checklist item 26; PostgreSQL documentation, Table Partitioning",
)
def large_entity_without_plan(facts: Facts) -> Iterator[Claim]:
    """An entity grows beyond ten million rows, without partitioning, archival or retention.

    Indexes no longer fit into memory, maintenance takes nights, and a delete of what is old blocks everything.
    """
    optimization, lifecycle = facts.design.optimization, facts.design.lifecycle
    plans = {"partitioning": optimization.partitioning, "archival": lifecycle.archival}
    said = {word: " ".join(text.split()) for word, text in plans.items() if text.strip()}
    for forecast in facts.forecasts.values():
        rows = forecast.rows_after(HORIZON)
        if rows is None or rows < LARGE or forecast.kept_for is not None:
            continue
        words = {"rows": grouped(rows), "years": str(HORIZON)}
        if not said:
            yield problem(forecast.entity, **words)
        elif not any(forecast.entity.name.casefold() in text.casefold() for text in said.values()):
            yield doubt(forecast.entity, said=" and ".join(said), **words)
