"""What a search can find in the handbook of a project: its policies, the rows of its lists, its entries."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from projects.checks.findable import Findable, findable
from projects.design.entries import ENTRY_BY_KEY
from projects.design.tree import (
    AccessRole,
    Conventions,
    DatabaseProfile,
    Environment,
    Handbook,
    Metric,
    Policies,
    PolicySchedule,
    Protection,
    RetentionRule,
    Thing,
)
from projects.design.wording import names_of, texts_of

# After the kinds of thing in designs.
ORDER = 100
POLICY, LIST, ENTRY, CONVENTIONS = "policy", "list", "entry", "conventions"
LISTS: dict[type[Thing], tuple[str, str]] = {
    DatabaseProfile: ("databases", "Database profile"),
    Environment: ("databases", "Environment"),
    PolicySchedule: ("schedules", "Backup schedule of the policy"),
    RetentionRule: ("retention_rules", "Retention rule"),
    Protection: ("protections", "Protection"),
    AccessRole: ("access_roles", "Access role"),
    Metric: ("metrics", "Metric"),
}


def in_handbook(handbook: Handbook) -> tuple[Findable, ...]:
    """`record` of each says what holds it, like policy:migration, list:metrics or entry:philosophy."""
    policies = handbook.policies
    return (*_answers(policies), *_entries(handbook), *_rows(handbook), *_notes(handbook.conventions))


def _rows(handbook: Handbook) -> Iterator[Findable]:
    policies = handbook.policies
    for profile in policies.databases:
        # An environment stands on the page of its database.
        yield from (_row(each, profile.uid) for each in (profile, *profile.environments))
    lists = (policies.schedules, policies.retention_rules, policies.protections)
    for rows in (*lists, handbook.access_roles, handbook.metrics):
        yield from (_row(each, each.uid) for each in rows)


def _answers(policies: Policies) -> Iterator[Findable]:
    for name in ("design", "migration", "backup", "caching", "modelling"):
        for column, text in texts_of(getattr(policies, name)):
            yield findable("Policy", ORDER, "", (), (text,), record=f"{POLICY}:{name}", column=column)


def _notes(conventions: Conventions) -> Iterator[Findable]:
    for column, text in texts_of(conventions):
        if text != Conventions.model_fields[column].default:
            yield findable("Convention", ORDER, "", (), (text,), record=CONVENTIONS, column=column)


def _entries(handbook: Handbook) -> Iterator[Findable]:
    for entry in handbook.entries:
        label = ENTRY_BY_KEY[entry.key].label if entry.key in ENTRY_BY_KEY else entry.key
        yield findable("Entry", ORDER, label, (label,), (entry.text,), record=f"{ENTRY}:{entry.key}")


def _row(thing: Thing, uid: UUID) -> Findable:
    listed, kind = LISTS[type(thing)]
    names = _names(thing)
    texts = [text for _, text in texts_of(thing) if text not in names]
    shown = next(iter(names), kind)
    return findable(kind, ORDER, shown, names, texts, record=f"{LIST}:{listed}", uid=uid)


def _names(thing: Thing) -> Iterable[str]:
    if isinstance(thing, DatabaseProfile):
        return (thing.full_name, thing.system)
    if isinstance(thing, PolicySchedule):
        return (f"{thing.kind.label} backup",)
    if isinstance(thing, Protection):
        return (thing.classification.label,)
    return tuple(names_of(thing))
