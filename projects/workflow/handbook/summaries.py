"""What each policy of a handbook says, in one line; nothing where it says nothing."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from projects.design import tree
from projects.design.policy_words import conventions_words, in_words, schedule_words
from projects.design.vocabulary import PolicyName
from projects.workflow.handbook.pages import Page

LONGEST = 140


def summary_of(policy: PolicyName, handbook: tree.Handbook) -> str:
    """The beginning of what the policy says, on one line of at most 140 characters; "" if it is not filled."""
    return _line(SAID[policy](handbook))


def page_summary(page: Page, handbook: tree.Handbook) -> str:
    """As above, of all that is on a page of the handbook."""
    parts = [part for policy in page.policies for part in SAID[policy](handbook)]
    return _line([*parts, *LISTED.get(page.slug, _nothing)(handbook)])


def is_filled(page: Page, handbook: tree.Handbook) -> bool:
    """Whether each policy and list of the page says something."""
    said = [SAID[policy] for policy in page.policies]
    if page.slug in LISTED:
        said.append(LISTED[page.slug])
    return all(_line(parts(handbook)) for parts in said)


def _line(parts: Iterable[str]) -> str:
    words = " · ".join(" ".join(part.split()) for part in parts if part.strip())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def _nothing(handbook: tree.Handbook) -> Iterable[str]:
    return ()


def _metrics(handbook: tree.Handbook) -> Iterable[str]:
    for metric in handbook.metrics:
        yield f"{metric.name} {metric.threshold}"


def _values(node: tree.Node) -> Iterator[str]:
    """Every value that the node says itself, in the order of its form."""
    for name in type(node).model_fields:
        value: Any = getattr(node, name)
        if isinstance(value, tuple):
            yield ", ".join(in_words(each) for each in value)
        else:
            yield in_words(value)


def _databases(handbook: tree.Handbook) -> Iterator[str]:
    for profile in handbook.policies.databases:
        places = len(profile.environments)
        counted = f"{places} environment{'s' * (places > 1)}" if places else ""
        yield ", ".join(part for part in (profile.full_name, profile.hosting.strip(), counted) if part)


def _rules(handbook: tree.Handbook) -> Iterable[str]:
    for rule in handbook.policies.retention_rules:
        yield f"{rule.name}: {rule.kept_for}" if rule.kept_for.strip() else rule.name


def _protections(handbook: tree.Handbook) -> Iterable[str]:
    for each in handbook.policies.protections:
        yield f"{each.classification.label}: {each.protection}" if each.protection.strip() else ""


def _backup(handbook: tree.Handbook) -> Iterator[str]:
    policies = handbook.policies
    yield from map(schedule_words, policies.schedules)
    if policies.backup.rto.strip():
        yield f"RTO {policies.backup.rto}"
    if policies.backup.rpo.strip():
        yield f"RPO {policies.backup.rpo}"
    yield from _values(policies.backup.with_values(rto="", rpo=""))


SAID: dict[PolicyName, Callable[[tree.Handbook], Iterable[str]]] = {
    PolicyName.DATABASES: _databases,
    PolicyName.DESIGN: lambda handbook: _values(handbook.policies.design),
    PolicyName.CONVENTIONS: lambda handbook: [conventions_words(handbook.conventions)],
    PolicyName.MIGRATION: lambda handbook: _values(handbook.policies.migration),
    PolicyName.BACKUP: _backup,
    PolicyName.CACHING: lambda handbook: _values(handbook.policies.caching),
    PolicyName.MODELLING: lambda handbook: _values(handbook.policies.modelling),
    PolicyName.RETENTION: _rules,
    PolicyName.PROTECTION: _protections,
}

# Lists that no feature starts from, by the slugs of their pages.
LISTED: dict[str, Callable[[tree.Handbook], Iterable[str]]] = {
    "access": lambda handbook: [role.name for role in handbook.access_roles],
    "monitoring": _metrics,
}
