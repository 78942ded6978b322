"""Threads on the pages of a revision: the column, the forms, and the read-only views from which they are opened."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from projects.models import EntityField, Feature, Revision, User
from reviews.models import Thread
from reviews.rules.anchors import Anchor
from reviews.workflow.submit import Submission, submit
from reviews.workflow.threads import Opening, open_thread, reply
from tests.factories import change_draft, make_entity, make_feature

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
HOSTILE = '<script>alert("1")</script> | `uuid`'


@pytest.fixture
def revision(feature: Feature, architect: User, second_reviewer: User) -> Revision:
    make_entity(feature, "refunds", "id uuid", "amount integer")
    change_draft(feature, architect)
    return submit(feature, Submission(), actor=architect, now=timezone.now())


@pytest.fixture
def thread(feature: Feature, revision: Revision, architect: User) -> Thread:
    """The architect's, about the amount."""
    return start(feature, architect, uid=EntityField.objects.get(name="amount").uid)


def start(feature: Feature, person: User, text: str = "Is it enough?", **anchor: object) -> Thread:
    opening = Opening(Anchor(**(anchor or {"section": "backup"})), text)
    return open_thread(feature, opening, actor=person, now=timezone.now())[0]


def page(name: str, revision: Revision, **parts: object) -> str:
    keys = {"project": "payments", "epic": "billing", "feature": "refunds", "number": revision.number}
    return reverse(name, kwargs=keys | parts)


def seen(revision: Revision) -> dict[str, str]:
    return {"seen_revision": str(revision.number), "seen_digest": revision.digest, "key": str(uuid4())}


def text_of(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("name", "status"),
    [("owner", 302), ("architect", 302), ("reviewer", 302), ("viewer", 403), ("outsider", 404), ("nobody", 302)],
)
def test_who_may_say_something(
    name: str, status: int, client_of: Callable[[str], Client], feature: Feature, revision: Revision, thread: Thread
) -> None:
    client = client_of(name)
    form = seen(revision) | {"text": "Words", "action": "reply"}
    answer = client.post(page("review-thread", revision, thread=thread.uid), form)
    assert answer.status_code == status
    opened = client.post(f"{page('review-thread-new', revision)}?section=backup", seen(revision) | {"text": "Words"})
    assert opened.status_code == status
    says = name in ("owner", "architect", "reviewer")
    assert (Thread.objects.count() == 2) == says
    if says:
        assert answer["Location"].endswith(f"?view=threads#thread-{thread.uid}")


def test_a_thread_of_another_feature_is_not_found(
    architect_client: Client, revision: Revision, thread: Thread, architect: User
) -> None:
    other = make_feature("payments/billing/invoices")
    change_draft(other, architect)
    theirs = submit(other, Submission(), actor=architect, now=timezone.now())
    elsewhere = start(other, architect)
    for form in ({"action": "reply", "text": "Words"}, {"action": "resolve"}):
        address = page("review-thread", revision, thread=elsewhere.uid)
        assert architect_client.post(address, seen(theirs) | form).status_code == 404
    comment = elsewhere.comments.get()
    draft = page("review-thread-draft", revision, comment=comment.uid)
    assert architect_client.post(draft, seen(revision) | {"action": "delete"}).status_code == 404
    assert elsewhere.comments.count() == 1


def test_drafts_are_seen_by_their_author_alone(
    client_of: Callable[[str], Client], feature: Feature, revision: Revision, thread: Thread, reviewer: User
) -> None:
    draft = start(feature, reviewer, "A secret draft")
    reply(thread, "A secret reply", actor=reviewer, now=timezone.now())
    mine = text_of(client_of("reviewer"), page("review", revision))
    assert mine.count("Draft, only you see it") == 2
    assert "2 drafts that only you see" in mine
    for name in ("owner", "architect", "viewer"):
        client = client_of(name)
        for view in ("threads", "design", "document"):
            shown = text_of(client, page("review", revision), view=view)
            assert "secret" not in shown
            assert "1 open of 1" in shown
        assert client.get(page("review-thread", revision, thread=draft.uid)).status_code == 404
        form = seen(revision) | {"action": "resolve", "text": ""}
        answer = client.post(page("review-thread", revision, thread=draft.uid), form)
        assert answer.status_code == (403 if name == "viewer" else 404)


def test_htmx_gets_the_thread_alone(architect_client: Client, revision: Revision, thread: Thread) -> None:
    form = seen(revision) | {"action": "resolve", "text": "Yes."}
    answer = architect_client.post(page("review-thread", revision, thread=thread.uid), form, headers=HTMX, follow=True)
    shown = answer.content.decode()
    assert shown.lstrip().startswith(f'<article class="thread" id="thread-{thread.uid}"')
    assert "0 open of 1" in shown
    assert 'hx-swap-oob="true"' in shown
    assert "Resolved." in shown
    assert 'id="review-bar" hx-swap-oob="true"' in shown


def test_what_is_refused_is_said_where_it_was_typed(
    reviewer_client: Client, revision: Revision, thread: Thread
) -> None:
    Thread.objects.update(is_blocking=True)
    address = page("review-thread", revision, thread=thread.uid)
    form = seen(revision) | {"action": "reply", "text": "  "}
    empty = reviewer_client.post(address, form)
    assert empty.status_code == 422
    assert "Write what you want to say" in empty.content.decode()
    form = seen(revision) | {"action": "reopen", "text": HOSTILE}
    refused = reviewer_client.post(address, form, headers=HTMX)
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "This thread is open already" in shown
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; | `uuid`</textarea>" in shown
    assert reviewer_client.post(address, seen(revision) | {"action": "forget"}).status_code == 404


def test_an_outdated_form_is_answered_with_what_was_typed(
    architect_client: Client, feature: Feature, revision: Revision, thread: Thread, architect: User
) -> None:
    change_draft(feature, architect)
    submit(feature, Submission(), actor=architect, now=timezone.now())
    form = seen(revision) | {"action": "reply", "text": "Words that were typed"}
    answer = architect_client.post(page("review-thread", revision, thread=thread.uid), form)
    assert answer.status_code == 409
    assert "Words that were typed" in answer.content.decode()
    asked = architect_client.get(f"{page('review-thread-new', revision)}?section=backup")
    assert asked["Location"].endswith("/revisions/2/threads/new/?section=backup")


def test_a_thread_is_opened_about_a_fact(reviewer_client: Client, feature: Feature, revision: Revision) -> None:
    amount = EntityField.objects.get(name="amount")
    address = f"{page('review-thread-new', revision)}?uid={amount.uid}"
    form = text_of(reviewer_client, address)
    assert "refunds.amount" in form
    assert 'value="type"' in form
    empty = reviewer_client.post(address, seen(revision) | {"text": ""})
    assert (empty.status_code, Thread.objects.count()) == (422, 0)
    said = seen(revision) | {"fact": "type", "text": HOSTILE, "blocking": "yes"}
    made = reviewer_client.post(address, said, follow=True).content.decode()
    thread = Thread.objects.get()
    assert (thread.anchor_path, thread.anchor_text, thread.is_blocking) == ("refunds.amount, type", "integer", True)
    assert "<script>alert" not in made
    assert "Blocking" in made


@pytest.mark.parametrize("query", ["", "uid=nonsense", "uid=00000000-0000-0000-0000-000000000001", "item=28", "item=x"])
def test_no_thread_is_opened_about_nothing(query: str, architect_client: Client, revision: Revision) -> None:
    assert architect_client.get(f"{page('review-thread-new', revision)}?{query}").status_code == 404


def test_a_thread_follows_its_field_and_says_what_changed(
    architect_client: Client, feature: Feature, revision: Revision, thread: Thread, architect: User
) -> None:
    field = EntityField.objects.get(name="amount")
    EntityField.objects.filter(pk=field.pk).update(name="amount_minor", type="bigint")
    change_draft(feature, architect)
    second = submit(feature, Submission(), actor=architect, now=timezone.now())
    shown = text_of(architect_client, page("review", second))
    assert "refunds.amount_minor</a></h3>" in shown
    assert re.search(r"was called <bdi[^>]*>refunds.amount</bdi>", shown)
    assert re.search(r"<del[^>]*>Type: integer</del>", shown)
    assert re.search(r"<ins[^>]*>Type: bigint</ins>", shown)
    field.delete()
    change_draft(feature, architect)
    third = submit(feature, Submission(), actor=architect, now=timezone.now())
    gone = text_of(architect_client, page("review", third))
    assert "Anchor removed" in gone
    assert "what it is about was removed since" in gone


def test_another_description_is_told_to_those_who_spoke_of_the_data_model(
    feature: Feature, architect: User, revision: Revision, viewer_client: Client
) -> None:
    for section in ("data-model", "backup"):
        start(feature, architect, section=section)
    EntityField.objects.filter(name="amount").update(description="In the smallest unit of the currency")
    change_draft(feature, architect)
    again = submit(feature, Submission(), actor=architect, now=timezone.now())
    text = text_of(viewer_client, page("review", again), view="threads")
    assert text.count("This section has changed since r1.") == 1


def test_the_read_only_views_lead_to_threads(
    client_of: Callable[[str], Client], feature: Feature, revision: Revision, thread: Thread
) -> None:
    new = page("review-thread-new", revision)
    amount = EntityField.objects.get(name="amount").uid
    design = text_of(client_of("architect"), page("review", revision), view="design", at=str(amount))
    assert f'id="thing-{amount}"' in design
    assert f"{new}?uid={amount}" in design
    assert "1 open thread" in design
    document = text_of(client_of("architect"), page("review", revision), view="document", document="data-consistency")
    assert "Database Schema Design" in document
    assert f"{new}?section=data-model" in document
    assert new not in text_of(client_of("viewer"), page("review", revision), view="design")
    assert new not in text_of(client_of("viewer"), page("review", revision), view="document")


@pytest.mark.parametrize("view", ["threads", "design"])
def test_a_hundred_threads_ask_no_more_queries_than_two(
    view: str,
    architect_client: Client,
    feature: Feature,
    revision: Revision,
    thread: Thread,
    django_assert_num_queries: Callable[..., object],
) -> None:
    many(feature, thread, 1)
    address = f"{page('review', revision)}?view={view}&threads=all"
    architect_client.get(address)
    with CaptureQueriesContext(connection) as few:
        architect_client.get(address)
    many(feature, thread, 99)
    with django_assert_num_queries(len(few)):
        shown = architect_client.get(address).content.decode()
    assert shown.count('<details class="thread"') >= 80
    assert "101 open" in shown


def many(feature: Feature, like: Thread, number: int) -> None:
    """More threads of the same, each with a comment."""
    for _ in range(number):
        copy = Thread.objects.get(pk=like.pk)
        copy.pk, copy.uid, copy._state.adding = None, uuid4(), True
        copy.save()
        comment = like.comments.get()
        comment.pk, comment.uid, comment.thread, comment._state.adding = None, uuid4(), copy, True
        comment.save()


def test_drafts_are_saved_posted_and_deleted(
    reviewer_client: Client, feature: Feature, revision: Revision, reviewer: User
) -> None:
    draft = start(feature, reviewer, "A draft")
    address = page("review-thread-draft", revision, comment=draft.comments.get().uid)
    form = seen(revision) | {"action": "save", "text": "Other words", "blocking": "yes"}
    assert reviewer_client.post(address, form).status_code == 302
    draft.refresh_from_db()
    assert (draft.comments.get().text, draft.is_blocking) == ("Other words", True)
    assert reviewer_client.get(address).status_code == 405
    reviewer_client.post(address, seen(revision) | {"action": "post"})
    draft.refresh_from_db()
    assert draft.published_at
    other = start(feature, reviewer, "Another draft")
    address = page("review-thread-draft", revision, comment=other.comments.get().uid)
    gone = reviewer_client.post(address, seen(revision) | {"action": "delete"})
    assert gone["Location"].endswith("?view=threads#review-threads")
    assert Thread.objects.count() == 1
