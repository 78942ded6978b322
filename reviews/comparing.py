"""What changed between two revisions, or a revision and the draft: worked out once for each pair of digests."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, Q

from projects.design.diff import Change, changes
from projects.design.diff.excerpts import ELLIPSIS
from projects.design.diff.texts import Stretch, compare_texts
from projects.design.review_record import ReviewRecord
from projects.exporters.document import Document
from projects.models import Revision, User
from projects.snapshot.current import Digested
from projects.snapshot.recent import Recent
from projects.snapshot.revisions import frozen
from reviews.models import Comment, Decision, ItemVerdict

_DIGEST = re.compile(r"`[0-9a-f]{64}`")

# Weighed by the number of changes and by the length of texts: some megabytes each.
_changes: "Recent[tuple[Change, ...]]" = Recent(most=20_000)
_stretches: "Recent[tuple[Stretch, ...]]" = Recent(most=2_000_000)


@dataclass(frozen=True)
class Side:
    """One of the two that are compared; `read` gives its design, which is asked for only if need be."""

    digest: str
    read: Callable[[], Digested]


def side_of(revision: Revision) -> Side:
    return Side(revision.digest, lambda: frozen(revision))


def side_of_draft(draft: Digested) -> Side:
    return Side(draft.digest, lambda: draft)


def changes_between(before: Side, after: Side) -> tuple[Change, ...]:
    """All that differs, in the design's terms; without a look at the texts if it was asked before."""
    key = (before.digest, after.digest)
    if (found := _changes.get(key)) is not None:
        return found
    if before.digest == after.digest:
        return ()
    told = changes(before.read().design, after.read().design)
    return _changes.put(key, told, len(told) + 1)


def document_changes(before: Side, after: Side, document: Document) -> tuple[Stretch, ...]:
    """The document's lines, of both designs with nothing said of them, so that only what the designs say differs."""
    key = (before.digest, after.digest, document.slug)
    if (found := _stretches.get(key)) is not None:
        return found
    if before.digest == after.digest:
        return ()
    one, other = (_written(side, document) for side in (before, after))
    return _stretches.put(key, compare_texts(one, other), len(one) + len(other))


def _written(side: Side, document: Document) -> str:
    """The Markdown without the digest on its cover, which differs wherever anything does."""
    return _DIGEST.sub(f"`{ELLIPSIS}`", document.markdown(side.read().design, ReviewRecord()), count=1)


def last_reviewed(revision: Revision, person: User) -> int | None:
    """The number of the last revision before this one on which the person published a verdict, decision or comment."""
    before = Revision.objects.filter(feature=revision.feature_id, number__lt=revision.number)
    given = Q(carried_from=None) | Q(is_confirmed=True)
    verdicts = ItemVerdict.objects.filter(given, revision=OuterRef("pk"), reviewer=person)
    decisions = Decision.objects.filter(revision=OuterRef("pk"), reviewer=person)
    number = before.filter(Exists(verdicts) | Exists(decisions)).aggregate(last=Max("number"))["last"]
    said = Comment.objects.filter(
        thread__feature=revision.feature_id, author=person, published_at__lt=revision.submitted_at
    )
    if last := said.aggregate(last=Max("published_at"))["last"]:
        # A comment is on the revision that was the newest when it was published.
        read = before.filter(submitted_at__lte=last).aggregate(last=Max("number"))["last"]
        number = max((each for each in (number, read) if each is not None), default=None)
    return number
