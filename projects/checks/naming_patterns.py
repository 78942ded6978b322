"""Rules on names that the conventions give a form of their own: keys, timestamps, booleans and indexes."""

from collections.abc import Iterator

from projects.checks.facts import Facts
from projects.checks.grammatical_number import singular_name
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.words import PLACEHOLDER, filled, in_case, listed, squashed, words_of
from projects.design.field_types import Family
from projects.design.tree import Entity, Index, Relationship
from projects.design.vocabulary import Severity

SOURCE = "The project's conventions"


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
    remedy="Rename it to “{wanted}”{or_role}.",
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
    or_role = f", or to its role followed by “{ending}”" if ending else ""
    yield problem(field, field_name="name", target=parent.full_name, wanted=better, or_role=or_role)


def _named(pattern: str, singular: str, parent: Entity, key: str) -> str:
    return filled(pattern, singular=singular, table=parent.name, field=key)


def _needs_role(facts: Facts, relationship: Relationship) -> bool:
    """Whether only a role can tell it apart: it refers to its own entity, or is one of several to the same parent."""
    if relationship.parent == relationship.child:
        return True
    return len(facts.foreign_keys_to[(relationship.child, relationship.parent)]) > 1


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
    suffixes = [suffix for suffix in listed(conventions.timestamp_suffix) if words_of(suffix)]
    for _, field, _ in facts.fields_of(Family.TIMESTAMP):
        if suffixes and not any(_ends_in(field.name, suffix) for suffix in suffixes):
            better = in_case("_".join((*_without_filler(field.name), *words_of(suffixes[0]))), conventions.field_case)
            yield problem(field, field_name="name", suffix=" or ".join(suffixes), better=better)


def _ends_in(name: str, suffix: str) -> bool:
    """Whether a suffix stands as words of its own after others: "format" does not end in "_at"."""
    words, wanted = words_of(name), words_of(suffix)
    return len(words) > len(wanted) and words[-len(wanted) :] == wanted


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

    Plans and error messages show nothing but the name. Unique indexes may begin with another word or with the table, as
    databases name them themselves.
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
    if index.is_unique and name.startswith(f"{table}_".casefold()):
        return True
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
