"""Rules that hold every name against the project's conventions: its letter case, and the number of entities."""

from collections.abc import Iterator

from projects.checks.facts import Facts
from projects.checks.grammatical_number import Number, number_of, plural_name, singular_name
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.words import in_case, is_in_case
from projects.design.vocabulary import LetterCase, Severity, TableNumber

SOURCE = "The project's conventions"


@rule(
    "entity-name-case",
    Severity.WARNING,
    says="“{path}” is not written in {case}.",
    remedy="Rename it to “{better}”.",
    breaks="RefundLines, where the convention is snake_case",
    keeps="refund_lines",
    source=f"{SOURCE}; schemalint name-casing, Bytebase, Atlas, Azimutt, SchemaCrawler",
)
def entity_name_case(facts: Facts) -> Iterator[Claim]:
    """The name of an entity departs from the letter case of the conventions.

    Mixed case must be quoted in every statement, and readers look for names in the form they know.
    """
    case = facts.design.conventions.table_case
    for entity in facts.tables:
        if not is_in_case(entity.name, case):
            yield problem(entity, field_name="name", case=case.label, better=in_case(entity.name, case))


@rule(
    "field-name-case",
    Severity.WARNING,
    says="“{path}” is not written in {case}.",
    remedy="Rename it to “{better}”.",
    breaks="refunds.paymentId, where the convention is snake_case",
    keeps="refunds.payment_id",
    source=f"{SOURCE}; schemalint name-casing, Bytebase, Atlas, Azimutt, SchemaCrawler",
)
def field_name_case(facts: Facts) -> Iterator[Claim]:
    """The name of a field departs from the letter case of the conventions.

    Mixed case must be quoted in every statement, and readers look for names in the form they know.
    """
    case = facts.design.conventions.field_case
    for _, field, _ in facts.own_fields:
        if not is_in_case(field.name, case):
            yield problem(field, field_name="name", case=case.label, better=in_case(field.name, case))


@rule(
    "entity-name-number",
    Severity.ADVICE,
    says="The name “{path}” is {number}, where the convention is {wanted}.",
    remedy="Rename it to “{better}”.",
    asks="Is the name “{path}” {wanted}, as the conventions ask?",
    breaks="refund, where the convention is plural",
    keeps="refunds, or news and people, which are plural as they are",
    source=f"{SOURCE}; schemalint name-inflection; the workflow's naming conventions",
)
def entity_name_number(facts: Facts) -> Iterator[Claim]:
    """The name of an entity is singular where the conventions ask for plural, or the other way round.

    One habit saves everyone a look-up of each name. Names that are no English words are left to people.
    """
    conventions = facts.design.conventions
    if conventions.table_number is TableNumber.ANY:
        return
    wanted = Number(conventions.table_number.value)
    change = plural_name if wanted is Number.PLURAL else singular_name
    for entity in facts.tables:
        number = number_of(entity.name)
        if number is Number.UNKNOWN:
            yield doubt(entity, field_name="name", wanted=wanted.value)
        elif number not in (wanted, Number.EITHER):
            better = in_case("_".join(change(entity.name)), _case_of(entity.name, conventions.table_case))
            yield problem(entity, field_name="name", number=number.value, wanted=wanted.value, better=better)


def _case_of(name: str, preferred: LetterCase) -> LetterCase:
    """The case that a name is written in, so that advice on one thing does not change another."""
    cases = (preferred, LetterCase.SNAKE, LetterCase.CAMEL, LetterCase.PASCAL)
    return next((case for case in cases if case is not LetterCase.ANY and is_in_case(name, case)), LetterCase.SNAKE)
