"""What a project asks of its reviews from now on; those that are open keep what held when they began."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from projects.models import Project, User
from projects.workflow.project_door import StaleCard, assign, managing
from reviews.models import ReviewPolicy
from reviews.reading import members_of


def policy_of(project: Project) -> ReviewPolicy:
    """The project's policy, or the one that holds while it has chosen none."""
    return ReviewPolicy.objects.filter(project=project).first() or ReviewPolicy(project=project)


def change_policy(
    project: Project, values: Mapping[str, Any], *, loaded: Mapping[str, Any] | None, actor: User, now: datetime
) -> ReviewPolicy:
    """Save the owner's choice.

    Raises ValidationError for solo mode in a project of several people, StaleCard if somebody saved other values since
    the form was `loaded`.
    """
    with managing(project, actor=actor, now=now) as door:
        policy = policy_of(door.project)
        _refuse_stale(policy, loaded)
        members, _ = members_of(door.project)
        if values["is_solo"] and len(members) > 1:
            sentence = f"Solo mode is for a project of one person, and {len(members)} are in this one."
            raise ValidationError({"is_solo": sentence})
        changes = assign(policy, values)
        if changes:
            policy.version += policy.pk is not None
            policy.full_clean(validate_unique=False)
            policy.save()
            said = {label: ["" if value == "None" else value for value in pair] for label, pair in changes.items()}
            door.record("changed", "policy", "Reviews", changes=said)
    return policy


def _refuse_stale(policy: ReviewPolicy, loaded: Mapping[str, Any] | None) -> None:
    if loaded is None:
        return
    saved = {name: _empty(getattr(policy, name)) for name in loaded}
    if any(str(saved[name]) != str(_empty(value)) for name, value in loaded.items()):
        raise StaleCard(saved)


def _empty(value: Any) -> Any:
    return "" if value is None else value
