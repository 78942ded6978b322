"""Epics, and features: what is being designed."""

import uuid

from django.conf import settings
from django.db import models

from projects.design.vocabulary import LINE_LENGTH
from projects.models.base import KeyField
from projects.models.project import Project


class Epic(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="epics")
    key = KeyField()
    title = models.CharField(max_length=LINE_LENGTH)
    description = models.TextField(blank=True, max_length=2000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "key"],
                name="epic_key_unique",
                violation_error_message="This project has an epic with that key. Choose another.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class EpicAlias(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="epic_aliases")
    key = KeyField()
    epic = models.ForeignKey(Epic, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="epic_alias_unique")]

    def __str__(self) -> str:
        return self.key


class Feature(models.Model):
    """`version` says that something in the design changed: it invalidates caches and feeds the poll."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    epic = models.ForeignKey(Epic, on_delete=models.CASCADE, related_name="features")
    key = KeyField()
    title = models.CharField(max_length=LINE_LENGTH)
    description = models.TextField(blank=True, max_length=2000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["epic", "key"],
                name="feature_key_unique",
                violation_error_message="This epic has a feature with that key. Choose another.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """project/epic/feature; the caller has selected the related rows."""
        return f"{self.epic.project.key}/{self.epic.key}/{self.key}"


class FeatureAlias(models.Model):
    epic = models.ForeignKey(Epic, on_delete=models.CASCADE, related_name="feature_aliases")
    key = KeyField()
    feature = models.ForeignKey(Feature, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["epic", "key"], name="feature_alias_unique")]

    def __str__(self) -> str:
        return self.key


class DraftDesign(models.Model):
    """The canonical JSON of a feature's draft. `stamp` says of which state; another stamp means: take it again."""

    feature = models.OneToOneField(Feature, on_delete=models.CASCADE, related_name="draft_design")
    stamp = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    text = models.TextField()
    overview = models.JSONField(null=True)
    # All its words, folded: where a search looks first.
    words = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return self.digest
