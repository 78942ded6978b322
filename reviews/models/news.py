"""News for people, in the inbox and by e-mail, and the reminders that were sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.design.vocabulary import LINE_LENGTH
from projects.models import Feature, Project, Revision
from reviews.rules.states import OPEN_STATES
from reviews.rules.terms import NoticeKind


class Notice(models.Model):
    """One piece of news for one person. It is in the outbox until `mailed_at`; `is_turn` says that it asks them to act.

    Written in the transaction of what it tells; mail leaves after that, in batches.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    feature = models.ForeignKey(Feature, null=True, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices())
    actor_name = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=4 * LINE_LENGTH)
    is_turn = models.BooleanField(default=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    # Null: still to be sent. A time without mail says that the person wants none of it.
    mailed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Until then nobody sends it: somebody is sending it just now, or it was not taken and is tried again later.
    try_after = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-at"], name="notice_inbox"),
            models.Index(fields=["recipient"], condition=Q(mailed_at=None), name="notice_outbox"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def still_asks(self) -> bool:
        """Whether it is to be acted on as far as its row says: it was not seen yet, or its revision is in review."""
        is_open = self.revision is not None and self.revision.state in OPEN_STATES
        return self.is_turn and (self.read_at is None or is_open)


class Reminder(models.Model):
    """That a person was reminded of a turn; the turn is named by when it began, so a new one is a new reminder."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    turn_began = models.DateTimeField()
    number = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "revision", "turn_began", "number"], name="reminder_sent_once")
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.revision}"
