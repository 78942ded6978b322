"""Opening threads about places in a design, and saying something in them.

Whoever decides on the revision collects drafts, which are theirs alone until they publish their review or post one
by itself; what everybody else says is published at once, and nothing published is changed or deleted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from projects.access import RIGHTS, Right
from projects.models import Feature, User
from projects.snapshot.revisions import frozen
from reviews.models import Comment, Thread
from reviews.rules.anchors import Anchor, Anchors
from reviews.rules.eligibility import why_not_eligible
from reviews.rules.facts import ReviewFacts
from reviews.rules.terms import NoticeKind
from reviews.workflow.door import Form, Refused, ReviewDoor, is_open, reviewing
from reviews.workflow.parties import typed
from reviews.workflow.sealing import ANCHOR, anchor_digest

# So much of a comment stands in the news.
IN_NEWS = 300


@dataclass(frozen=True)
class Opening:
    anchor: Anchor
    text: str
    is_blocking: bool = False


def open_thread(
    feature: Feature, opening: Opening, *, actor: User, now: datetime, form: Form | None = None
) -> tuple[Thread, str]:
    """Open a thread on the head; gives it with what was done. Raises Refused for a place that the head does not have,
    and for a blocking one of somebody who may not decide."""
    with reviewing(feature, actor=actor, now=now, right=Right.COMMENT, form=form) as door:
        text = checked(opening.text)
        revision = door.in_hand
        place = Anchors(frozen(revision).design).place(opening.anchor)
        if place is None:
            raise Refused(
                f"What this thread is about is not in r{revision.number}. Choose another place of the design."
            )
        if opening.is_blocking:
            _refuse_blocking(door)
        thread = Thread.objects.create(
            feature=door.feature,
            revision=revision,
            is_blocking=opening.is_blocking,
            anchor_uid=opening.anchor.uid,
            anchor_field=opening.anchor.field,
            anchor_section=opening.anchor.section,
            item=opening.anchor.item,
            anchor_path=place.path,
            anchor_text=place.text,
            opened_by=actor,
            opened_by_name=actor.display_name,
            created_at=now,
        )
        comment = _write(door, thread, text)
        if waits_for_batch(door):
            door.said = "Saved as a draft that only you see, until you publish your review."
        else:
            _publish(door, [comment])
            door.said = f"The thread about {place.path} is open."
    return thread, door.said


def reply(thread: Thread, text: str, *, actor: User, now: datetime, form: Form | None = None) -> str:
    """Say something in a thread that the person sees, whatever its state."""
    with reviewing(thread.feature, actor=actor, now=now, right=Right.COMMENT, form=form) as door:
        found = held(door, thread)
        comment = _write(door, found, checked(text))
        if found.published_at is None or waits_for_batch(door):
            door.said = "Saved as a draft that only you see, until you publish your review."
        else:
            _publish(door, [comment])
            door.said = "Your comment is posted."
    return door.said


def edit_draft(
    comment: Comment,
    text: str,
    *,
    actor: User,
    now: datetime,
    form: Form | None = None,
    is_blocking: bool | None = None,
) -> str:
    """Change one's own draft; with `is_blocking` also whether the draft of a thread that it opens is to block."""
    with reviewing(comment.thread.feature, actor=actor, now=now, right=Right.COMMENT, form=form) as door:
        draft = _own_draft(door, comment)
        draft.text = checked(text)
        draft.save(update_fields=["text"])
        thread = draft.thread
        if is_blocking is not None and thread.published_at is None and thread.is_blocking != is_blocking:
            if is_blocking:
                _refuse_blocking(door)
            thread.is_blocking = is_blocking
            thread.save(update_fields=["is_blocking"])
        door.said = "Your draft is saved."
    return door.said


def delete_draft(comment: Comment, *, actor: User, now: datetime, form: Form | None = None) -> str:
    """Delete one's own draft; a thread that nobody else knows of goes with its last comment."""
    with reviewing(comment.thread.feature, actor=actor, now=now, right=Right.COMMENT, form=form) as door:
        draft = _own_draft(door, comment)
        thread = draft.thread
        draft.delete()
        if thread.published_at is None and not thread.comments.exists():
            thread.delete()
        door.said = "Your draft is deleted."
    return door.said


def post_draft(comment: Comment, *, actor: User, now: datetime, form: Form | None = None) -> str:
    """Publish one draft by itself, without the rest of the review; the draft of a thread with all its comments."""
    with reviewing(comment.thread.feature, actor=actor, now=now, right=Right.COMMENT, form=form) as door:
        draft = _own_draft(door, comment)
        drafts = [draft] if draft.thread.published_at else list(_drafts(door, draft.thread))
        _publish(door, drafts)
        door.said = "Your comment is posted."
    return door.said


def publish_drafts(door: ReviewDoor) -> tuple[int, int]:
    """Publish all drafts of who acts, with the batch of their verdicts; how many comments that were, and how many
    blocking threads they opened.

    Nobody is told: everybody hears of the batch as a whole.
    """
    drafts = list(_drafts(door))
    blocking = {each.thread_id for each in drafts if each.thread.is_blocking and each.thread.published_at is None}
    _publish(door, drafts, is_batch=True)
    return len(drafts), len(blocking)


def waits_for_batch(door: ReviewDoor) -> bool:
    """Whether what this person says now is kept for their batch: they decide on the revision that is in review."""
    return bool(door.head and is_open(door.head)) and not why_not_eligible(door.facts(), door.actor.pk)


def held(door: ReviewDoor, thread: Thread) -> Thread:
    """The thread as it is now, within the lock; `Refused` if its draft was deleted in the meantime."""
    found = Thread.objects.filter(pk=thread.pk, feature=door.feature).first()
    if found is None or (found.published_at is None and found.opened_by_id != door.actor.pk):
        raise Refused("This draft was deleted in the meantime. What you typed is kept here.")
    return found


def checked(text: str) -> str:
    """The text as it is kept. Raises Refused for none, and as `typed`."""
    kept = typed(text)
    if not kept:
        raise Refused("Write what you want to say, then send it.")
    return kept


def say(door: ReviewDoor, thread: Thread, text: str) -> None:
    """Publish a comment that goes along with another transition; nothing for no text."""
    if text.strip():
        comment = _write(door, thread, checked(text))
        comment.published_at = door.now
        comment.save(update_fields=["published_at"])


def participants(thread: Thread) -> set[int]:
    """Whoever opened it or said something in it."""
    spoke = thread.comments.filter(published_at__isnull=False).values_list("author", flat=True)
    return {thread.opened_by_id, *spoke}


def architects_of(facts: ReviewFacts) -> frozenset[int]:
    """Those of the contributors who can still change the design."""
    return facts.contributors & facts.members.keys()


def _refuse_blocking(door: ReviewDoor) -> None:
    revision, facts = door.in_hand, door.facts()
    refusal = why_not_eligible(facts, door.actor.pk)
    if refusal and not facts.members.get(door.actor.pk, frozenset()) & RIGHTS[Right.REVIEW]:
        raise PermissionDenied(f"{refusal} You can open an advisory thread.")
    if not is_open(revision):
        raise Refused(f"r{revision.number} is not in review, so nothing can block it. Open an advisory thread instead.")
    if refusal:
        raise Refused(refusal)


def _refuse_to_publish_blocking(door: ReviewDoor, thread: Thread) -> None:
    """It was drafted when it could block; the refusal says which draft holds the others back, and the way out."""
    revision = door.in_hand
    why = why_not_eligible(door.facts(), door.actor.pk)
    if not is_open(revision):
        why = f"r{revision.number} is not in review, so nothing can block it."
    if why:
        raise Refused(
            f"Nothing was published; your drafts are kept. Your thread about {thread.anchor_path} is drafted as "
            f"blocking: {why} Edit that draft to make it advisory, or delete it, then publish."
        )


def _write(door: ReviewDoor, thread: Thread, text: str) -> Comment:
    author = door.actor
    return Comment.objects.create(
        thread=thread, author=author, author_name=author.display_name, text=text, created_at=door.now
    )


def _own_draft(door: ReviewDoor, comment: Comment) -> Comment:
    found = _drafts(door).filter(pk=comment.pk).first()
    if found is None:
        raise Refused("This draft was posted or deleted in the meantime. What is posted stays as it is.")
    return found


def _drafts(door: ReviewDoor, thread: Thread | None = None) -> Any:
    mine = Q(author=door.actor, published_at=None, thread__feature=door.feature)
    about = Q(thread=thread) if thread else Q()
    return Comment.objects.filter(mine, about).select_related("thread").order_by("created_at", "pk")


def _publish(door: ReviewDoor, drafts: Iterable[Comment], *, is_batch: bool = False) -> None:
    """Publish these, and the threads that they open, in the order they were written."""
    opened: set[int] = set()
    for draft in drafts:
        thread = draft.thread
        if thread.published_at is None and thread.pk not in opened:
            if thread.is_blocking:
                _refuse_to_publish_blocking(door, thread)
            opened.add(thread.pk)
            Thread.objects.filter(pk=thread.pk).update(published_at=door.now)
            _note_opening(door, thread, draft, is_batch=is_batch)
        else:
            _note_reply(door, thread, draft, is_batch=is_batch)
        draft.published_at = door.now
        draft.save(update_fields=["published_at"])


def _note_opening(door: ReviewDoor, thread: Thread, first: Comment, *, is_batch: bool) -> None:
    kind = "blocking thread" if thread.is_blocking else "thread"
    changes = {"Comment": ["", first.text], ANCHOR: ["", anchor_digest(thread, thread.revision.number)]}
    door.record("opened", thread.anchor_path, kind=kind, object_uid=thread.uid, changes=changes)
    if is_batch:
        return
    facts = door.facts()
    asked = {each.reviewer for each in facts.assignments}
    people = architects_of(facts) | (set() if thread.is_blocking else asked)
    text = f"{door.actor.display_name} opened a {kind} about {thread.anchor_path}: {first.text[:IN_NEWS]}"
    door.tell(people, NoticeKind.COMMENTED, text, is_turn=thread.is_blocking)


def _note_reply(door: ReviewDoor, thread: Thread, comment: Comment, *, is_batch: bool) -> None:
    door.record(
        "replied in", thread.anchor_path, kind="thread", object_uid=thread.uid, changes={"Comment": ["", comment.text]}
    )
    if is_batch:
        return
    people = participants(thread) | (architects_of(door.facts()) if thread.is_blocking else set())
    text = f"{door.actor.display_name} replied about {thread.anchor_path}: {comment.text[:IN_NEWS]}"
    door.tell(people, NoticeKind.REPLIED, text)
