"""Rows for tests: functions with good defaults. What a test is about, it says itself."""

from datetime import UTC, datetime
from itertools import count

from django.utils import timezone

from projects.design.vocabulary import Role
from projects.models import (
    Component,
    Conventions,
    Entity,
    EntityField,
    EntityKey,
    Epic,
    Feature,
    KeyPart,
    Membership,
    Project,
    User,
)
from projects.workflow.editing import editing

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
numbers = count(1)


def make_user(email: str = "", name: str = "", **fields: object) -> User:
    """A person who can be signed in with `client.force_login`; a password is slow to hash, and few tests need one."""
    user = User(email=email or f"person{next(numbers)}@example.org", name=name, **fields)
    user.set_unusable_password()
    user.save()
    return user


def make_project(key: str = "", title: str = "", **people: User) -> Project:
    """A project with its conventions; people by role: `make_project("payments", owner=ada)`."""
    key = key or f"project-{next(numbers)}"
    project = Project.objects.create(key=key, title=title or key.replace("-", " ").capitalize())
    Conventions.objects.create(project=project)
    for role, person in people.items():
        add_member(project, person, Role(role))
    return project


def add_member(project: Project, person: User, *roles: Role) -> None:
    Membership.objects.bulk_create(Membership(project=project, user=person, role=role) for role in roles)


def make_epic(project: Project, key: str = "", title: str = "") -> Epic:
    key = key or f"epic-{next(numbers)}"
    return Epic.objects.create(project=project, key=key, title=title or key.replace("-", " ").capitalize())


def make_feature(path: str = "", title: str = "", **people: User) -> Feature:
    """The feature at `project/epic/feature`, with the project and epic if they are not there yet."""
    path = path or f"project-{next(numbers)}/billing/refunds"
    project_key, epic_key, key = path.split("/")
    project = Project.objects.filter(key=project_key).first() or make_project(project_key, **people)
    epic = Epic.objects.filter(project=project, key=epic_key).first() or make_epic(project, epic_key)
    title = title or key.replace("-", " ").capitalize()
    return Feature.objects.create(epic=epic, key=key, title=title, changed_at=timezone.now())


def make_entity(feature: Feature, name: str = "orders", *fields: str) -> Entity:
    """An entity with fields given as `name` or `name type`; one named id is its primary key."""
    entity = Entity.objects.create(feature=feature, name=name, position=1024 * (feature_entities(feature) + 1))
    for place, words in enumerate(fields, 1):
        field_name, _, field_type = words.partition(" ")
        field = EntityField.objects.create(
            feature=feature, entity=entity, name=field_name, type=field_type or "text", position=1024 * place
        )
        if field_name == "id":
            key = EntityKey.objects.create(feature=feature, entity=entity, kind="primary")
            KeyPart.objects.create(key=key, field=field, position=0)
    return entity


def feature_entities(feature: Feature) -> int:
    return Entity.objects.filter(feature=feature).count()


def change_draft(feature: Feature, actor: User) -> None:
    """A change of the draft by this person, through the door: one more component, which no rule minds."""
    with editing(feature, actor=actor, now=timezone.now()) as door:
        door.create(Component(name=f"Component {next(numbers)}"))
