"""What the measured installation holds: people, a feature of each size, projects with few and many features."""

from dataclasses import dataclass
from itertools import cycle

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from measures.designs import EPIC, FIELDS, PROJECT, identity, sized_design, uid
from projects.design.vocabulary import Role
from projects.models import EntityField, Epic, Feature, Membership, Project, User
from projects.workflow.apply_import import apply_import
from projects.workflow.create_path import create_path
from reviews.workflow.submit import Submission, submit

SIZES = (5, 60, 300)
# A feature that is saved to, so that the others stay as they are.
WRITTEN_SIZE = 61
LISTS = {"few": 10, "many": 1000}
# Pages of a project beside its list, by what they are called in the table.
PROJECT_PAGES = {
    "handbook": "handbook/",
    "a policy": "handbook/migration/",
    "documents": "documents/",
    "model": "model/",
    "search": "search/?q=feature",
}
EDITORS = 8


@dataclass
class Cell:
    """One row of a grid of fields as a browser sends it, of which the description is typed anew each time."""

    url: str
    uid: str
    entity: str
    values: dict[str, str]
    version: int = 1

    def fields(self, **typed: str) -> dict[str, str]:
        sent = {f"{self.uid}-{name}": value for name, value in (self.values | typed).items()}
        return sent | {f"{self.uid}-version": str(self.version), "at": self.entity, "number": "3"}


def seed() -> list[str]:
    """Fill the database; sessions of the people, who are all architects, and the last two reviewers too."""
    for command in (["migrate"], ["createcachetable"], ["collectstatic", "--no-input"]):
        call_command(*command, verbosity=0)
    people = [
        User.objects.create_user(f"person{number}@example.org", name=f"Person {number}") for number in range(EDITORS)
    ]
    for size in (*SIZES, WRITTEN_SIZE):
        feature = create_path(identity(size), actor=people[0], now=timezone.now())
        apply_import(feature, sized_design(size), actor=people[0], now=timezone.now())
    for key, count in LISTS.items():
        _list_of_features(key, count, people[0])
    for person in people[1:]:
        Membership.objects.create(project=Project.objects.get(key=PROJECT), user=person, role=Role.ARCHITECT)
    _in_review(people)
    return [_session(person) for person in people]


def _list_of_features(key: str, count: int, owner: User) -> None:
    """A project with as many features, which are empty: its page shows names, states and counts of each."""
    place = identity(0).model_copy(update={"project_key": key, "project_title": key.title(), "feature_key": "first"})
    first = create_path(place, actor=owner, now=timezone.now())
    Epic.objects.bulk_create(
        Epic(project=first.epic.project, key=f"epic-{number}", title=f"Epic {number}")
        for number in range(min(20, count // 2))
    )
    epics = cycle(Epic.objects.filter(project=first.epic.project))
    Feature.objects.bulk_create(
        Feature(epic=next(epics), key=f"feature-{number}", title=f"Feature {number:04}", changed_at=timezone.now())
        for number in range(count - 1)
    )


def _session(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


def _in_review(people: list[User]) -> None:
    """A revision of each size in review; the last two people may judge it."""
    project = Project.objects.get(key=PROJECT)
    for person in people[-2:]:
        Membership.objects.create(project=project, user=person, role=Role.REVIEWER)
    for size in SIZES:
        feature = Feature.objects.get(epic__project=project, key=identity(size).feature_key)
        submit(feature, Submission(), actor=people[0], now=timezone.now())


def review_path(size: int) -> str:
    return f"{_feature_path(size)}revisions/1/"


def step_path(size: int, step: str) -> str:
    return f"{_feature_path(size)}steps/{step}/"


def companion_path(size: int, step: str, tab: str) -> str:
    return f"{_feature_path(size)}companion/?step={step}&companion={tab}"


def _feature_path(size: int) -> str:
    return f"/projects/{PROJECT}/{EPIC}/{identity(size).feature_key}/"


def cell(size: int, entity: int) -> Cell:
    """The third field of an entity, as it is saved now."""
    name = f"records_{entity:03}"
    row = uid(name, FIELDS[2][0])
    stored = EntityField.objects.get(feature__key=identity(size).feature_key, uid=row)
    values = {"name": stored.name, "type": stored.type, "key": "", "reference": "", "is_required": "on"}
    values |= {"default": stored.default, "rule": stored.rule, "sensitivity": stored.sensitivity}
    url = f"{_feature_path(size)}rows/fields/{row}/"
    return Cell(url, str(row), str(uid(name)), values | {"description": stored.description}, stored.version)
