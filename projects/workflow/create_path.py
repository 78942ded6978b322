"""Make what is missing of project, epic and feature on the way to a path."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from projects.access import features
from projects.design.digest import plain
from projects.design.tree import Conventions as NamingRules
from projects.design.tree import Identity, Policies
from projects.design.vocabulary import Role
from projects.models import Conventions, Epic, Feature, Membership, Project, User
from projects.snapshot.handbook import write_policies
from projects.workflow.naming import save_named
from projects.workflow.project_door import ProjectDoor, managing
from projects.workflow.projects import (
    change_conventions,
    create_epic,
    create_feature,
    create_project,
    may_create_project,
)


def title_of(key: str) -> str:
    return key.replace("-", " ").capitalize()


def identity_at(project: str, epic: str, feature: str) -> Identity:
    """The identity of a feature that is still to be made: its titles are its keys in words."""
    return Identity(
        project_key=project,
        project_title=title_of(project),
        epic_key=epic,
        epic_title=title_of(epic),
        feature_key=feature,
        feature_title=title_of(feature),
    )


def create_path(
    identity: Identity,
    *,
    actor: User | None,
    now: datetime,
    conventions: NamingRules | None = None,
    policies: Policies | None = None,
) -> Feature:
    """The feature at the identity's path; what is missing is made under the identity's titles.

    A new project takes the conventions and the policies, where given.
    Raises ValidationError for a key that is none, PermissionDenied.
    """
    with transaction.atomic():
        project = Project.objects.filter(key=identity.project_key).first()
        if project is None:
            project = _new_project(identity, actor, now)
            _take_conventions(project, conventions, actor, now)
            _take_policies(project, policies, actor, now)
        elif actor is not None:
            _adopt(project, actor, now)
        epic = Epic.objects.filter(project=project, key=identity.epic_key).first() or create_epic(
            project, title=identity.epic_title, key=identity.epic_key, actor=actor, now=now
        )
        feature = Feature.objects.filter(epic=epic, key=identity.feature_key).first() or create_feature(
            epic, title=identity.feature_title, key=identity.feature_key, actor=actor, now=now
        )
        return features().get(pk=feature.pk)


def _new_project(identity: Identity, actor: User | None, now: datetime) -> Project:
    named: dict[str, Any] = {"title": identity.project_title, "key": identity.project_key}
    if actor is not None:
        if not may_create_project(actor):
            raise PermissionDenied(f"{actor.display_name} may not create projects here.")
        return create_project(**named, owner=actor, now=now)
    project = Project(**named)
    save_named(project)
    Conventions.objects.create(project=project)
    ProjectDoor(project, None, now).record("created", "project", project.title, changes={"Key": ["", project.key]})
    return project


def _adopt(project: Project, actor: User, now: datetime) -> None:
    """A project that the command line made for nobody becomes that of the first person named."""
    if not Membership.objects.filter(project=project).exists():
        Membership.objects.create(project=project, user=actor, role=Role.OWNER)
        changes = {"Role": ["", Role.OWNER.label]}
        ProjectDoor(project, actor, now).record("joined", "person", actor.display_name, changes=changes)


def _take_conventions(project: Project, wanted: NamingRules | None, actor: User | None, now: datetime) -> None:
    if wanted is not None and (values := plain(wanted)):
        change_conventions(project, values, actor=actor, now=now)


def _take_policies(project: Project, wanted: Policies | None, actor: User | None, now: datetime) -> None:
    if wanted is not None and wanted != Policies():
        with managing(project, actor=actor, now=now) as door:
            write_policies(door.project, wanted)
            door.record("imported", "policies", project.title)
