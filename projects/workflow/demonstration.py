"""The demonstration: a project with its people and two finished features, made through the same doors as any other."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from projects.design.tree import Design, Handbook, Policies
from projects.design.vocabulary import Role
from projects.importers.design_file import read_design_file
from projects.models import Feature, Membership, Project, User
from projects.snapshot.handbook import write_handbook
from projects.snapshot.policies import policies_of
from projects.workflow.apply_import import apply_import
from projects.workflow.create_path import create_path
from projects.workflow.people import in_words
from projects.workflow.project_door import managing
from projects.workflow.projects import change_feature

PROJECT = "storefront"
# In this order: refunds reuse what payments own.
FILES = ("payments.json", "refunds.json")
HANDBOOK = "handbook.json"
FOLDER = Path(__file__).resolve().parents[1] / "demonstration"
# Everybody can read it here, so the accounts exist only where somebody loaded the demonstration.
PASSWORD = "storefront-demonstration"


@dataclass(frozen=True)
class Person:
    login: str
    name: str
    role: Role

    @property
    def email(self) -> str:
        return f"{self.login}@{settings.DEMONSTRATION_DOMAIN}"


PEOPLE = (
    Person("owner", "Nadia Okafor", Role.OWNER),
    Person("architect", "Arjun Rao", Role.ARCHITECT),
    Person("architect-2", "Astrid Lindqvist", Role.ARCHITECT),
    Person("reviewer", "Rosa Vidal", Role.REVIEWER),
    Person("reviewer-2", "Ren Takahashi", Role.REVIEWER),
    Person("viewer", "Victor Moreau", Role.VIEWER),
)


class NotForProduction(Exception):
    """The demonstration's password is public, so it has no place where real people work."""


class NameTaken(Exception):
    """Somebody made a project of this name; it is not the demonstration's to change."""


def designs() -> list[Design]:
    return [read_design_file((FOLDER / name).read_bytes()) for name in FILES]


def handbook() -> Handbook:
    return Handbook.model_validate_json((FOLDER / HANDBOOK).read_bytes())


def load_demonstration(now: datetime) -> list[str]:
    """Make what is missing; answers the paths of the features made. What people changed since stays as it is."""
    if settings.PRODUCTION:
        raise NotForProduction("The demonstration has a public password. It is not loaded in production.")
    with transaction.atomic():
        owner, architect = _person(PEOPLE[0]), _person(PEOPLE[1])
        project = Project.objects.filter(key=PROJECT).first()
        if project and not Membership.objects.filter(project=project, user=owner).exists():
            raise NameTaken(f"There is a project {PROJECT} already that is not the demonstration's. Nothing changed.")
        if project is None:
            first = designs()[0]
            create_path(first.identity, actor=owner, now=now, conventions=first.conventions)
            project = Project.objects.get(key=PROJECT)
            _join(project, owner, now)
        _write_handbook(project, owner, now)
        return [path for design in designs() if (path := _feature(design, architect, now))]


def _write_handbook(project: Project, owner: User, now: datetime) -> None:
    """Write the handbook of a project that has none yet; one that people began is theirs."""
    if policies_of(project) != Policies() or project.entries.exists():
        return
    with managing(project, actor=owner, now=now) as door:
        write_handbook(door.project, handbook())
        door.record("imported", "handbook", "the demonstration")


def _person(person: Person) -> User:
    """The account; one that is there keeps the password that its person chose."""
    found = User.objects.filter(email__iexact=person.email).first()
    return found or User.objects.create_user(person.email, PASSWORD, name=person.name)


def _join(project: Project, owner: User, now: datetime) -> None:
    with managing(project, actor=owner, now=now) as door:
        for person in PEOPLE[1:]:
            Membership.objects.create(project=project, user=_person(person), role=person.role)
            door.record("added", "person", person.name, changes={"Roles": ["", in_words([person.role])]})


def _feature(design: Design, actor: User, now: datetime) -> str:
    """Bring the design into its feature, unless that holds anything; the path if it was brought in."""
    who = design.identity
    there = Feature.objects.filter(epic__project__key=PROJECT, epic__key=who.epic_key, key=who.feature_key).first()
    # A first version has only been created; whatever people did since then is theirs.
    if there and there.version > 1:
        return ""
    feature = there or create_path(who, actor=actor, now=now)
    apply_import(feature, design, actor=actor, now=now, source="the demonstration")
    change_feature(feature, {"owner": actor}, actor=actor, now=now)
    return who.path
