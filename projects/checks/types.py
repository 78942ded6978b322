"""Rules about the types of fields: present, exact, the same everywhere, and right for what they hold."""

from collections import Counter
from collections.abc import Iterator

from projects.checks.facts import Facts, TypedField
from projects.checks.money import Money, money_in
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.words import squashed, words_of
from projects.design.field_types import Family
from projects.design.vocabulary import Generation, Severity, TypeKind

DATE_WORDS = frozenset({"date", "datetime", "timestamp", "birthday", "birthdate", "dob"})


@rule(
    "field-type-missing",
    Severity.ERROR,
    says="“{path}” has no type.",
    remedy="Give “{path}” a type.",
    breaks="refunds.amount_minor, without a type",
    keeps="refunds.amount_minor: bigint",
    source="drawDB, empty type; checklist item 3",
)
def field_type_missing(facts: Facts) -> Iterator[Claim]:
    """A field has no type.

    Nobody can say what it may hold, how much room it takes, or whether a foreign key fits it.
    """
    for field in (field for entity in facts.design.own_entities for field in entity.fields):
        # A computed field takes the type of its formula.
        if not field.type.strip() and field.generation is not Generation.COMPUTED:
            yield problem(field)


@rule(
    "enum-without-values",
    Severity.ERROR,
    step="data-model",
    says="The enumeration “{path}” has no values.",
    remedy="List the values that “{path}” may have.",
    breaks="refund_status: an enumeration without a value",
    keeps="refund_status: requested, approved, settled",
    source="drawDB, empty enum; checklist item 22",
)
def enum_without_values(facts: Facts) -> Iterator[Claim]:
    """An enumeration has no values.

    No row can be written with it, and readers cannot know the states a thing goes through.
    """
    for named in facts.design.types:
        if named.kind is TypeKind.ENUM and not named.values:
            yield problem(named)
    for _, field, field_type in facts.fields_of(Family.ENUM):
        if not field_type.values and not facts.types.named(field.type):
            yield problem(field)


@rule(
    "money-as-float",
    Severity.ERROR,
    says="“{path}” holds money as {type}, which cannot hold cents exactly.",
    remedy="Store minor units in a bigint, or use numeric with a fixed scale.",
    asks="Is “{path}” an amount of money? It is stored as {type}, which is not exact.",
    breaks="refunds.amount: double precision",
    keeps="refunds.amount_minor: bigint, or refunds.amount: numeric(12,2)",
    source="PostgreSQL documentation, Floating-Point Types; sqlcheck 2001; Karwin, SQL Antipatterns, Rounding Errors",
)
def money_as_float(facts: Facts) -> Iterator[Claim]:
    """An amount of money has a floating-point type.

    0.1 has no exact binary form, so sums drift by cents and comparisons fail.
    """
    for entity, field, _ in facts.fields_of(Family.FLOAT):
        money = money_in(entity, field)
        if money is Money.YES:
            yield problem(field, type=field.type)
        elif money is Money.MAYBE:
            yield doubt(field, type=field.type)


@rule(
    "money-type-locale-bound",
    Severity.ADVICE,
    says="“{path}” has the type money, whose digits and symbol hang on the server's locale.",
    remedy="Use numeric with a fixed scale, and keep the currency in a field of its own.",
    asks="“{path}” has the type money: what does the system that it is kept in make of it?",
    breaks="refunds.amount: money",
    keeps="refunds.amount: numeric(12,2), refunds.currency: char(3)",
    source="PostgreSQL documentation, Monetary Types; pg-index-health columns_with_money_type",
)
def money_type_locale_bound(facts: Facts) -> Iterator[Claim]:
    """A field has the type money.

    In PostgreSQL its scale and symbol come from the server's locale, so a restore elsewhere changes amounts.
    """
    for entity, field, _ in facts.fields_of(Family.MONEY):
        names = {system.name for system in facts.systems_of(entity)}
        if names == {"PostgreSQL"}:
            yield problem(field)
        elif "PostgreSQL" in names:
            yield doubt(field)


@rule(
    "text-for-date",
    Severity.WARNING,
    says="“{path}” is a date or time by its name, and text by its type.",
    remedy="Give “{path}” the type date or timestamp.",
    asks="Does “{path}” hold a time of day or a point in time? It is stored as text.",
    breaks="refunds.requested_at: varchar(20)",
    keeps="refunds.requested_at: timestamp with time zone",
    source="PostgreSQL documentation, Date/Time Types; Azimutt attribute-type-bad",
)
def text_for_date(facts: Facts) -> Iterator[Claim]:
    """A date is stored as text.

    Text accepts the 31st of February, sorts by its spelling and takes part in no date arithmetic.
    """
    for _, field, _ in facts.fields_of(Family.TEXT):
        words = words_of(field.name)
        if words and (
            words[-1] in DATE_WORDS or (words[-1] == "at" and len(words) > 1) or "date_of" in field.name.lower()
        ):
            yield problem(field)
        elif words and words[-1] == "time":
            yield doubt(field)


@rule(
    "timestamp-without-time-zone",
    Severity.WARNING,
    says="“{path}” is a point in time without a time zone.",
    remedy="Use a timestamp with time zone, or say in the description that it is local time.",
    asks="“{path}” is a timestamp without time zone: does the system that it is kept in have zones?",
    breaks="refunds.requested_at: timestamp",
    keeps="refunds.requested_at: timestamp with time zone",
    source="PostgreSQL wiki, Don't Do This; squawk prefer-timestamptz, schemalint, pg-index-health",
)
def timestamp_without_time_zone(facts: Facts) -> Iterator[Claim]:
    """A timestamp has no time zone in a system that has zones.

    Two servers in two zones then write two times for one moment, and an hour in autumn is there twice.
    """
    for entity, field, field_type in facts.fields_of(Family.TIMESTAMP):
        if field_type.has_time_zone or "local time" in field.description.lower():
            continue
        has_zones = {system.has_time_zones for system in facts.systems_of(entity)}
        if has_zones == {True}:
            yield problem(field)
        elif True in has_zones:
            yield doubt(field)


@rule(
    "field-type-inconsistent",
    Severity.ADVICE,
    says="“{path}” is {type}, but {usual} in “{elsewhere}”.",
    remedy="Give both the same type, or names that tell them apart.",
    asks="“{path}” is {type} and “{elsewhere}” is {usual}: are they the same kind of thing?",
    breaks="payments.provider_ref: varchar(64), refunds.provider_ref: uuid",
    keeps="payments.provider_ref: varchar(64), refunds.provider_ref: varchar(64)",
    source="Azimutt, SchemaCrawler and pg-index-health: columns of one name with different types",
)
def field_type_inconsistent(facts: Facts) -> Iterator[Claim]:
    """Fields of one name have different types in two entities.

    Joins between them convert on every row, and code that takes one for the other fails at run time.
    """
    named: dict[str, list[TypedField]] = {}
    for entity, field, field_type in facts.own_fields:
        # Single words such as status and value mean something else in each entity.
        if field_type and len(words_of(field.name)) > 1:
            named.setdefault(squashed(field.name), []).append((entity, field, field_type))
    for group in named.values():
        if len({(field_type.family, field_type.is_array) for _, _, field_type in group}) > 1:
            # Two ends of one foreign key are the business of the rule on those.
            yield from _odd_ones([row for row in group if row[1].uid not in facts.foreign_keys_of_field])


def _odd_ones(group: list[TypedField]) -> Iterator[Claim]:
    kinds = Counter((field_type.family, field_type.is_array) for _, _, field_type in group)
    if len(kinds) < 2:
        return
    (usual, count), (_, next_count) = kinds.most_common(2)
    entity, like, _ = next(row for row in group if (row[2].family, row[2].is_array) == usual)
    elsewhere = f"{entity.full_name}.{like.name}"
    for _, field, field_type in group:
        if (field_type.family, field_type.is_array) != usual:
            claim = problem if count > next_count or len(group) == 2 else doubt
            yield claim(field, type=field.type, usual=like.type, elsewhere=elsewhere)
