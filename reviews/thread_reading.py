"""The threads that a person sees at a revision: what was published, and their own drafts; in three queries."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from projects.design.digest import DESCRIPTIONS
from projects.design.tree import Design
from projects.models import Feature, Revision, User
from reviews.models import Comment, Thread
from reviews.reading import thread_state
from reviews.rules.anchors import Anchor, Anchors, Followed, Place
from reviews.rules.terms import ThreadState

# A section as people read it → the digests that tell whether it reads differently.
_READ_WITH = {"data-model": ("data-model", DESCRIPTIONS)}


def anchor_of(row: Thread) -> Anchor:
    return Anchor(row.anchor_uid, row.anchor_field, row.anchor_section, row.item)


def seen_by(person: User) -> Q:
    """What of threads this person sees."""
    return Q(published_at__isnull=False) | Q(opened_by=person)


def threads_at(feature: Feature, number: int, person: User) -> QuerySet[Thread]:
    """Those opened by revision `number`, oldest first, each with the comments that the person sees."""
    comments = Comment.objects.filter(Q(published_at__isnull=False) | Q(author=person)).select_related("author")
    shown = Prefetch("comments", comments.order_by("created_at", "pk"), to_attr="shown")
    found = Thread.objects.filter(seen_by(person), feature=feature, revision__number__lte=number)
    related = found.select_related("opened_by", "addressed_by", "resolved_by")
    return related.prefetch_related(shown).order_by("created_at", "pk")


@dataclass(frozen=True)
class FollowedThread:
    """A thread with its anchor as it stands in the design of the page. `number` is of the revision it was opened in;
    `is_other_section` says that the section it is about reads differently since."""

    row: Thread
    number: int
    followed: Followed
    is_other_section: bool = False

    @property
    def uid(self) -> UUID:
        return self.row.uid

    @property
    def state(self) -> ThreadState:
        return thread_state(self.row)

    @property
    def is_resolved(self) -> bool:
        return self.state is ThreadState.RESOLVED

    @property
    def is_draft(self) -> bool:
        return self.row.published_at is None

    @property
    def comments(self) -> list[Comment]:
        return list(getattr(self.row, "shown", ()))

    @property
    def was(self) -> tuple[str, ...]:
        """What stood there when it was opened and does not any more, in lines."""
        return self._lines_without(self.followed.then.text, self.followed.now)

    @property
    def now_says(self) -> tuple[str, ...]:
        """What stands there now and did not then."""
        return self._lines_without(self.followed.now.text if self.followed.now else "", self.followed.then)

    def _lines_without(self, text: str, other: Place | None) -> tuple[str, ...]:
        if not self.followed.has_changed:
            return ()
        said = set(other.text.split("\n")) if other else set()
        return tuple(line for line in text.split("\n") if line and line not in said)


@dataclass(frozen=True)
class SeenThreads:
    """The threads that one person sees at one revision."""

    all: tuple[FollowedThread, ...]

    @cached_property
    def unresolved(self) -> tuple[FollowedThread, ...]:
        return tuple(each for each in self.all if not each.is_resolved)

    @cached_property
    def resolved(self) -> tuple[FollowedThread, ...]:
        """The last one resolved first."""
        done = [each for each in self.all if each.is_resolved]
        return tuple(sorted(done, key=lambda each: (each.row.resolved_at, each.row.pk), reverse=True))

    @cached_property
    def open_by_uid(self) -> Counter[UUID]:
        """Unresolved threads by the thing that they are about."""
        return Counter(each.row.anchor_uid for each in self.unresolved if each.row.anchor_uid)

    @cached_property
    def open_by_section(self) -> Counter[str]:
        return Counter(each.row.anchor_section for each in self.unresolved if each.row.anchor_section)

    @cached_property
    def open_by_item(self) -> Counter[int]:
        return Counter(each.row.item for each in self.unresolved if each.row.item)

    def find(self, uid: UUID) -> FollowedThread | None:
        return next((each for each in self.all if each.uid == uid), None)


def seen_threads(revision: Revision, design: Design, person: User) -> SeenThreads:
    """The threads at a revision with its design; the caller has selected its feature."""
    rows = list(threads_at(revision.feature, revision.number, person))
    opened_in = Revision.objects.filter(feature=revision.feature_id).values_list("pk", "number", "sections")
    sections = {pk: (number, digests) for pk, number, digests in opened_in} if rows else {}
    return SeenThreads(tuple(_followed(rows, Anchors(design), sections, revision)))


def _followed(
    rows: Iterable[Thread], anchors: Anchors, sections: dict[int, tuple[int, dict[str, str]]], revision: Revision
) -> Iterator[FollowedThread]:
    _, today = sections.get(revision.pk, (revision.number, {}))
    for row in rows:
        number, then = sections[row.revision_id]
        followed = anchors.follow(anchor_of(row), Place(row.anchor_path, row.anchor_text))
        section = row.anchor_section if not row.anchor_field else ""
        is_other = any(then.get(name) != today.get(name) for name in _READ_WITH.get(section, (section,)))
        yield FollowedThread(row, number, followed, is_other)
