"""From open to addressed to resolved, and back: who may take a thread there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied

from projects.access import RIGHTS, Right
from projects.design.vocabulary import Role
from projects.models import User
from reviews.models import Thread
from reviews.reading import thread_state
from reviews.rules.facts import ReviewFacts
from reviews.rules.terms import NoticeKind, ThreadState
from reviews.workflow.door import Form, Refused, ReviewDoor, reviewing
from reviews.workflow.parties import typed
from reviews.workflow.threads import architects_of, checked, held, participants, say


@dataclass(frozen=True)
class ThreadRights:
    """What one person may do with one published thread that they see, on the head of its feature."""

    may_address: bool
    may_resolve: bool
    may_reopen: bool
    # Who did not open it says why.
    needs_reason: bool
    edits: bool = False
    owns: bool = False


def rights_in(thread: Thread, person: int, facts: ReviewFacts) -> ThreadRights:
    """`facts` are those of the head. A draft has no states."""
    roles = facts.members.get(person, frozenset())
    state, is_opener = thread_state(thread), thread.opened_by_id == person
    comments = bool(roles & RIGHTS[Right.COMMENT]) and thread.published_at is not None
    overrides = Role.OWNER in roles and person not in facts.contributors
    resolves = is_opener or not thread.is_blocking or overrides
    is_done = state is ThreadState.RESOLVED
    keeps_approval = thread.is_blocking and facts.approved_at is not None
    return ThreadRights(
        may_address=comments and bool(roles & RIGHTS[Right.EDIT]) and thread.is_blocking and state is ThreadState.OPEN,
        may_resolve=comments and resolves and not is_done,
        may_reopen=comments
        and (is_opener or Role.OWNER in roles)
        and state is not ThreadState.OPEN
        and not keeps_approval,
        needs_reason=thread.is_blocking and not is_opener,
        edits=bool(roles & RIGHTS[Right.EDIT]),
        owns=Role.OWNER in roles,
    )


def mark_addressed(thread: Thread, comment: str = "", *, actor: User, now: datetime, form: Form | None = None) -> str:
    """Say that the design, or an answer, meets a blocking thread; it is its opener's turn then."""
    with _changing(thread, actor, now, form) as (door, found, may):
        if not found.is_blocking:
            raise Refused("This thread is advisory: it is resolved, without being marked addressed first.")
        if not may.may_address:
            raise _refusal(found, may.edits, "Architects and owners mark a blocking thread addressed.")
        say(door, found, comment)
        found.addressed_at, found.addressed_by = now, actor
        found.save(update_fields=["addressed_at", "addressed_by"])
        _note(door, found, ThreadState.OPEN, comment)
        text = f"{actor.display_name} marked your thread about {found.anchor_path} addressed. See whether it is."
        door.tell({found.opened_by_id}, NoticeKind.ADDRESSED, text, is_turn=True)
        door.said = f"Marked addressed. {found.opened_by_name} resolves it."
    return door.said


def resolve(thread: Thread, comment: str = "", *, actor: User, now: datetime, form: Form | None = None) -> str:
    """Close a thread. For an owner who did not open the blocking thread, the comment is the reason."""
    with _changing(thread, actor, now, form) as (door, found, may):
        if not may.may_resolve:
            raise _refusal(found, may.owns, _who_resolves(found))
        if may.needs_reason and not comment.strip():
            raise Refused(f"{found.opened_by_name} opened this thread. Write why you resolve it, then press Resolve.")
        before = thread_state(found)
        say(door, found, comment)
        found.resolved_at, found.resolved_by = now, actor
        found.resolution = checked(comment) if may.needs_reason else ""
        found.save(update_fields=["resolved_at", "resolved_by", "resolution"])
        _note(door, found, before, comment)
        people = participants(found) | (architects_of(door.facts()) if found.is_blocking else set())
        text = f"{actor.display_name} resolved the thread about {found.anchor_path}."
        door.tell(people, NoticeKind.RESOLVED, text)
        door.said = "Resolved."
    return door.said


def reopen_thread(thread: Thread, comment: str = "", *, actor: User, now: datetime, form: Form | None = None) -> str:
    """Open it again, after it was resolved, or marked addressed and is not."""
    with _changing(thread, actor, now, form) as (door, found, may):
        facts = door.facts()
        if found.is_blocking and facts.approved_at:
            raise Refused(
                f"r{facts.revision} is approved, so a blocking thread stays resolved. Open an advisory one, "
                "or revoke the sign-off first."
            )
        if thread_state(found) is ThreadState.OPEN:
            raise Refused("This thread is open already. What you typed is kept here.")
        if not may.may_reopen:
            raise PermissionDenied("Who opened a thread, and the owners, open it again. You can open another one.")
        before = thread_state(found)
        say(door, found, comment)
        found.addressed_at = found.addressed_by = found.resolved_at = found.resolved_by = None
        found.resolution = ""
        found.save(update_fields=["addressed_at", "addressed_by", "resolved_at", "resolved_by", "resolution"])
        _note(door, found, before, comment)
        contributors = architects_of(facts)
        text = f"{actor.display_name} opened the thread about {found.anchor_path} again."
        door.tell(participants(found) - contributors, NoticeKind.COMMENTED, text)
        door.tell(contributors, NoticeKind.COMMENTED, text, is_turn=found.is_blocking)
        door.said = "The thread is open again."
    return door.said


@contextmanager
def _changing(
    thread: Thread, actor: User, now: datetime, form: Form | None
) -> Iterator[tuple[ReviewDoor, Thread, ThreadRights]]:
    with reviewing(thread.feature, actor=actor, now=now, right=Right.COMMENT, form=form) as door:
        found = held(door, thread)
        if found.published_at is None:
            raise Refused("This thread is a draft that only you see. Post it or delete it.")
        yield door, found, rights_in(found, actor.pk, door.facts())


def _who_resolves(thread: Thread) -> str:
    who = f"{thread.opened_by_name}, who opened it, resolves it"
    return f"This thread blocks: {who}, or an owner who did not change the design."


def _refusal(thread: Thread, has_role: bool, who: str) -> Exception:
    """Why a transition is refused: for the state that the thread is in, or for the person's role."""
    state = thread_state(thread)
    if state is ThreadState.RESOLVED:
        by = thread.resolved_by.display_name if thread.resolved_by else "somebody"
        return Refused(f"{by} resolved this thread already. What you typed is kept here.")
    if has_role and state is ThreadState.ADDRESSED:
        return Refused(f"This thread is marked addressed already. {thread.opened_by_name} resolves it.")
    return Refused(who) if has_role else PermissionDenied(who)


def _note(door: ReviewDoor, thread: Thread, before: ThreadState, comment: str) -> None:
    """Record the transition to the state that the thread has now."""
    after = thread_state(thread)
    verb = {ThreadState.OPEN: "reopened", ThreadState.ADDRESSED: "addressed", ThreadState.RESOLVED: "resolved"}[after]
    kind = "blocking thread" if thread.is_blocking else "thread"
    changes = {"State": [before.label, after.label]}
    door.record(verb, thread.anchor_path, kind=kind, object_uid=thread.uid, changes=changes, reason=typed(comment))
