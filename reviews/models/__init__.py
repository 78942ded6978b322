"""What people say of revisions: one class for each thing, one subject a file. Frozen designs are in projects."""

from reviews.models.decision import Decision, Deed
from reviews.models.news import Notice, Reminder
from reviews.models.review import Assignment, Review, ReviewPolicy
from reviews.models.thread import Comment, Thread
from reviews.models.verdict import DraftVerdict, ItemVerdict, VerdictDismissal
from reviews.models.waiver import Waiver

__all__ = [
    "Assignment",
    "Comment",
    "Decision",
    "Deed",
    "DraftVerdict",
    "ItemVerdict",
    "Notice",
    "Reminder",
    "Review",
    "ReviewPolicy",
    "Thread",
    "VerdictDismissal",
    "Waiver",
]
