"""Threads about a place in a design, with their comments."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.design.vocabulary import LINE_LENGTH, PROSE_LENGTH
from projects.models import Feature, Revision


class Thread(models.Model):
    """What it is about: a thing of the design (`anchor_uid`, and `anchor_field` of it), else a section
    (`anchor_section`, of digest.SECTIONS), and an item of the checklist (`item`) if it was opened there.

    `anchor_path` and `anchor_text` say what that was called and what stood there when the thread was opened, in
    `revision`. It follows its anchor to later revisions. Until `published_at` it is its author's alone.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    feature = models.ForeignKey(Feature, on_delete=models.PROTECT, related_name="threads")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="threads")
    is_blocking = models.BooleanField(default=False)
    anchor_uid = models.UUIDField(null=True)
    anchor_field = models.CharField(max_length=64, blank=True)
    anchor_section = models.CharField(max_length=40, blank=True)
    item = models.PositiveSmallIntegerField(null=True)
    anchor_path = models.CharField(max_length=2 * LINE_LENGTH, blank=True)
    anchor_text = models.TextField(blank=True, max_length=PROSE_LENGTH)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_by_name = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    addressed_at = models.DateTimeField(null=True)
    addressed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    resolution = models.TextField(blank=True, max_length=PROSE_LENGTH)

    class Meta:
        indexes = [models.Index(fields=["feature", "anchor_uid"], name="thread_anchor")]
        constraints = [
            models.CheckConstraint(
                condition=Q(anchor_uid__isnull=False) | ~Q(anchor_section="") | Q(item__isnull=False),
                name="thread_is_about_something",
            )
        ]

    def __str__(self) -> str:
        return self.anchor_path


class Comment(models.Model):
    """What somebody says in a thread; until `published_at` only to themselves."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    text = models.TextField(max_length=PROSE_LENGTH)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.text[:80]
