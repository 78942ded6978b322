"""What happened: one append-only table behind the one door, chained by hash for each project."""

from django.conf import settings
from django.db import models

from projects.design.vocabulary import LINE_LENGTH
from projects.models.append_only import AppendOnly
from projects.models.feature import Feature
from projects.models.project import Project


class Event(AppendOnly):
    """One change. `hash` covers `previous_hash` and every other column but the name of the actor.

    `changes` maps a field to [before, after]; `kept` holds what a deletion took away, so that it can be undone.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    feature = models.ForeignKey(Feature, null=True, on_delete=models.PROTECT, related_name="events")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=LINE_LENGTH)
    verb = models.CharField(max_length=32)
    kind = models.CharField(max_length=32)
    object_uid = models.UUIDField(null=True)
    object_version = models.PositiveIntegerField(null=True)
    label = models.CharField(max_length=2 * LINE_LENGTH)
    changes = models.JSONField(default=dict)
    kept = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    # The revision that it is about, if any, with its content digest.
    revision = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "sequence"], name="event_sequence_unique")]
        indexes = [
            models.Index(fields=["feature", "-sequence"], name="event_feature"),
            models.Index(fields=["project", "object_uid"], name="event_object"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.label}"

    @property
    def is_of_revision_itself(self) -> bool:
        """Whether it is about the revision as a whole, not about something in it."""
        return self.revision is not None and self.label == f"r{self.revision}"
