"""What is let pass, by whom and why: an item of the checklist until a date, or a finding while nothing changes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.design.vocabulary import LINE_LENGTH, PROSE_LENGTH
from projects.models import Feature


class Waiver(models.Model):
    """Of an item: `item` and `expires_on`. Of a finding: `rule`, `subject` and what it was about.

    `subject` is a sha256 over what the finding is about and what it says (reviews.rules.findings): when that changes,
    the waiver covers nothing.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    feature = models.ForeignKey(Feature, on_delete=models.PROTECT, related_name="waivers")
    item = models.PositiveSmallIntegerField(null=True)
    expires_on = models.DateField(null=True)
    rule = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=2 * LINE_LENGTH, blank=True)
    reason = models.TextField(max_length=PROSE_LENGTH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_reason = models.TextField(blank=True, max_length=PROSE_LENGTH)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, expires_on__isnull=False, rule="") | (Q(item=None) & ~Q(rule="")),
                name="waiver_of_item_or_finding",
            ),
            models.UniqueConstraint(
                fields=["feature", "item"], condition=Q(ended_at=None, item__isnull=False), name="waiver_one_for_item"
            ),
            models.UniqueConstraint(
                fields=["feature", "rule", "subject"],
                condition=Q(ended_at=None, item=None),
                name="waiver_one_for_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule or self.item}: {self.reason}"
