"""The one door for whatever is said of a feature's revisions.

    with reviewing(feature, actor=user, now=now, right=Right.REVIEW, form=form) as door:
        door.record("signed", …)

It locks the feature and its project, checks the right, refuses a form that was loaded before a newer revision came,
carries a repeated form out once, derives the state anew, keeps it with the record for documents, appends the events
and writes the notices. All of it happens, or nothing does; mail and printing begin after the commit.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from projects.access import Right, Visit, roles_of
from projects.design.digest import plain
from projects.design.vocabulary import DesignState
from projects.models import Feature, Project, Revision, User
from projects.workflow import events
from projects.workflow.events import Happening
from reviews.models import Deed, Review
from reviews.notices import Occasion, tell
from reviews.reading import facts_of, head_of, review_of
from reviews.record import record_of
from reviews.rules.facts import ReviewFacts
from reviews.rules.states import OPEN_STATES, becomes_approved, derive_state
from reviews.rules.terms import NoticeKind
from reviews.tasks import after_transition

SENT_ALREADY = (
    "This form was sent already, with other words. Nothing was done now, and what you typed is kept. See on the page "
    "what was done then; to do this as well, send it again."
)


class Refused(Exception):
    """The rules do not allow it; the message says why, and who could do what. `item` is the one it is about, if any."""

    def __init__(self, sentence: str, item: int | None = None) -> None:
        super().__init__(sentence)
        self.item = item


class Outdated(Exception):
    """The form was loaded for another revision than today's head, which is `head`."""

    def __init__(self, head: Revision) -> None:
        super().__init__(f"r{head.number} was submitted in the meantime. Nothing was done; what you typed is kept.")
        self.head = head


class DoneBefore(Exception):
    """The same form was carried out already; `said` is what was answered then."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True)
class Form:
    """What every form of a review carries: the revision it was loaded for, its digest, and a key of its own.

    `asked` is the SHA-256 of what it asks for, by which a repeated click is told from other words under the same key.
    """

    revision: int | None = None
    digest: str = ""
    key: UUID | None = None
    asked: str = ""


class Settling:
    """Derives the states of one feature's revisions, approves, and keeps what follows, within one transaction.

    `head` is the feature's newest revision; `actor` is who brought it about, None for the command line.
    """

    actor: User | None

    def __init__(self, feature: Feature, actor: User | None, now: datetime) -> None:
        self.feature = feature
        self.project: Project = feature.epic.project
        self.actor = actor
        self.now = now
        self.head = head_of(feature)
        if self.head:
            self.head.feature = feature
        self._happenings: list[Happening] = []
        self._touched: dict[int, Revision] = {}

    def touch(self, revision: Revision) -> None:
        """Derive this revision's state anew too, when all is settled; the head's always is."""
        revision.feature = self.feature
        self._touched[revision.pk] = revision

    def record(self, verb: str, label: str, *, kind: str = "review", **details: Any) -> None:
        """Note one transition for the history: `changes`, `reason`, `object_uid`; `revision` if it is not the head."""
        revision = details.pop("revision", self.head)
        number, digest = (revision.number, revision.digest) if revision else (0, "")
        self._happenings.append(Happening(verb, kind, label, revision=number, digest=digest, **details))

    def tell(self, people: Iterable[int], kind: NoticeKind, text: str, *, is_turn: bool = False) -> None:
        """One notice to each of these people, but not to who acts."""
        tell(people, kind, text, Occasion(self.feature, self.head, self.actor, self.now), is_turn=is_turn)

    def settle(self) -> None:
        for revision in [*self._touched.values(), *([self.head] if self.head else [])]:
            self._settle(revision)
        if self._happenings:
            events.append(self.project, self._happenings, actor=self.actor, now=self.now, feature=self.feature)
        touched = [*self._touched, *([self.head.pk] if self.head else [])]
        transaction.on_commit(lambda: after_transition(touched))

    def _settle(self, revision: Revision) -> None:
        """An approved revision stays as it was signed, whatever expires or is said later, until it is reopened."""
        if revision.approved_at and revision.state == DesignState.APPROVED and revision.record:
            state, record = DesignState.APPROVED, _superseded(revision)
        else:
            facts = facts_of(revision, self.now)
            if becomes_approved(facts):
                facts = self._approve(revision)
            state, record = derive_state(facts), plain(record_of(revision, facts, _superseded_by(revision)))
        if (state, record) != (revision.state, revision.record):
            revision.state, revision.record = state, record
            revision.save(update_fields=["state", "record"])

    def _approve(self, revision: Revision) -> ReviewFacts:
        revision.approved_at = self.now
        revision.save(update_fields=["approved_at"])
        if review := review_of(revision):
            review.closed_at = self.now
            review.save(update_fields=["closed_at"])
        facts = facts_of(revision, self.now)
        names = ", ".join(sorted(each.reviewer_name for each in facts.approvals))
        changes = {"State": [DesignState.IN_REVIEW.label, DesignState.APPROVED.label], "Signed by": ["", names]}
        self.record("approved", f"r{revision.number}", revision=revision, changes=changes)
        people = {*facts.contributors, *(each.reviewer for each in facts.assignments), *facts.names}
        text = f"{self.feature.title} r{revision.number} is approved, signed by {names}."
        self.tell(people, NoticeKind.APPROVED, text)
        for earlier in Revision.objects.filter(
            feature=self.feature, number__lt=revision.number, approved_at__isnull=False
        ):
            self.touch(earlier)
            self._settle(earlier)
        return facts


class ReviewDoor(Settling):
    """Writes about one feature's revisions by a person."""

    actor: User

    def __init__(self, feature: Feature, actor: User, now: datetime) -> None:
        super().__init__(feature, actor, now)
        self.said = ""
        # Drafts are their author's alone: they change no state, and nobody is told.
        self.is_private = False

    @property
    def review(self) -> Review | None:
        """The open review, if there is one."""
        return Review.objects.filter(feature=self.feature, closed_at=None).first()

    def facts(self) -> ReviewFacts:
        """The facts at the head as they are now, also after what this door has written already."""
        return facts_of(self.in_hand, self.now)

    @property
    def in_hand(self) -> Revision:
        """The head, which must be there."""
        if self.head is None:
            raise Refused("Nothing of this feature was submitted yet.")
        return self.head

    def finish(self, form: Form) -> None:
        if self.is_private:
            return
        self.settle()
        if form.key:
            Deed.objects.create(actor=self.actor, key=form.key, digest=form.asked, said=self.said[:400], at=self.now)


def _superseded_by(revision: Revision) -> int | None:
    """The number of the first later revision whose approval stands."""
    later = Revision.objects.filter(
        feature=revision.feature_id, number__gt=revision.number, approved_at__isnull=False
    ).order_by("number")
    return later.values_list("number", flat=True).first() if revision.approved_at else None


def _superseded(revision: Revision) -> dict[str, Any]:
    """Its record as it is kept, with the later revision that is approved today."""
    kept = {name: said for name, said in (revision.record or {}).items() if name != "superseded_by"}
    later = _superseded_by(revision)
    return kept | ({"superseded_by": later} if later else {})


def reopen(door: ReviewDoor, revision: Revision) -> None:
    """Take the approval back: the revision is in review again if it is the head, and its review open."""
    revision.approved_at = None
    revision.save(update_fields=["approved_at"])
    door.touch(revision)
    review = review_of(revision)
    if review and review.closed_at and door.review is None and door.in_hand.pk == revision.pk:
        review.closed_at = None
        review.save(update_fields=["closed_at"])


def settle_open(project: Project, *, actor: User | None, now: datetime) -> None:
    """Settle what is in review in a project: who may decide there has changed, so that a gate may stand open.

    The caller holds the lock on `project`, without which nothing is said of a revision, and has read it under that
    lock. What is archived rests.
    """
    if project.is_archived:
        return
    in_review = Revision.objects.filter(state__in=OPEN_STATES).values("feature")
    waiting = Feature.objects.filter(pk__in=in_review, epic__project=project, archived_at=None)
    for feature in waiting.select_related("epic").order_by("pk"):
        # The one row that knows the end of the chain of events.
        feature.epic.project = project
        Settling(feature, actor, now).settle()


@contextmanager
def reviewing(
    feature: Feature, *, actor: User, now: datetime, right: Right, form: Form | None = None
) -> Iterator[ReviewDoor]:
    """Open the door for a person.

    Raises PermissionDenied without the right, Outdated if the form's revision is not the head any more, DoneBefore
    for a form that was carried out already, Refused for one that comes again with other words. What the body raises
    undoes all of it.
    """
    form = form or Form()
    with transaction.atomic():
        # The project first, as everywhere.
        rows = Feature.objects.select_for_update(of=("epic__project", "self")).select_related("epic__project")
        locked = rows.get(pk=feature.pk)
        project = locked.epic.project
        Visit(actor, project, roles_of(actor, project)).require(right)
        if form.key and (before := Deed.objects.filter(actor=actor, key=form.key).first()):
            if before.digest != form.asked:
                raise Refused(SENT_ALREADY)
            raise DoneBefore(before.said)
        if locked.archived_at and right is not Right.MANAGE:
            raise PermissionDenied("This feature is archived, so it is not reviewed. An owner can bring it back.")
        door = ReviewDoor(locked, actor, now)
        if form.revision is not None and door.head and _is_other(door.head, form):
            raise Outdated(door.head)
        yield door
        door.finish(form)


def _is_other(head: Revision, form: Form) -> bool:
    return (head.number, head.digest) != (form.revision, form.digest)


def is_open(revision: Revision) -> bool:
    return revision.state in OPEN_STATES
