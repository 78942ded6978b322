"""Verdicts on items of the checklist: append-only once they are published; until then private to their author."""

from django.conf import settings
from django.db import models

from projects.design.vocabulary import PROSE_LENGTH
from projects.models import Revision
from projects.models.append_only import AppendOnly
from reviews.rules.terms import Verdict


class ItemVerdict(AppendOnly):
    """A reviewer's word on an item of a revision. The last one of each reviewer counts; none is ever changed.

    `carried_from` leads to the verdict in an earlier revision that this one repeats. `number` numbers the verdicts of a
    revision in the order they were given.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="verdicts")
    item = models.PositiveSmallIntegerField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewer_name = models.CharField(max_length=200)
    verdict = models.CharField(max_length=16, choices=Verdict.choices())
    comment = models.TextField(blank=True, max_length=PROSE_LENGTH)
    given_at = models.DateTimeField()
    carried_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["revision", "item", "reviewer"], name="verdict_latest")]

    def __str__(self) -> str:
        return f"{self.item}: {self.verdict}"


class VerdictDismissal(models.Model):
    """An owner's word that a fail blocks no longer, with the reason."""

    verdict = models.OneToOneField(ItemVerdict, on_delete=models.PROTECT, related_name="dismissal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    reason = models.TextField(max_length=PROSE_LENGTH)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reason


class DraftVerdict(models.Model):
    """What a reviewer has chosen and not published yet; nobody else sees it."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="draft_verdicts")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    item = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=16, choices=Verdict.choices())
    comment = models.TextField(blank=True, max_length=PROSE_LENGTH)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "reviewer", "item"], name="draft_verdict_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.verdict}"
