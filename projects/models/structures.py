"""Step 3: what lies in stores that hold neither tables nor documents."""

from django.db import models

from projects.design.vocabulary import LINE_LENGTH, NAME_LENGTH, PROSE_LENGTH, Eviction
from projects.models.base import FoldedField, Row, unique_uid
from projects.models.requirements import DataElement
from projects.models.storage import Store


class KeySpace(Row):
    pattern = models.CharField("key pattern", max_length=NAME_LENGTH)
    folded_name = FoldedField(source="pattern")
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    data_element = models.ForeignKey(DataElement, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    value_type = models.CharField(max_length=LINE_LENGTH, blank=True)
    ttl = models.CharField("TTL", max_length=LINE_LENGTH, blank=True)
    eviction = models.CharField("eviction policy", max_length=8, choices=Eviction.choices(), blank=True)
    size_estimate = models.CharField(max_length=LINE_LENGTH, blank=True)
    purpose = models.TextField(max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "key space"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["feature", "folded_name"],
                name="key_pattern_unique",
                violation_error_message="Another key space has this pattern.",
            ),
        ]

    def __str__(self) -> str:
        return self.pattern

    @property
    def label(self) -> str:
        return self.pattern


class FileLayout(Row):
    structure = models.CharField("file structure", max_length=NAME_LENGTH)
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    data_element = models.ForeignKey(DataElement, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    format = models.CharField("file format", max_length=LINE_LENGTH, blank=True)
    naming = models.CharField("naming convention", max_length=LINE_LENGTH, blank=True)
    access_pattern = models.TextField(max_length=PROSE_LENGTH, blank=True)
    size_estimate = models.CharField(max_length=LINE_LENGTH, blank=True)

    class Meta:
        verbose_name = "file layout"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return self.structure

    @property
    def label(self) -> str:
        return self.structure
