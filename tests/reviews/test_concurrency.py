"""Several people at one review at the same time, by real parallel requests: nothing is lost, doubled or orphaned."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from projects.design.vocabulary import DesignState
from projects.models import Event, Feature, Revision, User
from projects.workflow.events import broken_links
from reviews.models import Decision, Deed, DraftVerdict, ItemVerdict, Review
from reviews.reading import facts_of
from reviews.rules.terms import DecisionKind, Verdict
from reviews.workflow.decide import approve
from reviews.workflow.submit import Submission, submit
from reviews.workflow.verifying import wrong_decisions, wrong_revisions
from tests.factories import change_draft
from tests.pages import form_values
from tests.reviews.cast import give_all
from tests.reviews.parallel import Gate, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared")]
FEATURE = "/projects/payments/billing/refunds/"
FIRST = f"{FEATURE}revisions/1/"
PASSWORD = "correct horse battery staple"
Act = Callable[[], Any]
APPROVED, IN_REVIEW, SUPERSEDED = DesignState.APPROVED, DesignState.IN_REVIEW, DesignState.SUPERSEDED


@pytest.fixture
def revision(feature: Feature, architect: User, reviewer: User, second_reviewer: User, owner: User) -> Revision:
    """r1 in review, with every item passed by both reviewers: only signatures are missing."""
    for person in (reviewer, second_reviewer, owner):
        person.set_password(PASSWORD)
        person.save()
    change_draft(feature, architect)
    asked = {reviewer.pk: False, second_reviewer.pk: False}
    sent = submit(feature, Submission(asked=asked), actor=architect, now=timezone.now())
    for person in (reviewer, second_reviewer):
        give_all(sent, person)
    return sent


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def form(person: User, address: str, **typed: object) -> Callable[[], HttpResponse]:
    """The form at this address, opened now by this person, to be sent later."""
    client = signed_in(person)
    values = form_values(client.get(address).content.decode()) | typed
    return lambda: client.post(address, values)


def signature(person: User, comment: str = "") -> Callable[[], HttpResponse]:
    return form(person, f"{FIRST}approve/", password=PASSWORD, comment=comment)


def statuses(answers: list[HttpResponse]) -> list[int]:
    return [each.status_code for each in answers]


def states(feature: Feature) -> list[str]:
    return list(Revision.objects.filter(feature=feature).order_by("number").values_list("state", flat=True))


def told(feature: Feature) -> Counter[str]:
    """How often each transition stands in the history, which must be whole and fit what is stored."""
    project = feature.epic.project
    assert broken_links(project) == []
    assert [*wrong_revisions(project), *wrong_decisions(project)] == []
    return Counter(Event.objects.filter(feature=feature, revision__isnull=False).values_list("verb", flat=True))


def test_two_approvers_at_once_both_count(
    revision: Revision, reviewer: User, second_reviewer: User, meeting: Gate
) -> None:
    answers = meeting.together(signature(reviewer), signature(second_reviewer))
    assert statuses(answers) == [302, 302]
    assert states(revision.feature) == [APPROVED]
    assert told(revision.feature) == {"submitted": 1, "asked for review of": 1, "signed": 2, "approved": 1}
    assert Decision.objects.filter(revision=revision, ended="").count() == 2
    assert Review.objects.get().closed_at is not None


def submission(feature: Feature, architect: User) -> Callable[[], HttpResponse]:
    change_draft(feature, architect)
    return form(architect, f"{FEATURE}submit/", message="Second try")


@pytest.fixture
def half_signed(revision: Revision, reviewer: User) -> Revision:
    approve(revision.feature, actor=reviewer, now=timezone.now())
    return revision


def test_an_approval_that_is_first_stands_and_the_next_revision_opens_a_review(
    half_signed: Revision, architect: User, second_reviewer: User, meeting: Gate
) -> None:
    last = signature(second_reviewer)
    answers = meeting.in_turn(("approve/", last), submission(half_signed.feature, architect))
    assert statuses(answers) == [302, 302]
    assert states(half_signed.feature) == [APPROVED, IN_REVIEW]
    assert told(half_signed.feature)["approved"] == 1
    assert Review.objects.count() == 2
    assert Review.objects.filter(closed_at=None).count() == 1


def test_an_approval_that_comes_after_a_newer_revision_is_refused_with_what_was_typed(
    half_signed: Revision, architect: User, second_reviewer: User, meeting: Gate
) -> None:
    sent = submission(half_signed.feature, architect)
    answers = meeting.in_turn(("submit/", sent), signature(second_reviewer, "Signed for <r1>"))
    assert statuses(answers) == [302, 409]
    page = answers[1].content.decode()
    assert "Signed for &lt;r1&gt;" in page
    assert PASSWORD not in page
    assert states(half_signed.feature) == [SUPERSEDED, IN_REVIEW]
    assert told(half_signed.feature) == {"submitted": 2, "asked for review of": 2, "signed": 1}
    assert Review.objects.count() == 1


def test_an_approval_during_a_submission_ends_in_one_of_these_two_ways(
    half_signed: Revision, architect: User, second_reviewer: User, meeting: Gate
) -> None:
    answers = meeting.together(signature(second_reviewer), submission(half_signed.feature, architect))
    is_approved = answers[0].status_code == 302
    assert statuses(answers) == [302 if is_approved else 409, 302]
    assert states(half_signed.feature) == [APPROVED if is_approved else SUPERSEDED, IN_REVIEW]
    assert told(half_signed.feature)["approved"] == is_approved
    assert Review.objects.filter(closed_at=None).count() == 1


def test_a_form_that_is_sent_several_times_is_carried_out_once(
    half_signed: Revision, second_reviewer: User, meeting: Gate
) -> None:
    send = signature(second_reviewer, "Sound")
    answers = meeting.together(send, send, send, send)
    assert statuses(answers) == [302] * 4
    assert {each.headers["Location"] for each in answers} == {answers[0].headers["Location"]}
    assert Decision.objects.filter(reviewer=second_reviewer).count() == 1
    assert Deed.objects.filter(actor=second_reviewer).count() == 1
    assert told(half_signed.feature) == {"submitted": 1, "asked for review of": 1, "signed": 2, "approved": 1}


def test_a_click_that_is_repeated_later_gets_the_same_answer(half_signed: Revision, second_reviewer: User) -> None:
    send = form(second_reviewer, f"{FIRST}request-changes/", comment="Name the store")
    first, again = send(), send()
    assert first.headers["Location"] == again.headers["Location"]
    said = [str(each) for each in again.wsgi_request._messages]
    assert "Changes of r1 are requested. The architects are told." in said
    assert Decision.objects.filter(kind=DecisionKind.REQUEST_CHANGES).count() == 1


def test_a_submission_that_is_sent_twice_makes_one_revision(
    feature: Feature, architect: User, second_reviewer: User, meeting: Gate
) -> None:
    send = submission(feature, architect)
    answers = meeting.together(send, send)
    assert statuses(answers) == [302, 302]
    assert states(feature) == [IN_REVIEW]
    assert told(feature) == {"submitted": 1, "asked for review of": 1}


def test_two_submissions_of_the_same_draft_make_one_revision(
    feature: Feature, architect: User, owner: User, second_reviewer: User, meeting: Gate
) -> None:
    """Two people, each with a form of their own."""
    first = submission(feature, architect)
    answers = meeting.together(first, form(owner, f"{FEATURE}submit/"))
    assert sorted(statuses(answers)) in ([302, 409], [302, 422])
    assert states(feature) == [IN_REVIEW]


def test_a_verdict_on_a_superseded_revision_is_refused_and_what_was_typed_comes_back(
    revision: Revision, architect: User, reviewer: User, meeting: Gate
) -> None:
    client = signed_in(reviewer)
    typed = {
        "seen_revision": 1,
        "seen_digest": revision.digest,
        "verdict": "fail",
        "comment": "The <index> is missing",
    }
    sent = submission(revision.feature, architect)
    answers = meeting.in_turn(("submit/", sent), lambda: client.post(f"{FIRST}items/6/", typed))
    assert statuses(answers) == [302, 409]
    assert "The &lt;index&gt; is missing" in answers[1].content.decode()
    assert not DraftVerdict.objects.exists()
    assert not ItemVerdict.objects.filter(verdict=Verdict.FAIL).exists()


def test_drafts_are_published_before_a_submission_and_carried_or_kept_for_their_author(
    revision: Revision, architect: User, reviewer: User, meeting: Gate
) -> None:
    """Whichever is first: the fail is published and carries over, or it is still the reviewer's draft."""
    DraftVerdict.objects.create(
        revision=revision, reviewer=reviewer, item=6, verdict="fail", comment="No index", saved_at=timezone.now()
    )
    client = signed_in(reviewer)
    seen = {"seen_revision": 1, "seen_digest": revision.digest, "key": "6f1c1e4a-1d9c-4d28-9a5f-5d2cb2c0b1aa"}
    sent = submission(revision.feature, architect)
    published, _ = meeting.together(lambda: client.post(f"{FIRST}publish/", seen), sent)
    assert published.status_code in (302, 409)
    is_published = published.status_code == 302
    fails = ItemVerdict.objects.filter(item=6, verdict=Verdict.FAIL)
    assert sorted(fails.values_list("revision__number", flat=True)) == ([1, 2] if is_published else [])
    assert DraftVerdict.objects.exists() != is_published


def test_a_contributor_is_refused_while_another_signs(
    half_signed: Revision, architect: User, second_reviewer: User, owner: User, meeting: Gate
) -> None:
    change_draft(half_signed.feature, owner)
    second = submit(half_signed.feature, Submission(), actor=architect, now=timezone.now())
    for person in (second_reviewer, owner):
        give_all(second, person)
    address = f"{FEATURE}revisions/2/approve/"
    seen = {"seen_revision": 2, "seen_digest": second.digest, "password": PASSWORD}
    allowed, refused = at_once(
        lambda: signed_in(second_reviewer).post(address, seen), lambda: signed_in(owner).post(address, seen)
    )
    assert (allowed.status_code, refused.status_code) == (302, 422)
    assert "You changed this design" in refused.content.decode()
    assert list(Decision.objects.filter(revision=second).values_list("reviewer", flat=True)) == [second_reviewer.pk]
    assert states(half_signed.feature) == [SUPERSEDED, IN_REVIEW]


def objections(revision: Revision) -> list[int]:
    fresh = Revision.objects.select_related("feature__epic__project").get(pk=revision.pk)
    return [each.reviewer for each in facts_of(fresh, timezone.now()).objections]


@pytest.mark.parametrize("removal", ["review", "project"])
def test_who_is_removed_while_objecting_still_blocks_until_an_owner_dismisses_it(
    removal: str, half_signed: Revision, second_reviewer: User, owner: User
) -> None:
    object_to = form(second_reviewer, f"{FIRST}request-changes/", comment="Name the store")
    remove = {
        "review": form(owner, f"{FIRST}reviewers/{second_reviewer.pk}/remove/", reason="On leave"),
        "project": lambda: signed_in(owner).post(f"/projects/payments/people/{second_reviewer.pk}/remove/"),
    }[removal]
    objected, removed = at_once(object_to, remove)
    assert removed.status_code == 302
    assert told(half_signed.feature)["approved"] == 0
    if objected.status_code != 302:
        # Out of the project first: nobody's objection is left behind.
        assert (objected.status_code in (403, 404), removal) == (True, "project")
        assert objections(half_signed) == []
        return
    assert objections(half_signed) == [second_reviewer.pk]
    decision = Decision.objects.get(kind=DecisionKind.REQUEST_CHANGES)
    dismissed = form(owner, f"{FIRST}decisions/{decision.pk}/dismiss/", reason="Left the team")()
    assert dismissed.status_code == 302
    assert objections(half_signed) == []
    assert told(half_signed.feature)["dismissed the objection to"] == 1
