"""The policies of a project as its designs hold them: models → Policies."""

from dataclasses import dataclass
from functools import lru_cache

from projects.design import tree
from projects.models import (
    AccessRole,
    BackupPolicy,
    CachingPolicy,
    DatabaseProfile,
    DesignPolicy,
    Environment,
    Metric,
    MigrationPolicy,
    ModellingPolicy,
    PolicySchedule,
    Project,
    Protection,
    RetentionRule,
)
from projects.models.handbook import HandbookRow, Policy
from projects.snapshot.columns import Values, grouped, read

# Of which a project has one each, by the name under which Policies holds it.
ONE_EACH: dict[str, tuple[type[tree.Node], type[Policy]]] = {
    "design": (tree.DesignPolicy, DesignPolicy),
    "migration": (tree.MigrationPolicy, MigrationPolicy),
    "backup": (tree.BackupPolicy, BackupPolicy),
    "caching": (tree.CachingPolicy, CachingPolicy),
    "modelling": (tree.ModellingPolicy, ModellingPolicy),
}


@dataclass(frozen=True)
class HandbookList:
    """A list of the handbook, one row for each thing; `is_policy` if features start from it."""

    name: str
    node: type[tree.Thing]
    model: type[HandbookRow]
    is_policy: bool = True


LISTS = (
    HandbookList("databases", tree.DatabaseProfile, DatabaseProfile),
    HandbookList("schedules", tree.PolicySchedule, PolicySchedule),
    HandbookList("retention_rules", tree.RetentionRule, RetentionRule),
    HandbookList("protections", tree.Protection, Protection),
    HandbookList("access_roles", tree.AccessRole, AccessRole, is_policy=False),
    HandbookList("metrics", tree.Metric, Metric, is_policy=False),
)


def policies_of(project: Project) -> tree.Policies:
    """The policies as the project's stamp names them; without a query if they were read before."""
    return _policies(project.policy_stamp, project.pk) if project.policy_stamp else tree.Policies()


@lru_cache(maxsize=64)
def _policies(stamp: str, project: int) -> tree.Policies:
    return take_policies(project)


def take_policies(project: int) -> tree.Policies:
    content: Values = {listed.name: read_list(project, listed) for listed in LISTS if listed.is_policy}
    for name, (node, model) in ONE_EACH.items():
        rows = read(node, model._default_manager.filter(project=project))
        content[name] = rows[0] if rows else {}
    return tree.Policies.model_validate(content)


def read_list(project: int, listed: HandbookList) -> list[Values]:
    rows = listed.model._default_manager.filter(project=project).order_by("position", "uid")
    if listed.model is not DatabaseProfile:
        return read(listed.node, rows)
    places = Environment.objects.filter(project=project).order_by("position", "uid")
    held = grouped(read(tree.Environment, places, "profile_id"), "profile_id")
    profiles = read(listed.node, rows, "pk")
    for profile in profiles:
        profile["environments"] = held[profile.pop("pk")]
    return profiles
