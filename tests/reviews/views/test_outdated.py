"""A form from before a newer revision: 409, with what changed and all that was typed."""

import pytest
from django.test import Client
from django.test.client import RequestFactory
from django.utils import timezone

from projects.models import Feature, Revision, User
from reviews.views.outdated import label_of, typed_in
from reviews.workflow.submit import Submission, submit
from tests.factories import change_draft

pytestmark = pytest.mark.django_db
REVISIONS = "/projects/payments/billing/refunds/revisions/"
WITHDRAW = f"{REVISIONS}1/withdraw/"


@pytest.fixture
def late(feature: Feature, architect: User, second_reviewer: User) -> dict[str, object]:
    """What a form of r1 brings after r2 was submitted."""
    change_draft(feature, architect)
    first = submit(feature, Submission(), actor=architect, now=timezone.now())
    change_draft(feature, architect)
    submit(feature, Submission(), actor=architect, now=timezone.now())
    return {"seen_revision": 1, "seen_digest": first.digest, "reason": "Too <early>\nto say", "password": "secret"}


def test_nothing_is_done_and_nothing_typed_is_lost(late: dict[str, object], owner_client: Client) -> None:
    response = owner_client.post(WITHDRAW, late)
    assert response.status_code == 409
    assert "Ada Architect" in response.text
    assert "Too &lt;early&gt;\nto say</textarea>" in response.text
    assert 'for="typed-' in response.text
    assert "secret" not in response.text
    assert f'href="{REVISIONS}2/"' in response.text
    assert "What changed from r1 to r2" in response.text
    assert "Component" in response.text
    assert not Revision.objects.filter(withdrawn_at__isnull=False).exists()


def test_htmx_gets_a_part_to_stand_where_the_form_stood(late: dict[str, object], owner_client: Client) -> None:
    response = owner_client.post(WITHDRAW, late, headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert "<html" not in response.text
    assert "Too &lt;early&gt;" in response.text
    assert "Go on in r2" in response.text


def test_fields_are_called_what_people_call_them(rf: RequestFactory) -> None:
    data = {"comment-6": "Look", "verdict": ["pass"], "reason": " ", "key": "1", "ask_12": "none"}
    assert [(each.label, each.text) for each in typed_in(rf.post("/", data))] == [
        ("Comment 6", "Look"),
        ("Verdict", "pass"),
        ("Ask 12", "none"),
    ]
    assert label_of("resolve_comment") == "Resolve comment"
