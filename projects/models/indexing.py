"""Step 5: indexes."""

from django.db import models

from projects.design.vocabulary import LINE_LENGTH, NAME_LENGTH, PROSE_LENGTH, Direction, IndexMethod
from projects.models.base import FoldedField, Row, unique_uid
from projects.models.entity import EntityField
from projects.models.storage import Entity


class Index(Row):
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="indexes")
    name = models.CharField("index name", max_length=NAME_LENGTH)
    folded_name = FoldedField()
    method = models.CharField("type", max_length=12, choices=IndexMethod.choices(), default=IndexMethod.BTREE)
    is_unique = models.BooleanField("unique", default=False)
    condition = models.CharField("only where", max_length=LINE_LENGTH, blank=True)
    purpose = models.TextField(max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "index"
        verbose_name_plural = "indexes"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["entity", "folded_name"],
                name="index_name_unique",
                violation_error_message="Another index of this entity has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IndexPart(models.Model):
    index = models.ForeignKey(Index, on_delete=models.CASCADE, related_name="parts")
    field = models.ForeignKey(EntityField, null=True, on_delete=models.CASCADE, related_name="+")
    expression = models.CharField(max_length=LINE_LENGTH, blank=True)
    direction = models.CharField(max_length=4, choices=Direction.choices(), default=Direction.ASCENDING)
    position = models.IntegerField()

    def __str__(self) -> str:
        return self.expression or str(self.field)
