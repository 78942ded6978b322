"""Verdicts through the page: saved as drafts, published, confirmed, dismissed; refused to whom they are not for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from projects.models import Feature, Revision, User
from reviews.models import DraftVerdict, ItemVerdict
from reviews.rules.terms import Verdict
from tests.reviews.judging import draft, facts_at, in_review, judge

pytestmark = pytest.mark.django_db
BASE = "/projects/payments/billing/refunds/revisions/1/"
HTMX = {"HX-Request": "true"}
PASS, FAIL, NONE = Verdict.PASS, Verdict.FAIL, Verdict.NONE


@pytest.fixture
def revision(feature: Feature, architect: User, second_reviewer: User) -> Revision:
    return in_review(feature, architect)


def send(client: Client, revision: Revision, place: str, *, htmx: bool = False, **typed: str) -> Any:
    seen = {"seen_revision": str(revision.number), "seen_digest": revision.digest}
    return client.post(f"{BASE}{place}", seen | typed, headers=HTMX if htmx else {})


def test_a_verdict_is_kept_as_it_is_chosen(revision: Revision, reviewer: User, reviewer_client: Client) -> None:
    answer = send(reviewer_client, revision, "items/6/", htmx=True, verdict="fail", comment="No index.")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.strip().startswith('<form class="record review-verdict" id="verdict-6"')
    assert "saved" in answer.headers["HX-Trigger"]
    kept = DraftVerdict.objects.get()
    assert (kept.reviewer, kept.item, kept.verdict, kept.comment) == (reviewer, 6, FAIL, "No index.")


def test_without_javascript_the_page_comes_back_at_the_item(revision: Revision, reviewer_client: Client) -> None:
    answer = send(reviewer_client, revision, "items/6/", verdict="pass", comment="")
    assert (answer.status_code, answer.url) == (302, f"{BASE}?view=checklist#item-6")


def test_the_buttons_of_an_item(revision: Revision, reviewer: User, reviewer_client: Client) -> None:
    judge(revision, reviewer, 6, PASS)
    send(reviewer_client, revision, "items/6/", action="take-back", verdict="pass", comment="")
    assert DraftVerdict.objects.get().verdict == NONE
    send(reviewer_client, revision, "items/6/", action="undo")
    assert not DraftVerdict.objects.exists()
    assert send(reviewer_client, revision, "items/6/", action="accept-all").status_code == 404
    assert send(reviewer_client, revision, "items/28/", verdict="pass").status_code == 404


@pytest.mark.parametrize("typed", [{"verdict": "maybe"}, {"verdict": "fail", "comment": "x" * 20_001}])
def test_what_cannot_be_kept_is_said_with_what_was_typed(
    revision: Revision, reviewer_client: Client, typed: dict[str, str]
) -> None:
    answer = send(reviewer_client, revision, "items/6/", **typed)
    assert answer.status_code == 422
    assert typed.get("comment", "") in answer.content.decode()
    assert not DraftVerdict.objects.exists()


@pytest.mark.parametrize("htmx", [True, False])
def test_a_verdict_on_an_older_revision_is_not_taken_and_kept(
    revision: Revision, architect: User, reviewer_client: Client, htmx: bool
) -> None:
    in_review(revision.feature, architect)
    answer = send(reviewer_client, revision, "items/6/", htmx=htmx, verdict="fail", comment="My long reasoning.")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "My long reasoning." in text
    assert "r2" in text
    assert not DraftVerdict.objects.exists()


def test_a_form_that_does_not_say_what_it_is_for_is_for_its_address(
    revision: Revision, architect: User, reviewer_client: Client
) -> None:
    in_review(revision.feature, architect)
    assert reviewer_client.post(f"{BASE}items/6/", {"verdict": "pass"}).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("architect", 403), ("outsider", 404), ("nobody", 302)])
@pytest.mark.parametrize("place", ["items/6/", "confirm/", "verdicts/1/dismiss/"])
def test_who_may_not_judge_is_refused(
    revision: Revision, client_of: Callable[[str], Client], who: str, status: int, place: str
) -> None:
    answer = send(client_of(who), revision, place, verdict="pass", reason="So.")
    assert answer.status_code == status
    if status == 403:
        assert "Only reviewers and owners of this project give verdicts" in answer.content.decode()
    assert not DraftVerdict.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("outsider", 404)])
def test_who_may_not_publish_is_refused(
    revision: Revision, client_of: Callable[[str], Client], who: str, status: int
) -> None:
    assert send(client_of(who), revision, "publish/").status_code == status


@pytest.mark.parametrize("htmx", [True, False])
def test_a_contributor_is_told_why_not(
    feature: Feature, owner: User, owner_client: Client, second_reviewer: User, htmx: bool
) -> None:
    revision = in_review(feature, owner)
    answer = send(owner_client, revision, "items/6/", htmx=htmx, verdict="fail", comment="My own words.")
    assert answer.status_code == 422
    assert "so r1 is judged by others" in answer.content.decode()
    assert "My own words." in answer.content.decode()
    assert not DraftVerdict.objects.exists()


def test_publishing_says_how_much(revision: Revision, reviewer: User, reviewer_client: Client) -> None:
    draft(revision, reviewer, 6, PASS)
    draft(revision, reviewer, 7, FAIL, "No.")
    seen = {"key": "5d6f5b52-7f2c-4f43-9f5d-1a31a19a6d0e"}
    answer = send(reviewer_client, revision, "publish/", **seen)
    assert answer.url == f"{BASE}?view=checklist"
    # A second click on the same button is answered like the first.
    send(reviewer_client, revision, "publish/", **seen)
    text = reviewer_client.get(answer.url).content.decode()
    assert text.count("Published: 2 verdicts, 1 fail.") == 2
    assert ItemVerdict.objects.count() == 2


def test_an_unfinished_batch_is_refused_with_the_item(
    revision: Revision, reviewer: User, reviewer_client: Client
) -> None:
    draft(revision, reviewer, 6, FAIL)
    answer = send(reviewer_client, revision, "publish/")
    assert answer.url.endswith("?view=checklist#item-6")
    shown = reviewer_client.get(answer.url).content.decode()
    assert "Nothing was published; your drafts are kept. 6. Indexes designed: A fail needs a comment" in shown
    assert 'id="item-6" tabindex="-1"' in shown
    assert DraftVerdict.objects.exists()


def test_carried_verdicts_are_confirmed_by_one_button(
    revision: Revision, architect: User, reviewer: User, reviewer_client: Client
) -> None:
    judge(revision, reviewer, 7, PASS)
    later = in_review(revision.feature, architect)
    seen = {"seen_revision": "2", "seen_digest": later.digest}
    reviewer_client.post("/projects/payments/billing/refunds/revisions/2/confirm/", seen)
    assert facts_at(later).verdicts[0].is_confirmed


def test_an_owner_dismisses_a_fail_on_its_page(
    revision: Revision, owner_client: Client, reviewer: User, reviewer_client: Client
) -> None:
    judge(revision, reviewer, 6, FAIL, "No index.")
    place = f"verdicts/{ItemVerdict.objects.get().pk}/dismiss/"
    assert "No index." in owner_client.get(f"{BASE}{place}").content.decode()
    assert send(owner_client, revision, place, reason="  ").status_code == 422
    assert reviewer_client.get(f"{BASE}{place}").status_code == 403
    assert send(reviewer_client, revision, place, reason="Mine.").status_code == 403
    answer = send(owner_client, revision, place, reason="Ten rows.")
    assert answer.url == f"{BASE}?view=checklist#item-6"
    assert facts_at(revision).verdicts[0].dismissed == "Ten rows."
    assert "does not stand any more" in owner_client.get(f"{BASE}{place}").content.decode()
    assert owner_client.get(f"{BASE}verdicts/999/dismiss/").status_code == 404
