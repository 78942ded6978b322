"""The inbox: one's own news, unread ones marked, each leading to what it tells of."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.models import Feature, FeatureAlias, Membership, User
from reviews.models import Notice
from reviews.notices import Occasion, tell
from reviews.rules.terms import NoticeKind
from reviews.workflow.submit import Submission, submit, withdraw
from tests.factories import change_draft, make_feature

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script> | "Ada" ✎ \u202eabc'


def news(feature: Feature, person: User, text: str = "Ada replied.", minutes: int = 0) -> Notice:
    occasion = Occasion(feature, None, None, NOON + timedelta(minutes=minutes))
    [notice] = tell([person.pk], NoticeKind.REPLIED, text, occasion)
    return notice


def unread(person: User) -> int:
    return User.objects.get(pk=person.pk).unread_notices


def test_news_are_listed_newest_first_and_counted_in_the_bar(
    feature: Feature, architect: User, architect_client: Client
) -> None:
    news(feature, architect, "Older.")
    news(feature, architect, HOSTILE, minutes=1)
    page = architect_client.get("/inbox/").content.decode()
    assert page.index("&lt;script&gt;alert(1)") < page.index("Older.")
    assert "<script>alert" not in page
    assert "Inbox, 2 unread" in page
    assert page.count("inbox-unread") == 2


def test_an_empty_inbox_says_what_will_come(architect_client: Client) -> None:
    assert "No news yet" in architect_client.get("/inbox/").content.decode()


def test_opening_one_marks_it_and_leads_to_its_place_of_today(
    feature: Feature, architect: User, architect_client: Client
) -> None:
    notice = news(feature, architect)
    FeatureAlias.objects.create(epic=feature.epic, key=feature.key, feature=feature)
    Feature.objects.filter(pk=feature.pk).update(key="returns")
    assert architect_client.head(f"/inbox/{notice.pk}/").status_code == 302
    assert unread(architect) == 1
    answer = architect_client.get(f"/inbox/{notice.pk}/")
    assert answer["Location"] == "/projects/payments/billing/returns/"
    assert unread(architect) == 0
    first = Notice.objects.get().read_at
    architect_client.get(f"/inbox/{notice.pk}/")
    assert Notice.objects.get().read_at == first


def test_one_or_all_are_marked_read(feature: Feature, architect: User, architect_client: Client) -> None:
    first, second, third = (news(feature, architect) for _ in range(3))
    answer = architect_client.post(f"/inbox/{first.pk}/read/", {"page": "1"})
    assert answer["Location"] == "/inbox/?page=1"
    assert unread(architect) == 2
    # The third came after the page was loaded.
    architect_client.post("/inbox/read/", {"newest": second.pk})
    assert unread(architect) == 1
    assert Notice.objects.get(read_at=None) == third
    for nonsense in ("", "x", "9" * 40, "-1", "²"):
        assert architect_client.post("/inbox/read/", {"newest": nonsense}).status_code == 302
    assert unread(architect) == 1


@pytest.mark.parametrize("who", ["owner", "reviewer", "viewer", "outsider", "nobody"])
def test_news_of_others_are_not_there(
    who: str, feature: Feature, architect: User, client_of: Callable[[str], Client]
) -> None:
    notice = news(feature, architect)
    browser = client_of(who)
    expected = 302 if who == "nobody" else 404
    for answer in (browser.get(f"/inbox/{notice.pk}/"), browser.post(f"/inbox/{notice.pk}/read/")):
        assert answer.status_code == expected
    assert "Ada replied." not in browser.get("/inbox/", follow=True).content.decode()
    browser.post("/inbox/read/", {"newest": notice.pk})
    assert unread(architect) == 1
    assert Notice.objects.get().read_at is None


def test_news_of_a_project_that_one_left_are_gone(feature: Feature, architect: User, architect_client: Client) -> None:
    notice = news(feature, architect)
    other = make_feature("other/billing/refunds", owner=architect)
    news(other, architect, "Still mine.")
    Membership.objects.filter(user=architect, project=feature.epic.project).delete()
    page = architect_client.get("/inbox/").content.decode()
    assert "Still mine." in page
    assert "Ada replied." not in page
    assert "Inbox, 1 unread" in page
    assert architect_client.get(f"/inbox/{notice.pk}/").status_code == 404
    assert unread(architect) == 1


def test_reading_takes_posts_only_where_it_has_no_place_to_lead_to(
    feature: Feature, architect: User, architect_client: Client
) -> None:
    notice = news(feature, architect)
    assert architect_client.get("/inbox/read/").status_code == 405
    assert architect_client.get(f"/inbox/{notice.pk}/read/").status_code == 405
    assert architect_client.post("/inbox/").status_code == 405


def test_queries_do_not_grow_with_the_news(feature: Feature, architect: User, architect_client: Client) -> None:
    news(feature, architect)
    with CaptureQueriesContext(connection) as few:
        architect_client.get("/inbox/")
    for number in range(60):
        news(make_feature(f"payments/billing/f{number}"), architect)
    with CaptureQueriesContext(connection) as many:
        page = architect_client.get("/inbox/")
    assert len(few) == len(many)
    assert "Page 1 of 2" in page.content.decode()
    assert "?page=2" in page.content.decode()


def test_what_is_read_asks_to_act_as_long_as_its_revision_is_in_review(
    feature: Feature, architect: User, reviewer: User, second_reviewer: User, reviewer_client: Client
) -> None:
    change_draft(feature, architect)
    asked = Submission(asked={reviewer.pk: False})
    submit(feature, asked, actor=architect, now=NOON)
    notice = Notice.objects.get(recipient=reviewer, is_turn=True)
    asks = "asks you to act"
    reviewer_client.get(f"/inbox/{notice.pk}/")
    assert asks in reviewer_client.get("/inbox/").text
    withdraw(feature, actor=architect, now=NOON)
    assert asks not in reviewer_client.get("/inbox/").text
    Notice.objects.filter(pk=notice.pk).update(read_at=None)
    assert asks in reviewer_client.get("/inbox/").text
