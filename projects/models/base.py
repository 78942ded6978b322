"""What every editable row has, and the folded name that makes uniqueness ignore case."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from projects.design.vocabulary import KEY_PATTERN, NAME_LENGTH, RESERVED_KEYS

# What a feature calls its reason where it does not do as the handbook of its project says.
DEPARTURE = "departs from the policy, because"

valid_key = RegexValidator(
    # Not ^ and $: those let a line end pass.
    rf"\A{KEY_PATTERN}\Z",
    "Use small letters, digits and hyphens, starting with a letter or digit, at most 64 characters, like billing-2.",
)


def not_reserved(key: str) -> None:
    if key in RESERVED_KEYS:
        raise ValidationError(f"“{key}” is kept for the application. Choose another key.")


class KeyField(models.CharField):
    """The part of a path that names a project, an epic or a feature."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 64, "validators": [valid_key, not_reserved], **options})


class Folded:
    """Reads as the folded form of what the field is made from; setting it does nothing."""

    def __init__(self, field: "FoldedField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        return self if instance is None else str(getattr(instance, self.field.source)).casefold()

    def __set__(self, instance: models.Model, value: object) -> None:
        pass


class FoldedField(models.CharField):
    """A stored, case-folded copy of a name. A collation would do the same, but not on every database."""

    descriptor_class = Folded

    def __init__(self, source: str = "name", **options: Any) -> None:
        self.source = source
        super().__init__(**{"max_length": 3 * NAME_LENGTH, "editable": False, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {"source": self.source, **options}


class Row(models.Model):
    """A row of a feature's design: it has an identity, a version for stale saves, and a place in its list."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    # No index of its own: the unique constraint on (feature, uid) leads with it.
    feature = models.ForeignKey(
        "projects.Feature", on_delete=models.CASCADE, editable=False, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    position = models.IntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """What history and messages call this row."""
        return str(getattr(self, "name", "")) or str(self._meta.verbose_name)


def unique_uid() -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["feature", "uid"],
        name="%(class)s_uid_unique",
        violation_error_message="Another row has this uid.",
    )


class OneEach(Row):
    """A row of which each feature has one: the answers of a step in prose."""

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["feature", "uid"], name="%(class)s_uid_unique"),
            models.UniqueConstraint(fields=["feature"], name="%(class)s_one_each"),
        ]

    @property
    def label(self) -> str:
        return str(self)
