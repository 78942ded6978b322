"""Rules that hold names against the project's conventions: letter case, number, and the names of certain fields."""

from collections.abc import Iterator

from projects.checks.facts import Facts
from projects.checks.grammatical_number import Number, number_of, plural_name, singular_name
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.words import PLACEHOLDER, filled, in_case, is_in_case, listed, squashed, words_of
from projects.design.field_types import Family
from projects.design.tree import Entity, Index, Relationship
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


@rule(
    "primary-key-name",
    Severity.ADVICE,
    says="The primary key “{path}” is not called {wanted}.",
    remedy="Rename it to “{wanted}”.",
    breaks="refunds.refund_number as the primary key, where the convention is id",
    keeps="refunds.id",
    source=f"{SOURCE}; Bytebase COLUMN_AUTO_INCREMENT naming",
)
def primary_key_name(facts: Facts) -> Iterator[Claim]:
    """A primary key of one field has another name than the conventions ask for.

    Code and people that work on any entity rely on the name. Keys that are also foreign keys are named as such.
    """
    pattern = facts.design.conventions.primary_key_name.strip()
    for entity in facts.tables:
        key = entity.primary_key
        if not pattern or key is None or len(key.fields) != 1 or key.fields[0] in facts.foreign_keys_of_field:
            continue
        field = facts.design.field_by_uid[key.fields[0]]
        wanted = filled(pattern, singular="_".join(singular_name(entity.name)), table=entity.name)
        if squashed(field.name) != squashed(wanted):
            yield problem(field, field_name="name", wanted=wanted)


@rule(
    "foreign-key-name",
    Severity.ADVICE,
    says="“{path}” refers to “{target}”, so the conventions would call it {wanted}.",
    remedy="Rename it to “{wanted}”, or to its role followed by “{ending}”.",
    asks="“{path}” refers to “{target}”: is its name a role, like author_id for users?",
    breaks="refunds.payment → payments.id, where the convention is {singular}_id",
    keeps="refunds.payment_id → payments.id",
    source=f"{SOURCE}; the workflow's naming conventions",
)
def foreign_key_name(facts: Facts) -> Iterator[Claim]:
    """A foreign key of one field has another name than the conventions ask for.

    The name then does not say what it refers to. A role before the name, or one that repeats the key it refers to, is
    fine.
    """
    pattern = facts.design.conventions.foreign_key_pattern.strip()
    if "{" not in pattern:
        return
    for relationship in facts.foreign_keys:
        if len(relationship.pairs) == 1 and relationship.parent:
            yield from _foreign_key_claims(facts, relationship, pattern)


def _foreign_key_claims(facts: Facts, relationship: Relationship, pattern: str) -> Iterator[Claim]:
    pair, parent = relationship.pairs[0], facts.design.entity_by_uid[relationship.parent or relationship.child]
    field, name = facts.design.field_by_uid[pair.child], facts.name_of(pair.child)
    key = facts.name_of(pair.parent) if pair.parent else facts.design.conventions.primary_key_name
    singular = "_".join(singular_name(parent.name))
    wanted = _named(pattern, singular, parent, key)
    accepted = {wanted, f"{singular}_{key}", key}
    if any(squashed(name).endswith(squashed(one)) for one in accepted if squashed(one) not in ("", "id")):
        return
    ending = pattern.rpartition("}")[2]
    plural = _named(pattern, "_".join(words_of(parent.name)), parent, key)
    has_ending = bool(ending) and squashed(name).endswith(squashed(ending)) and squashed(name) != squashed(ending)
    if has_ending and squashed(name) != squashed(plural):
        if not _needs_role(facts, relationship):
            yield doubt(field, field_name="name", target=parent.full_name)
        return
    better = in_case(wanted, facts.design.conventions.field_case)
    yield problem(field, field_name="name", target=parent.full_name, wanted=better, ending=ending)


def _named(pattern: str, singular: str, parent: Entity, key: str) -> str:
    return filled(pattern, singular=singular, table=parent.name, field=key)


def _needs_role(facts: Facts, relationship: Relationship) -> bool:
    """Whether only a role can tell it apart: it refers to its own entity, or is one of several to the same parent."""
    if relationship.parent == relationship.child:
        return True
    alike = [
        other
        for pair in relationship.pairs
        for other in facts.foreign_keys_to[(relationship.child, relationship.parent)]
        if other.pairs and pair.child != other.pairs[0].child
    ]
    return bool(alike)


@rule(
    "timestamp-name",
    Severity.ADVICE,
    says="The timestamp “{path}” does not end in {suffix}.",
    remedy="Rename it after what happened, like “{better}”.",
    breaks="refunds.created: timestamptz, where the convention is _at",
    keeps="refunds.created_at: timestamptz",
    source=f"{SOURCE}; the workflow's naming conventions",
)
def timestamp_name(facts: Facts) -> Iterator[Claim]:
    """A timestamp does not have the suffix of the conventions.

    The suffix tells a point in time from a date, a duration and a flag.
    """
    conventions = facts.design.conventions
    suffixes = listed(conventions.timestamp_suffix)
    for _, field, _ in facts.fields_of(Family.TIMESTAMP):
        if suffixes and not _ends_in(field.name, suffixes):
            better = in_case("_".join((*_without_filler(field.name), *words_of(suffixes[0]))), conventions.field_case)
            yield problem(field, field_name="name", suffix=" or ".join(suffixes), better=better)


def _ends_in(name: str, suffixes: tuple[str, ...]) -> bool:
    return any(squashed(name).endswith(squashed(suffix)) and _has_word(name, suffix) for suffix in suffixes)


def _has_word(name: str, affix: str) -> bool:
    """Whether an affix stands as words of its own, so that "format" does not end in "_at"."""
    wanted, words = words_of(affix), words_of(name)
    return len(words) > len(wanted) and wanted in (words[-len(wanted) :], words[: len(wanted)])


def _without_filler(name: str) -> tuple[str, ...]:
    words = words_of(name)
    is_filler = len(words) > 1 and words[-1] in ("date", "time", "timestamp", "datetime", "on", "ts", "at")
    return words[:-1] if is_filler else words


@rule(
    "boolean-name",
    Severity.ADVICE,
    says="The boolean “{path}” does not start with {prefixes}.",
    remedy="Name it after the question it answers, like “{better}”.",
    breaks="refunds.partial: boolean, where the convention is is_ or has_",
    keeps="refunds.is_partial: boolean",
    source=SOURCE,
)
def boolean_name(facts: Facts) -> Iterator[Claim]:
    """A boolean does not have a prefix of the conventions.

    With it a condition reads as a sentence, and true means what it seems to mean.
    """
    conventions = facts.design.conventions
    prefixes = listed(conventions.boolean_prefixes)
    for _, field, field_type in facts.fields_of(Family.BOOLEAN):
        if not prefixes or field_type.is_array:
            continue
        if not any(words_of(prefix) == words_of(field.name)[: len(words_of(prefix))] for prefix in prefixes):
            better = in_case("_".join((*words_of(prefixes[0]), *words_of(field.name))), conventions.field_case)
            yield problem(field, field_name="name", prefixes=" or ".join(prefixes), better=better)


@rule(
    "index-name",
    Severity.ADVICE,
    says="The index “{path}” is not named after the pattern {pattern}.",
    remedy="Rename it to “{better}”, or to the same with what it is for in place of the fields.",
    breaks="payment_idx on refunds (payment_id), where the pattern is idx_{table}_{fields}",
    keeps="idx_refunds_payment_id",
    source=f"{SOURCE}; Bytebase NAMING_INDEX, schemalint, pg-index-health",
)
def index_name(facts: Facts) -> Iterator[Claim]:
    """The name of an index departs from the pattern of the conventions.

    Plans and error messages show nothing but the name. Unique indexes may begin with another word, as they are rules.
    """
    pattern = facts.design.conventions.index_pattern.strip()
    if "{" not in pattern:
        return
    for index in facts.indexes:
        table = facts.design.entity_by_uid[index.entity].name
        if not _matches_pattern(index, pattern, table):
            fields = "_".join(facts.name_of(part.field) for part in index.parts if part.field)
            better = filled(pattern, table=table, fields=fields or "fields")
            yield problem(index, field_name="name", pattern=pattern, better=better)


def _matches_pattern(index: Index, pattern: str, table: str) -> bool:
    """Whether a name has all the fixed parts of the pattern in order, with anything in place of {fields}."""
    name, fixed = index.name.casefold(), filled(pattern, table=table).casefold()
    first_word = pattern.partition("{")[0].casefold()
    if index.is_unique and not name.startswith(first_word) and "_" in first_word:
        name, fixed = name.partition("_")[2], fixed.removeprefix(first_word)
    start, *others = PLACEHOLDER.split(fixed)[::2]
    if not others:
        return name == start
    *middle, end = others
    position = len(start)
    for part in middle:
        position = name.find(part, position + 1) + len(part)
        if position < len(part):
            return False
    return name.startswith(start) and name.endswith(end) and position < len(name) - len(end)
