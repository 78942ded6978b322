"""Rules about words that mean one thing in one feature and another in the next."""

from collections import Counter
from collections.abc import Iterator
from math import isclose
from typing import NamedTuple

from projects.checks.money import Money, money_in
from projects.checks.project.facts import ProjectFacts
from projects.checks.project.rule import Placed, project_rule
from projects.checks.rule import doubt, problem
from projects.checks.words import squashed, word_set, words_of
from projects.design.field_types import Family
from projects.design.project import Included
from projects.design.quantities import read_retention
from projects.design.tree import DataElement, Entity, EntityField
from projects.design.vocabulary import Severity

# Last words of names by which systems know things, and of values that travel between features.
CARRIED = word_set("id uuid ref reference code number no email phone currency country language locale")

# Family of the type, whether it is a list, and for money how many digits stand behind the point.
Kind = tuple[Family, bool, int | None]


class Use(NamedTuple):
    feature: Included
    entity: Entity
    field: EntityField
    kind: Kind


@project_rule(
    "field-typed-differently-across-features",
    Severity.ADVICE,
    says="“{path}” is {type}, but {usual} in {elsewhere}.",
    remedy="Give both the same type, or names that tell them apart.",
    asks="“{path}” is {type} and {usual} in {elsewhere}, and as many features say one as the other: which is meant?",
    breaks="billing/payments: payments.provider_ref is varchar(64); billing/refunds: refunds.provider_ref is uuid",
    keeps="Both features: provider_ref is varchar(64)",
    source="Azimutt, SchemaCrawler and pg-index-health: columns of one name with different types",
)
def field_typed_differently_across_features(facts: ProjectFacts) -> Iterator[Placed]:
    """An identifier or an amount of money has different types in two features.

    Values that are handed from one to the other are converted on the way, and sooner or later one does not fit.
    """
    named: dict[str, list[Use]] = {}
    repeated = {pair.second.entity.uid for pair in facts.twice}
    for structure in facts.model.structures:
        # What is defined twice differs as a whole, and is told as a whole.
        if structure.is_gone or structure.entity.uid in repeated:
            continue
        resolve = facts.of(structure.feature).types.resolve
        for field in structure.origin.fields:
            name = squashed(field.name) if _is_carried(structure.origin, field) else ""
            if name and (found := resolve(field.type)):
                is_money = found.family is Family.DECIMAL and money_in(structure.origin, field) is Money.YES
                kind = found.family, field.is_array or found.is_array, found.scale if is_money else None
                named.setdefault(name, []).append(Use(structure.feature, structure.origin, field, kind))
    for uses in named.values():
        yield from _odd_features(uses)


def _is_carried(entity: Entity, field: EntityField) -> bool:
    words = words_of(field.name)
    # A single word such as id or code means something else in each entity.
    return len(words) > 1 and (words[-1] in CARRIED or money_in(entity, field) is Money.YES)


def _odd_features(uses: list[Use]) -> Iterator[Placed]:
    """The first use in each feature that differs from most features; one that differs within itself is told there."""
    kinds: dict[str, set[Kind]] = {}
    first: dict[str, Use] = {}
    for use in uses:
        kinds.setdefault(use.feature.path, set()).add(use.kind)
        first.setdefault(use.feature.path, use)
    agreeing = [first[path] for path, found in kinds.items() if len(found) == 1]
    counted = Counter(use.kind for use in agreeing)
    if len(counted) < 2:
        return
    (usual, count), (_, next_count) = counted.most_common(2)
    like = next(use for use in agreeing if use.kind == usual)
    elsewhere = f"{like.feature.path} ({like.entity.full_name}.{like.field.name})"
    claim = problem if count > next_count or len(agreeing) == 2 else doubt
    for use in agreeing:
        if use.kind != usual:
            words = {"type": use.field.type, "usual": like.field.type, "elsewhere": elsewhere}
            yield Placed(use.feature, claim(use.field, **words))


@project_rule(
    "retention-differs-across-features",
    Severity.WARNING,
    says="“{path}” is kept for {kept}, but for {other} in {elsewhere}.",
    remedy="Agree on one time and name it as a retention rule of the project, or say here why this feature departs.",
    asks="“{path}” is kept for {kept}, and for {other} in {elsewhere}: is that the same time?",
    breaks="“Customer” is kept for 2 years in accounts/sign-up and for 10 years in billing/invoices",
    keeps="“Customer” follows the retention rule “Customers” in both features",
    source="GDPR, article 5 (1) e; checklist item 26",
)
def retention_differs_across_features(facts: ProjectFacts) -> Iterator[Placed]:
    """Two features keep the same data for different times, and neither says why.

    What one of them deletes, the other still has: neither promise holds.
    """
    named: dict[str, tuple[Included, DataElement]] = {}
    for feature in facts.features:
        for element in facts.of(feature).design.data_elements:
            if not element.kept_for.strip() or element.departure.strip():
                continue
            first, known = named.setdefault(squashed(element.name) or element.name, (feature, element))
            if first is feature or known.kept_for.strip().casefold() == element.kept_for.strip().casefold():
                continue
            times = read_retention(known.kept_for), read_retention(element.kept_for)
            words = {"kept": element.kept_for, "other": known.kept_for, "elsewhere": first.path}
            if times[0] is None or times[1] is None:
                yield Placed(feature, doubt(element, field_name="kept_for", **words))
            # A year and 365 days mean the same time.
            elif not isclose(times[0].seconds, times[1].seconds, rel_tol=0.01):
                yield Placed(feature, problem(element, field_name="kept_for", **words))
