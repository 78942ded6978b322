"""The review of a feature's design: from the first submission until a revision is approved."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from projects.models import Feature, Project

APPROVALS_AT_MOST = 9


class ReviewPolicy(models.Model):
    """What a project asks of its reviews; those that are open keep what held when they began."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="review_policy")
    required_approvals = models.PositiveSmallIntegerField(
        "approvals needed",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(APPROVALS_AT_MOST)],
        help_text="If empty: two, or one while the project has no more than two people.",
    )
    is_solo = models.BooleanField(
        "one person may approve their own designs",
        default=False,
        help_text="Only while the project has one person. Pages and documents then say that it is self-approved.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"Reviews of {self.project}"


class Review(models.Model):
    """Spans the revisions r(n), r(n+1), … up to the one that is approved; a feature has at most one open.

    `first_number` is n. A revision belongs to the review with the highest one that is not above its own number.
    """

    feature = models.ForeignKey(Feature, on_delete=models.PROTECT, related_name="reviews")
    first_number = models.PositiveIntegerField()
    required_approvals = models.PositiveSmallIntegerField()
    is_solo = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feature"], condition=Q(closed_at=None), name="review_one_open"),
        ]

    def __str__(self) -> str:
        return f"Review of {self.feature}"


class Assignment(models.Model):
    """A person asked to review. `asked_at` is when their turn began; asking again sets it anew."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    is_required = models.BooleanField(default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "reviewer"], condition=Q(ended_at=None), name="assignment_one_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.review}"
