"""Step 1: where the requirements come from, and what must be kept."""

from django.db import models

from projects.design.vocabulary import (
    LINE_LENGTH,
    NAME_LENGTH,
    PROSE_LENGTH,
    AccessProfile,
    SourceKind,
    SourceStatus,
)
from projects.models.base import DEPARTURE, FoldedField, Row, unique_uid


class Requirements(Row):
    """What the sources say about the data as a whole; one row for each feature."""

    access_profile = models.CharField(max_length=16, choices=AccessProfile.choices(), blank=True)
    access_notes = models.TextField("how it is read and written", max_length=PROSE_LENGTH, blank=True)
    retention = models.TextField("retention requirements", max_length=PROSE_LENGTH, blank=True)
    volume = models.TextField("volume in a paragraph", max_length=PROSE_LENGTH, blank=True)
    project_context = models.TextField(
        max_length=PROSE_LENGTH, blank=True, help_text="Databases, ORM and migration tools in use, models to reuse."
    )

    class Meta:
        verbose_name = "requirements"
        constraints = [unique_uid(), models.UniqueConstraint(fields=["feature"], name="requirements_one_each")]

    def __str__(self) -> str:
        return "Requirements"


class Source(Row):
    kind = models.CharField("document", max_length=20, choices=SourceKind.choices(), default=SourceKind.OTHER)
    title = models.CharField(max_length=LINE_LENGTH, blank=True)
    location = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="A path or a link.")
    status = models.CharField(max_length=12, choices=SourceStatus.choices(), default=SourceStatus.NOT_STARTED)
    file_name = models.CharField(max_length=LINE_LENGTH, blank=True, editable=False)
    file_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "source"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    @property
    def label(self) -> str:
        return str(self)


class StoredFile(models.Model):
    """An uploaded file, kept once for its content; `text` is what can be read of it."""

    digest = models.CharField("sha256", max_length=64, unique=True)
    media_type = models.CharField(max_length=LINE_LENGTH)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.digest


class Quote(Row):
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="quotes")
    text = models.TextField("quoted words", max_length=PROSE_LENGTH)
    place = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="A page, a heading or a line.")
    about = models.UUIDField("fact", null=True, blank=True)

    class Meta:
        verbose_name = "quote"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def label(self) -> str:
        return str(self)


class DataElement(Row):
    name = models.CharField("data element", max_length=NAME_LENGTH)
    folded_name = FoldedField()
    description = models.TextField(max_length=PROSE_LENGTH, blank=True)
    reason = models.TextField("reason for storage", max_length=PROSE_LENGTH, blank=True)
    size_estimate = models.CharField(max_length=LINE_LENGTH, blank=True)
    store = models.ForeignKey("projects.Store", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    access_pattern = models.CharField(max_length=LINE_LENGTH, blank=True)
    note = models.TextField(max_length=PROSE_LENGTH, blank=True)
    retention_rule = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="One of the handbook's, by name.")
    kept_for = models.CharField(max_length=LINE_LENGTH, blank=True, help_text="Like 7 years.")
    afterwards = models.CharField(
        "then", max_length=LINE_LENGTH, blank=True, help_text="Deleted, archived, made anonymous."
    )
    departure = models.TextField(DEPARTURE, max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "data element"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["feature", "folded_name"],
                name="data_element_name_unique",
                violation_error_message="Another data element has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
