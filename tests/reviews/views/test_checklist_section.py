"""The checklist of a revision: evidence, everybody's verdicts, and the reader's own."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.design.checklist import CHECKLIST
from projects.design.vocabulary import Role
from projects.models import Feature, ItemNote, Revision, User
from reviews.models import ItemVerdict
from reviews.rules.terms import Verdict
from reviews.workflow.verdicts import dismiss_fail
from tests.factories import add_member, make_entity, make_user
from tests.reviews.cast import give_all
from tests.reviews.judging import draft, in_review, judge

pytestmark = pytest.mark.django_db
BASE = "/projects/payments/billing/refunds/revisions"
PASS, FAIL, NA = Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE


@pytest.fixture
def revision(feature: Feature, architect: User, second_reviewer: User) -> Revision:
    return in_review(feature, architect)


def page(client: Client, number: int = 1) -> str:
    answer = client.get(f"{BASE}/{number}/?view=checklist")
    assert answer.status_code == 200
    return answer.content.decode()


def item_of(text: str, number: int) -> str:
    """The part of the page that is about one item."""
    start = text.index(f'id="item-{number}"')
    end = text.find("data-review-item", text.index("data-review-item", start) + 1)
    return text[start : end if end > 0 else len(text)]


def test_reviewers_judge_27_items_in_five_groups(revision: Revision, reviewer_client: Client) -> None:
    text = page(reviewer_client)
    assert text.count('class="review-group"') == 5
    assert text.count("data-record") == 27
    assert "0 of 27 decided" in text
    assert "has no entities yet" in item_of(text, 3)
    assert "checked" not in item_of(text, 12)


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("viewer", "Only reviewers and owners of this project give verdicts and decide."),
        ("architect", "Only reviewers and owners of this project give verdicts and decide."),
    ],
)
def test_others_read_with_the_reason_why(
    revision: Revision, client_of: Callable[[str], Client], who: str, why: str
) -> None:
    text = page(client_of(who))
    assert 'name="verdict"' not in text
    assert why in text


def test_a_contributor_reads_too(feature: Feature, owner: User, owner_client: Client, second_reviewer: User) -> None:
    in_review(feature, owner)
    text = page(owner_client)
    assert 'name="verdict"' not in text
    assert "You changed this design since it was last approved, so r1 is judged by others." in text


def test_drafts_are_for_their_author_alone(
    revision: Revision, reviewer: User, reviewer_client: Client, owner_client: Client
) -> None:
    draft(revision, reviewer, 6, FAIL, "No index <b>here</b>.")
    mine, others = page(reviewer_client), page(owner_client)
    assert "No index &lt;b&gt;here&lt;/b&gt;." in item_of(mine, 6)
    assert "1 of 27 decided" in mine
    assert "Publish 1 verdict<" in mine
    assert "No index" not in others
    assert "0 of 27 decided" in others


def test_what_a_draft_lacks_is_said_on_the_item(revision: Revision, reviewer: User, reviewer_client: Client) -> None:
    draft(revision, reviewer, 6, FAIL)
    assert "A fail needs a comment: say what is wrong." in item_of(page(reviewer_client), 6)


def test_verdicts_of_others_stand_with_name_and_words(
    revision: Revision, reviewer: User, owner_client: Client, viewer_client: Client
) -> None:
    judge(revision, reviewer, 6, FAIL, "No <script>index</script>.")
    for client in (owner_client, viewer_client):
        part = item_of(page(client), 6)
        assert "<bdi>Rui Reviewer</bdi>" in part
        assert "No &lt;script&gt;index&lt;/script&gt;." in part
    assert f"{BASE}/1/verdicts/{ItemVerdict.objects.get().pk}/dismiss/" in item_of(page(owner_client), 6)
    assert "/dismiss/" not in page(viewer_client)


def test_a_dismissed_fail_stays_to_be_read(
    revision: Revision, owner: User, reviewer: User, reviewer_client: Client
) -> None:
    judge(revision, reviewer, 6, FAIL, "No index.")
    verdict = ItemVerdict.objects.get().pk
    dismiss_fail(revision.feature, verdict, "Ten rows.", actor=owner, now=timezone.now())
    part = item_of(page(reviewer_client), 6)
    assert "<s>Fail</s>" in part
    assert "Ten rows." in part
    assert "checked" not in part


def test_carried_and_older_verdicts_say_where_they_are_from(
    revision: Revision, architect: User, reviewer: User, reviewer_client: Client, owner_client: Client
) -> None:
    # The migration of item 7 stays as it is, the components that item 2 reads change.
    judge(revision, reviewer, 7, PASS)
    judge(revision, reviewer, 2, PASS)
    in_review(revision.feature, architect)
    mine = page(reviewer_client, 2)
    assert ">from r1</span>" in item_of(mine, 7)
    assert "Confirm 1 carried verdict<" in mine
    assert "(r1, older)" in item_of(mine, 2)
    others = page(owner_client, 2)
    assert "(carried from r1)" in item_of(others, 7)
    assert "Confirm 1" not in others
    # The old page is read only, also for who judged it.
    old = page(reviewer_client, 1)
    assert 'name="verdict"' not in old
    assert "This is an older revision" in old


def test_a_draft_that_was_overtaken_is_shown_again(
    revision: Revision, architect: User, reviewer: User, reviewer_client: Client
) -> None:
    draft(revision, reviewer, 6, FAIL, "The list has no index.")
    in_review(revision.feature, architect)
    judge(revision.feature.revisions.get(number=2), reviewer, 9, PASS)
    for number in (2, 3):
        part = item_of(page(reviewer_client, number), 6)
        assert "You drafted this on r1, and did not publish it" in part
        assert "The list has no index." in part
        in_review(revision.feature, architect)


def test_a_drafted_fail_stands_beside_the_pass_that_was_carried(
    revision: Revision, architect: User, reviewer: User, reviewer_client: Client, owner_client: Client
) -> None:
    judge(revision, reviewer, 9, PASS)
    draft(in_review(revision.feature, architect), reviewer, 9, FAIL, "KEEPME")
    in_review(revision.feature, architect)
    text = page(reviewer_client, 3)
    assert "KEEPME" in item_of(text, 9)
    assert "carried verdict" not in text
    assert "What you drafted on item 9 was not published, and r3 came since" in reviewer_client.get("/work/").text
    assert "KEEPME" not in page(owner_client, 3)
    assert "item 9 was not published" not in owner_client.get("/work/").text


def test_findings_and_the_authors_note_stand_with_their_item(
    feature: Feature, architect: User, second_reviewer: User, reviewer_client: Client
) -> None:
    entity = make_entity(feature, "refunds", "status text")
    ItemNote.objects.create(feature=feature, item=7, text="Same tool as everywhere.")
    in_review(feature, architect)
    text = page(reviewer_client)
    assert f"thing-{entity.uid}" in item_of(text, 20)
    assert "Same tool as everywhere." in item_of(text, 7)


def test_groups_where_all_is_settled_are_folded(revision: Revision, reviewer: User, reviewer_client: Client) -> None:
    for item in CHECKLIST:
        if item.group == "NO CODE constraint":
            judge(revision, reviewer, item.number, PASS)
    text = page(reviewer_client)
    assert '<details class="review-group" id="group-2">' in text
    assert '<details class="review-group" id="group-1" open>' in text


def test_queries_do_not_grow_with_verdicts(
    revision: Revision, architect: User, reviewer: User, second_reviewer: User, reviewer_client: Client
) -> None:
    judge(revision, reviewer, 6, PASS)
    judge(revision, reviewer, 7, FAIL, "No.")
    later = in_review(revision.feature, architect)
    draft(later, reviewer, 8, PASS)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page(reviewer_client, 2)
        return len(captured)

    page(reviewer_client, 2)
    before = queries()
    for number in range(3):
        person = make_user(f"more{number}@example.org")
        add_member(revision.feature.epic.project, person, Role.REVIEWER)
        give_all(revision, person, FAIL)
        give_all(later, person)
    for item in CHECKLIST[10:]:
        draft(later, reviewer, item.number, PASS)
    assert queries() == before


def test_counts_are_asked_for_after_each_save(revision: Revision, reviewer: User, reviewer_client: Client) -> None:
    draft(revision, reviewer, 6, PASS)
    answer: Any = reviewer_client.get(f"{BASE}/1/progress/", headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert 'id="checklist-count" hx-swap-oob="true">You: 1 of 27 decided' in text
    assert 'id="group-1-count" hx-swap-oob="true">1 of 10' in text
    assert "Publish 1 verdict<" in text
