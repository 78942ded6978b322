"""What a search can find in the handbook of a project: its policies, the rows of its lists, its entries."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from projects.checks.findable import Findable, findable
from projects.design.entries import ENTRY_BY_KEY
from projects.design.tree import (
    AccessRole,
    DatabaseProfile,
    Environment,
    Handbook,
    Metric,
    Node,
    PolicySchedule,
    Protection,
    RetentionRule,
    Thing,
)
from projects.design.vocabulary import Term
from projects.design.wording import names_of, texts_of

# After the kinds of thing in designs.
ORDER = 100
POLICY, LIST, ENTRY, CONVENTIONS = "policy", "list", "entry", "conventions"
# The policies that are one row each, as `Policies` names them.
POLICIES = ("design", "migration", "backup", "caching", "modelling")
LISTS: dict[type[Thing], tuple[str, str]] = {
    DatabaseProfile: ("databases", "Database profile"),
    Environment: ("databases", "Environment"),
    PolicySchedule: ("schedules", "Backup schedule of the policy"),
    RetentionRule: ("retention_rules", "Retention rule"),
    Protection: ("protections", "Protection"),
    AccessRole: ("access_roles", "Access role"),
    Metric: ("metrics", "Metric"),
}


# Record and column of an answer → what its form calls it: the field, and the policy with the field.
Labels = Mapping[tuple[str, str], tuple[str, str]]


def in_handbook(handbook: Handbook, labels: Labels) -> tuple[Findable, ...]:
    """`record` of each says what holds it, like policy:migration, list:metrics or entry:philosophy.

    Fields of policies and entries are found by their labels too, where nothing is filled in as well.
    """
    policies = handbook.policies
    answers = [
        *(("Policy", f"{POLICY}:{name}", getattr(policies, name)) for name in POLICIES),
        ("Convention", CONVENTIONS, handbook.conventions),
    ]
    said = (each for kind, record, node in answers for each in _answers(kind, record, node, labels))
    return (*said, *_entries(handbook), *_rows(handbook))


def _rows(handbook: Handbook) -> Iterator[Findable]:
    policies = handbook.policies
    for profile in policies.databases:
        # An environment stands on the page of its database.
        yield from (_row(each, profile.uid) for each in (profile, *profile.environments))
    lists = (policies.schedules, policies.retention_rules, policies.protections)
    for rows in (*lists, handbook.access_roles, handbook.metrics):
        yield from (_row(each, each.uid) for each in rows)


def _answers(kind: str, record: str, node: Node, labels: Labels) -> Iterator[Findable]:
    texts: dict[str, list[str]] = {}
    for column, text in texts_of(node):
        texts.setdefault(column, []).append(text)
    for column, field in type(node).model_fields.items():
        label, full = labels[record, column]
        value = getattr(node, column)
        chosen = [each.label for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, Term)]
        # What nobody typed is no news.
        said = [*chosen, *(texts.get(column, ()) if value != field.default else ())]
        yield findable(kind, ORDER, full, (label, full), said, record=record, column=column)


def _entries(handbook: Handbook) -> Iterator[Findable]:
    # One that the catalogue does not have any more keeps its text.
    written = {entry.key: entry.text for entry in handbook.entries}
    for key in dict.fromkeys((*ENTRY_BY_KEY, *written)):
        label = ENTRY_BY_KEY[key].label if key in ENTRY_BY_KEY else key
        text = written.get(key, "")
        yield findable("Entry", ORDER, label, (label,), (text,) if text else (), record=f"{ENTRY}:{key}")


def _row(thing: Thing, uid: UUID) -> Findable:
    listed, kind = LISTS[type(thing)]
    names = _names(thing)
    texts = [text for _, text in texts_of(thing) if text not in names]
    texts += [value.label for _, value in thing if isinstance(value, Term) and value.label not in names]
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
