"""Rules about names as the database sees them: reserved words, length, and names that it takes for the same."""

from collections.abc import Callable, Iterator

from projects.checks.facts import Facts
from projects.checks.grammatical_number import singular_name
from projects.checks.rule import Claim, doubt, problem, rule
from projects.checks.systems import System
from projects.checks.words import squashed
from projects.design.tree import Entity, Thing
from projects.design.vocabulary import Severity


@rule(
    "name-reserved",
    Severity.WARNING,
    says="“{name}” is a reserved word of {system}.",
    remedy="Give “{path}” another name, so that no statement has to quote it.",
    asks="“{name}” is a reserved word of {system}: will “{path}” be kept there?",
    breaks="users.order, in PostgreSQL",
    keeps="users.sort_order",
    source="The keyword lists of the systems' own manuals; Bytebase NAMING_TABLE_NO_KEYWORD, SQLFluff RF04",
)
def name_reserved(facts: Facts) -> Iterator[Claim]:
    """A table, field or index has a reserved word for its name.

    Every statement has to quote it, and the one that does not fails or means something else.
    """
    for thing, name, systems in _names(facts):
        reserving = [system for system in systems if name.lower() in system.reserved_words]
        if reserving:
            claim = problem if len(reserving) == len(systems) else doubt
            yield claim(thing, field_name="name", name=name, system=_joined(reserving))


@rule(
    "name-too-long",
    Severity.ERROR,
    says="“{name}” has {length}, where {system} allows {limit}.",
    remedy="Shorten the name to {limit}.",
    asks="“{name}” has {length}, where {system} allows {limit}: will it be kept there?",
    breaks="A name of 70 letters in PostgreSQL, which cuts it at 63 bytes without an error",
    keeps="A name of 40 letters",
    source="PostgreSQL manual: 63 bytes; MySQL manual: 64 characters; Oracle manual: 30 bytes, from 12.2 on 128",
)
def name_too_long(facts: Facts) -> Iterator[Claim]:
    """A name is longer than the system allows.

    PostgreSQL cuts it silently, so that two names become one; others refuse the statement.
    """
    for thing, name, systems in _names(facts):
        # The shortest limit of all is 30, so most names need no look at the systems.
        if len(name) > 14:
            strict = [system for system in systems if system.name_limit and system.length_of(name) > system.name_limit]
            if strict:
                claim = problem if len(strict) == len(systems) else doubt
                yield claim(thing, field_name="name", name=name, system=_joined(strict), **_measure(name, strict[0]))


def _measure(name: str, system: System) -> dict[str, str]:
    return {"length": f"{system.length_of(name)} {system.unit}", "limit": f"{system.name_limit} {system.unit}"}


def _joined(systems: list[System]) -> str:
    return " and ".join(dict.fromkeys(system.name for system in systems))


def _names(facts: Facts) -> Iterator[tuple[Thing, str, tuple[System, ...]]]:
    """Every name that becomes an identifier, with the systems it may have to suit."""
    for entity in facts.tables:
        systems = facts.systems_of(entity)
        yield entity, entity.name, systems
        yield from ((field, field.name, systems) for field in entity.fields)
        yield from ((key, key.name, systems) for key in entity.keys if key.name)
        yield from ((check, check.name, systems) for check in entity.checks if check.name)
        yield from ((index, index.name, systems) for index in facts.design.indexes_by_entity.get(entity.uid, ()))
    for relationship in facts.relationships:
        if relationship.name:
            systems = facts.systems_of(facts.design.entity_by_uid[relationship.child])
            yield relationship, relationship.name, systems
    yield from ((named, named.name, facts.all_systems) for named in facts.design.types if facts.all_systems)


@rule(
    "name-duplicate",
    Severity.ERROR,
    says="“{path}” and “{other}” have the same name but for their letter case.",
    remedy="Rename one of the two.",
    breaks="refunds.Status beside refunds.status",
    keeps="refunds.status beside refunds.provider_status",
    source="drawDB duplicate names; SQL:2016, unquoted identifiers are folded to one case",
)
def name_duplicate(facts: Facts) -> Iterator[Claim]:
    """Two things of one kind have the same name, or names that differ only in letter case.

    Systems fold names that are not quoted, so the second one collides with the first.
    """
    for scope in _scopes(facts):
        for thing, _, same, _ in _repeats(scope, str.casefold):
            yield problem(thing, field_name="name", other=facts.path(same))


@rule(
    "name-nearly-duplicate",
    Severity.ADVICE,
    says="“{path}” and “{other}” read the same.",
    remedy="Rename one of the two so that they can be told apart, or make them one.",
    breaks="refunds.user_id beside refunds.userid; an entity order beside orders",
    keeps="refunds.user_id beside refunds.approver_id",
    source="This catalogue; Azimutt and SchemaCrawler look for inconsistent names likewise",
)
def name_nearly_duplicate(facts: Facts) -> Iterator[Claim]:
    """Two names differ only in separators, or in singular and plural.

    People write one and mean the other, and both exist.
    """
    for scope in _scopes(facts):
        # Within an entity tag and tags may be a thing and a list; two entities of these names hold the same rows.
        reads_as = _without_number if scope and isinstance(scope[0][0], Entity) else squashed
        for thing, name, same, other in _repeats(scope, reads_as):
            if name.casefold() != other.casefold():
                yield problem(thing, field_name="name", other=facts.path(same))


def _without_number(name: str) -> str:
    return squashed("_".join(singular_name(name)) or name)


Named = tuple[Thing, str]


def _scopes(facts: Facts) -> Iterator[list[Named]]:
    """Groups of things that must be told apart by name."""
    entities: dict[str, list[Named]] = {}
    indexes: dict[str, list[Named]] = {}
    for entity in facts.tables:
        namespace = (entity.namespace or "").casefold()
        entities.setdefault(namespace, []).append((entity, entity.name))
        yield [(field, field.name) for field in entity.fields]
        # MySQL names indexes within their table; elsewhere they share a schema.
        is_per_table = all(system.indexes_foreign_keys for system in facts.systems_of(entity))
        named: list[Named] = [(index, index.name) for index in facts.design.indexes_by_entity.get(entity.uid, ())]
        indexes.setdefault(f"{namespace} {entity.uid}" if is_per_table else namespace, []).extend(named)
    yield from (*entities.values(), *indexes.values())


def _repeats(scope: list[Named], reads_as: Callable[[str], str]) -> Iterator[tuple[Thing, str, Thing, str]]:
    """Each thing whose name reads like that of one before it, with that one."""
    readings = [reads_as(name) for _, name in scope]
    if len(set(readings)) == len(readings):
        return
    first: dict[str, Named] = {}
    for reading, (thing, name) in zip(readings, scope, strict=True):
        same, other = first.setdefault(reading, (thing, name))
        if same is not thing:
            yield thing, name, same, other
