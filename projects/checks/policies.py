"""Rules about the project's policies: a feature follows them, or says why it does not."""

import re
from collections.abc import Iterator
from uuid import UUID

from projects.checks.facts import BACKUP, DATA_MODEL, MIGRATION, PERFORMANCE, REQUIREMENTS, STORAGE, Facts
from projects.checks.rule import Claim, doubt, problem, rule
from projects.design.inheritance import QUANTITIES, InheritedFact
from projects.design.quantities import read_retention
from projects.design.tree import Node, Recovery
from projects.design.tree.in_force import is_same_system
from projects.design.vocabulary import PolicyName, Severity

# Facts that are not prose: two texts that differ mean two things.
EXACT = ("tool", "point_in_time", "backups", "caches")
UNPROTECTED = re.compile(
    r"^(?:none|no|not protected|unprotected|plain(?: ?text)?|in the clear|-|–|—)\.?$", re.IGNORECASE
)


def unexplained(facts: Facts, policy: PolicyName, about: UUID | None = None) -> list[InheritedFact]:
    """What departs from a policy, at one thing, without a word on why."""
    return [
        line
        for line in facts.inherited
        if line.departs and line.policy is policy and line.about == about and not line.reason
    ]


def settled(line: InheritedFact) -> bool:
    """Whether the fact departs beyond doubt; prose in other words may say the same."""
    read = QUANTITIES.get(line.field_name)
    return bool(read(line.own) and read(line.expected)) if read else line.field_name in EXACT


def claims(about: Node, lines: list[InheritedFact]) -> Iterator[Claim]:
    """One claim for all that departs at one place: decided if any of it does beyond doubt."""
    if not lines:
        return
    sure = [line for line in lines if settled(line)]
    told = sure or lines
    words = {"facts": ", ".join(_named(line) for line in told), "policy": told[0].policy.label.lower()}
    yield (problem if sure else doubt)(about, field_name="departure", **words)


def _named(line: InheritedFact) -> str:
    is_short = settled(line) and "\n" not in line.expected and len(line.own) + len(line.expected) < 60 and line.own
    return f"{line.fact} ({line.own} instead of {line.expected})" if is_short else line.fact


@rule(
    "system-not-of-the-project",
    Severity.WARNING,
    step=STORAGE,
    says="“{path}” is {own}, and the project runs {expected}; nothing says why.",
    remedy="Choose a system of the project, or say under Project patterns why this feature needs another.",
    asks="“{path}” is {own}, and the project runs {expected}: is another version meant?",
    breaks="The database profiles name PostgreSQL 16; a store is MySQL 8, without project patterns",
    keeps="The database profiles name PostgreSQL 16; a store is MySQL 8, and its project patterns say why",
    source="Checklist item 16; the project's database profiles",
)
def system_not_of_the_project(facts: Facts) -> Iterator[Claim]:
    """A store uses a system that none of the project's database profiles names.

    Each further system has to be run, watched, backed up and known by somebody.
    """
    profiles = facts.design.policies.databases
    for store in facts.design.stores:
        for line in unexplained(facts, PolicyName.DATABASES, store.uid):
            is_another_version = any(is_same_system(store.system, profile) for profile in profiles)
            make = doubt if is_another_version else problem
            yield make(store, field_name="system", own=line.own, expected=line.expected)


@rule(
    "migration-departs-without-reason",
    Severity.WARNING,
    step=MIGRATION,
    says="The migration plan departs from the project's policy: {facts}. Nothing says why.",
    remedy="Say why this feature departs, or leave the fields empty to follow the policy.",
    asks="The migration plan says in its own words what the policy says: {facts}. Does it depart from it, and why?",
    breaks="The policy's tool is Alembic 1.14, the feature's Flyway 10, and no reason is given",
    keeps="The policy's tool is Alembic 1.14, the feature's Flyway 10, because its service is written in Java",
    source="Checklist item 16; the project's migration policy",
)
def migration_departs_without_reason(facts: Facts) -> Iterator[Claim]:
    """The migration plan departs from the project's migration policy, and does not say why.

    Whoever runs the release expects the way that the project agreed on.
    """
    yield from claims(facts.design.migration, unexplained(facts, PolicyName.MIGRATION))


@rule(
    "backup-departs-without-reason",
    Severity.WARNING,
    step=BACKUP,
    says="“{path}” departs from the project's backup policy: {facts}. Nothing says why.",
    remedy="Say why this store departs, or leave the fields empty to follow the policy.",
    asks="“{path}” says in its own words what the backup policy says: {facts}. Does it depart from it, and why?",
    breaks="The policy's RPO is 15 min, the store's 1 day, and no reason is given",
    keeps="The policy's RPO is 15 min, the store's 1 day, because all of it can be imported again",
    source="Checklist item 16; the project's backup policy",
)
def backup_departs_without_reason(facts: Facts) -> Iterator[Claim]:
    """The backups or objectives of a store depart from the project's backup policy, and nothing says why.

    People rely on one promise for all data, and this store keeps another.
    """
    plans: dict[UUID, Recovery] = {plan.store: plan for plan in facts.design.recoveries}
    for store in facts.design.stores:
        about = plans.get(store.uid, store)
        yield from claims(about, unexplained(facts, PolicyName.BACKUP, store.uid))


@rule(
    "caching-departs-without-reason",
    Severity.WARNING,
    step=PERFORMANCE,
    says="The optimization strategies depart from the project's policies: {facts}. Nothing says why.",
    remedy="Say why this feature departs, or do as the policies say.",
    asks="The optimization strategies say in their own words what the policies say: {facts}. Do they depart, and why?",
    breaks="The caching policy is “No caching”; the feature has the cache Prices, and no reason is given",
    keeps="The caching policy is “No caching”; the feature has the cache Prices, because rates cost money to ask for",
    source="Checklist item 16; the project's caching policy and database profiles",
)
def caching_departs_without_reason(facts: Facts) -> Iterator[Claim]:
    """Caching or pooling departs from the project's policies, and nothing says why.

    Caches that nobody expects go stale unnoticed, and connections are counted for the whole project.
    """
    both = (*unexplained(facts, PolicyName.CACHING), *unexplained(facts, PolicyName.DATABASES))
    yield from claims(facts.design.optimization, list(both))


@rule(
    "retention-rule-unknown",
    Severity.WARNING,
    step=REQUIREMENTS,
    says="“{path}” names the retention rule “{named}”, which the handbook does not have; it has {known}.",
    remedy="Name one of the rules, add the rule to the handbook, or say how long this is kept and why.",
    asks="“{path}” names the retention rule “{named}”, and the handbook has no retention rules yet: which is meant?",
    breaks="Refund: “Acounting records”; the handbook has Accounting records and Web logs",
    keeps="Refund: “Accounting records”, a rule of the handbook",
    source="Checklist item 16; the project's retention rules",
)
def retention_rule_unknown(facts: Facts) -> Iterator[Claim]:
    """A data element names a retention rule that the handbook does not have.

    What looks decided is not: nobody knows when this data goes.
    """
    policies = facts.design.policies
    for element in facts.design.data_elements:
        named = element.retention_rule.strip()
        if not named or policies.retention_rule(named) or (element.kept_for.strip() and element.departure.strip()):
            continue
        names = ", ".join(rule.name for rule in policies.retention_rules)
        yield (problem if names else doubt)(element, field_name="retention_rule", named=named, known=names)


@rule(
    "retention-longer-than-policy",
    Severity.WARNING,
    step=PERFORMANCE,
    says="“{path}” is kept for {own}, longer than the {expected} of its retention rule; nothing says why.",
    remedy="Keep it no longer than its rule says, or say why this feature does.",
    asks="“{path}” states {own} where its retention rule says {expected}: may the two differ, and why?",
    breaks="Web logs: 2 years; their rule says 30 days, and no reason is given",
    keeps="Web logs: 2 years; their rule says 30 days, and the reason is an open dispute",
    source="Checklist item 16; GDPR, article 5 (1) e",
)
def retention_longer_than_policy(facts: Facts) -> Iterator[Claim]:
    """A data element is kept longer than its retention rule allows, and nothing says why.

    What should be gone can still leak, and has to be handed out to whoever may ask for it.
    """
    for element in facts.design.data_elements:
        for line in unexplained(facts, PolicyName.RETENTION, element.uid):
            if line.field_name == "retention_rule":
                continue
            own, expected = read_retention(line.own), read_retention(line.expected)
            is_longer = line.field_name == "kept_for" and own and expected and own.seconds > expected.seconds
            make = problem if is_longer else doubt
            yield make(element, field_name=line.field_name, own=line.own, expected=line.expected)


@rule(
    "protection-departs-without-reason",
    Severity.WARNING,
    step=DATA_MODEL,
    says="“{path}” is not protected, and its data class asks for “{expected}”; nothing says why.",
    remedy="Protect it as its class asks, or say at its entity why it departs.",
    asks="“{path}” is protected by “{own}”, and its data class asks for “{expected}”: is it as strong, and why?",
    breaks="people.phone, personal: none; the class asks for encryption, and nothing says why",
    keeps="people.phone, personal: left open, so it is protected as its class",
    source="Checklist item 16; the project's protection of sensitive data; OWASP ASVS 4.0, V8",
)
def protection_departs_without_reason(facts: Facts) -> Iterator[Claim]:
    """A sensitive field is protected in another way than its data class asks, and its entity does not say why.

    One weak copy is enough for what all the others guard.
    """
    for entity in facts.design.own_entities:
        for field in entity.fields:
            for line in unexplained(facts, PolicyName.PROTECTION, field.uid):
                make = problem if UNPROTECTED.match(line.own) else doubt
                yield make(field, field_name="protection", own=line.own, expected=line.expected)
