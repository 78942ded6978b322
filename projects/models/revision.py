"""Frozen designs: what reviewers sign. A revision never changes; what is said of it is in reviews."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.design.vocabulary import DesignState
from projects.models.feature import Feature


class Revision(models.Model):
    """The design as it was submitted, as r1, r2, … of its feature.

    `text` is the canonical JSON, `digest` its sha256, `sections` a sha256 for each section of `digest.SECTIONS` and
    `definitions` one for each item of the checklist as it was worded then. `findings`, `evidence` and `rules` (the
    version of the rule set) are what the checks said at that time. `contributors` maps the primary key of whoever
    changed the draft since the last approved revision to the name they had.

    `state`, `record` (a ReviewRecord) and `approved_at` are caches of what reviews say, written by them alone.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    feature = models.ForeignKey(Feature, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    sections = models.JSONField()
    definitions = models.JSONField()
    findings = models.JSONField()
    evidence = models.JSONField()
    rules = models.CharField(max_length=64)
    contributors = models.JSONField()
    message = models.TextField(blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    # The last event of the project that the frozen draft includes.
    events_until = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=20, choices=DesignState.choices(), default=DesignState.IN_REVIEW)
    record = models.JSONField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feature", "number"], name="revision_number_unique"),
            models.UniqueConstraint(
                fields=["feature"],
                condition=Q(state__in=[DesignState.IN_REVIEW, DesignState.CHANGES_REQUESTED]),
                name="revision_one_in_review",
            ),
        ]

    def __str__(self) -> str:
        return f"r{self.number}"


class RevisionDocument(models.Model):
    """A document of a revision as it was rendered, kept as long as the revision.

    `record_digest` is of the ReviewRecord that it was made with: another one after each transition.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="documents")
    slug = models.CharField(max_length=40)
    form = models.CharField(max_length=8)
    record_digest = models.CharField(max_length=64)
    content = models.BinaryField()
    content_digest = models.CharField(max_length=64)
    rendered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "slug", "form", "record_digest"], name="revision_document_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.slug}.{self.form}"
