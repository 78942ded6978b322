"""The pages on which a draft is submitted and a revision withdrawn, for every role."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.design.vocabulary import DesignState, Role
from projects.models import Feature, Project, Revision, User
from reviews.models import Assignment, Notice
from reviews.workflow.submit import Submission, submit
from tests.factories import add_member, change_draft, make_user

pytestmark = pytest.mark.django_db
SUBMIT = "/projects/payments/billing/refunds/submit/"
REVISIONS = "/projects/payments/billing/refunds/revisions/"
ROLES = [("owner", 200), ("architect", 200), ("reviewer", 403), ("viewer", 403), ("outsider", 404), ("nobody", 302)]


@pytest.fixture
def draft(feature: Feature, architect: User, second_reviewer: User) -> Feature:
    """A draft that two people may approve."""
    change_draft(feature, architect)
    return feature


@pytest.fixture
def first(draft: Feature, architect: User) -> Revision:
    return submit(draft, Submission(), actor=architect, now=timezone.now())


def answers(head: Revision | None = None, **said: object) -> dict[str, object]:
    """What the form brings; people who are not named in it are not asked."""
    seen = {"seen_revision": head.number if head else 0, "seen_digest": head.digest if head else ""}
    asked = {f"ask-{user.pk}": "none" for user in User.objects.all() if f"ask-{user.pk}" not in said}
    return seen | asked | said


@pytest.mark.parametrize(("who", "status"), ROLES)
def test_who_may_see_what_would_be_submitted(
    draft: Feature, client_of: Callable[[str], Client], who: str, status: int
) -> None:
    assert client_of(who).get(SUBMIT).status_code == status


@pytest.mark.parametrize(("who", "status"), ROLES)
def test_who_may_submit(draft: Feature, client_of: Callable[[str], Client], who: str, status: int) -> None:
    response = client_of(who).post(SUBMIT, answers())
    assert response.status_code == (302 if status == 200 else status)
    assert Revision.objects.count() == (1 if status == 200 else 0)


@pytest.mark.parametrize(("who", "status"), ROLES)
def test_who_may_withdraw(first: Revision, client_of: Callable[[str], Client], who: str, status: int) -> None:
    page = f"{REVISIONS}1/withdraw/"
    client = client_of(who)
    assert client.get(page).status_code == status
    client.post(page, answers(first, reason="Too early"))
    first.refresh_from_db()
    assert first.state == (DesignState.WITHDRAWN if status == 200 else DesignState.IN_REVIEW)


def test_people_are_asked_as_chosen(
    draft: Feature, architect_client: Client, reviewer: User, second_reviewer: User, owner: User
) -> None:
    chosen = {f"ask-{reviewer.pk}": "required", f"ask-{second_reviewer.pk}": "optional"}
    response = architect_client.post(SUBMIT, answers(message="Look at step 6", **chosen), follow=True)
    assert response.redirect_chain[-1][0] == f"{REVISIONS}1/"
    assert "2 people were asked to review it" in response.text
    assert "Look at step 6" in response.text
    asked = dict(Assignment.objects.values_list("reviewer", "is_required"))
    assert asked == {reviewer.pk: True, second_reviewer.pk: False}
    assert set(Notice.objects.filter(is_turn=True).values_list("recipient", flat=True)) == set(asked)


def test_reviewers_are_offered_first_and_contributors_named(
    draft: Feature, architect_client: Client, owner: User, reviewer: User
) -> None:
    change_draft(draft, owner)
    page = architect_client.get(SUBMIT).text
    assert f'name="ask-{reviewer.pk}" value="optional"' in page
    assert f'name="ask-{owner.pk}"' not in page
    assert "Olu Owner" in page
    assert "Owner; changed this design" in page


def test_a_refusal_keeps_what_was_typed(first: Revision, architect_client: Client, reviewer: User) -> None:
    data = answers(first, message="The same again", **{f"ask-{reviewer.pk}": "required"})
    response = architect_client.post(SUBMIT, data)
    assert response.status_code == 422
    assert "Nothing changed since r1" in response.text
    assert "The same again" in response.text
    assert Revision.objects.count() == 1


def test_who_is_missing_is_said_with_a_way_to_invite(feature: Feature, owner: User, owner_client: Client) -> None:
    """The owner changed the draft, so one reviewer is left of the two that are needed."""
    change_draft(feature, owner)
    assert "Approval needs 2 people" in owner_client.get(SUBMIT).text
    response = owner_client.post(SUBMIT, answers(message="Kept"))
    assert response.status_code == 422
    assert reverse("invitation-new", args=["payments"]) in response.text
    assert "role Reviewer" in response.text
    assert "Kept" in response.text


def test_somebody_who_became_a_contributor_cannot_be_asked(
    draft: Feature, project: Project, architect_client: Client, owner: User
) -> None:
    add_member(project, make_user(name="Third Reviewer"), Role.REVIEWER)
    change_draft(draft, owner)
    response = architect_client.post(SUBMIT, answers(message="Kept", **{f"ask-{owner.pk}": "required"}))
    assert response.status_code == 422
    assert "Olu Owner cannot review this any more" in response.text
    assert "Kept" in response.text


@pytest.mark.parametrize("person", ["9" * 5000, "\u0661", "nobody"])
def test_nobody_of_that_number_is_asked(draft: Feature, architect_client: Client, person: str) -> None:
    sent = urlencode(answers(**{f"ask-{person}": "required"}))
    response = architect_client.post(SUBMIT, sent, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert "Somebody whom you asked cannot review this any more" in response.content.decode()


def test_a_form_from_before_another_submission_is_answered_with_what_was_typed(
    draft: Feature, architect: User, owner_client: Client
) -> None:
    change_draft(draft, architect)
    data = answers(message="Mine")
    submit(draft, Submission(), actor=architect, now=timezone.now())
    change_draft(draft, architect)
    response = owner_client.post(SUBMIT, data)
    assert response.status_code == 409
    assert "Mine" in response.text
    assert Revision.objects.count() == 1


def test_a_repeated_click_submits_once(draft: Feature, architect_client: Client) -> None:
    data = answers(key="6f1f3f52-5b0a-4a39-a7b2-6b3c3a0f4d11")
    for _click in range(2):
        response = architect_client.post(SUBMIT, data)
        assert response.url == f"{REVISIONS}1/"
    assert Revision.objects.count() == 1


def test_withdrawing_is_told_with_its_reason(first: Revision, architect_client: Client) -> None:
    response = architect_client.post(f"{REVISIONS}1/withdraw/", answers(first, reason="Too early"), follow=True)
    assert "r1 is withdrawn" in response.text
    assert "Withdrawn" in response.text


def test_what_is_not_in_review_is_not_withdrawn(first: Revision, architect_client: Client) -> None:
    architect_client.post(f"{REVISIONS}1/withdraw/", answers(first))
    response = architect_client.post(f"{REVISIONS}1/withdraw/", answers(first, reason="Again"))
    assert response.status_code == 422
    assert "r1 is not in review" in response.text
    assert "Again" in response.text


@pytest.mark.parametrize("what", ["project", "feature"])
def test_what_is_archived_submits_nothing(draft: Feature, owner_client: Client, what: str) -> None:
    if what == "project":
        Project.objects.update(is_archived=True)
    else:
        Feature.objects.update(archived_at=timezone.now())
    assert owner_client.get(SUBMIT).status_code == 403
    assert owner_client.post(SUBMIT, answers()).status_code == 403


def test_a_required_reviewer_stays_so(
    draft: Feature, architect: User, architect_client: Client, reviewer: User, second_reviewer: User
) -> None:
    """Only an owner takes one off, with a reason; submitting again is no way around that."""
    chosen = {f"ask-{reviewer.pk}": "required", f"ask-{second_reviewer.pk}": "optional"}
    architect_client.post(SUBMIT, answers(**chosen))
    change_draft(draft, architect)
    head = Revision.objects.get()
    refused = architect_client.post(SUBMIT, answers(head, **{f"ask-{second_reviewer.pk}": "none"}))
    assert refused.status_code == 422
    submit(draft, Submission(asked={}), actor=architect, now=timezone.now())
    assert [(each.reviewer, each.is_required) for each in Assignment.objects.filter(ended_at=None)] == [
        (reviewer, True)
    ]


def test_an_empty_design_is_not_submitted(feature: Feature, architect_client: Client, second_reviewer: User) -> None:
    refusal = "There is nothing to review yet"
    page = architect_client.get(SUBMIT).text
    assert refusal in page
    assert "/refunds/steps/requirements/" in page
    response = architect_client.post(SUBMIT, answers(message="Kept"))
    assert response.status_code == 422
    assert refusal in response.text
    assert "Kept" in response.text
    assert not Revision.objects.exists()
