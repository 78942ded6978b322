"""Links go on working after a renaming, for members only."""

import pytest
from django.test import Client

from projects.models import Epic, Feature, Project, User
from projects.workflow.projects import change_epic, change_feature, change_project, create_feature
from tests.factories import NOON, make_feature, make_project

pytestmark = pytest.mark.django_db
EDIT = "/projects/payments/billing/refunds/edit/"


@pytest.fixture
def renamed(feature: Feature, owner: User) -> Feature:
    """payments/billing/refunds became paying/bills/returns."""
    change_feature(feature, {"key": "returns"}, actor=owner, now=NOON)
    change_epic(feature.epic, {"key": "bills"}, actor=owner, now=NOON)
    change_project(feature.epic.project, {"key": "paying"}, actor=owner, now=NOON)
    return Feature.objects.select_related("epic__project").get()


def test_old_link_leads_to_where_the_feature_is_today(renamed: Feature, architect_client: Client) -> None:
    answer = architect_client.get(EDIT + "?at=7", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1] == ("/projects/paying/bills/returns/edit/?at=7", 302)


def test_form_sent_to_an_old_link_arrives(renamed: Feature, architect_client: Client) -> None:
    first = architect_client.post(EDIT, {"title": "Sent", "key": "returns"})
    assert (first.status_code, first.headers["Location"]) == (307, "/projects/paying/billing/refunds/edit/")
    architect_client.post(EDIT, {"title": "Sent", "key": "returns"}, follow=True)
    assert Feature.objects.get().title == "Sent"


@pytest.mark.parametrize("url", ["/projects/payments/", "/projects/paying/billing/", EDIT])
def test_outsiders_learn_nothing_from_old_links(url: str, renamed: Feature, outsider_client: Client) -> None:
    assert outsider_client.get(url).status_code == 404


def test_member_without_the_right_is_refused_after_the_redirect(renamed: Feature, viewer_client: Client) -> None:
    assert viewer_client.get(EDIT, follow=True).status_code == 403


def test_key_taken_again_no_longer_redirects(renamed: Feature, owner: User, owner_client: Client) -> None:
    create_feature(renamed.epic, title="New refunds", key="refunds", actor=owner, now=NOON)
    page = owner_client.get("/projects/paying/bills/refunds/edit/")
    assert (page.status_code, page.context["feature"].title) == (200, "New refunds")


def test_project_key_taken_again_belongs_to_the_new_project(
    renamed: Feature, outsider_client: Client, owner_client: Client
) -> None:
    outsider_client.post("/projects/new/", {"title": "Payments", "key": "payments"})
    assert outsider_client.get("/projects/payments/").status_code == 200
    assert owner_client.get("/projects/payments/").status_code == 404


def test_every_former_key_leads_there(feature: Feature, owner: User, owner_client: Client) -> None:
    for key in ("second", "third"):
        change_feature(feature, {"key": key}, actor=owner, now=NOON)
    for former in ("refunds", "second"):
        answer = owner_client.get(f"/projects/payments/billing/{former}/edit/")
        assert answer.headers["Location"] == "/projects/payments/billing/third/edit/"


def test_renaming_back_leaves_one_alias(feature: Feature, owner: User, owner_client: Client) -> None:
    change_feature(feature, {"key": "returns"}, actor=owner, now=NOON)
    change_feature(feature, {"key": "refunds"}, actor=owner, now=NOON)
    assert list(feature.aliases.values_list("key", flat=True)) == ["returns"]
    assert owner_client.get("/projects/payments/billing/refunds/edit/").status_code == 200


def test_alias_of_an_epic_holds_in_its_project_only(project: Project, owner: User, owner_client: Client) -> None:
    make_feature("payments/billing/refunds")
    change_epic(Epic.objects.get(), {"key": "bills"}, actor=owner, now=NOON)
    make_project("other", owner=owner)
    assert owner_client.get("/projects/other/billing/").status_code == 404
