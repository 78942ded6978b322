"""manage.py load_demo: a finished design with a few honest findings, loaded once; tests/reviews has its reviews."""

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone
from pytest_django import Settings

from projects.access import features
from projects.design.vocabulary import StepState
from projects.management.design_command import Problems
from projects.models import Entity, Event, Feature, Membership, Project, Reuse, User
from projects.snapshot.current import current_design
from projects.snapshot.handbook import take_handbook, write_handbook
from projects.workflow.demonstration import PASSWORD, PEOPLE, designs, handbook, load_demonstration
from projects.workflow.events import broken_links
from projects.workflow.progress import findings_of
from projects.workflow.steps import STEP_BY_SLUG
from tests.factories import make_project
from tests.projects.commands.calling import call

pytestmark = pytest.mark.django_db
FOUND = {
    "payments": set(),
    "refunds": {
        ("foreign-key-type-mismatch", "ledger_entries.refund_id"),
        ("index-unused", "idx_refunds_currency"),
        ("low-frequency-query-unserved", "Refunds asked by a person"),
    },
}


def feature(key: str) -> Feature:
    return features().get(epic__project__key="storefront", key=key)


def load() -> None:
    """The designs alone, as people find them before anything is said of them."""
    load_demonstration(timezone.now())


def test_it_says_where_and_how_to_sign_in() -> None:
    out, _ = call("load_demo")
    assert PASSWORD in out
    assert all(person.email in out for person in PEOPLE)
    assert authenticate(None, email="architect@storefront.example", password=PASSWORD)


def test_each_person_has_a_role() -> None:
    load()
    roles = Membership.objects.filter(project__key="storefront").values_list("role", flat=True)
    assert sorted(roles) == ["architect", "architect", "owner", "reviewer", "reviewer", "viewer"]


@pytest.mark.parametrize("key", FOUND)
def test_the_findings_left_in_it_are_these(key: str) -> None:
    load()
    found = findings_of(current_design(feature(key)))
    assert {(each.rule, each.path) for each in found} == FOUND[key]


@pytest.mark.parametrize("key", FOUND)
@pytest.mark.parametrize("step", ["requirements", "storage", "data-model", "queries", "indexing"])
def test_every_step_of_it_is_complete(key: str, step: str) -> None:
    load()
    assert STEP_BY_SLUG[step].progress(current_design(feature(key)).design) is StepState.COMPLETE


def test_refunds_reuse_what_payments_own() -> None:
    load()
    assert Reuse.objects.get(feature=feature("refunds")).entity.feature == feature("payments")


def test_what_is_loaded_is_what_the_files_say() -> None:
    load()
    written = [each.with_values(policies=handbook().policies) for each in designs()]
    assert [current_design(feature(each.identity.feature_key)).design for each in designs()] == written
    assert take_handbook(Project.objects.get(key="storefront")) == handbook()


def test_a_handbook_that_people_began_stays_theirs() -> None:
    load()
    project = Project.objects.get(key="storefront")
    write_handbook(project, handbook().with_values(entries=()))
    load()
    assert take_handbook(project).entries == ()


def test_again_changes_nothing() -> None:
    load()
    before = (Event.objects.count(), User.objects.count(), Entity.objects.count())
    load()
    assert (Event.objects.count(), User.objects.count(), Entity.objects.count()) == before


def test_again_keeps_what_people_changed() -> None:
    load()
    person = User.objects.get(email="viewer@storefront.example")
    person.set_password("a password of my own")
    person.save()
    Entity.objects.filter(name="ledger_entries").delete()
    load()
    person.refresh_from_db()
    assert person.check_password("a password of my own")
    assert not Entity.objects.filter(name="ledger_entries").exists()


def test_everything_in_it_went_through_the_door() -> None:
    load()
    project = Project.objects.get(key="storefront")
    assert broken_links(project) == []
    verbs = set(Event.objects.filter(project=project).values_list("verb", flat=True))
    assert {"created", "added", "imported"} <= verbs


def test_a_project_of_somebody_elses_is_left_alone(owner: User) -> None:
    make_project("storefront", owner=owner)
    with pytest.raises(Problems, match="not the demonstration's"):
        call("load_demo")
    assert not User.objects.filter(email__endswith="@storefront.example").exists()


def test_production_is_refused(settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(Problems, match="production") as refused:
        call("load_demo")
    assert refused.value.returncode == 1
    assert not Project.objects.exists()
