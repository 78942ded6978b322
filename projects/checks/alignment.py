"""Rules that hold the fields of DTOs against the stored fields behind them: required, type, length, values, range.

A remark on the alignment in the mapping says that somebody has thought of it: what does not fit is then left to people.
"""

from collections.abc import Iterator
from decimal import Decimal

from projects.checks.dto_types import STORED_AS, length_of, plain_type, values_of
from projects.checks.facts import CONTRACTS, Facts
from projects.checks.handed_on import Pair
from projects.checks.limits import Limits
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.field_types import Family
from projects.design.vocabulary import DtoDirection, Severity

SOURCE = "Checklist item 18: constraints align with DTOs"
ASKS = "{difference}. The mapping says “{remark}”: does that settle it?"
NUMBERS = (Family.INTEGER, Family.DECIMAL, Family.FLOAT, Family.MONEY)


def _claim(pair: Pair, field_name: str, difference: str) -> Claim:
    """A difference, or the question whether the remark on the alignment settles it."""
    remark = " ".join(pair.dto_field.alignment.split())
    if remark:
        return doubt(pair.dto_field, field_name=field_name, difference=difference, remark=remark)
    return problem(pair.dto_field, field_name=field_name, difference=difference)


@rule(
    "dto-required-differs",
    Severity.WARNING,
    step=CONTRACTS,
    says="{difference}.",
    remedy="Let both agree, or say in the mapping what happens to the empty value.",
    asks=ASKS,
    breaks="RefundRequest.reason, optional → refunds.reason, required, without default",
    keeps="RefundRequest.reason, required → refunds.reason, required",
    source=SOURCE,
)
def dto_required_differs(facts: Facts) -> Iterator[Claim]:
    """A DTO lets a value be left out that the database requires, or promises one that may be missing.

    The request is accepted and then fails in the database, or the answer breaks its own contract.
    """
    for pair in facts.handed_on:
        path, has_default = facts.path(pair.dto_field), bool(pair.field.default.strip() or pair.field.generation)
        if pair.is_sent and not pair.dto_field.is_required and pair.field.is_required and not has_default:
            difference = f"“{path}” may be left out, but “{pair.stored}” is required and has no default"
            yield _claim(pair, "is_required", difference)
        elif pair.direction is DtoDirection.RESPONSE and pair.dto_field.is_required and not pair.field.is_required:
            yield _claim(pair, "is_required", f"“{path}” is promised in each answer, but “{pair.stored}” may be empty")


@rule(
    "dto-type-differs",
    Severity.WARNING,
    step=CONTRACTS,
    says="{difference}.",
    remedy="Give both types that hold the same values, or say how one becomes the other.",
    asks=ASKS,
    breaks="RefundRequest.amount: boolean → refunds.amount_minor: bigint",
    keeps="RefundRequest.amount: integer → refunds.amount_minor: bigint",
    source=SOURCE,
)
def dto_type_differs(facts: Facts) -> Iterator[Claim]:
    """The type of a DTO field cannot be stored as the type of its data field.

    Somewhere a value is cut, rounded or refused. A transformation says how one becomes the other.
    """
    for pair in facts.handed_on:
        name = plain_type(pair.dto_field.type)
        says_how = pair.dto_field.transformation.strip().casefold() not in ("", "direct", "direct mapping", "none", "-")
        if name is None or pair.type is None or pair.type.is_array or says_how:
            continue
        is_known = pair.type.family not in (Family.OTHER, Family.JSON, Family.SEARCH)
        if is_known and pair.type.family not in STORED_AS[name]:
            path, stored = facts.path(pair.dto_field), f"“{pair.stored}” is {pair.field.type}"
            yield _claim(pair, "type", f"“{path}” is {pair.dto_field.type.strip()}, but {stored}")


@rule(
    "dto-length-differs",
    Severity.WARNING,
    step=CONTRACTS,
    says="{difference}.",
    remedy="Give both the same limit.",
    asks=ASKS,
    breaks="RefundRequest.reason, at most 500 characters → refunds.reason: varchar(200)",
    keeps="RefundRequest.reason, at most 200 characters → refunds.reason: varchar(200)",
    source=SOURCE,
)
def dto_length_differs(facts: Facts) -> Iterator[Claim]:
    """A DTO accepts longer texts than the database.

    The interface says yes, and the database says no, or cuts.
    """
    for pair in facts.handed_on:
        if not pair.is_sent or pair.type is None or pair.type.family is not Family.TEXT or pair.type.length is None:
            continue
        stored, path = pair.type.length, facts.path(pair.dto_field)
        accepted = length_of(pair.dto_field.type) or pair.limits.upper
        is_free_text = plain_type(pair.dto_field.type) == "string" and pair.limits.values is None
        takes = f"“{pair.stored}” takes {stored}"
        if accepted is not None and accepted > stored:
            yield _claim(pair, "limits", f"“{path}” accepts {accepted} characters, but {takes}")
        elif accepted is None and is_free_text and values_of(pair.dto_field.type) is None:
            yield _claim(pair, "limits", f"“{path}” accepts texts of any length, but {takes} characters")


@rule(
    "dto-values-differ",
    Severity.WARNING,
    step=CONTRACTS,
    says="{difference}.",
    remedy="Let both list the same values, or say how one becomes the other.",
    asks=ASKS,
    breaks="RefundRequest.status: requested, cancelled → refund_status: requested, approved, settled",
    keeps="RefundRequest.status: requested → refund_status: requested, approved, settled",
    source=SOURCE,
)
def dto_values_differ(facts: Facts) -> Iterator[Claim]:
    """A DTO has values that the database does not know, or hands out values that the DTO does not.

    Either the write fails or a client meets a value that it has no branch for.
    """
    for pair in facts.handed_on:
        stored = _stored_values(facts, pair)
        accepted = values_of(pair.dto_field.type) or pair.limits.values
        if stored is None or accepted is None or pair.dto_field.transformation.strip():
            continue
        path = facts.path(pair.dto_field)
        if pair.is_sent and (unknown := sorted(accepted - stored)):
            yield _claim(pair, "limits", f"“{path}” accepts {_listed(unknown)}, which “{pair.stored}” does not")
        elif pair.is_received and (unsaid := sorted(stored - accepted)):
            yield _claim(pair, "limits", f"“{pair.stored}” may be {_listed(unsaid)}, which “{path}” does not say")


def _stored_values(facts: Facts, pair: Pair) -> frozenset[str] | None:
    if pair.type and pair.type.values:
        return frozenset(value.casefold() for value in pair.type.values)
    return facts.limits.of(pair.entity, pair.field).values


def _listed(values: list[str]) -> str:
    return ", ".join(f"“{value}”" for value in values[:3]) + (
        "" if len(values) <= 3 else f" and {len(values) - 3} more"
    )


@rule(
    "dto-range-differs",
    Severity.WARNING,
    step=CONTRACTS,
    says="{difference}.",
    remedy="Give both the same range.",
    asks=ASKS,
    breaks="RefundRequest.amount, from 0 → refunds.amount_minor, greater than 0",
    keeps="RefundRequest.amount, greater than 0 → refunds.amount_minor, greater than 0",
    source=SOURCE,
)
def dto_range_differs(facts: Facts) -> Iterator[Claim]:
    """A DTO accepts numbers that a check of the database refuses.

    The interface says yes, and the database says no.
    """
    for pair in facts.handed_on:
        is_number = pair.type is not None and pair.type.family in NUMBERS
        if not pair.is_sent or not is_number or pair.dto_field.transformation.strip():
            continue
        stored, accepted = facts.limits.of(pair.entity, pair.field), pair.limits
        outside = _outside(accepted, stored)
        if outside:
            path = facts.path(pair.dto_field)
            yield _claim(pair, "limits", f"“{path}” accepts {outside}, which “{pair.stored}” refuses")


def _outside(accepted: Limits, stored: Limits) -> str:
    """In words, what is accepted and cannot be stored; empty if nothing is, or nobody can tell."""
    if accepted.says_nothing or stored.says_nothing:
        return ""
    for end, is_open, beyond in (
        (accepted.lower, accepted.is_lower_open, "less"),
        (accepted.upper, accepted.is_upper_open, "more"),
    ):
        limit = stored.lower if beyond == "less" else stored.upper
        if limit is None:
            continue
        if end is None:
            return f"numbers {beyond} than {limit}"
        if not stored.allows(end) and not (is_open and end == limit):
            return _number(end)
    return ""


def _number(number: Decimal) -> str:
    return f"{number:f}"
