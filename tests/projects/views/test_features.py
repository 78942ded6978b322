"""Features as cards: created in an epic, changed through the one door."""

import pytest
from django.test import Client

from projects.models import Epic, Event, Feature, Project
from projects.workflow.events import broken_links
from tests.factories import make_epic, make_feature

pytestmark = pytest.mark.django_db
NEW = "/projects/payments/new/"


def test_feature_is_created_in_an_epic(project: Project, architect_client: Client) -> None:
    make_epic(project, "billing")
    answer = architect_client.post(NEW, {"epic": "billing", "title": "Refunds 🧾", "description": "d"})
    feature = Feature.objects.get()
    assert (answer.headers["Location"], feature.title) == ("/projects/payments/billing/refunds/", "Refunds 🧾")
    event = Event.objects.get()
    assert (event.verb, event.feature, event.object_uid) == ("created", feature, feature.uid)


def test_feature_is_created_together_with_its_epic(project: Project, architect_client: Client) -> None:
    answer = architect_client.post(NEW, {"new_epic": "Month close", "title": "Reports", "key": "r"})
    assert answer.headers["Location"] == "/projects/payments/month-close/r/"
    assert list(Event.objects.values_list("kind", flat=True)) == ["epic", "feature"]


def test_refused_feature_leaves_no_epic_behind(project: Project, architect_client: Client) -> None:
    answer = architect_client.post(NEW, {"new_epic": "Month close", "title": "Reports", "key": "No Key"})
    assert (answer.status_code, Epic.objects.count(), Event.objects.count()) == (422, 0, 0)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": "T"}, "Choose an epic, or write the title of a new one."),
        ({"title": "T", "epic": "billing", "new_epic": "Other"}, "Choose an epic or write a new one, not both."),
        ({"title": "", "epic": "billing"}, "This field is required."),
        ({"title": "T", "epic": "elsewhere"}, "Select a valid choice."),
        ({"title": "T", "epic": "billing", "key": "refunds"}, "This epic has a feature with that key."),
        ({"title": "T" * 201, "epic": "billing"}, "at most 200 characters"),
    ],
)
def test_wrong_input_is_explained(
    values: dict[str, str], said: str, project: Project, architect_client: Client
) -> None:
    make_feature("payments/billing/refunds")
    answer = architect_client.post(NEW, values)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_link_from_an_epic_chooses_it(project: Project, architect_client: Client) -> None:
    make_feature("payments/billing/refunds")
    form = architect_client.get(NEW, {"epic": "billing", "title": "Refunds"}).context["form"]
    assert (form["epic"].value(), form["key"].value()) == ("billing", "refunds-2")


def test_feature_is_changed_through_its_door(feature: Feature, architect_client: Client) -> None:
    architect_client.post(
        "/projects/payments/billing/refunds/edit/", {"title": "Returns", "key": "returns", "description": "x"}
    )
    changed = Feature.objects.get()
    assert (changed.title, changed.key, changed.version) == ("Returns", "returns", feature.version + 1)
    assert Event.objects.get().changes["Key"] == ["refunds", "returns"]
    assert broken_links(changed.epic.project) == []


def test_saving_an_unchanged_card_records_nothing(feature: Feature, architect_client: Client) -> None:
    architect_client.post("/projects/payments/billing/refunds/edit/", {"title": feature.title, "key": feature.key})
    assert (Feature.objects.get().version, Event.objects.count()) == (feature.version, 0)


def test_stale_card_shows_both_versions_and_keeps_the_input(feature: Feature, architect_client: Client) -> None:
    Feature.objects.update(title="Theirs", version=9)
    opened = {"initial-title": "Refunds", "initial-key": "refunds", "initial-description": ""}
    answer = architect_client.post(
        "/projects/payments/billing/refunds/edit/",
        opened | {"title": "Mine", "key": "refunds", "description": "mine too"},
    )
    assert answer.status_code == 409
    assert answer.context["form"]["description"].value() == "mine too"
    assert Feature.objects.get().title == "Theirs"


def test_work_in_the_design_does_not_make_the_card_stale(feature: Feature, architect_client: Client) -> None:
    Feature.objects.update(version=9)
    opened = {"initial-title": "Refunds", "initial-key": "refunds", "initial-description": ""}
    answer = architect_client.post(
        "/projects/payments/billing/refunds/edit/", opened | {"title": "Mine", "key": "refunds"}
    )
    assert (answer.status_code, Feature.objects.get().title) == (302, "Mine")
