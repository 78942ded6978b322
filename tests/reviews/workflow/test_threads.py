"""Who opens, answers, marks addressed, resolves and reopens threads; drafts are their author's alone."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from projects.access import Right
from projects.models import Event, Feature, Revision, User
from projects.workflow.events import broken_links
from reviews.models import Comment, Notice, Thread
from reviews.reading import facts_of, thread_state
from reviews.rules.anchors import Anchor
from reviews.rules.terms import ThreadState
from reviews.workflow.door import Form, Outdated, Refused, reviewing
from reviews.workflow.publish import publish
from reviews.workflow.submit import Submission, submit
from reviews.workflow.thread_states import mark_addressed, reopen_thread, resolve
from reviews.workflow.threads import Opening, delete_draft, edit_draft, open_thread, post_draft, reply
from tests.factories import change_draft, make_entity
from tests.reviews.cast import approve, give_all

pytestmark = pytest.mark.django_db

Cast = dict[str, User]
BACKUP = Anchor(section="backup")


@pytest.fixture
def cast(owner: User, architect: User, reviewer: User, second_reviewer: User, viewer: User, outsider: User) -> Cast:
    people = {"owner": owner, "architect": architect, "reviewer": reviewer, "second": second_reviewer}
    return people | {"viewer": viewer, "outsider": outsider}


@pytest.fixture
def revision(feature: Feature, cast: Cast) -> Revision:
    """r1 of a design by the architect, in review."""
    make_entity(feature, "refunds", "id uuid", "amount integer")
    change_draft(feature, cast["architect"])
    return submit(feature, Submission(), actor=cast["architect"], now=timezone.now())


def start(feature: Feature, person: User, *, posted: bool = True, **opening: object) -> Thread:
    said = {"anchor": BACKUP, "text": "Is one hour enough?"} | opening
    thread, _ = open_thread(feature, Opening(**said), actor=person, now=timezone.now())
    thread.refresh_from_db()
    if posted and thread.published_at is None:
        post_draft(thread.comments.get(), actor=person, now=timezone.now())
    thread.refresh_from_db()
    return thread


def state_of(thread: Thread) -> ThreadState:
    return thread_state(Thread.objects.get(pk=thread.pk))


@pytest.mark.parametrize(
    ("name", "is_draft"), [("owner", True), ("architect", False), ("reviewer", True), ("second", True)]
)
def test_who_decides_collects_drafts_and_others_post_at_once(
    name: str, is_draft: bool, feature: Feature, revision: Revision, cast: Cast
) -> None:
    thread = start(feature, cast[name], posted=False)
    assert (thread.published_at is None) == is_draft
    assert Event.objects.filter(feature=feature, verb="opened").exists() != is_draft
    assert (thread.anchor_path, thread.opened_by_name) == ("Backup", cast[name].display_name)


@pytest.mark.parametrize("name", ["viewer", "outsider"])
def test_others_take_no_part(name: str, feature: Feature, revision: Revision, cast: Cast) -> None:
    thread = start(feature, cast["architect"])
    now, person = timezone.now(), cast[name]
    with pytest.raises(PermissionDenied):
        start(feature, person)
    for act in (reply, mark_addressed, resolve, reopen_thread):
        with pytest.raises(PermissionDenied):
            act(thread, "Words", actor=person, now=now)
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("owner", None),
        ("reviewer", None),
        ("architect", PermissionDenied),
    ],
)
def test_who_may_decide_opens_blocking_threads(
    name: str, refusal: type[Exception] | None, feature: Feature, revision: Revision, cast: Cast
) -> None:
    if refusal:
        with pytest.raises(refusal, match="advisory"):
            start(feature, cast[name], is_blocking=True)
        assert not Thread.objects.exists()
        return
    assert start(feature, cast[name], is_blocking=True).is_blocking
    revision.feature = feature
    assert len(facts_of(revision, timezone.now()).blocking_threads) == 1
    turn = Notice.objects.filter(recipient=cast["architect"], is_turn=True, kind="commented")
    assert turn.get().text.endswith("opened a blocking thread about Backup: Is one hour enough?")


def test_a_contributor_cannot_block(feature: Feature, revision: Revision, cast: Cast) -> None:
    change_draft(feature, cast["owner"])
    submit(feature, Submission(), actor=cast["architect"], now=timezone.now())
    with pytest.raises(Refused, match="You changed this design"):
        start(feature, cast["owner"], is_blocking=True)
    assert start(feature, cast["owner"], posted=False).published_at, "advisory, and at once: there is no batch"


def test_nothing_blocks_what_is_approved_but_threads_go_on(feature: Feature, revision: Revision, cast: Cast) -> None:
    thread = start(feature, cast["reviewer"], is_blocking=True)
    resolve(thread, actor=cast["reviewer"], now=timezone.now())
    for name in ("reviewer", "second"):
        give_all(revision, cast[name])
        approve(feature, cast[name])
    with pytest.raises(Refused, match="nothing can block it"):
        start(feature, cast["reviewer"], is_blocking=True)
    with pytest.raises(Refused, match="r1 is approved, so a blocking thread stays resolved"):
        reopen_thread(thread, actor=cast["reviewer"], now=timezone.now())
    assert start(feature, cast["reviewer"], posted=False).published_at
    assert start(feature, cast["architect"]).published_at


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("owner", None), ("architect", None), ("reviewer", PermissionDenied), ("second", PermissionDenied)],
)
def test_architects_and_owners_mark_addressed(
    name: str, refusal: type[Exception] | None, feature: Feature, revision: Revision, cast: Cast
) -> None:
    thread = start(feature, cast["reviewer"], is_blocking=True)
    now = timezone.now()
    if refusal:
        with pytest.raises(refusal, match="Architects and owners"):
            mark_addressed(thread, actor=cast[name], now=now)
        assert state_of(thread) is ThreadState.OPEN
        return
    mark_addressed(thread, "Mended in the draft.", actor=cast[name], now=now)
    assert state_of(thread) is ThreadState.ADDRESSED
    assert thread.comments.last().text == "Mended in the draft."
    assert Notice.objects.get(recipient=cast["reviewer"], kind="addressed").is_turn
    assert Event.objects.get(verb="addressed").changes == {"State": ["Open", "Addressed"]}
    with pytest.raises(Refused, match="addressed already"):
        mark_addressed(thread, actor=cast["owner"], now=now)


def test_an_advisory_thread_is_not_marked_addressed(feature: Feature, revision: Revision, cast: Cast) -> None:
    thread = start(feature, cast["reviewer"])
    with pytest.raises(Refused, match="advisory"):
        mark_addressed(thread, actor=cast["architect"], now=timezone.now())


@pytest.mark.parametrize(
    ("name", "reason", "refusal"),
    [
        ("reviewer", "", None),
        ("owner", "Its opener has left; the index is there.", None),
        ("owner", "", Refused),
        ("second", "Looks right", PermissionDenied),
        ("architect", "Done", PermissionDenied),
    ],
)
def test_its_opener_resolves_what_blocks_or_an_owner_with_a_reason(
    name: str, reason: str, refusal: type[Exception] | None, feature: Feature, revision: Revision, cast: Cast
) -> None:
    thread = start(feature, cast["reviewer"], is_blocking=True)
    if refusal:
        with pytest.raises(refusal):
            resolve(thread, reason, actor=cast[name], now=timezone.now())
        assert state_of(thread) is ThreadState.OPEN
        assert thread.comments.count() == 1
        return
    resolve(thread, reason, actor=cast[name], now=timezone.now())
    thread.refresh_from_db()
    assert (thread_state(thread), thread.resolved_by) == (ThreadState.RESOLVED, cast[name])
    assert (thread.resolution, Event.objects.get(verb="resolved").reason) == (reason, reason)
    with pytest.raises(Refused, match="resolved this thread already"):
        resolve(thread, "Again", actor=cast["owner"], now=timezone.now())


def test_an_owner_who_wrote_the_design_resolves_nothing_that_blocks(
    feature: Feature, revision: Revision, cast: Cast
) -> None:
    thread = start(feature, cast["reviewer"], is_blocking=True)
    change_draft(feature, cast["owner"])
    submit(feature, Submission(), actor=cast["architect"], now=timezone.now())
    with pytest.raises(Refused, match="Rui Reviewer, who opened it"):
        resolve(thread, "It is fine", actor=cast["owner"], now=timezone.now())


@pytest.mark.parametrize("name", ["owner", "architect", "reviewer", "second"])
def test_anybody_who_takes_part_resolves_what_is_advisory(
    name: str, feature: Feature, revision: Revision, cast: Cast
) -> None:
    thread = start(feature, cast["reviewer"])
    resolve(thread, actor=cast[name], now=timezone.now())
    thread.refresh_from_db()
    assert thread.resolved_by == cast[name]


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("reviewer", None), ("owner", None), ("architect", PermissionDenied), ("second", PermissionDenied)],
)
def test_its_opener_and_owners_reopen(
    name: str, refusal: type[Exception] | None, feature: Feature, revision: Revision, cast: Cast
) -> None:
    thread = start(feature, cast["reviewer"], is_blocking=True)
    mark_addressed(thread, actor=cast["architect"], now=timezone.now())
    if refusal:
        with pytest.raises(refusal, match="open it again"):
            reopen_thread(thread, actor=cast[name], now=timezone.now())
        assert state_of(thread) is ThreadState.ADDRESSED
        return
    reopen_thread(thread, "It is not.", actor=cast[name], now=timezone.now())
    assert state_of(thread) is ThreadState.OPEN
    assert Notice.objects.filter(recipient=cast["architect"], is_turn=True).count() == 2
    with pytest.raises(Refused, match="open already"):
        reopen_thread(thread, actor=cast[name], now=timezone.now())


def test_the_batch_publishes_drafts_and_counts_them(feature: Feature, revision: Revision, cast: Cast) -> None:
    reviewer, now = cast["reviewer"], timezone.now()
    of_others = start(feature, cast["architect"])
    reply(of_others, "My draft", actor=reviewer, now=now)
    start(feature, reviewer, posted=False, is_blocking=True)
    start(feature, cast["second"], posted=False)
    assert publish(feature, actor=reviewer, now=now) == "Published: 2 comments, 1 blocking thread."
    assert set(Comment.objects.filter(published_at=None).values_list("author", flat=True)) == {cast["second"].pk}
    assert Notice.objects.filter(recipient=cast["architect"], actor_name="Rui Reviewer").count() == 1
    assert not broken_links(feature.epic.project)


def test_a_blocking_draft_of_who_became_a_contributor_is_not_published(
    feature: Feature, revision: Revision, cast: Cast
) -> None:
    owner = cast["owner"]
    thread = start(feature, owner, posted=False, is_blocking=True)
    change_draft(feature, owner)
    submit(feature, Submission(), actor=cast["architect"], now=timezone.now())
    comment = thread.comments.get()
    with pytest.raises(Refused, match="You changed this design"):
        post_draft(comment, actor=owner, now=timezone.now())
    edit_draft(comment, "Advisory then", actor=owner, now=timezone.now(), is_blocking=False)
    post_draft(comment, actor=owner, now=timezone.now())
    thread.refresh_from_db()
    assert (thread.is_blocking, bool(thread.published_at)) == (False, True)


def test_a_blocking_draft_that_came_too_late_is_named_and_made_advisory(
    feature: Feature, revision: Revision, cast: Cast, reviewer_client: Client
) -> None:
    thread = start(feature, cast["reviewer"], posted=False, is_blocking=True)
    start(feature, cast["reviewer"], posted=False, anchor=Anchor(item=6))
    for name in ("owner", "second"):
        give_all(revision, cast[name])
        approve(feature, cast[name])
    with pytest.raises(Refused, match=r"thread about Backup .* r1 is not in review.* make it advisory, or delete it"):
        publish(feature, actor=cast["reviewer"], now=timezone.now())
    assert 'name="blocking"' in reviewer_client.get("/projects/payments/billing/refunds/revisions/1/").text
    edit_draft(thread.comments.get(), "Advisory then", actor=cast["reviewer"], now=timezone.now(), is_blocking=False)
    assert publish(feature, actor=cast["reviewer"], now=timezone.now()) == "Published: 2 comments."


def test_only_ones_own_drafts_are_changed(feature: Feature, revision: Revision, cast: Cast) -> None:
    now = timezone.now()
    draft = start(feature, cast["reviewer"], posted=False).comments.get()
    posted = start(feature, cast["architect"]).comments.get()
    edits: list[Callable[[Comment, User, datetime], object]] = [
        lambda comment, person, at: edit_draft(comment, "Other words", actor=person, now=at),
        lambda comment, person, at: delete_draft(comment, actor=person, now=at),
        lambda comment, person, at: post_draft(comment, actor=person, now=at),
    ]
    for edit in edits:
        with pytest.raises(Refused, match="What is posted stays"):
            edit(draft, cast["second"], now)
        with pytest.raises(Refused, match="What is posted stays"):
            edit(posted, cast["architect"], now)
    delete_draft(draft, actor=cast["reviewer"], now=now)
    assert list(Thread.objects.values_list("opened_by", flat=True)) == [cast["architect"].pk]


def test_others_drafts_are_neither_answered_nor_resolved(feature: Feature, revision: Revision, cast: Cast) -> None:
    draft = start(feature, cast["reviewer"], posted=False)
    for act in (reply, mark_addressed, resolve, reopen_thread):
        with pytest.raises(Refused, match="deleted in the meantime"):
            act(draft, "Words", actor=cast["architect"], now=timezone.now())


@pytest.mark.parametrize("text", ["", " \r\n ", "x" * 20_001, "a\0b"])
def test_a_comment_says_something_and_not_too_much(text: str, feature: Feature, revision: Revision, cast: Cast) -> None:
    with pytest.raises(Refused):
        start(feature, cast["architect"], text=text)
    assert not Thread.objects.exists()


def test_a_thread_is_about_a_place_that_is_there(feature: Feature, revision: Revision, cast: Cast) -> None:
    with pytest.raises(Refused, match="is not in r1"):
        start(feature, cast["architect"], anchor=Anchor(uid=UUID(int=1)))


def test_a_repeated_click_opens_one_thread_and_an_old_form_none(
    feature: Feature, revision: Revision, cast: Cast
) -> None:
    form = Form(1, revision.digest, UUID(int=7))
    now, opening = timezone.now(), Opening(BACKUP, "Once")
    open_thread(feature, opening, actor=cast["architect"], now=now, form=form)
    with pytest.raises(Exception, match="The thread about Backup is open"):
        open_thread(feature, opening, actor=cast["architect"], now=now, form=form)
    change_draft(feature, cast["architect"])
    submit(feature, Submission(), actor=cast["architect"], now=now)
    with pytest.raises(Outdated):
        open_thread(feature, opening, actor=cast["architect"], now=now, form=Form(1, revision.digest, UUID(int=8)))
    assert Thread.objects.count() == 1


def test_nothing_is_said_of_an_archived_feature(feature: Feature, revision: Revision, cast: Cast) -> None:
    feature.archived_at = timezone.now()
    feature.save(update_fields=["archived_at"])
    with (
        pytest.raises(PermissionDenied, match="archived"),
        reviewing(feature, actor=cast["reviewer"], now=timezone.now(), right=Right.COMMENT),
    ):
        pass
    with pytest.raises(PermissionDenied, match="archived"):
        start(feature, cast["reviewer"])
