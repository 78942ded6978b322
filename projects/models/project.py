"""Projects, who belongs to them in which role, and the conventions their features start from."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.design.vocabulary import LINE_LENGTH, LetterCase, Role, TableNumber
from projects.models.base import KeyField
from projects.models.user import User


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User) -> "ProjectQuerySet":
        return self.filter(pk__in=Membership.objects.filter(user=user).values("project"))

    def mentioning(self, text: str) -> "ProjectQuerySet":
        return self.filter(Q(title__icontains=text) | Q(key__icontains=text) | Q(description__icontains=text))


class Project(models.Model):
    key = KeyField(unique=True, error_messages={"unique": "Another project on this site has this key. Choose another."})
    title = models.CharField(max_length=LINE_LENGTH)
    description = models.TextField(blank=True, max_length=2000)
    is_archived = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # The end of the chain of events, kept here so that one lock holds it.
    event_count = models.PositiveIntegerField(default=0, editable=False)
    event_hash = models.CharField(max_length=64, default="0" * 64, editable=False)
    # Another one after every change of a policy, and never one that was there before: caches trust it.
    policy_stamp = models.CharField(max_length=32, default="", blank=True, editable=False)

    objects = ProjectQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class ProjectAlias(models.Model):
    """A key that the project had before; it redirects."""

    key = KeyField(unique=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="aliases")

    def __str__(self) -> str:
        return self.key


class Membership(models.Model):
    """One role of one person; a person may hold several."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "user", "role"],
                name="membership_unique",
                violation_error_message="This person has that role already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> "InvitationQuerySet":
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


class Invitation(models.Model):
    """A link that makes whoever opens it a member. Only the token's sha256 is kept."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=16, choices=Role.choices(), default=Role.VIEWER)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.project}: {self.role}"

    def is_open(self, now: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at


class Conventions(models.Model):
    """The naming rules that the checks of this project's features read."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="conventions")
    version = models.PositiveIntegerField(default=1, editable=False)
    table_case = models.CharField(
        "case of tables", max_length=8, choices=LetterCase.choices(), default=LetterCase.SNAKE
    )
    field_case = models.CharField(
        "case of fields", max_length=8, choices=LetterCase.choices(), default=LetterCase.SNAKE
    )
    table_number = models.CharField(
        "tables are", max_length=8, choices=TableNumber.choices(), default=TableNumber.PLURAL
    )
    primary_key_name = models.CharField("primary key", max_length=LINE_LENGTH, blank=True, default="id")
    foreign_key_pattern = models.CharField(
        "foreign key", max_length=LINE_LENGTH, blank=True, default="{singular}_id", help_text="{singular} or {table}"
    )
    timestamp_suffix = models.CharField("timestamps end with", max_length=LINE_LENGTH, blank=True, default="_at")
    boolean_prefixes = models.CharField(
        "booleans start with", max_length=LINE_LENGTH, blank=True, default="is_, has_", help_text="separated by commas"
    )
    index_pattern = models.CharField(
        "index names", max_length=LINE_LENGTH, blank=True, default="idx_{table}_{fields}", help_text="{table}, {fields}"
    )
    standard_fields = models.CharField(
        max_length=LINE_LENGTH, blank=True, default="id, created_at, updated_at", help_text="separated by commas"
    )
    soft_delete_field = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="Like deleted_at.")
    purge_after = models.CharField(
        "deleted rows are purged after", max_length=LINE_LENGTH, blank=True, help_text="Like 30 days."
    )
    notes = models.TextField(blank=True, max_length=20_000)

    def __str__(self) -> str:
        return f"Conventions of {self.project}"
