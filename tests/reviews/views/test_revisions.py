"""The list of a feature's revisions."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.models import Feature, User
from tests.reviews.cast import approve, give_all, submit_next

pytestmark = pytest.mark.django_db
REVISIONS = "/projects/payments/billing/refunds/revisions/"


def test_an_empty_list_says_what_belongs_there(
    feature: Feature, architect_client: Client, viewer_client: Client
) -> None:
    assert "Nothing was submitted yet" in viewer_client.get(REVISIONS).text
    assert "/refunds/submit/" not in viewer_client.get(REVISIONS).text
    assert "/refunds/submit/" in architect_client.get(REVISIONS).text


def test_head_and_effective_are_marked(
    feature: Feature, architect: User, reviewer: User, second_reviewer: User, viewer_client: Client
) -> None:
    first = submit_next(feature, architect, "To begin with")
    for person in (reviewer, second_reviewer):
        give_all(first, person)
        approve(feature, person)
    submit_next(feature, architect)
    rows = viewer_client.get(REVISIONS).context["listed"]
    assert [(row.revision.number, row.is_head, row.is_effective, row.signed) for row in rows] == [
        (2, True, False, ()),
        (1, False, True, ("Rui Reviewer", "Sena Second")),
    ]
    assert "To begin with" in viewer_client.get(REVISIONS).text


def test_queries_do_not_grow_with_revisions(
    feature: Feature, architect: User, second_reviewer: User, viewer_client: Client
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            viewer_client.get(REVISIONS)
        return len(captured)

    submit_next(feature, architect)
    queries()
    few = queries()
    for _again in range(3):
        submit_next(feature, architect)
    assert queries() == few
