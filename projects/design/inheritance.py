"""What a feature takes from its project's policies, where it departs from them, and why.

A line is one fact that a policy speaks of, beside what the feature says itself. The same lines come of a design as it
was typed and of the one in force: what is filled in says what its policy says.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from projects.design.policy_words import (
    MIGRATION_LABELS,
    RECOVERY_LABELS,
    RETENTION_LABELS,
    conventions_words,
    in_words,
    modelling_words,
    schedule_words,
)
from projects.design.quantities import read_duration, read_interval, read_retention
from projects.design.tree import BackupSchedule, Design, PolicySchedule
from projects.design.tree.in_force import MIGRATION, RECOVERY, is_said, optimization_facts, profile_of
from projects.design.vocabulary import CacheLayer, PolicyName, StepName, Term


class Standing(Term):
    FOLLOWS = "follows", "Follows"
    DEPARTS = "departs", "Departs"
    SILENT = "silent", "Policy says nothing"


@dataclass(frozen=True, slots=True)
class InheritedFact:
    """`expected` is what the policy says and `own` what the feature says, empty if that is left open.

    `about` is the uid of the store, data element, entity or field, and None for the feature as a whole. `reason` is
    why the feature departs, empty if nobody said; `reason_field` is where the form asks for it.
    """

    policy: PolicyName
    fact: str
    expected: str
    own: str
    standing: Standing
    step: StepName
    field_name: str
    about: UUID | None = None
    about_name: str = ""
    reason: str = ""
    reason_field: str = "departure"

    @property
    def departs(self) -> bool:
        return self.standing is Standing.DEPARTS


@dataclass(frozen=True, slots=True)
class PolicyStanding:
    """How a feature stands to one policy; SILENT where there is nothing to follow."""

    policy: PolicyName
    standing: Standing
    departures: tuple[InheritedFact, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.reason for line in self.departures if line.reason))


# Facts that say the same if they can be read as the same quantity.
QUANTITIES: dict[str, Callable[[str], Any]] = {
    "rto": read_duration,
    "rpo": read_duration,
    "restore_tests": read_interval,
    "frequency": read_interval,
    "retention": read_retention,
    "kept_for": read_retention,
}
SCHEDULE = ("kind", "frequency", "retention", "location", "automation")


def lines(design: Design) -> tuple[InheritedFact, ...]:
    """Every fact that a policy speaks of, in the order of the steps."""
    return (
        *_retentions(design),
        *_systems(design),
        *_conventions(design),
        *_protections(design),
        *_modelling(design),
        *_migration(design),
        *_optimization(design),
        *_recoveries(design),
    )


def standings(design: Design) -> dict[PolicyName, PolicyStanding]:
    """How the feature stands to each policy, in the order of the policies."""
    found = lines(design)
    return {policy: _standing(policy, [line for line in found if line.policy is policy]) for policy in PolicyName}


def spoken_of(design: Design) -> list[PolicyStanding]:
    """How the feature stands to the policies that say something of it, without the conventions, which all have."""
    found = standings(design).values()
    return [
        each for each in found if each.standing is not Standing.SILENT and each.policy is not PolicyName.CONVENTIONS
    ]


def is_accounted_for(design: Design) -> bool:
    """Whether there is a policy to follow, and a reason for each departure."""
    return bool(spoken_of(design)) and all(line.reason for line in lines(design) if line.departs)


def _standing(policy: PolicyName, found: list[InheritedFact]) -> PolicyStanding:
    departures = tuple(line for line in found if line.departs)
    follows = any(line.standing is Standing.FOLLOWS for line in found)
    standing = Standing.DEPARTS if departures else Standing.FOLLOWS if follows else Standing.SILENT
    return PolicyStanding(policy, standing, departures)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What lines are about, with the reason that is given for all that it does differently."""

    policy: PolicyName
    step: StepName
    reason: str
    about: UUID | None = None
    name: str = ""

    def compare(self, fact: str, field_name: str, expected: Any, own: Any) -> Iterator[InheritedFact]:
        """The line of a fact, if policy or feature says anything of it."""
        if standing := compared(expected, own, field_name):
            yield self.line(fact, field_name, in_words(expected), in_words(own), standing)

    def line(
        self, fact: str, field_name: str, expected: str, own: str, standing: Standing, reason_field: str = "departure"
    ) -> InheritedFact:
        reason = self.reason.strip() if standing is Standing.DEPARTS else ""
        return InheritedFact(
            self.policy,
            fact,
            expected,
            own,
            standing,
            self.step,
            field_name,
            self.about,
            self.name,
            reason,
            reason_field,
        )


def compared(expected: Any, own: Any, name: str = "") -> Standing | None:
    """How a feature's own value stands to the policy's; None where neither says anything."""
    if not is_said(expected):
        return Standing.SILENT if is_said(own) else None
    return _follows(not is_said(own) or _same(expected, own, name))


def _follows(does: bool) -> Standing:
    return Standing.FOLLOWS if does else Standing.DEPARTS


def _same(expected: Any, own: Any, name: str) -> bool:
    if _folded(expected) == _folded(own):
        return True
    read = QUANTITIES.get(name)
    quantities = [read(str(each)) for each in (expected, own)] if read else []
    return bool(quantities) and all(quantities) and len({each.seconds for each in quantities}) == 1


def _folded(value: Any) -> str:
    return " ".join(str(value).split()).casefold().removesuffix(".")


def _retentions(design: Design) -> Iterator[InheritedFact]:
    for element in design.data_elements:
        subject = _Subject(PolicyName.RETENTION, StepName.REQUIREMENTS, element.departure, element.uid, element.name)
        named = element.retention_rule.strip()
        rule = design.policies.retention_rule(named)
        if named and rule is None:
            names = ", ".join(each.name for each in design.policies.retention_rules)
            standing = Standing.DEPARTS if names else Standing.SILENT
            yield subject.line("Retention rule", "retention_rule", names, named, standing)
        for name, label in RETENTION_LABELS.items():
            yield from subject.compare(label, name, getattr(rule, name, ""), getattr(element, name))


def _systems(design: Design) -> Iterator[InheritedFact]:
    """Each store that names its system; its rationale says why it is another than the project's."""
    profiles = design.policies.databases
    for store in design.stores:
        if not profiles or not store.system.strip():
            continue
        profile = profile_of(store, design.policies)
        fitting = [profile] if profile else [each for each in profiles if each.kind is store.kind] or profiles
        subject = _Subject(PolicyName.DATABASES, StepName.STORAGE, store.project_patterns, store.uid, store.name)
        expected = ", ".join(each.full_name for each in fitting)
        standing = _follows(profile is not None)
        yield subject.line("System", "system", expected, store.system.strip(), standing, "project_patterns")


def _conventions(design: Design) -> Iterator[InheritedFact]:
    """Whether an entity says that it departs; that its names do what they should is for the rules on names."""
    expected = conventions_words(design.conventions)
    for entity in design.own_entities:
        subject = _Subject(PolicyName.CONVENTIONS, StepName.DATA_MODEL, entity.departure, entity.uid, entity.full_name)
        standing = _follows(not entity.departure.strip())
        yield subject.line("Names and standard fields", "departure", expected, "", standing)


def _protections(design: Design) -> Iterator[InheritedFact]:
    """A field says nothing of why it is protected in another way; its entity does."""
    known = design.policies.protection_of
    for entity in design.own_entities:
        for field in entity.fields:
            if field.sensitivity is None:
                continue
            name = f"{entity.full_name}.{field.name}"
            subject = _Subject(PolicyName.PROTECTION, StepName.DATA_MODEL, entity.departure, field.uid, name)
            fact = f"Protection, {field.sensitivity.label.lower()}"
            yield from subject.compare(fact, "protection", known.get(field.sensitivity, ""), field.protection)


def _modelling(design: Design) -> Iterator[InheritedFact]:
    expected, departure = modelling_words(design.policies.modelling), design.consistency.departure
    if expected or departure.strip():
        standing = _follows(not departure.strip()) if expected else Standing.SILENT
        subject = _Subject(PolicyName.MODELLING, StepName.INTEGRITY, departure)
        yield subject.line("Modelling and validation", "departure", expected, "", standing)


def _migration(design: Design) -> Iterator[InheritedFact]:
    plan, policy = design.migration, design.policies.migration
    subject = _Subject(PolicyName.MIGRATION, StepName.MIGRATION, plan.departure)
    for name, of in MIGRATION.items():
        yield from subject.compare(MIGRATION_LABELS[name], name, getattr(policy, of), getattr(plan, name))


def _optimization(design: Design) -> Iterator[InheritedFact]:
    plan = design.optimization
    expected = optimization_facts((store.system for store in design.stores), design.policies)
    caching = _Subject(PolicyName.CACHING, StepName.PERFORMANCE, plan.departure)
    pooling = _Subject(PolicyName.DATABASES, StepName.PERFORMANCE, plan.departure)
    yield from caching.compare("Caching", "caching", expected["caching"], plan.caching)
    if design.policies.caching.layers == (CacheLayer.NONE,):
        names = ", ".join(cache.name for cache in design.caches)
        yield caching.line("Caches", "caches", CacheLayer.NONE.label, names, _follows(not names))
    yield from pooling.compare("Connection pooling", "pooling", expected["pooling"], plan.pooling)


def _recoveries(design: Design) -> Iterator[InheritedFact]:
    plans = {plan.store: plan for plan in design.recoveries}
    for store in design.stores:
        plan = plans.get(store.uid)
        if plan is not None and plan.rebuildable_from.strip():
            continue
        reason = plan.departure if plan else ""
        subject = _Subject(PolicyName.BACKUP, StepName.BACKUP, reason, store.uid, store.name)
        for name in RECOVERY:
            expected = getattr(design.policies.backup, name)
            yield from subject.compare(RECOVERY_LABELS[name], name, expected, getattr(plan, name, None))
        yield from _schedules(design, subject)


def _schedules(design: Design, subject: _Subject) -> Iterator[InheritedFact]:
    expected = design.policies.schedules
    own = tuple(each for each in design.backup_schedules if each.store == subject.about)
    if not expected and not own:
        return
    standing = _follows(not own or _same_schedules(expected, own)) if expected else Standing.SILENT
    said, stated = ("\n".join(schedule_words(each) for each in them) for them in (expected, own))
    yield subject.line("Backups", "backups", said, stated, standing)


def _same_schedules(expected: tuple[PolicySchedule, ...], own: tuple[BackupSchedule, ...]) -> bool:
    """Whether the backups of a store are those of the policy, in whatever order."""
    left = list(own)
    for schedule in expected:
        same = next((each for each in left if _agree(schedule, each)), None)
        if same is None:
            return False
        left.remove(same)
    return not left


def _agree(expected: PolicySchedule, own: BackupSchedule) -> bool:
    return all(_same(getattr(expected, name), getattr(own, name), name) for name in SCHEDULE)
