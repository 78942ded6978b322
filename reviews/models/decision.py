"""A reviewer's decision on a whole revision. An approval is a sign-off: it carries what was signed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.design.vocabulary import PROSE_LENGTH
from projects.models import Revision
from reviews.rules.terms import DecisionKind, Ended


class Decision(models.Model):
    """Approve, or request changes. A person has one standing decision on a revision; one that ended stays readable.

    `digest` is the content digest of the revision that the person had before them, `roles` and `reviewer_name` are as
    they were then.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="decisions")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewer_name = models.CharField(max_length=200)
    roles = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=DecisionKind.choices())
    meaning = models.CharField(max_length=400, blank=True)
    comment = models.TextField(blank=True, max_length=PROSE_LENGTH)
    digest = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    is_self_approval = models.BooleanField(default=False)
    ended = models.CharField(max_length=16, choices=Ended.choices(), blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_reason = models.TextField(blank=True, max_length=PROSE_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "reviewer"], condition=Q(ended=""), name="decision_one_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_name}: {self.kind} {self.revision}"


class Deed(models.Model):
    """A form that was carried out: a repeated click brings the same key, and gets the first answer again.

    `digest` is the SHA-256 of what was asked, so that the same key with other words is not taken for a repeated click.
    """

    key = models.UUIDField(default=uuid.uuid4)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    said = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="deed_once")]

    def __str__(self) -> str:
        return str(self.key)
