"""What a form brings beside what was typed: the revision it was loaded for, and a key that is good for one deed."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from projects.models import Feature, Revision, User
from reviews.models import Comment, Decision, Deed, DraftVerdict, Review, Thread
from reviews.reading import facts_of, review_of
from reviews.reading_turns import in_review, open_reviews
from reviews.rules.anchors import Anchor
from reviews.rules.gate import gate
from reviews.rules.terms import RequirementState
from reviews.workflow.submit import Submission, submit
from reviews.workflow.threads import Opening, open_thread
from tests.factories import change_draft
from tests.pages import form_values
from tests.reviews.cast import approve, give_all

pytestmark = pytest.mark.django_db
FEATURE = "/projects/payments/billing/refunds/"
FIRST = f"{FEATURE}revisions/1/"


def in_review_now(feature: Feature, architect: User) -> Revision:
    change_draft(feature, architect)
    return submit(feature, Submission(), actor=architect, now=timezone.now())


@pytest.fixture
def revision(feature: Feature, architect: User, reviewer: User, second_reviewer: User) -> Revision:
    return in_review_now(feature, architect)


@pytest.fixture
def thread(feature: Feature, revision: Revision, architect: User) -> Thread:
    opening = Opening(Anchor(section="backup"), "Is it enough?")
    return open_thread(feature, opening, actor=architect, now=timezone.now())[0]


def seen(revision: Revision) -> dict[str, object]:
    return {"seen_revision": revision.number, "seen_digest": revision.digest}


def test_other_words_under_a_key_that_was_used_are_kept_and_said(
    revision: Revision, thread: Thread, architect_client: Client
) -> None:
    address = f"{FIRST}threads/{thread.uid}/"
    sent = seen(revision) | {"key": str(uuid4()), "action": "reply"}
    for _ in range(2):
        assert architect_client.post(address, sent | {"text": "First words"}).status_code == 302
    refused = architect_client.post(address, sent | {"text": "Other words"})
    assert refused.status_code == 422
    assert "This form was sent already" in refused.text
    assert "Other words</textarea>" in refused.text
    assert str(sent["key"]) not in refused.text
    again = form_values(refused.text) | {"action": "reply", "text": "Other words"}
    assert architect_client.post(address, again).status_code == 302
    assert list(Comment.objects.order_by("pk").values_list("text", flat=True))[1:] == ["First words", "Other words"]


def test_a_key_is_good_for_one_page(revision: Revision, thread: Thread, reviewer_client: Client) -> None:
    """The same words, for something else."""
    sent = seen(revision) | {"key": str(uuid4()), "comment": "Words", "reason": "Words"}
    assert reviewer_client.post(f"{FIRST}request-changes/", sent).status_code == 302
    asked = Decision.objects.get()
    reviewer_client.post(f"{FIRST}decisions/{asked.pk}/clear/", sent)
    asked.refresh_from_db()
    assert asked.ended == ""
    assert "This form was sent already" in reviewer_client.get(FIRST).text


def test_a_password_is_no_part_of_what_is_kept(revision: Revision, reviewer: User, reviewer_client: Client) -> None:
    """What was signed is answered again, whatever else the browser fills in."""
    sent = seen(revision) | {"key": str(uuid4()), "comment": "Words"}
    for more in ({"password": "one", "csrfmiddlewaretoken": "1"}, {"password": "other", "csrfmiddlewaretoken": "2"}):
        assert reviewer_client.post(f"{FIRST}request-changes/", sent | more).status_code == 302
    assert Deed.objects.count() == 1


@pytest.mark.parametrize("page", ["", "approve/", "threads/new/?section=backup"])
def test_going_back_loads_the_page_anew(revision: Revision, reviewer_client: Client, page: str) -> None:
    assert "no-store" in reviewer_client.get(FIRST + page).headers["Cache-Control"]


@pytest.mark.parametrize("of", ["nothing", "the head", "another digest"])
def test_a_form_is_for_the_revision_of_its_address(
    feature: Feature, revision: Revision, architect: User, reviewer_client: Client, of: str
) -> None:
    later = in_review_now(feature, architect)
    brought = {"nothing": {}, "the head": seen(later), "another digest": {"seen_revision": 1, "seen_digest": "0" * 64}}
    said = brought[of] | {"comment": "My reasons"}
    answer = reviewer_client.post(f"{FIRST}request-changes/", said)
    assert answer.status_code == 409
    assert "My reasons" in answer.text
    assert reviewer_client.post(f"{FIRST}items/6/", said | {"verdict": "fail"}).status_code == 409
    if of != "the head":
        head = f"{FEATURE}revisions/2/request-changes/"
        assert reviewer_client.post(head, said).status_code == 409
    assert not Decision.objects.exists()
    assert not DraftVerdict.objects.exists()


@pytest.mark.parametrize("brought", [{}, {"seen_revision": "0", "seen_digest": ""}, {"seen_revision": ""}])
def test_a_submission_from_before_the_head_is_not_taken(
    feature: Feature, revision: Revision, architect: User, architect_client: Client, brought: dict[str, str]
) -> None:
    """Two first submissions of different drafts: the second saw no revision."""
    change_draft(feature, architect)
    asked = {f"ask-{user.pk}": "none" for user in User.objects.all()}
    answer = architect_client.post(f"{FEATURE}submit/", asked | brought | {"message": "Mine"})
    assert answer.status_code == 409
    assert "Mine" in answer.text
    assert Revision.objects.count() == 1


def test_a_revision_belongs_to_its_review_whatever_the_clocks_say(
    feature: Feature, revision: Revision, architect: User, reviewer: User, second_reviewer: User
) -> None:
    for person in (reviewer, second_reviewer):
        give_all(revision, person)
        approve(feature, person)
    later = in_review_now(feature, architect)
    first, second = Review.objects.order_by("pk")
    assert (first.first_number, second.first_number) == (1, 2)
    Review.objects.filter(pk=first.pk).update(opened_at=timezone.now())
    Revision.objects.update(submitted_at=first.opened_at)
    later.refresh_from_db()
    assert (review_of(revision), review_of(later)) == (first, second)
    assert open_reviews(in_review(), timezone.now())[0].facts.required_approvals == 2


def test_without_a_review_nothing_is_approved(
    feature: Feature, revision: Revision, reviewer: User, reviewer_client: Client
) -> None:
    Review.objects.update(first_number=2)
    give_all(revision, reviewer)
    approve(feature, reviewer)
    revision.refresh_from_db()
    assert revision.approved_at is None
    for facts in (facts_of(revision, timezone.now()), open_reviews(in_review(), timezone.now())[0].facts):
        approvals = next(each for each in gate(facts) if each.key == "approvals")
        assert (approvals.state, "No review covers r1" in approvals.sentence) == (RequirementState.ERROR, True)
    assert "No review covers r1" in reviewer_client.get(f"{FIRST}?view=approval").text
