"""Step 4: what the application asks of the data."""

from django.db import models

from projects.design.vocabulary import (
    LINE_LENGTH,
    NAME_LENGTH,
    PROSE_LENGTH,
    Direction,
    Frequency,
    OperationKind,
    Pagination,
    UseRole,
)
from projects.models.base import FoldedField, Row, unique_uid
from projects.models.entity import EntityField
from projects.models.plans import Cache
from projects.models.storage import Entity
from projects.models.structures import KeySpace


class Query(Row):
    name = models.CharField("operation", max_length=NAME_LENGTH)
    folded_name = FoldedField()
    kind = models.CharField(
        "reads or writes", max_length=8, choices=OperationKind.choices(), default=OperationKind.READ
    )
    frequency = models.CharField(max_length=8, choices=Frequency.choices(), blank=True)
    rate = models.CharField(max_length=LINE_LENGTH, blank=True)
    entity = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    key_space = models.ForeignKey(KeySpace, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    pattern = models.CharField(max_length=LINE_LENGTH, blank=True)
    purpose = models.TextField(max_length=PROSE_LENGTH, blank=True)
    reason = models.TextField(max_length=PROSE_LENGTH, blank=True)
    logic = models.TextField(max_length=PROSE_LENGTH, blank=True)
    condition = models.CharField("fixed condition", max_length=LINE_LENGTH, blank=True)
    pagination = models.CharField(max_length=8, choices=Pagination.choices(), blank=True)
    aggregation = models.CharField(max_length=LINE_LENGTH, blank=True)
    bottleneck = models.TextField(max_length=PROSE_LENGTH, blank=True)
    optimization = models.TextField(max_length=PROSE_LENGTH, blank=True)
    cache = models.ForeignKey(Cache, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    caching = models.TextField(max_length=PROSE_LENGTH, blank=True)
    expected_duration = models.CharField(max_length=LINE_LENGTH, blank=True)
    sql = models.TextField("SQL", max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "operation"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["feature", "folded_name"],
                name="query_name_unique",
                violation_error_message="Another operation has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class QueryUse(models.Model):
    query = models.ForeignKey(Query, on_delete=models.CASCADE, related_name="uses")
    field = models.ForeignKey(EntityField, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=8, choices=UseRole.choices())
    direction = models.CharField(max_length=4, choices=Direction.choices(), default=Direction.ASCENDING)
    position = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.role}: {self.field}"
