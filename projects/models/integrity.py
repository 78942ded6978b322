"""Step 6: what must hold, for one row, among writers, and between components."""

from django.db import models

from projects.design.vocabulary import (
    LINE_LENGTH,
    NAME_LENGTH,
    PROSE_LENGTH,
    Access,
    ConsistencyLevel,
    RuleLevel,
)
from projects.models.base import DEPARTURE, FoldedField, OneEach, Row, unique_uid
from projects.models.contract import Component, Demand
from projects.models.entity import EntityField
from projects.models.requirements import DataElement
from projects.models.storage import Entity


class ValidationRule(Row):
    level = models.CharField(max_length=8, choices=RuleLevel.choices(), default=RuleLevel.FIELD)
    entity = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    field = models.ForeignKey(EntityField, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    rule = models.TextField(max_length=PROSE_LENGTH)
    in_api = models.BooleanField("API", default=False)
    in_logic = models.BooleanField("business logic", default=False)
    in_database = models.BooleanField("database", default=False)
    demand = models.ForeignKey(Demand, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "validation rule"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return self.rule[:60]

    @property
    def label(self) -> str:
        return str(self)


class Consistency(OneEach):
    concurrent_reads = models.TextField(max_length=PROSE_LENGTH, blank=True)
    concurrent_writes = models.TextField(max_length=PROSE_LENGTH, blank=True)
    reads_during_writes = models.TextField("read-write concurrency", max_length=PROSE_LENGTH, blank=True)
    transactions = models.TextField(max_length=PROSE_LENGTH, blank=True)
    level = models.CharField("consistency level", max_length=20, choices=ConsistencyLevel.choices(), blank=True)
    justification = models.TextField(max_length=PROSE_LENGTH, blank=True)
    implementation = models.TextField(max_length=PROSE_LENGTH, blank=True)
    departure = models.TextField(DEPARTURE, max_length=PROSE_LENGTH, blank=True)

    class Meta(OneEach.Meta):
        verbose_name = "consistency"

    def __str__(self) -> str:
        return "Consistency"


class SyncStrategy(Row):
    name = models.CharField("strategy", max_length=NAME_LENGTH)
    folded_name = FoldedField()
    description = models.TextField(max_length=PROSE_LENGTH, blank=True)
    frequency = models.CharField(max_length=LINE_LENGTH, blank=True)
    conflict_resolution = models.TextField(max_length=PROSE_LENGTH, blank=True)

    class Meta:
        verbose_name = "synchronization strategy"
        verbose_name_plural = "synchronization strategies"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["feature", "folded_name"],
                name="sync_strategy_name_unique",
                violation_error_message="Another strategy has this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SharedData(Row):
    data_element = models.OneToOneField(DataElement, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField("why shared", max_length=PROSE_LENGTH, blank=True)
    strategy = models.ForeignKey(
        SyncStrategy,
        verbose_name="synchronization",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "shared data"
        verbose_name_plural = "shared data"
        constraints = [unique_uid()]

    def __str__(self) -> str:
        return f"Sharing of {self.data_element}"

    @property
    def label(self) -> str:
        return str(self)


class ComponentAccess(Row):
    component = models.ForeignKey(Component, on_delete=models.CASCADE, related_name="+")
    data_element = models.ForeignKey(DataElement, on_delete=models.CASCADE, related_name="+")
    access = models.CharField(max_length=8, choices=Access.choices(), default=Access.READS)
    is_owner = models.BooleanField("owner", default=False)

    class Meta:
        verbose_name = "access of a component"
        verbose_name_plural = "accesses of components"
        constraints = [
            unique_uid(),
            models.UniqueConstraint(
                fields=["component", "data_element"],
                name="component_access_unique",
                violation_error_message="The access of this component to this data is in another row.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component}: {self.data_element}"

    @property
    def label(self) -> str:
        return str(self)
