"""The pages that archive a feature and bring it back."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from projects.access import Right
from projects.models import Feature, User
from reviews.models import Notice
from reviews.rules.terms import NoticeKind
from reviews.workflow.door import reviewing
from reviews.workflow.submit import Submission, submit
from tests.factories import change_draft

pytestmark = pytest.mark.django_db
FEATURE = "/projects/payments/billing/refunds/"


@pytest.mark.parametrize("page", ["archive/", "restore/"])
@pytest.mark.parametrize(
    ("name", "read", "post"),
    [
        ("owner", 200, 302),
        ("architect", 403, 403),
        ("reviewer", 403, 403),
        ("viewer", 403, 403),
        ("outsider", 404, 404),
        ("nobody", 302, 302),
    ],
)
def test_only_owners_archive(
    page: str, name: str, read: int, post: int, feature: Feature, client_of: Callable[[str], Client]
) -> None:
    client = client_of(name)
    assert client.get(FEATURE + page).status_code == read
    assert client.post(FEATURE + page, {"reason": ""}).status_code == post
    feature.refresh_from_db()
    assert (feature.archived_at is not None) == (page == "archive/" and name == "owner")


def test_asking_changes_nothing(feature: Feature, owner_client: Client) -> None:
    assert b"Archive this feature" in owner_client.get(FEATURE + "archive/").content
    feature.refresh_from_db()
    assert feature.archived_at is None


def test_an_archived_feature_is_read_and_not_edited(feature: Feature, owner_client: Client) -> None:
    owner_client.post(FEATURE + "archive/", {"reason": "Over"})
    page = owner_client.get(FEATURE, follow=True).content.decode()
    assert "restore/" in page
    assert owner_client.get(f"{FEATURE}documents/data-design.md").status_code == 200
    assert owner_client.get(f"{FEATURE}history/").status_code == 200
    refused = owner_client.get(f"{FEATURE}edit/")
    assert (refused.status_code, "archived" in refused.content.decode()) == (403, True)


def test_its_review_rests_and_goes_on(
    feature: Feature, architect: User, reviewer: User, second_reviewer: User, owner_client: Client
) -> None:
    change_draft(feature, architect)
    asked = {reviewer.pk: False, second_reviewer.pk: False}
    submit(feature, Submission(asked=asked), actor=architect, now=timezone.now())
    assert b"r1 is in review" in owner_client.get(FEATURE + "archive/").content
    owner_client.post(FEATURE + "archive/", {"reason": "Over"})
    told = Notice.objects.filter(kind=NoticeKind.ARCHIVED).values_list("recipient", flat=True)
    assert set(told) == {reviewer.pk, second_reviewer.pk}
    assert owner_client.get(f"{FEATURE}revisions/1/").status_code == 200
    owner_client.post(FEATURE + "restore/", {"reason": ""})
    with reviewing(feature, actor=reviewer, now=timezone.now(), right=Right.REVIEW) as door:
        assert door.in_hand.number == 1
