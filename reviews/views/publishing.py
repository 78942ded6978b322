"""What the reader of a review has not published yet."""

from dataclasses import dataclass

from reviews.models import Comment, DraftVerdict
from reviews.views.desk import ReviewDesk


@dataclass(frozen=True)
class Publishing:
    verdicts: int
    comments: int

    def __bool__(self) -> bool:
        return bool(self.verdicts or self.comments)


def publishing_of(desk: ReviewDesk) -> Publishing:
    """What reviews/_publish.html needs as `publishing`; the bar at the foot includes it."""
    if not desk.is_head:
        return Publishing(0, 0)
    verdicts = DraftVerdict.objects.filter(revision=desk.revision, reviewer=desk.user) if desk.may_decide else None
    comments = Comment.objects.filter(thread__feature=desk.feature, author=desk.user, published_at=None)
    return Publishing(verdicts.count() if verdicts else 0, comments.count())
