"""What changed, on the page of a review and on the page that compares any two."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from projects.models import Entity, Feature, ItemNote, Revision, User
from projects.workflow.editing import editing
from reviews.models import Comment, Thread
from reviews.workflow.submit import Submission, submit
from tests.factories import change_draft, make_entity
from tests.reviews.cast import approve, give_all

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert("x")</script>|🙂 שלום'


def send(feature: Feature, architect: User) -> Revision:
    return submit(feature, Submission(), actor=architect, now=timezone.now())


def add_entities(feature: Feature, architect: User, *names: str) -> None:
    with editing(feature, actor=architect, now=timezone.now()) as door:
        for name in names:
            door.create(Entity(name=name))


def address(feature: Feature, number: int) -> str:
    return f"/projects/payments/billing/{feature.key}/revisions/{number}/"


def compare(feature: Feature, query: str = "") -> str:
    return f"/projects/payments/billing/{feature.key}/compare/{query}"


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def table(text: str) -> str:
    """What stands in the tables of changes."""
    return text[text.index('<table class="change-table') : text.rindex("changes-links")]


@pytest.fixture
def two(feature: Feature, architect: User, second_reviewer: User) -> tuple[Revision, Revision]:
    """r2 has an entity more than r1, of a name that tries to break the page."""
    change_draft(feature, architect)
    first = send(feature, architect)
    add_entities(feature, architect, HOSTILE)
    return first, send(feature, architect)


def test_a_review_says_what_changed_since_the_revision_before(
    feature: Feature, two: tuple[Revision, Revision], reviewer_client: Client
) -> None:
    text = page(reviewer_client, address(feature, 2))
    assert "Changes since r1" in text
    assert escape(HOSTILE) in text
    assert "0 fields" in text
    assert "alert(" not in text.replace(escape(HOSTILE), "")


def test_a_first_revision_is_counted(feature: Feature, two: object, reviewer_client: Client) -> None:
    text = page(reviewer_client, address(feature, 1))
    assert "What r1 holds" in text
    assert "<strong>1</strong> component" in text
    assert "Changes since" not in text


def test_groups_filter_the_rows(feature: Feature, architect: User, two: object, reviewer_client: Client) -> None:
    add_entities(feature, architect, "ledger")
    with editing(feature, actor=architect, now=timezone.now()) as door:
        door.feature.epic.project.conventions.notes = "Short names"
        door.feature.epic.project.conventions.version += 1
        door.feature.epic.project.conventions.save()
    send(feature, architect)
    text = page(reviewer_client, address(feature, 3))
    assert "Policies <span" in text
    only = page(reviewer_client, f"{address(feature, 3)}?group=policies")
    assert "Short names" in only
    assert "ledger" not in table(only)
    # A group in which nothing changed is no filter.
    assert "ledger" in table(page(reviewer_client, f"{address(feature, 3)}?group=plans"))


@pytest.fixture
def third(feature: Feature, architect: User, reviewer: User, second_reviewer: User) -> Revision:
    """r3; r1 was approved by both reviewers."""
    change_draft(feature, architect)
    first = send(feature, architect)
    for person in (reviewer, second_reviewer):
        give_all(first, person)
        approve(feature, person)
    add_entities(feature, architect, "second")
    send(feature, architect)
    add_entities(feature, architect, "third")
    return send(feature, architect)


def test_the_base_can_be_chosen(feature: Feature, third: Revision, client_of: Callable[[str], Client]) -> None:
    """Since my last review for who reviewed before, since the approved one for others."""
    text, others = (page(client_of(name), address(feature, third.number)) for name in ("reviewer", "owner"))
    assert "Since my last review, r1" in text
    assert "Since my last review" not in others
    assert "Since the approved r1" in others
    assert "second" not in table(text)
    since = page(client_of("reviewer"), f"{address(feature, 3)}?since=1")
    assert "Changes since r1" in since
    assert "second" in table(since)
    assert "Changes since r2" in page(client_of("viewer"), f"{address(feature, 3)}?since=99999999999999999999")


def test_a_choice_of_one_is_no_choice(feature: Feature, two: object, viewer_client: Client) -> None:
    assert "changes-bases" not in page(viewer_client, address(feature, 2))


def test_a_comment_counts_as_a_review(
    feature: Feature, architect: User, reviewer: User, two: tuple[Revision, Revision], reviewer_client: Client
) -> None:
    now = timezone.now()
    thread = Thread.objects.create(
        feature=feature, revision=two[0], anchor_section="data-model", opened_by=reviewer, created_at=now
    )
    said = {
        "thread": thread,
        "author": reviewer,
        "text": "Why?",
        "created_at": now,
        "published_at": two[0].submitted_at,
    }
    Comment.objects.create(**said)
    change_draft(feature, architect)
    send(feature, architect)
    assert "Since my last review, r1" in page(reviewer_client, address(feature, 3))


def test_rows_lead_to_threads_about_them(
    feature: Feature,
    architect: User,
    reviewer: User,
    two: tuple[Revision, Revision],
    client_of: Callable[[str], Client],
) -> None:
    entity = Entity.objects.get(feature=feature)
    assert "Comment on" in page(client_of("reviewer"), address(feature, 2))
    assert f"threads/new/?uid={entity.uid}" in page(client_of("reviewer"), address(feature, 2))
    assert f"threads/new/?uid={entity.uid}" not in page(client_of("viewer"), address(feature, 2))
    now = timezone.now()
    thread = Thread.objects.create(
        feature=feature,
        revision=two[1],
        anchor_uid=entity.uid,
        anchor_path="x",
        opened_by=reviewer,
        created_at=now,
        published_at=now,
    )
    text = page(client_of("viewer"), address(feature, 2))
    assert f"#thread-{thread.uid}" in text
    assert "1 thread about" in text


def test_many_changes_are_folded_and_listed_elsewhere(
    feature: Feature, architect: User, two: object, reviewer_client: Client
) -> None:
    add_entities(feature, architect, *(f"entity_{number}" for number in range(250)))
    send(feature, architect)
    text = page(reviewer_client, address(feature, 3))
    assert "240 more changes" in text
    assert text.count('<tr class="change ') == 110
    assert "All 250 changes" in text
    compared = page(reviewer_client, compare(feature, "?from=2&to=3"))
    assert compared.count('<tr class="change ') == 200
    assert page(reviewer_client, compare(feature, "?from=2&to=3&page=2")).count('<tr class="change ') == 50


def test_any_two_are_compared_and_the_draft(
    feature: Feature, architect: User, two: object, viewer_client: Client
) -> None:
    assert "Changes from r1 to r2" in page(viewer_client, compare(feature))
    assert escape(HOSTILE) in page(viewer_client, compare(feature, "?from=2&to=1"))
    assert "Nothing differs: r2 and the draft say the same." in page(
        viewer_client, compare(feature, "?from=2&to=draft")
    )
    add_entities(feature, architect, "in_the_draft")
    text = page(viewer_client, compare(feature, "?from=2&to=draft"))
    assert "Changes from r2 to the draft" in text
    assert "in_the_draft" in text
    assert "steps/data-model/" in text


def test_documents_are_compared_line_by_line(feature: Feature, two: object, viewer_client: Client) -> None:
    text = page(viewer_client, compare(feature, "?from=1&to=2&as=document"))
    assert '<span class="visually-hidden">Added:' in text
    assert "unchanged line" in text
    assert "<script>alert" not in text
    other = page(viewer_client, compare(feature, "?from=1&to=2&as=document&document=data-consistency"))
    assert 'name="document" value="data-consistency"' in other


def test_a_document_that_no_change_reaches_reads_the_same(
    feature: Feature, architect: User, two: object, viewer_client: Client
) -> None:
    with editing(feature, actor=architect, now=timezone.now()) as door:
        door.create(ItemNote(item=6, text="Why so few"))
    address = compare(feature, "?from=2&to=draft&as=document&document=data-consistency")
    assert "reads the same in both" in page(viewer_client, address)


@pytest.mark.parametrize("query", ["?from=9", "?to=0", "?from=x&to=2", "?from=1&to=99999999999999999999999", "?to=²"])
def test_a_revision_that_is_not_there_is_named(
    feature: Feature, two: object, viewer_client: Client, query: str
) -> None:
    assert "This feature has no revision" in page(viewer_client, compare(feature, query), 404)


def test_the_draft_stands_on_the_right_only(feature: Feature, two: object, viewer_client: Client) -> None:
    assert "The draft stands on the right only" in page(viewer_client, compare(feature, "?from=draft"), 404)


def test_before_anything_was_submitted_there_is_nothing_to_compare(feature: Feature, viewer_client: Client) -> None:
    assert "Nothing was submitted yet" in page(viewer_client, compare(feature))


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("nobody", 302)])
def test_others_see_nothing(
    feature: Feature, two: object, client_of: Callable[[str], Client], who: str, status: int
) -> None:
    assert client_of(who).get(compare(feature)).status_code == status


def test_queries_do_not_grow_with_changes(
    feature: Feature,
    architect: User,
    two: object,
    viewer_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make_entity(feature, "orders", *(f"f{number}" for number in range(20)))
    add_entities(feature, architect, *(f"e{number}" for number in range(20)))
    send(feature, architect)
    page(viewer_client, compare(feature, "?from=1&to=3"))
    with django_assert_max_num_queries(9):
        page(viewer_client, compare(feature, "?from=1&to=3"))
