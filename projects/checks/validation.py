"""Rules about validation: what comes in has limits, and each rule is enforced somewhere."""

from collections.abc import Iterator

from projects.checks.dto_types import length_of, values_of
from projects.checks.facts import CONTRACTS, Facts
from projects.checks.limits import read_limits
from projects.checks.mapping import sent_fields
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.field_types import Family
from projects.design.vocabulary import RuleLevel, Severity

UNLIMITED = (Family.TEXT, Family.JSON, Family.XML, Family.BINARY)


@rule(
    "sent-field-without-limit",
    Severity.WARNING,
    step=CONTRACTS,
    says="“{path}” is written into “{stored}”, and nothing limits what it may be.",
    remedy="Give one of the two a length, a list of values or a rule.",
    asks="“{path}” has the rule “{limits}”, which nobody can compute with: does it limit what may be sent?",
    breaks="RefundRequest.reason: string → refunds.reason: text",
    keeps="RefundRequest.reason: string, at most 500 characters → refunds.reason: text",
    source="Checklist item 23: each DTO-fed field has a type limit or a rule; OWASP ASVS 4.0, V5.1",
)
def sent_field_without_limit(facts: Facts) -> Iterator[Claim]:
    """What a client sends is stored without any limit.

    Somebody sends ten megabytes, or text that is no text, and everybody behind it has to cope. Types such as dates,
    numbers and enumerations limit themselves.
    """
    owners, fields = facts.design.entity_of_field, facts.design.field_by_uid
    for _, sent in sent_fields(facts.design):
        if len(sent.sources) != 1 or length_of(sent.type) or values_of(sent.type):
            continue
        entity, field = owners[sent.sources[0]], fields[sent.sources[0]]
        field_type = facts.type_of(field.uid)
        is_open = field_type is not None and field_type.family in UNLIMITED and field_type.length is None
        if not is_open or facts.limits.is_limited(entity, field):
            continue
        if not sent.limits.strip():
            yield problem(sent, field_name="limits", stored=f"{entity.full_name}.{field.name}")
        elif read_limits(sent.limits).says_nothing:
            yield doubt(sent, field_name="limits", limits=sent.limits.strip())


@rule(
    "rule-enforced-nowhere",
    Severity.WARNING,
    says="Nothing says where the rule “{rule}” is enforced.",
    remedy="Mark the interface, the business logic or the database.",
    breaks="“A refund is at most what is left of the payment”, enforced nowhere",
    keeps="“A refund is at most what is left of the payment”, enforced in the business logic",
    source="Checklist item 23; the workflow's step 6: application or database",
)
def rule_enforced_nowhere(facts: Facts) -> Iterator[Claim]:
    """A validation rule is enforced nowhere.

    Each layer takes it for the business of another.
    """
    for each in facts.design.validation_rules:
        if not (each.in_api or each.in_logic or each.in_database):
            yield problem(each, rule=_short(each.rule))


@rule(
    "rule-on-nothing",
    Severity.ADVICE,
    says="The rule “{rule}” on a {level} names no {wanted}.",
    remedy="Choose the {wanted} that it holds for.",
    asks="The business rule “{rule}” names no entity: does it hold for several?",
    breaks="“At most 500 characters”, on a field, without a field",
    keeps="“At most 500 characters”, on refunds.reason",
    source="The workflow's step 6: field, record and business rules",
)
def rule_on_nothing(facts: Facts) -> Iterator[Claim]:
    """A validation rule does not say what it is about.

    Nobody can find it from the field or the entity that it holds for.
    """
    for each in facts.design.validation_rules:
        words = {"rule": _short(each.rule), "level": each.level.label.lower()}
        if each.level is RuleLevel.FIELD and each.field is None:
            yield problem(each, field_name="field", wanted="field", **words)
        elif each.level is RuleLevel.RECORD and each.entity is None:
            yield problem(each, field_name="entity", wanted="entity", **words)
        elif each.entity is None and each.field is None and len(facts.design.own_entities) > 1:
            yield doubt(each, field_name="entity", rule=words["rule"])


def _short(text: str) -> str:
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= 80 else f"{line[:79].rstrip()}…"
