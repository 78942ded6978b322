"""Step 3: references between entities."""

from django.db import models

from projects.design.vocabulary import LINE_LENGTH, PROSE_LENGTH, Cardinality, ReferentialAction
from projects.models.base import Row, unique_uid
from projects.models.entity import EntityField
from projects.models.storage import Entity


class Relationship(Row):
    """`missing_target` keeps the words of a reference whose parent is not in the design."""

    name = models.CharField(max_length=LINE_LENGTH, blank=True)
    parent = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    child = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    missing_target = models.CharField(max_length=LINE_LENGTH, blank=True, editable=False)
    cardinality = models.CharField("type", max_length=8, choices=Cardinality.choices(), default=Cardinality.ONE_TO_MANY)
    junction = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    on_delete = models.CharField(max_length=16, choices=ReferentialAction.choices(), blank=True)
    on_update = models.CharField(max_length=16, choices=ReferentialAction.choices(), blank=True)
    description = models.TextField(max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "relationship"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return f"{self.parent or self.missing_target} → {self.child}"

    @property
    def label(self) -> str:
        return str(self)


class RelationshipPair(models.Model):
    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="pairs")
    child_field = models.ForeignKey(EntityField, on_delete=models.CASCADE, related_name="child_pairs")
    parent_field = models.ForeignKey(EntityField, null=True, on_delete=models.CASCADE, related_name="+")
    position = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.parent_field} → {self.child_field}"
