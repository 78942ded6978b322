"""What stands before approval and the bar at the foot, as each reader sees them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.models import Feature, Membership, Revision, User
from reviews.models import Assignment, Decision, DraftVerdict, ItemVerdict, Review, Waiver
from reviews.rules.terms import Verdict
from reviews.workflow.decide import request_changes
from reviews.workflow.undecide import revoke
from reviews.workflow.waivers import ItemWaiver, waive_item
from tests.reviews.cast import approve, give_all, submit_next

pytestmark = pytest.mark.django_db
PAGE = "/projects/payments/billing/refunds/revisions/{}/"


@pytest.fixture
def sent(feature: Feature, architect: User, second_reviewer: User) -> Revision:
    return submit_next(feature, architect)


def page(client: Client, number: int = 1) -> str:
    response = client.get(PAGE.format(number))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_bar_says_what_is_left_for_its_reader(
    sent: Revision, reviewer: User, reviewer_client: Client, architect_client: Client, viewer_client: Client
) -> None:
    assert ">To sign: 27 items to decide.</p>" in page(reviewer_client)
    assert ">just now</time>" in page(reviewer_client)
    give_all(sent, reviewer)
    DraftVerdict.objects.create(
        revision=sent, reviewer=reviewer, item=21, verdict=Verdict.FAIL, comment="No", saved_at=timezone.now()
    )
    shown = page(reviewer_client)
    assert 'title="To sign: change your fail on item 21 or ask an owner to waive it.">To sign: 1 fails.<' in shown
    assert "You: 27 of 27 items are decided; item 21 fails" in shown
    assert 'aria-disabled="true" aria-describedby="bar-sentence"' in shown
    for client in (architect_client, viewer_client):
        assert "item 21 fails" not in page(client)
        assert "/revisions/1/approve/" not in page(client)
    DraftVerdict.objects.all().delete()
    assert "You can sign." in page(reviewer_client)
    approve(sent.feature, reviewer)
    assert "You signed r1, and your sign-off counts. 1 of 2 approvals given." in page(reviewer_client)


def test_who_can_act_is_you_where_it_is_the_reader(
    sent: Revision, reviewer_client: Client, viewer_client: Client
) -> None:
    assert "Who can act: you, Olu Owner and Sena Second" in page(reviewer_client)
    assert "Who can act: Olu Owner, Rui Reviewer and Sena Second" in page(viewer_client)


def test_what_is_carried_is_not_counted_as_decided_by_its_reader(
    sent: Revision, architect: User, reviewer: User, reviewer_client: Client, viewer_client: Client
) -> None:
    give_all(sent, reviewer)
    submit_next(sent.feature, architect)
    carried = ItemVerdict.objects.filter(revision__number=2, reviewer=reviewer).count()
    assert carried
    mine, others = page(reviewer_client, 2), page(viewer_client, 2)
    assert "You: <strong>0 of 27</strong> decided" in mine
    assert f"You: 0 of 27 decided, {carried} carried, to confirm" in mine
    assert "you 0/27" in mine
    assert f"<strong>{carried} of 27</strong> decided" in others
    assert "to confirm" not in others


def test_what_a_signature_settles_does_not_stand_before_approval(
    sent: Revision, reviewer: User, second_reviewer: User, reviewer_client: Client
) -> None:
    for person in (reviewer, second_reviewer):
        Assignment.objects.update_or_create(
            review=Review.objects.get(feature=sent.feature),
            reviewer=person,
            defaults={"is_required": True, "asked_at": sent.submitted_at},
        )
        request_changes(sent.feature, actor=person, now=timezone.now(), comment="The key is wrong.")
    give_all(sent, reviewer)
    shown = " ".join(reviewer_client.get(PAGE.format(1) + "approve/").content.decode().split())
    _, left = shown.split("Before approval this stands too:")
    assert "Sena Second requested changes on r1" in left
    assert "Rui Reviewer" not in left.split("</ul>")[0]


def test_a_decision_shows_what_was_signed_and_how_it_ended(
    sent: Revision, reviewer: User, second_reviewer: User, owner_client: Client, reviewer_client: Client
) -> None:
    for person in (reviewer, second_reviewer):
        give_all(sent, person)
        approve(sent.feature, person)
    shown = page(owner_client)
    assert "I have reviewed this revision and approve it as the design to build from." in shown
    assert sent.digest in shown
    assert "r1 is approved." in shown
    assert "/revisions/1/revoke/" not in shown
    assert "/revisions/1/revoke/" in page(reviewer_client)
    revoke(sent.feature, 1, actor=reviewer, now=timezone.now(), reason="Look at <script>")
    shown = page(owner_client)
    assert "Look at &lt;script&gt;" in shown
    assert "<del>Approved r1</del>" in shown
    assert "/dismiss/" in shown


def test_an_older_sign_off_is_shown_as_such(
    sent: Revision, architect: User, reviewer: User, viewer_client: Client
) -> None:
    give_all(sent, reviewer)
    approve(sent.feature, reviewer)
    submit_next(sent.feature, architect)
    assert "approved r1 (older)" in page(viewer_client, 2)


def test_objections_can_be_cleared_by_who_objects_and_dismissed_by_owners(
    sent: Revision,
    reviewer: User,
    owner: User,
    owner_client: Client,
    reviewer_client: Client,
    architect_client: Client,
) -> None:
    request_changes(sent.feature, actor=reviewer, now=timezone.now(), comment="The key is wrong.")
    assert "/clear/" in page(reviewer_client)
    assert "/dismiss/" in page(owner_client)
    shown = page(architect_client)
    assert "/clear/" not in shown
    assert "/dismiss/" not in shown
    assert "Changes are requested: mend the draft" in shown
    Membership.objects.filter(user=reviewer).delete()
    assert "Rui Reviewer requested changes on r1." in page(owner_client)


def test_a_revocation_is_shown_on_the_next_revision_with_its_reason(
    sent: Revision, architect: User, reviewer: User, owner_client: Client, reviewer_client: Client
) -> None:
    give_all(sent, reviewer)
    approve(sent.feature, reviewer)
    revoke(sent.feature, 1, actor=reviewer, now=timezone.now(), reason="A grave error")
    submit_next(sent.feature, architect)
    dismissing = f"/revisions/2/decisions/{Decision.objects.get().pk}/dismiss/"
    shown = page(owner_client, 2)
    assert "Rui Reviewer revoked the sign-off on r1 (A grave error)." in shown
    assert "UTC: A grave error</p>" in shown
    assert dismissing in shown
    assert "A grave error" in owner_client.get(f"/projects/payments/billing/refunds{dismissing}").content.decode()
    assert dismissing not in page(reviewer_client, 2)
    assert "You revoked your sign-off on r1, and r2 came since" in reviewer_client.get("/work/").content.decode()


def test_an_expired_waiver_is_told_on_what_was_approved_with_it(
    sent: Revision, owner: User, reviewer: User, second_reviewer: User, viewer_client: Client
) -> None:
    now = timezone.now()
    later = now.date() + timedelta(days=9)
    waive_item(sent.feature, ItemWaiver(6, later, "A pilot"), actor=owner, now=now)
    for person in (reviewer, second_reviewer):
        give_all(sent, person)
        approve(sent.feature, person)
    assert "since then" not in page(viewer_client)
    # As if the day had passed since it was approved.
    yesterday = now - timedelta(days=1)
    Revision.objects.update(approved_at=yesterday)
    Waiver.objects.update(at=yesterday - timedelta(hours=1), expires_on=yesterday.date())
    assert "Item 6 was approved by a waiver; since then: waiver expired." in page(viewer_client)


def test_the_number_of_queries_does_not_grow(
    sent: Revision,
    owner: User,
    reviewer: User,
    second_reviewer: User,
    owner_client: Client,
) -> None:
    with CaptureQueriesContext(connection) as few:
        page(owner_client)
    for person in (reviewer, second_reviewer):
        give_all(sent, person)
        request_changes(sent.feature, actor=person, now=timezone.now(), comment="No")
    for item in (3, 6, 9):
        waiver = ItemWaiver(item, timezone.now().date() + timedelta(days=9), "A pilot")
        waive_item(sent.feature, waiver, actor=owner, now=timezone.now())
    with CaptureQueriesContext(connection) as many:
        page(owner_client)
    assert len(many) <= len(few)
