"""The handbook of a project: models → Handbook, and back."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from projects.design import tree
from projects.models import Conventions, DatabaseProfile, Environment, HandbookEntry, Project
from projects.snapshot.columns import Values, read
from projects.snapshot.policies import LISTS, ONE_EACH, HandbookList, read_list, take_policies
from projects.snapshot.restore import STEP_BETWEEN_POSITIONS, shape


def take_handbook(project: Project) -> tree.Handbook:
    """All of it; the caller reads in one transaction, or can bear a torn read."""
    naming = read(tree.Conventions, Conventions.objects.filter(project=project))
    entries = HandbookEntry.objects.filter(project=project).exclude(text="").order_by("key")
    content: Values = {listed.name: read_list(project.pk, listed) for listed in LISTS if not listed.is_policy}
    content |= {
        "project_key": project.key,
        "project_title": project.title,
        "conventions": naming[0] if naming else {},
        "policies": take_policies(project.pk),
        "entries": read(tree.Entry, entries),
    }
    return tree.Handbook.model_validate(content)


def write_handbook(project: Project, handbook: tree.Handbook) -> None:
    """Put this handbook in the place of the project's own. The caller holds the project's lock and records it."""
    Conventions.objects.update_or_create(project=project, defaults=_values(handbook.conventions))
    HandbookEntry.objects.filter(project=project).delete()
    HandbookEntry.objects.bulk_create(
        HandbookEntry(project=project, key=entry.key, text=entry.text) for entry in handbook.entries
    )
    for listed in LISTS:
        held: Any = handbook.policies if listed.is_policy else handbook
        _write_list(project, listed, getattr(held, listed.name))
    for name, (_, model) in ONE_EACH.items():
        model._default_manager.update_or_create(project=project, defaults=_values(getattr(handbook.policies, name)))
    renew_policy_stamp(project)


def write_policies(project: Project, policies: tree.Policies) -> None:
    """Put these policies in the place of the project's own, and leave the rest of the handbook."""
    write_handbook(project, take_handbook(project).with_values(policies=policies))


def renew_policy_stamp(project: Project) -> None:
    """Say that the policies changed: drafts that were taken before are taken anew."""
    project.policy_stamp = uuid.uuid4().hex
    project.save(update_fields=["policy_stamp"])


def _write_list(project: Project, listed: HandbookList, things: Iterable[tree.Thing]) -> None:
    listed.model._default_manager.filter(project=project).delete()
    rows = [
        listed.model(project=project, position=place * STEP_BETWEEN_POSITIONS, **_values(thing))
        for place, thing in enumerate(things, 1)
    ]
    listed.model._default_manager.bulk_create(rows)
    if listed.model is DatabaseProfile:
        keys = {row.uid: row.pk for row in rows}
        Environment.objects.bulk_create(
            Environment(
                project=project,
                profile_id=keys[profile.uid],
                position=place * STEP_BETWEEN_POSITIONS,
                **_values(environment),
            )
            for profile in things
            if isinstance(profile, tree.DatabaseProfile)
            for place, environment in enumerate(profile.environments, 1)
        )


def _values(node: tree.Node) -> dict[str, Any]:
    """Column → value of what the node says itself; None becomes an empty text."""
    found: dict[str, Any] = {}
    for name, column, _, empty in shape(type(node)):
        value = getattr(node, name)
        found[column] = empty if value is None else list(value) if isinstance(value, tuple) else value
    return found


def models() -> dict[type[tree.Node], type[Model]]:
    """Every node of the handbook that has a table of its own."""
    listed: dict[type[tree.Node], type[Model]] = {each.node: each.model for each in LISTS}
    return {**listed, **dict(ONE_EACH.values()), tree.Environment: Environment, tree.Entry: HandbookEntry}
