"""Wherever a feature is shown: the state of its head, the approved revision in force, and whether the draft went on."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from projects.models import Feature, User
from projects.workflow.projects import change_feature
from projects.workflow.records import draft_record
from projects.workflow.standings import standing_of
from reviews.workflow.archive import archive_feature, restore_feature
from reviews.workflow.submit import Submission, submit, withdraw
from tests.factories import change_draft, make_entity, make_feature
from tests.reviews.cast import approve, give_all, submit_next

pytestmark = pytest.mark.django_db
PROJECT = "/projects/payments/"
BASE = f"{PROJECT}billing/refunds/"


@pytest.fixture
def people(architect: User, reviewer: User, second_reviewer: User) -> tuple[User, User, User]:
    return architect, reviewer, second_reviewer


def approve_all(feature: Feature, people: tuple[User, User, User]) -> None:
    revision = submit_next(feature, people[0])
    for person in people[1:]:
        give_all(revision, person)
        approve(feature, person)


def shown(client: Client, page: str) -> str:
    text = client.get(page).content.decode()
    return " ".join(text.split())


def test_a_head_in_review_and_the_revision_in_force(
    feature: Feature, people: tuple[User, User, User], architect_client: Client
) -> None:
    approve_all(feature, people)
    submit_next(feature, people[0])
    change_draft(feature, people[0])
    bar = shown(architect_client, f"{BASE}steps/data-model/")
    for said in ("In review", f'href="{BASE}revisions/2/"', "approved: r1", "Draft changed since r2", f"{BASE}submit/"):
        assert said in bar
    row = shown(architect_client, PROJECT)
    for said in ("In review", "<strong>r1</strong>", f'href="{BASE}revisions/1/"', "draft changed since r2"):
        assert said in row
    assert f'href="{BASE}revisions/2/"' in shown(architect_client, f"{BASE}steps/checklist/").split("</header>", 2)[2]


def test_an_approved_head_needs_no_submission(
    feature: Feature, people: tuple[User, User, User], architect_client: Client
) -> None:
    approve_all(feature, people)
    bar = shown(architect_client, f"{BASE}steps/data-model/").split("</header>")[1]
    assert "Approved" in bar
    for absent in ("approved: r1", "Draft changed", f"{BASE}submit/"):
        assert absent not in bar


def test_a_withdrawn_head_is_a_draft(
    feature: Feature, people: tuple[User, User, User], architect_client: Client
) -> None:
    approve_all(feature, people)
    submit_next(feature, people[0])
    withdraw(feature, actor=people[0], now=timezone.now())
    standing = standing_of(feature)
    assert (standing.state, standing.revision, standing.head) == ("draft", 1, 2)
    assert "approved: r1" in shown(architect_client, f"{BASE}steps/data-model/")


def test_each_source_of_documents_can_be_chosen(
    feature: Feature, people: tuple[User, User, User], viewer_client: Client
) -> None:
    approve_all(feature, people)
    submit_next(feature, people[0])
    page = shown(viewer_client, f"{BASE}steps/document/")
    for folder in (BASE, f"{BASE}revisions/1/", f"{BASE}revisions/2/"):
        for file in ("documents/data-design.md", "documents/data-consistency.pdf", "documents.zip", "design.json"):
            assert f'href="{folder}{file}"' in page
    assert "r1, approved" in page
    assert "r2, in review" in page


def test_the_companion_brings_the_state_after_a_save(
    feature: Feature, people: tuple[User, User, User], architect_client: Client
) -> None:
    submit_next(feature, people[0])
    before = shown(architect_client, f"{BASE}companion/?step=data-model")
    assert "Draft changed" not in before
    assert 'r1<span class="feature-review-words">: see the review' in before
    assert f"{BASE}submit/" not in before
    change_draft(feature, people[0])
    after = shown(architect_client, f"{BASE}companion/?step=data-model")
    assert "Draft changed since r1" in after
    assert f"{BASE}submit/" in after.split('id="feature-submit" hx-swap-oob="true"')[1]


def test_a_viewer_is_not_led_to_submitting(
    feature: Feature, people: tuple[User, User, User], viewer_client: Client
) -> None:
    submit_next(feature, people[0])
    change_draft(feature, people[0])
    assert f"{BASE}submit/" not in shown(viewer_client, f"{BASE}companion/?step=data-model")


def test_the_companion_is_fetched_again_when_only_the_standing_changed(
    feature: Feature, people: tuple[User, User, User], architect_client: Client
) -> None:
    change_draft(feature, people[0])
    address = f"{BASE}companion/?step=data-model"
    known = {"If-None-Match": architect_client.get(address)["ETag"]}
    assert architect_client.get(address, headers=known).status_code == 304
    submit(feature, Submission(), actor=people[0], now=timezone.now())
    assert "In review" in architect_client.get(address, headers=known).text


def test_the_list_leads_to_the_documents_of_the_revision_in_force(
    feature: Feature, people: tuple[User, User, User], viewer_client: Client
) -> None:
    files = ("documents/data-design.md", "documents/data-design.pdf", "documents.zip")
    submit_next(feature, people[0])
    page = shown(viewer_client, PROJECT)
    assert [file for file in files if f'href="{BASE}{file}" title="draft"' not in page] == []
    approve_all(feature, people)
    submit_next(feature, people[0])
    page = shown(viewer_client, PROJECT)
    assert [file for file in files if f'href="{BASE}revisions/2/{file}" title="r2"' not in page] == []
    assert f'href="{BASE}documents' not in page


def test_who_only_judges_is_no_author_of_the_draft(
    feature: Feature, people: tuple[User, User, User], owner: User
) -> None:
    approve_all(feature, people)
    now = timezone.now()
    archive_feature(feature, actor=owner, now=now)
    restore_feature(feature, actor=owner, now=now)
    change_feature(feature, {"owner": people[0]}, actor=owner, now=now)
    assert draft_record(feature).authors == ("Ada Architect",)
    change_feature(feature, {"title": "Repayments"}, actor=owner, now=now)
    assert draft_record(feature).authors == ("Ada Architect", "Olu Owner")


def test_the_model_says_what_is_approved(
    feature: Feature, people: tuple[User, User, User], viewer_client: Client
) -> None:
    make_entity(feature, "refunds", "id uuid")
    approve_all(feature, people)
    assert f'<a href="{BASE}revisions/1/">r1 approved</a>' in shown(viewer_client, f"{PROJECT}model/")


def test_only_states_of_heads_are_filtered_by(feature: Feature, viewer_client: Client) -> None:
    page = shown(viewer_client, PROJECT)
    assert 'value="in-review"' in page
    assert 'value="superseded"' not in page


@pytest.mark.parametrize("page", ["", "documents/", "model/", "documents/database.md"])
def test_pages_take_as_many_queries_for_few_revisions_as_for_many(
    page: str,
    feature: Feature,
    people: tuple[User, User, User],
    viewer_client: Client,
    django_assert_max_num_queries: Callable,
) -> None:
    def counted() -> int:
        cache.clear()
        viewer_client.get(PROJECT + page)
        with django_assert_max_num_queries(100) as queries:
            assert viewer_client.get(PROJECT + page).status_code == 200
        return len(queries)

    approve_all(feature, people)
    few = counted()
    approve_all(feature, people)
    for number in range(2):
        another = make_feature(f"payments/billing/more-{number}")
        approve_all(another, people)
        submit_next(another, people[0])
    assert counted() == few
