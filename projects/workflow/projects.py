"""What happens to projects, epics and the cards of features: created, changed, archived, brought back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from projects.access import Right, editors_of
from projects.design.vocabulary import Role
from projects.models import Conventions, Epic, Feature, Membership, Project, User
from projects.signals import people_changed
from projects.workflow.editing import NotAllowed, editing
from projects.workflow.handbook.saving import change_policy
from projects.workflow.naming import epic_key_for, save_named
from projects.workflow.project_door import ProjectDoor, StaleCard, assign, managing, plain, refuse_stale

Values = Mapping[str, Any]


def may_create_project(user: User) -> bool:
    return settings.PROJECT_CREATION == "everyone" or user.is_staff


def create_project(*, title: str, key: str, description: str = "", owner: User, now: datetime) -> Project:
    """A project with its owner and conventions; raises ValidationError by field."""
    with transaction.atomic():
        project = Project(title=title, key=key, description=description)
        save_named(project)
        Membership.objects.create(project=project, user=owner, role=Role.OWNER)
        Conventions.objects.create(project=project)
        ProjectDoor(project, owner, now).record("created", "project", title, changes={"Key": ["", key]})
    return project


def change_project(
    project: Project, values: Values, *, loaded: Values | None = None, actor: User | None, now: datetime
) -> Project:
    """Set title, key or description; raises StaleCard unless they are as `loaded`, ValidationError by field."""
    with managing(project, actor=actor, now=now) as door:
        target = door.project
        refuse_stale(target, loaded)
        former_key = target.key
        if changes := assign(target, values):
            save_named(target, former_key)
            door.record("changed", "project", target.title, changes=changes)
    return target


def archive_project(project: Project, *, actor: User | None, now: datetime) -> None:
    _set_archived(project, True, "archived", actor, now)


def bring_back_project(project: Project, *, actor: User | None, now: datetime) -> None:
    _set_archived(project, False, "brought back", actor, now)


def _set_archived(project: Project, is_archived: bool, verb: str, actor: User | None, now: datetime) -> None:
    with managing(project, actor=actor, now=now, even_archived=True) as door:
        if door.project.is_archived != is_archived:
            door.project.is_archived = is_archived
            door.project.save(update_fields=["is_archived"])
            door.record(verb, "project", door.project.title)
            if not is_archived:
                people_changed.send(sender=Project, project=door.project, actor=actor, now=now)


def change_conventions(
    project: Project, values: Values, *, loaded: Values | None = None, actor: User | None, now: datetime
) -> Conventions:
    """Set the naming rules; raises StaleCard if they are no longer as `loaded`."""
    return change_policy(project, Conventions, values, loaded=loaded, actor=actor, now=now)


def create_epic(
    project: Project, *, title: str, key: str, description: str = "", actor: User | None, now: datetime
) -> Epic:
    """Raises ValidationError by field."""
    with managing(project, actor=actor, now=now, right=Right.EDIT) as door:
        epic = Epic(project=door.project, title=title, key=key, description=description)
        save_named(epic)
        door.record("created", "epic", title, changes={"Key": ["", key]})
    return epic


def change_epic(epic: Epic, values: Values, *, loaded: Values | None = None, actor: User | None, now: datetime) -> Epic:
    """Set title, key or description; raises StaleCard unless they are as `loaded`, ValidationError by field."""
    with managing(epic.project, actor=actor, now=now, right=Right.EDIT) as door:
        target = Epic.objects.select_related("project").get(pk=epic.pk)
        refuse_stale(target, loaded)
        former_key = target.key
        if changes := assign(target, values):
            save_named(target, former_key)
            door.record("changed", "epic", target.title, changes=changes)
    return target


def create_feature(
    epic: Epic, *, title: str, key: str, description: str = "", actor: User | None, now: datetime
) -> Feature:
    """A feature that belongs to who makes it; raises ValidationError by field."""
    with managing(epic.project, actor=actor, now=now, right=Right.EDIT) as door:
        feature = Feature(epic=epic, title=title, key=key, description=description, owner=actor, changed_at=now)
        save_named(feature)
        changes = {"Key": ["", feature.path]} | ({"Owner": ["", str(actor)]} if actor else {})
        door.record("created", "feature", title, feature=feature, object_uid=feature.uid, changes=changes)
    return feature


def create_feature_with_epic(
    project: Project, *, epic: Epic | None, new_epic: str, values: Values, actor: User | None, now: datetime
) -> Feature:
    """A feature in the epic, or in a new one of this title; both are there afterwards, or neither."""
    with transaction.atomic():
        if epic is None:
            epic = create_epic(project, title=new_epic, key=epic_key_for(new_epic, project), actor=actor, now=now)
        return create_feature(epic, **values, actor=actor, now=now)


def change_feature(
    feature: Feature, values: Values, *, loaded: Values | None = None, actor: User | None, now: datetime
) -> Feature:
    """Set title, key, description or owner; raises StaleCard unless they are as `loaded`, ValidationError by field.

    An owner is a User or None in `values`, and the text of a primary key in `loaded`, as forms send it.
    """
    try:
        with editing(feature, actor=actor, now=now) as door:
            target = door.feature
            _refuse_stale_feature(target, loaded)
            former_key = target.key
            named = {name: value for name, value in values.items() if name != "owner"}
            changes = assign(target, named) | _give_to(target, values.get("owner", target.owner))
            if changes:
                save_named(target, former_key)
                door.record("changed", "feature", target.title, object_uid=target.uid, changes=changes)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    return target


def _refuse_stale_feature(feature: Feature, loaded: Values | None) -> None:
    if loaded is None:
        return
    saved = {name: getattr(feature, name) for name in loaded}
    if "owner" in loaded:
        saved["owner"] = str(feature.owner_id or "")
    if any(plain(saved[name]) != plain(value) for name, value in loaded.items()):
        raise StaleCard(saved)


def _give_to(feature: Feature, owner: User | None) -> dict[str, list[str]]:
    """Make the person the feature's owner; raises ValidationError unless that person may edit it."""
    before = feature.owner
    if owner == before:
        return {}
    if owner is not None and not editors_of(feature.epic.project).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": "Choose an owner or an architect of this project."})
    feature.owner = owner
    return {"Owner": [str(before or ""), str(owner or "")]}
